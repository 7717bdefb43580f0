"""The questionnaire about measures of support: what ships comes to bodies that had articles."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["hotline.kb.measure"]._load_examples()

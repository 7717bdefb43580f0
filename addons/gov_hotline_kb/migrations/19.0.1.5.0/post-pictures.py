"""Texts shown and approved before lose the pictures of other sites: readers' browsers call none."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    api.Environment(cr, SUPERUSER_ID, {})["hotline.kb.version"]._drop_foreign_pictures()

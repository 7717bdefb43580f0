"""Services get the names by which registers usually call them, where the body has set none."""

from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file


def migrate(cr, version):
    """What the body has set itself stays (the data are its own: an update leaves them alone)."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    convert_file(env, "gov_hotline", "data/hotline_service_name.xml", None, mode="init")

"""The words known to the search: what was written before the triggers were."""

from odoo.addons.gov_hotline.models import search_sql


def migrate(cr, version):
    """Learn the words of the citizens and agencies that are there."""
    search_sql.learn(cr, "res_partner")

"""Articles of the first version: their readers, versions, index of words; the examples that ship.

What was «public» was shown to staff and might be shown to citizens: «both» says so. The published
text becomes version 1, word for word; a draft that was changed since stays a draft.
"""

from odoo import SUPERUSER_ID, api

SHIPPED = """
UPDATE document_page SET is_example = true WHERE id IN (
    SELECT res_id FROM ir_model_data WHERE module = 'gov_hotline_kb' AND model = 'document.page'
)
"""


def migrate(cr, version):
    cr.execute("UPDATE document_page SET audience = 'both' WHERE audience = 'public'")
    cr.execute(SHIPPED)
    cr.execute("ALTER TABLE document_page DROP COLUMN IF EXISTS published_version_id")
    cr.execute("DROP INDEX IF EXISTS document_page_search_idx")
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["document.page"]._adopt_published()
    env["document.page"]._load_examples()

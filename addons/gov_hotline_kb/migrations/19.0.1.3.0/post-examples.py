"""Examples that nobody edited become those that ship now; plain texts keep numbers and paragraphs.

Those that people edited lose the shipped date, on which nobody checked them, and are examples.
Words of «For whom» were others in the first version, their Russian stayed.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

# Titles and topics of the first version, where they were others.
TITLES = {"terms": "Когда ждать ответа", "reception": "Личный приём"}
TOPICS = {
    "emergency": ["0005.0005.0056"],
    "recalculation": ["0005.0005.0056"],
    "subsidy": ["0002.0007.0074", "0005.0005.0056"],
}
WORDS = {
    ("internal", "Для сотрудников"): "Только сотрудники",
    ("public", "Для всех"): "Только граждане",
}
RENAME = """
UPDATE ir_model_fields_selection AS choice
SET name = jsonb_set(choice.name, '{ru_RU}', to_jsonb(%s::text))
FROM ir_model_fields AS field
WHERE field.id = choice.field_id AND field.model = 'document.page' AND field.name = 'audience'
    AND choice.value = %s AND choice.name->>'ru_RU' = %s
"""


def migrate(cr, version):
    for (value, before), now in WORDS.items():
        cr.execute(SQL(RENAME, now, value, before))
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["hotline.kb.version"]._tell_plainly()
    env["document.page"]._refresh_examples(TITLES, TOPICS)
    env["document.page"]._forget_unstated_checks()
    env.registry.clear_cache()

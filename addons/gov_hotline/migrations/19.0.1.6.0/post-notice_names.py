"""The notice to the applicant and the letter to the body were named alike in lists of letters.

A load of translations leaves what is already translated as it is.
"""

OLD = "Направление по компетенции"
NEW = {
    "Notice of forwarding": "Уведомление о перенаправлении",
    "Forwarding letter": "Письмо о направлении",
}


def migrate(cr, version):
    """Name each by its own name where the old one still stands."""
    for source, name in NEW.items():
        cr.execute(
            """
            UPDATE ir_model_fields_selection
               SET name = jsonb_set(name, '{ru_RU}', to_jsonb(%(name)s::text))
             WHERE name->>'en_US' = %(source)s AND name->>'ru_RU' = %(old)s
            """,
            {"name": name, "source": source, "old": OLD},
        )

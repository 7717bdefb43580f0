"""«Closed» is one of seven ends now: its Russian name changes where the old one still stands.

Indices, stages and triggers of the new states are made by the update itself.
"""

OLD, NEW = "Закрыто", "Завершено"


def migrate(cr, version):
    """Rename the stage and the labels of the state; what a body renamed by itself stays."""
    cr.execute(
        """
        UPDATE helpdesk_ticket_stage
           SET name = jsonb_set(name, '{ru_RU}', to_jsonb(%(new)s::text))
         WHERE hotline_state = 'closed' AND name->>'ru_RU' = %(old)s
        """,
        {"old": OLD, "new": NEW},
    )
    cr.execute(
        """
        UPDATE ir_model_fields_selection AS selection
           SET name = jsonb_set(selection.name, '{ru_RU}', to_jsonb(%(new)s::text))
          FROM ir_model_fields AS field
         WHERE field.id = selection.field_id AND selection.value = 'closed'
           AND (field.model, field.name) IN (
                ('helpdesk.ticket', 'state'), ('helpdesk.ticket.stage', 'hotline_state'))
           AND selection.name->>'ru_RU' = %(old)s
        """,
        {"old": OLD, "new": NEW},
    )

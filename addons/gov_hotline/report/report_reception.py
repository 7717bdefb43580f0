from odoo import api, models
from odoo.tools import format_datetime

from ..domain import texts
from .report_card import CARD_ROLES

CELL, CELL_LINES = 1_300, 16  # what the sheet takes of one text


class ReportReception(models.AbstractModel):
    """The card of a personal reception on one A4 sheet. Every print is journalled."""

    _name = "report.gov_hotline.report_reception"
    _description = "Card of the personal reception"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Check the role, note the print in the journal, return what the template needs."""
        self.env["helpdesk.ticket"]._require_role(*CARD_ROLES)
        receptions = self.env["hotline.reception"].browse(docids)
        receptions.check_access("read")
        self._note_print(receptions)
        return {
            "doc_ids": docids,
            "doc_model": "hotline.reception",
            "docs": receptions,
            "rows": self._rows,
        }

    def _note_print(self, receptions):
        """Append to the journal; the route of reports is read-only, so by a cursor of its own."""
        if not self.env.cr.readonly:
            return self._append_print(receptions)
        self.env.cr.rollback()  # nothing was written; as the card of an appeal does
        with self.env.registry.cursor() as cr:
            return self._append_print(receptions.with_env(self.env(cr=cr)))

    def _append_print(self, receptions):
        journal = receptions.env["hotline.journal"]
        for one in receptions:
            journal._append("reception_printed", one, number=one.number)

    @api.model
    def _rows(self, one):
        """Return the rows of the card: (label, value), the empty ones left out."""
        names = (
            "official_name", "place", "citizen_name", "citizen_address", "citizen_phone",
            "category_id", "document_kind", "document_number", "topic_id", "content", "result",
            "oral_answer", "explanation", "agency_id", "earlier_ticket_id", "ticket_id",
        )  # fmt: skip
        tz = one.company_id.hotline_tz
        when = format_datetime(self.env, one.held_at, tz=tz, dt_format="dd.MM.yyyy HH:mm")
        values = {
            "held_at": when,
            **{
                name: self._value(one, name)
                for name in names
                if one._has_field_access(one._fields[name], "read")
            },
        }
        return [
            (one._fields[name]._description_string(self.env), self._cell(value))
            for name, value in values.items()
            if value
        ]

    @api.model
    def _value(self, one, name):
        field = one._fields[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(one[name])
        if name in ("ticket_id", "earlier_ticket_id"):
            return one[name].number
        return one[name].display_name if field.type == "many2one" else one[name]

    @api.model
    def _cell(self, value):
        return texts.printable(str(value), CELL, CELL_LINES)

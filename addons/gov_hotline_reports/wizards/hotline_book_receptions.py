from odoo import models
from odoo.tools import format_datetime

from ..domain.books import Section

WIDTHS = (5, 14, 16, 28, 26, 30, 44, 18, 22, 44, 16)


class HotlineBook(models.TransientModel):
    """The journal of personal reception (59-FZ, art. 13): a line a card that is kept."""

    _inherit = "hotline.book"

    def _reception_sections(self):
        rows = (self._reception_row(n, one) for n, one in enumerate(self._lines(), start=1))
        return [Section(self._title(), self._reception_headings(), tuple(rows), WIDTHS)]

    def _reception_headings(self):
        return (
            self.env._("No."), self.env._("Card No."), self.env._("Date and time"),
            self.env._("Who received"), self.env._("Citizen"), self.env._("Address"),
            self.env._("What the citizen came with"), self.env._("Out of turn"),
            self.env._("Result"), self.env._("What was answered"), self.env._("Written appeal"),
        )  # fmt: skip

    def _reception_row(self, n, one):
        tz = one.company_id.hotline_tz
        when = format_datetime(self.env, one.held_at, tz=tz, dt_format="dd.MM.yyyy HH:mm")
        return (
            n, one.number or "", when, one.official_name or "", one.citizen_name or "",
            self.env["hotline.hidden"]._shown(self._whole_address(one)), self._came_with(one),
            one.category_id.name or "", self._reception_result(one), self._answered(one),
            one.ticket_id.number or "",
        )  # fmt: skip

    def _whole_address(self, one):
        return one.sudo().citizen_address  # sudo: shown by the reader's role in the next step

    def _came_with(self, one):
        return "\n".join(filter(None, (one.topic_id.name, one.content)))

    def _reception_result(self, one):
        return self._chosen(one, "result" if one.state == "held" else "state")

    def _answered(self, one):
        agency = one.agency_id.sudo().name  # sudo: the name of a body, as the card shows it
        return "\n".join(filter(None, (one.oral_answer, one.explanation, agency)))

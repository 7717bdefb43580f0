from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_datetime

# Whose acts are noted on themselves, not on their case.
PARTS = ("hotline.reception", "hotline.task")
PAGE = 20  # lines of the case's own tab


class HelpdeskTicket(models.Model):
    """The lines of the journal that tell of one case (X5)."""

    _inherit = "helpdesk.ticket"

    def action_case_journal(self):
        """Open the journal of this case; who reads the journal may."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("gov_hotline.hotline_journal_action")
        shown = {"hotline_one_case": True}  # the case itself is not repeated line by line
        return {**action, "domain": list(self._journal_domain()), "context": shown, "path": False}

    @api.readonly
    def case_journal(self, offset=0):
        """Return a page of the case's lines in words, the newest first; who reads the journal.

        {"total", "offset", "limit", "rows": [{"id", "when" in the body's time, "who", "what",
        "about": what else than the case itself, "details", "seal"}]}.
        """
        self.ensure_one()
        self.check_access("read")
        offset = offset if isinstance(offset, int) and offset > 0 else 0
        Journal, domain = self.env["hotline.journal"], self._journal_domain()
        lines = Journal.search(domain, offset=offset, limit=PAGE)
        total = offset + len(lines)
        if len(lines) == PAGE or (offset and not lines):  # else all of them were just counted
            total = Journal.search_count(domain)
        rows = [self._journal_row(line) for line in lines]
        return {"total": total, "offset": offset, "limit": PAGE, "rows": rows}

    def _journal_row(self, line):
        tz = self.company_id.hotline_tz
        return {
            "id": line.id,
            "when": format_datetime(self.env, line.at, tz=tz, dt_format="dd.MM.yyyy HH:mm"),
            "who": line.user_name,
            "what": line.event_text,
            "about": line.record_name if line.model != self._name else "",
            "details": line.payload_text,
            "seal": line.seal_number or "",
        }

    def _journal_domain(self):
        """Return the domain of the lines about the case and about what was made in it."""
        told = [Domain("model", "=", self._name) & Domain("res_ref", "=", self.id)]
        for model in PARTS:
            # sudo: ids only; the lines themselves are read with the reader's rights
            ids = self.env[model].sudo().search([("ticket_id", "=", self.id)]).ids
            told.append(Domain("model", "=", model) & Domain("res_ref", "in", ids))
        return Domain.OR(told)

from odoo import api, models
from odoo.fields import Domain

from ..domain import external

OPEN = ("accepted", "registered", "in_work", "extended")
ENDED = ("forwarded", "answered", "closed")


class HotlineDossier(models.AbstractModel):
    """Appeals of the person that live in the body's document system, with how fresh they are."""

    _inherit = "hotline.dossier"

    @api.model
    def _external_domain(self, scope):
        """Those of the card, and those of nobody's card with its name and address."""
        if scope["topic"] or scope["mark"] or scope["state"] in ("overdue", "draft"):
            return Domain.FALSE  # of these the document system tells nothing
        partner = scope["partner"]
        domain = Domain("partner_id", "=", partner.id) | Domain("id", "in", self._nobodys(partner))
        if scope["state"]:
            domain &= Domain("state", "in", OPEN if scope["state"] == "open" else ENDED)
        if scope["text"]:
            names = ("number", "topic_text", "kind_text")
            domain &= Domain.OR(Domain(name, "ilike", scope["text"]) for name in names)
        return domain & self._year_domain("day_on", scope["year"])

    @api.model
    def _nobodys(self, partner):
        """Return the ids of the appeals without a card whose applicant this person is."""
        # sudo: where people live decides whose it is; the rules stand around the search
        partner = partner.sudo()
        key = external.name_key(partner.name)
        if not key or not partner.street:
            return []
        domain = [("name_key", "=", key), ("partner_id", "=", False)]
        cases = self.env["hotline.external.case"].sudo()  # as above
        cases = cases.search_fetch(domain, ["applicant_address"], limit=500)
        place = ", ".join(filter(None, (partner.city, partner.street, partner.street2)))
        return [one.id for one in cases if external.is_same_place(one.applicant_address, place)]

    @api.model
    def _external_cells(self, cases):
        return {case: self._external_row(case) for case in cases}

    @api.model
    def _external_row(self, case):
        until = self.env._("until %(day)s", day=self._day(case.due_on)) if case.due_on else ""
        told = case.forwarded_to if case.state == "forwarded" else self._outgoing(case)
        is_open = case.state in (*OPEN, "unknown")
        state = self._label(case, "state")
        return [
            self._cell(case.number, case.kind_text),
            self._cell(self._day(case.day_on)),
            self._cell(case.topic_text),
            self._cell(state, case.state_text if case.state_text != state else ""),
            self._cell(until if is_open and not told else told, case.as_of_words),
        ]

    @api.model
    def _outgoing(self, record):
        """Return «15-04/1 of 21.11.2026» of an outgoing letter, ours or of the document system."""
        if record._name != "hotline.external.case":
            return super()._outgoing(record)
        if not (record.outgoing_number and record.outgoing_on):
            return record.outgoing_number or self._day(record.outgoing_on)
        day = self._day(record.outgoing_on)
        return self.env._("%(number)s of %(day)s", number=record.outgoing_number, day=day)

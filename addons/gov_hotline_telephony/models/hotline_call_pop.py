from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.gov_hotline.domain import persons, phones

RINGING = "gov_hotline.call_ringing"
RING_OVER = "gov_hotline.call_ring_over"
PEOPLE_AT_MOST = 10


class HotlineCall(models.Model):
    """Screen pop: who calls, on the screen of the operator whose phone rings (E9)."""

    _inherit = "hotline.call"

    def _pop(self, user):
        """Show this ringing call to `user`, an operator, and to nobody else.

        From here the call is that operator's. What is shown is read with the operator's rights.
        """
        self.ensure_one()
        if self.operator_id and self.operator_id != user:
            self._pop_over()
        self.operator_id = user
        call = self.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids, lang=user.lang
        )
        call.check_access("read")
        user._bus_send(RINGING, call._pop_vals())

    def _pop_over(self):
        """Take the call off the operator's screens: answered elsewhere, or the caller gave up."""
        for call in self:
            call.operator_id._bus_send(RING_OVER, {"call_id": call.id})

    def _pop_vals(self):
        """Return what the bar shows, and no more: a message may outlive the ring in a browser."""
        return {
            "call_id": self.id,
            "phone": phones.display(self.phone),
            "kind": self.phone_kind or "hidden",
            "line": self.line_id.name or "",
            "people": self._pop_people(),
        }

    def _callers(self):
        """Return the citizens on this number; a shared, service or hidden one is nobody's."""
        if self.phone_kind != "number":
            return self.env["res.partner"]
        known = self.env["hotline.phone"].search_fetch(
            [("number", "=", self.phone), ("partner_id.hotline_kind", "=", "citizen")],
            ["partner_id"],
            limit=PEOPLE_AT_MOST,
        )
        return known.partner_id

    def _pop_people(self):
        callers = self._callers()
        open_cases = dict(
            self.env["helpdesk.ticket"]._read_group(
                [("partner_id", "in", callers.ids), ("is_final", "=", False)],
                ["partner_id"],
                ["__count"],
            )
        )
        return [
            {
                "id": partner.id,
                "name": persons.PersonName(
                    partner.surname or partner.name or "",
                    partner.given_name or "",
                    partner.patronymic or "",
                ).short,
                "address": ", ".join(filter(None, (partner.city, partner.street))),
                "open": open_cases.get(partner, 0),
            }
            for partner in callers
        ]

    def action_answer(self, partner_id=False):
        """Open this call, with the citizen chosen in the bar if any; its operator only."""
        self.ensure_one()
        self._check_rings_here()
        if partner_id:
            self.partner_id = self._caller(partner_id)
        self._pop_over()
        return self._answer_action()

    def _check_rings_here(self):
        self.check_access("write")
        if self.operator_id != self.env.user:
            raise AccessError(self.env._("Another operator has taken this call."))
        if self.state != "open":
            raise UserError(self.env._("Call %(number)s is closed already.", number=self.number))

    def _caller(self, partner_id):
        caller = self._callers().filtered(lambda partner: partner.id == partner_id)
        if not caller:
            raise UserError(
                self.env._("This number is not that person's. Choose the caller again.")
            )
        return caller

    def _answer_action(self):
        """Return the screen for the talk: it opens with the operator's newest open call."""
        return self.env["ir.actions.actions"]._for_xml_id("gov_hotline.hotline_workplace_action")

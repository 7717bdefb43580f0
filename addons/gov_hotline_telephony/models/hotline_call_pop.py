from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.gov_hotline.domain import persons, phones

RINGING = "gov_hotline.call_ringing"
RING_OVER = "gov_hotline.call_ring_over"
PEOPLE_AT_MOST = 10
DETAILS_AT_MOST = 3


class HotlineCall(models.Model):
    """Screen pop: who calls, on the screen of the operator whose phone rings (E9)."""

    _inherit = "hotline.call"

    # Of many calls by one question. Who may see which of them is asked where they are shown.
    caller_ids = fields.Many2many(
        "res.partner", compute="_compute_caller_ids", compute_sudo=True, groups=fields.NO_ACCESS
    )

    @api.depends("phone", "phone_raw")
    def _compute_caller_ids(self):
        numbers = [call.phone for call in self if call.phone_kind == "number"]
        known = self.env["hotline.phone"].search_fetch(
            [("number", "in", numbers), ("partner_id.hotline_kind", "=", "citizen")],
            ["number", "partner_id"],
        )
        people = {number: found.partner_id for number, found in known.grouped("number").items()}
        for call in self:
            call.caller_ids = people.get(call.phone, known.partner_id.browse())[:PEOPLE_AT_MOST]

    def _callers_known(self):
        """Return ids of callers of these calls: (who has open cases, who has open accounts).

        The connector asks it of a whole batch: who has none is not asked for with the rights of
        each operator.
        """
        callers = self.sudo().caller_ids  # sudo: whether there is anything, not what
        if not callers:
            return (), ()
        cases, accounts = callers.env["helpdesk.ticket"], callers.env["hotline.account"]
        open_cases = cases._read_group(self._pop_cases_domain(callers), ["partner_id"])
        held = accounts._read_group(self._pop_accounts_domain(callers), ["holder_id"])
        return tuple(one.id for [one] in open_cases), tuple(one.id for [one] in held)

    def _among(self, callers, what):
        """Return the callers who may have cases (0) or accounts (1); all where it is not known."""
        known = self.env.context.get("callers_known")
        return callers if known is None else callers.filtered(lambda one: one.id in known[what])

    def _pop(self, user):
        """Show this ringing call to `user`, an operator, and to nobody else.

        From here the call is that operator's, unless it rings at another one too: then it is whose
        it was until somebody answers. What is shown is read with the operator's rights.
        """
        self.ensure_one()
        call = self.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids, lang=user.lang
        )
        call.env["helpdesk.ticket"]._require_role("operator")
        if not self._rings_at(self.operator_id):
            self._give_to(user)
        call.check_access("read")
        user._bus_send(RINGING, call._pop_vals())

    def _rings_at(self, user):
        """Say whether a telephone of `user` rings for this call now."""
        return any(
            leg.user_id == user and leg.rang_at and not leg.answered_at and not leg.ended_at
            for leg in self.sudo().leg_ids  # sudo: whose telephone rings
            if user
        )

    def _give_to(self, user):
        if self.operator_id and self.operator_id != user:
            self._pop_over()
        self.operator_id = user

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
        people = self.sudo().caller_ids  # sudo: whose it is; of them those who may be shown
        return people.with_env(self.env)._filtered_access("read")

    def _pop_people(self):
        """Return who may be calling; of one person also what the talk may be about."""
        callers = self._callers()
        open_cases = self._pop_counts(callers)
        people = [self._pop_person(person, open_cases.get(person, 0)) for person in callers]
        if len(callers) == 1:
            self.env["hotline.sight"]._note(callers, "opened")
            people[0] |= self._pop_details(callers, people[0]["open"])
        return people

    def _pop_counts(self, callers):
        """Return {citizen: how many registered cases are open}."""
        asked = self._among(callers, 0)
        if not asked:
            return {}
        rows = self.env["helpdesk.ticket"]._read_group(
            self._pop_cases_domain(asked), ["partner_id"], ["__count"]
        )
        return dict(rows)

    def _pop_cases_domain(self, callers):
        return [
            ("partner_id", "in", callers.ids),
            ("is_final", "=", False),
            ("state", "!=", "draft"),
        ]

    def _pop_accounts_domain(self, callers):
        return [("holder_id", "in", callers.ids), ("state", "=", "open")]

    def _pop_person(self, partner, open_cases):
        name = persons.PersonName(
            partner.surname or partner.name or "",
            partner.given_name or "",
            partner.patronymic or "",
        )
        return {
            "id": partner.id,
            "name": name.short,
            "address": ", ".join(filter(None, (partner.city, partner.street))),
            "open": open_cases,
        }

    def _pop_details(self, caller, open_cases):
        """Return the first cases, accounts and objects of the one who calls, in words."""
        cases = self.env["helpdesk.ticket"]
        if open_cases:
            cases = cases.search(
                self._pop_cases_domain(caller), order="due_on, id", limit=DETAILS_AT_MOST
            )
        accounts = self.env["hotline.account"]
        if self._among(caller, 1):
            accounts = accounts.search(self._pop_accounts_domain(caller), limit=DETAILS_AT_MOST)
        objects = accounts.object_id | cases.object_id
        states = dict(cases._fields["state"]._description_selection(self.env))
        return {
            "cases": [{"number": one.number, "state": states[one.state]} for one in cases],
            "accounts": accounts.mapped("number"),
            "objects": objects[:DETAILS_AT_MOST].mapped("address"),
        }

    def action_answer(self, partner_id=False):
        """Open this call, with the citizen chosen in the bar if any; its operator only."""
        self.ensure_one()
        self._take_from_others()
        self._check_rings_here()
        if partner_id:
            self.partner_id = self._caller(partner_id)
        self._pop_over()
        return self._answer_action()

    def _take_from_others(self):
        """Who opens a call that rings at several operators has it until one of them answers."""
        me = self.env.user
        if self.operator_id != me and not self.answered_at and self._rings_at(me):
            self.env["helpdesk.ticket"]._require_role("operator")
            self.sudo().operator_id = me  # sudo: it is another one's, whose telephone rings too

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
        """Return the screen for the talk, opened with this call."""
        action = self.env["ir.actions.actions"]._for_xml_id("gov_hotline.hotline_workplace_action")
        return {**action, "params": {"call_id": self.id}}

from odoo import fields, models
from odoo.exceptions import UserError

from ..domain import reception
from ..domain.strictness import is_reason
from . import people_texts  # noqa: F401 - the words of the problems below
from .problem_texts import problem_text


class HotlineReception(models.Model):
    """What is done at the reception: held, an appeal made of it, did not come, called off."""

    _inherit = "hotline.reception"

    def action_hold(self):
        """Keep the card as held, with its result; officer. Raises UserError by the rules."""
        for one in self:
            one._check_open("officer")
            one._check_card()
            one._keep("held")

    def action_make_appeal(self):
        """Make a written appeal of what the citizen came with, open it; officer (REG-3)."""
        self.ensure_one()
        self._check_open("officer")
        if not self.ticket_id:
            ticket = self.env["helpdesk.ticket"].create(self._prepare_appeal_vals())
            self._hand_over_files(ticket)
            self._write_by_act({"ticket_id": ticket.id, "result": reception.WRITTEN})
        self._check_card()
        self._keep("held")
        return self.action_open_appeal()

    def action_open_appeal(self):
        """Open the appeal made at this reception."""
        self.ensure_one()
        self.check_access("read")
        return self.ticket_id._open_form()

    def action_miss(self):
        """Note that the citizen did not come; operator."""
        for one in self:
            one._check_open("operator")
            one._keep("missed")

    def action_cancel(self):
        """Call the reception off; operator."""
        for one in self:
            one._check_open("operator")
            one._keep("cancelled")

    def action_print(self):
        """Print the card of the reception."""
        self.check_access("read")
        return self.env.ref("gov_hotline.action_report_reception").report_action(self)

    def _keep(self, state):
        self._write_by_act({"state": state, "held_by_id": self.env.uid})
        self.env["hotline.journal"]._append(
            f"reception_{state}", self, result=self.result or "", number=self.number
        )

    def _check_open(self, role):
        self.env["helpdesk.ticket"]._require_role(role)
        self.check_access("write")
        if self.state != "booked":
            raise UserError(self.env._("The reception is over: its card does not change."))

    def _check_card(self):
        """Refuse what the rules block; what they warn of passes with a written reason."""
        problems = self.env["hotline.rule"]._applied(
            reception.missing(self._domain_card()), self.company_id._hotline_today()
        )
        blocks = [problem for problem in problems if problem.blocks]
        if not blocks and is_reason(self.departure_reason):
            return
        if problems:
            lines = [problem_text(self.env, problem) for problem in blocks or problems]
            if not blocks:
                lines.append(self.env._("Or write in the card why the rule is departed from."))
            raise UserError("\n".join(lines))

    def _domain_card(self):
        answered = self.earlier_ticket_id.answer_ids.filtered(lambda one: one.state == "given")
        return reception.Card(
            result=self.result or "",
            document_kind=self.document_kind or "",
            document_checked=self.document_checked,
            content=self.content or "",
            oral_answer=self.oral_answer or "",
            oral_agreed=self.oral_agreed,
            explanation=self.explanation or "",
            has_appeal=bool(self.ticket_id),
            has_paper=self.has_paper,
            has_earlier_answer=bool(answered),
            passed_over=self._passed_over().citizen_name or "",
        )

    def _passed_over(self):
        """Return who was to be received first (art. 13 p. 7): has come, as noted, and waits."""
        if self.is_first_turn:
            return self.browse()
        return self.search(
            [
                ("company_id", "=", self.company_id.id), ("held_on", "=", self.held_on),
                ("official_name", "=", self.official_name), ("state", "=", "booked"),
                ("is_first_turn", "=", True), ("id", "!=", self.id), ("has_come", "=", True),
            ],
            limit=1,
        )  # fmt: skip

    def _prepare_appeal_vals(self):
        applicant = self.env["helpdesk.ticket"]._applicant_vals(self.partner_id)
        return {
            **applicant,
            "kind": "appeal_59",
            "origin": "visit",
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "received_at": min(self.held_at, fields.Datetime.now()),
            "topic_id": self.topic_id.id,
            "appeal_text": self.content,
        }

    def _hand_over_files(self, ticket):
        """What was handed over goes into the case."""
        for file in self.attachment_ids:
            file.copy({"res_model": ticket._name, "res_id": ticket.id})

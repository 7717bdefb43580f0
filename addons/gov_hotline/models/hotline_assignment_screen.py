from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..domain import assignments as rules


class HotlineAssignment(models.Model):
    """Buttons of an assignment and their dialogs."""

    _inherit = "hotline.assignment"

    acts = fields.Json(compute="_compute_acts", help="Buttons: method, label, primary, blocked.")

    ask_text = fields.Char(compute="_compute_ask_text", string="Request for time, with its date")

    @api.depends("ask_state", "asked_until")
    @api.depends_context("lang", "uid")
    def _compute_ask_text(self):
        labels = dict(self.fields_get(["ask_state"])["ask_state"]["selection"])
        for one in self:
            words = labels.get(one.ask_state, "")
            if one.ask_state == "asked" and one.asked_until:
                day = one.asked_until.strftime("%d.%m.%Y")
                words = self.env._("%(asked)s until %(day)s", asked=words, day=day)
            one.ask_text = words

    def _check_access(self, operation):
        """Tell an executor plainly whose assignment it is not."""
        refused = super()._check_access(operation)
        if not refused or "executor" not in self.env["helpdesk.ticket"]._roles():
            return refused
        words = self.env._("This assignment is not addressed to you.")
        return refused[0], lambda: AccessError(words)

    @api.depends("state", "ask_state", "answer_ids", "control_on", "result_on")
    @api.depends_context("uid", "lang")
    def _compute_acts(self):
        roles = self.env["helpdesk.ticket"]._roles()
        for assignment in self:
            mine = assignment.executor_user_id == self.env.user
            acts = []
            if "officer" in roles:
                acts = assignment._officer_acts()
            elif mine:
                acts = assignment._executor_acts()
            for act in [act for act in acts if not act["blocked"] and act["step"]][:1]:
                act["primary"] = True
            assignment.acts = acts

    def _officer_acts(self):
        """Return the officer's buttons, the next step first; grey ones tell why."""
        acts = []
        if self.ask_state == "asked":
            acts += [
                self._button("decide_time", "action_give_time", self.env._("Give the time"),
                             self._why_no_time()),
                self._button("decide_time", "action_open_refuse_time",
                             self.env._("Refuse the time"), step=False),
            ]  # fmt: skip
        acts += [
            self._button("accept", "action_accept", self.env._("Accept the answer"),
                         self._why_not_accept()),
            self._button("agree_return", "action_agree_return", self.env._("Give to another")),
            self._button("insist", "action_open_insist", self.env._("Leave with them"), step=False),
            self._button("answer", "action_open_answer", self.env._("Enter the answer")),
            self._button("redo", "action_open_redo", self.env._("Return for completion"),
                         step=False),
            self._button("answer", "action_sub_assignment", self.env._("Give a part to others"),
                         step=False),
            self._button("withdraw", "action_open_withdraw", self.env._("Withdraw"), step=False),
        ]  # fmt: skip
        return [act for act in [self._result_act(), *acts] if act]

    def _executor_acts(self):
        acts = [
            self._button("answer", "action_open_answer", self.env._("Answer"), who=rules.EXECUTOR),
            self._button("not_ours", "action_open_not_ours", self.env._("Not our competence"),
                         self._why_not_returned(), step=False, who=rules.EXECUTOR),
            self._button("ask_time", "action_open_ask_time", self.env._("Ask for time"),
                         self._why_not_ask(), step=False, who=rules.EXECUTOR),
        ]  # fmt: skip
        return [act for act in acts if act]

    def _button(self, act, method, label, blocked=False, step=True, who=rules.OFFICER):
        """Return the button of `act`, or None where the table has no such step."""
        if not rules.may(act, self.state, who):
            return None
        if self.addressee_kind == rules.OTHER_BODY and act not in ("withdraw", "answer"):
            return None
        return {"method": method, "label": label, "blocked": blocked, "step": step}

    # Why a button is grey

    def _why(self, problems):
        texts = self.env["helpdesk.ticket"]._problem_texts(problems)
        return "\n".join(texts) or False

    def _why_not_accept(self):
        return self._why(self._accept_problems())

    def _why_no_time(self):
        latest, today = self._latest_control(), self._today()
        return self._why(rules.control_problems(self.asked_until or None, latest, today))

    def _why_not_returned(self):
        calendar = self.env["hotline.day"]._calendar(self.sudo().company_id)  # sudo: the calendar
        reason = "–"  # asked in the dialog
        if not self.sent_on:
            return False
        return self._why(rules.not_ours_problems(self.sent_on, self._today(), reason, calendar))

    def _why_not_ask(self):
        return (
            self.env._("More time was asked for already.") if self.ask_state == "asked" else False
        )

    # Dialogs

    def action_open_answer(self):
        """Open the dialog of an answer; executor or officer."""
        return self._dialog("answer", self.env._("Answer"))

    def action_open_not_ours(self):
        """Open the dialog «not our competence»; executor or officer."""
        return self._dialog("not_ours", self.env._("Not our competence"))

    def action_open_ask_time(self):
        """Open the dialog that asks for time; executor or officer."""
        return self._dialog("ask_time", self.env._("Ask for time"))

    def action_open_withdraw(self):
        """Open the dialog of a withdrawal; officer."""
        return self._dialog("withdraw", self.env._("Withdraw the assignment"))

    def action_open_redo(self):
        """Open the dialog that returns an answer for completion; officer."""
        return self._dialog("redo", self.env._("Return for completion"))

    def action_open_insist(self):
        """Open the dialog that leaves the assignment with the executor; officer."""
        return self._dialog("insist", self.env._("Leave with the executor"))

    def action_open_refuse_time(self):
        """Open the dialog that refuses more time; officer."""
        return self._dialog("refuse_time", self.env._("Refuse the time"))

    def action_sub_assignment(self):
        """Open the resolution for a part of this assignment: dates up to its own. Officer."""
        self._check_officer("answer")
        return self.ticket_id._resolution_dialog(self, parent=self)

    def action_open_case(self):
        """Open the appeal; who reads appeals."""
        self.ensure_one()
        self.ticket_id.check_access("read")
        return self.ticket_id.get_formview_action()

    def _dialog(self, act, name):
        self.ensure_one()
        self._who()
        return {
            "type": "ir.actions.act_window",
            "name": f"{name} · {self.display_name}",
            "res_model": "hotline.assignment.act",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_assignment_id": self.id, "default_act": act},
        }

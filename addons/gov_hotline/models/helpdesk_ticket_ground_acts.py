from odoo import api, fields, models
from odoo.tools import format_date


class HelpdeskTicket(models.Model):
    """The buttons of grounds on the case form."""

    _inherit = "helpdesk.ticket"

    def _more_acts(self):
        acts = super()._more_acts()
        if self.can_edit and self.question_ids:
            label = self.env._("State a ground")
            acts.append(self._act("action_open_ground", label, step=False))
        if self.can_edit and self.question_ids.ground_id:
            label = self.env._("Take a ground back")
            acts.append(self._act("action_open_ground_removal", label, step=False))
        return acts

    def action_open_ground(self):
        """Open the dialog of grounds for the questions that have none yet; officer."""
        self.ensure_one()
        bare = self.question_ids.filtered(lambda one: not one.ground_id)
        return (bare or self.question_ids)._open_ground()

    def action_open_ground_removal(self):
        """Open the dialog that takes the grounds back; officer."""
        self.ensure_one()
        return self.question_ids.filtered("ground_id")._open_ground_removal()


class HotlineQuestion(models.Model):
    _inherit = "hotline.question"

    can_state = fields.Boolean(compute="_compute_can_state")
    ground_name = fields.Char(related="ground_id.name", string="Name of the ground")
    answer_words = fields.Char(compute="_compute_answer_words", string="Given answer")

    def _compute_can_state(self):
        for question in self:
            question.can_state = question.ticket_id.can_edit

    @api.depends(
        "answer_id", "ground_id", "ticket_id.assignment_ids.state", "ticket_id.notice_ids.state"
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_answer_words(self):
        """The ground, and number and date of the answer (ours or the executor's own)."""
        for question in self:
            answer = question.answer_id or question._executors_own_answer()
            words = [question.ground_name]
            if answer:
                day = answer.outgoing_date
                words += [answer.outgoing_number, day and format_date(self.env, day)]
            elif question.ground_id:
                letter = question._letter_of_ground_words()
                words.append(letter and f"— {letter}")
            question.answer_words = " ".join(filter(None, words)) or False

    def _executors_own_answer(self):
        """Return the answer that an executor gave the applicant and we took (practice 5)."""
        # sudo: number and date only, for every reader of the case
        done = self.sudo().ticket_id.assignment_ids.filtered(
            lambda one: one.answer_by == "executor" and one.state == "accepted"
        )
        return done.filtered(lambda one: self in one.question_ids)[:1]._final_answer()

    def _letter_of_ground_words(self):
        """Return that the ground's letter waits, or its number; False where there is none."""
        letters = self._ground_notices()
        issued = letters.filtered("is_issued")[:1]
        if issued:
            return issued.display_name
        return self.env._("the notice is not sent yet") if letters else False

    def action_open_ground(self):
        """Open the dialog of grounds for this question; officer."""
        return self._open_ground()

    def _open_ground(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        context = {
            "default_ticket_id": self.ticket_id.id,
            "default_question_ids": self.ids,
            "default_competent_body_id": self[:1].competent_body_id.id,
        }
        return self._dialog("hotline.ground.statement", self.env._("Ground"), context)

    def _open_ground_removal(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        name = self.env._("Take the ground back")
        return self._dialog("hotline.ground.removal", name, {"default_question_ids": self.ids})

    def _dialog(self, model, name, context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": context,
        }


class HotlineNotice(models.Model):
    _inherit = "hotline.notice"

    def _open(self):
        """Return the action that shows this notice in a dialog, to check and send it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "hotline.notice",
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

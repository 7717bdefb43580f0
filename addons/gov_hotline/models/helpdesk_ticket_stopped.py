from odoo import fields, models

from ..domain import similar, stopping, transitions
from .hotline_stopped_topic import REPEAT


class HelpdeskTicket(models.Model):
    """A new appeal on a question whose correspondence was stopped: registered and asked about."""

    _inherit = "helpdesk.ticket"

    stopped_topic_id = fields.Many2one(
        "hotline.stopped.topic",
        string="Correspondence stopped",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    new_arguments = fields.Selection(
        [(stopping.YES, "Yes: considered anew, 30 days"), (stopping.NO, "No: left by decision")],
        string="New arguments or circumstances?",
        copy=False,
    )

    def _stopped_again(self):
        """Return the stopped question that this appeal raises again, the latest one."""
        topics = self.topic_id | self.question_ids.topic_id
        Stopped = self.env["hotline.stopped.topic"]
        company = self.company_id or self.env.company
        return Stopped._running_for(self.partner_id, company, topics, self.appeal_text)[:1]

    def _was_on_question(self, topic, text, later):
        """Whether this earlier case was on the question of the case `later` (59-FZ, art. 11, p. 5).

        `topic` and `text` are the question's; linked as a repeat, by the officer, counts too.
        """
        self.ensure_one()
        if topic and topic in self.topic_id | self.question_ids.topic_id:
            return True
        if self in later._linked_earlier("repeat", "duplicate"):
            return True
        keys = similar.key(text or ""), similar.key(self.appeal_text or "")
        return all(keys) and similar.likeness(*keys) >= similar.ALIKE

    def _intake_problems(self):
        found = super()._intake_problems()
        is_draft = self.state == transitions.DRAFT
        if is_draft and self.kind == "appeal_59" and self._stopped_again():
            found = (*found, stopping.registration_problem())
        return found

    def _prepare_registration_vals(self, *args, **kwargs):
        vals = super()._prepare_registration_vals(*args, **kwargs)
        if self.kind == "appeal_59":
            vals["stopped_topic_id"] = self._stopped_again().id
        return vals

    def _closing_problems(self):
        found = super()._closing_problems()
        if self.stopped_topic_id:
            is_left = REPEAT in self.question_ids.ground_id.mapped("code")
            found.extend(stopping.closing_problems(self.new_arguments or "", is_left=is_left))
        return found

    def _end(self, final, **vals):
        """What a case decided by its questions is known when the citizen writes again."""
        ended = super()._end(final, **vals)
        for question in self.question_ids:
            if question.ground_id.code == REPEAT and self.partner_id:
                self.env["hotline.stopped.topic"]._of_question(question)
        return ended

    def _more_acts(self):
        acts = super()._more_acts()
        working = self.state in transitions.WORKING_STATES and self.track == "appeal"
        if working and self.partner_id and "officer" in self._roles():
            label = self.env._("Record stopped correspondence")
            acts.append(self._act("action_stop_correspondence", label, step=False))
        return acts

    def action_stop_correspondence(self):
        """Open the record of a decision made on paper, for the citizen of this case; officer."""
        self.ensure_one()
        self._require_role("officer")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Stopped correspondence"),
            "res_model": "hotline.stopped.topic",
            "views": [(False, "form")],
            "target": "current",
            "context": {
                "default_partner_id": self.partner_id.id,
                "default_topic_id": self.topic_id.id,
                "default_question_text": self.name,
                "default_earlier_ticket_ids": self._linked_earlier("repeat", "duplicate").ids,
            },
        }

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import similar, stopping
from . import people_texts  # noqa: F401 - the words of the problems below
from .problem_texts import problem_text

REPEAT = "repeat"  # code of the ground of a question


class HotlineStoppedTopic(models.Model):
    """A question on which the correspondence with a citizen is stopped (59-FZ, art. 11, p. 5).

    Made when a case ends on the ground of repetition, or by the officer for what was decided on
    paper. It refuses nothing: see domain/stopping.py.
    """

    _name = "hotline.stopped.topic"
    _inherit = ["hotline.by.act", "hotline.signature"]
    _description = "Stopped correspondence"
    _order = "since desc, id desc"
    _rec_name = "question_text"
    _set_by_act = frozenset({"state", "lifted_on", "lifted_by_id", "question_id"})
    _editable = frozenset({"lift_reason"})

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Citizen", required=True, index=True, ondelete="restrict"
    )
    topic_id = fields.Many2one("hotline.topic", ondelete="restrict")
    question_text = fields.Char(string="Question", required=True)
    since = fields.Date(
        string="Stopped on",
        required=True,
        default=lambda self: self.env.company._hotline_today(),
    )
    signed_on = fields.Date(default=lambda self: self.env.company._hotline_today())
    question_id = fields.Many2one("hotline.question", string="By the question", readonly=True)
    ticket_id = fields.Many2one("helpdesk.ticket", string="By the appeal", ondelete="restrict")
    earlier_ticket_ids = fields.Many2many("helpdesk.ticket", string="Answered earlier in")
    notice_id = fields.Many2one("hotline.notice", ondelete="restrict")
    notice_number = fields.Char(
        string="No. of the notice", compute="_compute_notice", store=True, readonly=False,
        precompute=True,
    )  # fmt: skip
    notice_date = fields.Date(
        string="Date of the notice", compute="_compute_notice", store=True, readonly=False,
        precompute=True,
    )  # fmt: skip
    state = fields.Selection(
        [("stopped", "Stopped"), ("lifted", "Taken up again")],
        default="stopped",
        required=True,
        readonly=True,
    )
    lift_reason = fields.Char(string="Why taken up again")
    lifted_on = fields.Date(string="Taken up again on", readonly=True)
    lifted_by_id = fields.Many2one("res.users", string="Taken up again by", readonly=True)

    _running_idx = models.Index("(partner_id) WHERE state = 'stopped'")

    @api.depends("notice_id")
    def _compute_notice(self):
        for one in self:
            notice = one.notice_id.sudo()  # its number stands in the letter
            if notice:
                one.notice_number = notice.outgoing_number
                one.notice_date = notice.outgoing_date

    @api.model_create_multi
    def create(self, vals_list):
        self.env["helpdesk.ticket"]._require_role("officer")
        stopped = super().create(vals_list)
        for one in stopped:
            one._check_may_stop()
            one.env["hotline.journal"]._append("topic_stopped", one, since=one.since)
        return stopped

    def action_lift(self):
        """Take the correspondence up again, with a written reason; officer."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        for one in self:
            if one.state != "stopped":
                raise UserError(self.env._("The correspondence is taken up again already."))
            if len((one.lift_reason or "").strip()) < 10:
                raise UserError(self.env._("Write why it is taken up again (ten characters)."))
            today = one.company_id._hotline_today()
            vals = {"state": "lifted", "lifted_on": today, "lifted_by_id": self.env.uid}
            one._write_by_act(vals)
            one.env["hotline.journal"]._append("topic_resumed", one)

    def _check_may_stop(self):
        """Refuse without two answers, the notice and the authorised decision, by the rules."""
        rules = self.env["hotline.rule"]
        today = self.company_id._hotline_today()
        found = [*self._stopping_problems(), *self._check_signature("decide")]
        problems = rules._applied(found, today)
        if problems:
            raise UserError("\n".join(problem_text(self.env, problem) for problem in problems))

    def _stopping_problems(self):
        # sudo: an earlier answer counts, also one that this user may not see
        earlier = self.sudo().earlier_ticket_ids - self.ticket_id
        by = self.sudo().ticket_id  # sudo: as above
        own = earlier.filtered(
            lambda ticket: (
                ticket.partner_id == self.partner_id
                and ticket._was_on_question(self.topic_id, self.question_text, by)
            )
        )
        answered = own.filtered(lambda ticket: "given" in ticket.answer_ids.mapped("state"))
        return stopping.stopping_problems(
            len(answered),
            self.company_id.hotline_stop_answers,
            self.notice_number or "",
            self.notice_date or None,
            self.signed_on or None,
        )

    @api.model
    def _of_question(self, question):
        """Record what a closed case decided by its question; the case has checked the ground."""
        ticket = question.ticket_id
        notice = question._ground_notices().filtered("is_issued")[:1]
        return self._create_by_act(
            {
                "company_id": ticket.company_id.id,
                "partner_id": ticket.partner_id.id,
                "topic_id": question.topic_id.id or ticket.topic_id.id,
                "question_text": question.text or ticket.name,
                "since": ticket.closed_on,
                "question_id": question.id,
                "ticket_id": ticket.id,
                # sudo: ids only
                "earlier_ticket_ids": question.sudo().earlier_question_ids.ticket_id.ids,
                "authority_id": question.authority_id.id,
                "signed_on": question.signed_on,
                "notice_id": notice.id,
            }
        )

    @api.model
    def _running_for(self, partner, company, topics, text):
        """Return the stopped questions of a citizen that a new appeal raises again, if any."""
        if not partner:
            return self.browse()
        # sudo: whoever registers is told that there is one, and no more
        running = partner.sudo().hotline_stopped_ids.filtered(
            lambda one: one.state == "stopped" and one.company_id == company
        )
        key = similar.key(text or "") if running else ""
        return running.filtered(
            lambda one: (
                (one.topic_id and one.topic_id in topics)
                or similar.likeness(similar.key(one.question_text), key) >= similar.ALIKE
            )
        ).sudo(False)

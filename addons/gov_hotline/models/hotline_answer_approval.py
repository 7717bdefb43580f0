from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..domain import approval
from .tier_review import BY_ACT as REVIEW_ACT

OPEN_REVIEW = ("waiting", "pending")


class HotlineAnswer(models.Model):
    """Sent for approval, approved step by step or sent back with a reason (E6).

    Reviews and reviewers are base_tier_validation's; the order, the substitutes, the rights and
    what is approved are ours.
    """

    _inherit = "hotline.answer"
    _state_from = [approval.APPROVAL]
    _state_to = [approval.APPROVED, approval.GIVEN]
    _cancel_state = approval.DRAFT

    approval_round = fields.Integer(readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    sent_by_id = fields.Many2one("res.users", string="Author", readonly=True, copy=False)
    refusal = fields.Text(string="Why sent back", readonly=True, copy=False)
    approval_ids = fields.One2many("hotline.approval", "answer_id", readonly=True, copy=False)
    awaits_me = fields.Boolean(compute="_compute_awaits_me", search="_search_awaits_me")
    place_words = fields.Char(compute="_compute_awaits_me", string="In whose place I approve")
    signer_user_id = fields.Many2one(related="authority_id.user_id", string="User who signs")
    team_head_id = fields.Many2one(related="ticket_id.team_id.user_id", string="Head")

    @api.depends("state", "review_ids.status", "review_ids.reviewer_ids")
    @api.depends_context("uid", "lang")
    def _compute_awaits_me(self):
        for answer in self:
            review = answer._current_review() if answer.state == approval.APPROVAL else None
            place = answer._my_place(review)
            answer.awaits_me = bool(place)
            answer.place_words = answer._place_words(place)

    def _place_words(self, place):
        """Return «за Показову Веру» where `place` (id of a user or None) is not the own one."""
        if not place or place == self.env.uid:
            return False
        name = self.env["res.users"].browse(place).sudo().name  # sudo: the name of a colleague
        return self.env._("for %(place)s", place=self.env["hotline.approval"]._instead_of(name))

    def _search_awaits_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        rules = self.env["hotline.substitute"]._in_force(self.env.company)
        uid = self.env.uid
        places = [uid, *(one.user for one in rules if one.substitute == uid)]
        mine = [("status", "=", "pending"), ("reviewer_ids", "in", places)]
        waiting = self.sudo().search(  # sudo: found by its reviewers, read by its own rules below
            Domain("state", "=", approval.APPROVAL) & Domain("review_ids", "any", mine)
        )
        found = waiting.sudo(False)._filtered_access("read").filtered("awaits_me")
        return Domain("id", "in" if True in value else "not in", found.ids)

    # Acts

    def action_send_for_approval(self):
        """Send to the first step of the route that fits; officer. What is sent is fixed by digest.

        Raises UserError: no route, an open question, no address, nobody left to approve.
        """
        self._require_author()
        for answer in self:
            answer._check_act("send")
            answer.ticket_id._check_open_for_answer()
            route = self.env["hotline.approval.route"]._for_ticket(answer.ticket_id)
            if not route:
                raise UserError(
                    self.env._("No route of approval fits this answer: give it without approval.")
                )
            answer._enforce_here(answer._sending_problems())
            answer._start_round(route)

    def action_approve(self, comment=""):
        """Approve the step that is on, in the own place or a substituted one; approver."""
        self.env["helpdesk.ticket"]._require_role("approver")
        self.check_access("read")
        for answer in self:
            review, place = answer._deciding()
            if answer._is_changed():
                raise UserError(
                    self.env._("The answer was changed since it was sent. Send it back.")
                )
            answer._decide(review, place, "approved", comment)
            answer._go_on()
        return self._after_decision()

    def action_refuse(self, reason=""):
        """Send the answer back to its author with a written `reason`; approver."""
        self.env["helpdesk.ticket"]._require_role("approver")
        self.check_access("read")
        reason = (reason or "").strip()
        if len(reason) < approval.REASON_LENGTH:
            raise UserError(self.env._("Write what is to be corrected (ten characters)."))
        for answer in self:
            review, place = answer._deciding()
            answer._decide(review, place, "refused", reason)
            answer._by_act({"state": approval.DRAFT, "refusal": reason})
            answer._tell_author("sent_back")
        return self._after_decision()

    def action_take_back(self):
        """Take the answer back to the draft before it is given; its author, else the officer."""
        self._require_author()
        for answer in self:
            answer._check_act("take_back")
            answer._check_own()
            answer._mark("taken_back")
            answer._by_act({"state": approval.DRAFT})

    def action_ask_refusal(self):
        """Open the small window where the approver writes what to correct."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("approver")
        return self.env["hotline.refusal"]._ask(self, self.env._("Send back to the author"))

    # The round

    def _start_round(self, route):
        digest, number = self._content_digest(), self.approval_round + 1
        # the state first: base_tier_validation drops the reviews of what enters it
        self._by_act(
            {
                "state": approval.APPROVAL, "content_hash": digest, "approval_round": number,
                "sent_by_id": self.env.uid, "refusal": False, "approved_at": False,
            }
        )  # fmt: skip
        steps = route.step_ids.sorted(lambda step: (step.sequence, step.id))
        reviews = self._reviews().create(
            [self._prepare_tier_review_vals(step, n) for n, step in enumerate(steps, start=1)]
        )
        self.invalidate_recordset(["review_ids"])
        for review in reviews:
            self._check_somebody(review)
        self._mark("sent", step=route.name)
        reviews._update_review_status()
        self._tell_next()

    def _reviews(self):
        """Return the model of reviews as our acts use it."""
        # sudo: reviews are nobody's to write, the act has checked the role
        return self.env["tier.review"].sudo().with_context(hotline_review_act=REVIEW_ACT)

    def _current_review(self):
        """Return the review whose turn it is, none where nothing waits."""
        # sudo: whose turn it is binds every role
        reviews = self.sudo().review_ids.filtered(lambda one: one.status == "pending")
        return reviews.sorted("sequence")[:1]

    def _my_place(self, review):
        """Return the id of the user in whose place the current user decides, None for nobody."""
        if not review:
            return None
        author = review.requested_by if review.definition_id.exclude_requester else False
        return approval.acts_for(
            self.env.uid,
            review.reviewer_ids.ids,
            self.env["hotline.substitute"]._in_force(self.company_id),
            self.company_id._hotline_today(),
            excluded=author.ids if author else (),
        )

    def _deciding(self):
        """Return (review, user in whose place) for the current user, or refuse."""
        self._check_act("decide")
        review = self._current_review()
        place = self._my_place(review)
        if place is None:
            raise AccessError(
                self.env._("It is not your turn to approve this answer: «%(step)s» is on.",
                           step=review.name or "")
            )  # fmt: skip
        return review, self.env["res.users"].browse(place)

    def _decide(self, review, place, decision, reason):
        """Write the review and the line of the sheet; the one complained of decides nothing."""
        who = place | self.env.user
        self._enforce_here(self.ticket_id._self_no_problems(who, "approver"))
        twice = self._twice_problems(place) if decision == "approved" else []
        self._enforce_here(twice)
        reason = reason or self._twice_reason(twice)
        self._reviews().browse(review.id).write(
            {
                "status": "approved" if decision == "approved" else "rejected",
                "done_by": self.env.uid,
                "hotline_for_id": place.id if place != self.env.user else False,
                "reviewed_date": fields.Datetime.now(),
                "comment": reason,
            }
        )
        instead = self._instead_vals(place) if place != self.env.user else {}
        self._mark(decision, step=review.name, reason=reason, **instead)

    def _go_on(self):
        """To the next step, or to «approved» after the last one."""
        # sudo: the route is walked by the act, whoever may read other steps
        reviews = self._reviews().browse(self.sudo().review_ids.ids)
        reviews._update_review_status()
        if any(review.status != "approved" for review in reviews):
            self._tell_next()
            return
        self._by_act({"state": approval.APPROVED, "approved_at": fields.Datetime.now()})
        self._journal("answer_approved")
        self._tell_author("approved")

    def _void(self):
        """The answer was changed: back to the draft; nobody is asked, the author is told."""
        self._mark("voided")
        self._by_act({"state": approval.DRAFT})
        self._tell_author("voided")

    def _check_somebody(self, review):
        """Refuse a step that nobody may decide: no approver, or only the one complained of."""
        problems, free = [], self.env["res.users"]
        for user in review.reviewer_ids:
            found = self.ticket_id._self_no_problems(user, "approver")
            blocks = [problem for problem in found if problem.blocks]
            problems += blocks
            free |= user if not blocks else self.env["res.users"]
        if free:
            return
        if problems:
            self.ticket_id._enforce(problems)
        raise UserError(
            self.env._(
                "Step «%(step)s» has no approver: name a person in the route, or choose the "
                "signer.",
                step=review.name,
            )
        )

    # Guards

    def _require_author(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")

    def _check_act(self, act):
        if self.state not in approval.ACTS[act]:
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._("The answer is in the state «%(state)s» now: this was done already.",
                           state=states[self.state])
            )  # fmt: skip

    def _enforce_here(self, problems):
        self.ticket_id._enforce(problems, subject=f"{self._name},{self.id}")

    def _sending_problems(self):
        """Return the domain problems of sending for approval."""
        road, text = self._road_problems(), self._text_problems()
        return [*self._undecided_problems(), *text, *road, *self._foreign_data_problems()]

    # What base_tier_validation offers to anybody over RPC goes through our acts

    def request_validation(self):
        """Send for approval: the original asks for no right."""
        return self.action_send_for_approval()

    def validate_tier(self):
        """Approve: the original knows neither roles nor substitutes."""
        return self.action_approve()

    def reject_tier(self):
        """A reason is needed: asked in the window."""
        return self.action_ask_refusal()

    def restart_validation(self):
        """Take back: the original lets whoever calls it delete the reviews."""
        return self.action_take_back()

    def _check_allow_write_under_validation(self, vals):
        """Whatever is approved is compared by its digest; the rest (numbers, scans) is free."""
        return True

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import assignments as rules
from ..domain.transitions import DEFERRED, DRAFT, FINAL_STATES, IN_WORK
from .problem_texts import problem_text

USUAL_EXECUTORS = 5


class HelpdeskTicket(models.Model):
    """Resolution: addressees, control dates, sending at once (B3, C1)."""

    _inherit = "helpdesk.ticket"

    assignment_ids = fields.One2many("hotline.assignment", "ticket_id", string="Assignments")

    # The dialog

    @api.depends("assignment_ids.state")
    def _compute_acts(self):
        return super()._compute_acts()

    def _step_acts(self):
        """The resolution is the next step until somebody has the case or it is answered."""
        acts = super()._step_acts()
        if not self.can_edit or self.state in FINAL_STATES or self.state == DRAFT:
            return acts
        resolution = self._act("action_resolution", self.env._("Resolution"))
        is_next = not self.assignment_ids and not self._has_answer()
        return [resolution, *acts] if is_next else [*acts, resolution]

    def action_resolution(self):
        """Open the resolution in a dialog. Officer."""
        self.ensure_one()
        self._require_role("officer")
        self.check_access("write")
        self._check_open_for_resolution()
        return self._resolution_dialog()

    def _resolution_dialog(self, instead_of=None, parent=None):
        """Return the dialog; `instead_of`: assignments whose questions need another addressee."""
        questions = (instead_of or self.assignment_ids.browse()).question_ids
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Resolution"),
            "res_model": "hotline.resolution",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "dialog_size": "extra-large",
                "default_ticket_id": self.id,
                "default_parent_id": parent.id if parent else False,
                **({"default_question_ids": questions.ids} if questions else {}),
            },
        }

    def _check_open_for_resolution(self):
        """Refuse what REG-3 and the lock refuse: no resolution before registration, none after."""
        for ticket in self.sudo():  # sudo: the state only, whoever acts on an assignment
            if ticket.state == DRAFT:
                raise UserError(
                    self.env._(
                        "A resolution is given after the registration (59-FZ, art. 8, p. 2). "
                        "Register the appeal first."
                    )
                )
            if ticket.state in FINAL_STATES:
                raise UserError(
                    self.env._(
                        "Appeal %(number)s is closed: its assignments do not change any more.",
                        number=ticket.number,
                    )
                )

    # Proposals

    def _default_control_on(self, parent=None):
        """Return the proposed control date: due − 5 working days, where it still fits."""
        return self._control_date_within((parent and parent.control_on) or None)

    def _control_date_within(self, limit):
        """Return the proposed control date, no later than `limit` (a parent's date or None)."""
        self.ensure_one()
        today = self.company_id._hotline_today()
        main = self.deadline_ids.filtered("is_main").sorted("due_on")[:1]
        latest = rules.latest_control(self.due_on or None, limit, today)
        proposed = main._executor_date() if main else None
        calendar = self.env["hotline.day"]._calendar(self.company_id)
        return rules.default_control(proposed, latest, today, calendar)

    def _usual_executors(self, limit=USUAL_EXECUTORS):
        """Return whom to propose: a higher body, the competent ones by the questions and the
        directory, the usual of the topic."""
        self.ensure_one()
        used = self.env["hotline.assignment"]._read_group(
            self._same_topic_domain(), ["partner_id"], ["id:max", "__count"],
            order="__count desc, id:max desc", limit=limit,
        )  # fmt: skip
        partners = self._proposed_addressees()
        for agency, _why in self._whose_question():
            partners |= agency
        for partner, _last, _count in used:
            partners |= partner
        barred = self.complaint_against_id
        return (partners - barred).filtered("active")[:limit]

    def _whose_question(self):
        """Return [(agency, why)] by topic and place, as the directory of agencies has it."""
        self.ensure_one()
        return self.env["hotline.competence"]._whose(self.topic_id, place=self.object_id, limit=3)

    def _same_topic_domain(self):
        domain = [("state", "!=", "draft"), ("company_id", "=", self.company_id.id)]
        if self.topic_id:
            domain.append(("ticket_id.topic_id", "=", self.topic_id.id))
        return domain

    # Sending

    def action_send_resolution(self):
        """Send all draft assignments of the case in one step; the case waits for them. Officer.

        Raises UserError with everything that stands in the way (control dates, addressees, art. 8).
        """
        self._require_role("officer")
        self.check_access("write")
        self._check_open_for_resolution()
        for ticket in self:
            drafts = ticket.assignment_ids.filtered(lambda one: one.state == rules.DRAFT)
            drafts._sign_by_default()
            ticket._enforce_resolution(drafts)
            drafts._send()
            ticket._forward(drafts)
            ticket._wait_for_answers()

    def _enforce_resolution(self, drafts):
        self._enforce(self._resolution_problems(drafts), subject=self._resolution_subject(drafts))

    def _resolution_subject(self, drafts):
        return f"hotline.assignment,{min(drafts.ids, default=0)}"

    def _resolution_problems(self, drafts):
        """Return the domain problems of sending `drafts`."""
        found = [*self._addressee_problems(drafts), *drafts._signature_problems()]
        for draft in drafts.filtered(lambda one: one.addressee_kind != rules.OTHER_BODY):
            latest, today = draft._latest_control(), self.company_id._hotline_today()
            found += rules.control_problems(draft.control_on or None, latest, today)
        found += self._forwarding_problems(drafts) + self._barred_problems(drafts)
        return found + self._disclosure_problems(drafts)

    def _disclosure_problems(self, drafts):
        """CONF (art. 6): what an organisation is shown of the citizen."""
        return [
            problem
            for draft in drafts
            for problem in rules.disclosure_problems(
                draft.addressee_kind, draft.pd_mode, draft.pd_consent, draft.partner_id.name or ""
            )
        ]

    def _addressee_problems(self, drafts):
        standing = self.assignment_ids.filtered(
            lambda one: one.state not in (rules.DRAFT, rules.WITHDRAWN)
        )
        new = [draft._domain_addressee() for draft in drafts]
        return rules.addressee_problems(new, [one._domain_addressee() for one in standing])

    def _forwarding_problems(self, drafts):
        """FWD-MIG, UNREAD-7, SENSE-7: what the questions' grounds say."""
        bodies = drafts._forwardings()
        if not bodies:
            return []
        sent = self.assignment_ids._forwardings().filtered(lambda one: one.state == rules.SENT)
        count = len((bodies | sent).partner_id)
        return list(rules.forwarding_problems(count, self._grounds_of(bodies)))

    def _barred_problems(self, drafts):
        """SELF-NO (art. 8 p. 6): who is complained of neither gets it, nor executes, nor signs."""
        return [
            *self._self_no_problems(drafts.partner_id),
            *self._self_no_problems(drafts.executor_user_id, "executor"),
            # sudo: who signs is in the directory of the administrator
            *self._self_no_problems(drafts.authority_id.sudo().partner_id, "signer"),
        ]

    def _grounds_of(self, assignments):
        """Return the codes of grounds stated for the questions of `assignments` and the case."""
        questions = assignments.question_ids or self.question_ids
        return frozenset(self._term_grounds()) | frozenset(questions._stated_grounds())

    def _wait_for_answers(self):
        """In work → deferred, while somebody is to answer."""
        if self.state == IN_WORK and self.assignment_ids._is_open():
            self._transition(DEFERRED)

    # Closing

    def _closing_problems(self):
        found = super()._closing_problems()
        waiting = self.assignment_ids._is_open().mapped("partner_id.name")
        late = [one for line in self.assignment_ids for one in line._result_problems()]
        return [*found, *rules.open_problem(waiting), *late]

    def _needs_answer(self):
        """An executor's own answer, accepted by us, stands in place of ours (practice 5)."""
        return (
            getattr(super(), "_needs_answer", lambda: True)()
            and not self._is_answered_by_executors()
        )

    def _is_answered_by_executors(self):
        """Whether every question was forwarded or answered by an executor whose answer we took."""
        done = self.assignment_ids.filtered(
            lambda one: (
                one._is_forwarded()
                or (one.answer_by == rules.EXECUTOR and one.state == rules.ACCEPTED)
            )
        )
        return bool(done) and not self.question_ids - done.question_ids

    def _raise_problems(self, problems):
        """Raise what blocks as one message; for acts that know no written reason."""
        blocks = [problem for problem in problems if problem.blocks]
        if blocks:
            raise UserError("\n".join(self._problem_texts(blocks)))

    def _problem_texts(self, problems):
        return [problem_text(self.env, problem) for problem in problems]


class HotlineQuestion(models.Model):
    """What was stated about a question, as far as a forwarding needs it."""

    _inherit = "hotline.question"

    def _stated_grounds(self):
        """Return the codes of term grounds stated for these questions."""
        if "ground_id" not in self._fields:
            return frozenset()
        return frozenset(filter(None, self.ground_id.mapped("term_ground")))

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..domain import grounds, notices, transitions
from ..domain.problems import Problem
from .guards import without_defaults, without_names
from .own_files import own_files

# What states a ground: set by its act alone.
GROUND_FIELDS = frozenset(
    {
        "ground_id", "ground_stated_on", "ground_note", "ground_url", "statement_ids",
        "earlier_question_ids", "authority_id", "signed_on", "signer_name", "signer_authority",
    }
)  # fmt: skip
# What the dialog may say beside the ground itself.
STATED = (
    "ground_note", "ground_url", "statement_ids", "earlier_question_ids", "authority_id",
    "signed_on", "competent_body_id",
)  # fmt: skip
ART_8_3 = "ч. 3 ст. 8 59-ФЗ"
UNDECIDED = frozenset({"unanswered", "withdrawn"})  # outcomes that only a ground gives
# In the context of our own acts alone: an object cannot be forged over RPC.
_BY_ACT = object()


class HotlineQuestion(models.Model):
    """The ground of a question: stated by an act, taken back by an act, both journalled."""

    _name = "hotline.question"
    _inherit = ["hotline.question", "hotline.signature"]

    ground_id = fields.Many2one(
        "hotline.ground", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    ground_stated_on = fields.Date(string="Stated on", readonly=True, copy=False)
    ground_note = fields.Text(string="Why", readonly=True, copy=False)
    ground_url = fields.Char(string="Address on the site", readonly=True, copy=False)
    statement_ids = fields.Many2many(
        "ir.attachment",
        "hotline_question_statement_rel",
        string="Applicant's statement",
        readonly=True,
        copy=False,
    )
    earlier_question_ids = fields.Many2many(
        "hotline.question",
        "hotline_question_earlier_rel",
        "question_id",
        "earlier_id",
        string="Earlier answers",
        readonly=True,
        copy=False,
    )

    # Acts

    def action_state_ground(self, ground_id, vals=None):
        """State a ground for these questions of one case; officer. Return their draft notice.

        `vals`: columns of `STATED`. Starts the term of the ground, sets its outcome. Raises
        UserError by the rules: what is missing, the article, the way out.
        """
        ticket = self._check_may_state()
        ground = self.env["hotline.ground"].browse(ground_id)
        self._check_available(ticket, ground)
        self.filtered("ground_id")._clear_ground(self.env._("Another ground is stated."))
        vals = {name: value for name, value in (vals or {}).items() if name in STATED}
        self._by_act({**vals, "ground_id": ground.id, **self._stated_vals(ticket, ground)})
        self._own_statements()
        for question in self:
            ticket._enforce(question._stating_problems(), subject=question._subject())
        ticket._ground_was_stated(self, ground)
        return ticket._draft_ground_notice(self, ground)

    def action_remove_ground(self, reason):
        """Take the ground back before the case is closed; officer. The journal keeps its trace."""
        self._check_may_state()
        if len((reason or "").strip()) < 10:
            raise UserError(self.env._("Write why the ground is taken back (ten characters)."))
        if not all(question.ground_id for question in self):
            raise UserError(self.env._("No ground is stated for this question."))
        self._clear_ground(reason.strip())

    def _check_may_state(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        ticket = self.ticket_id
        ticket.ensure_one()
        if ticket.state not in transitions.WORKING_STATES:
            raise UserError(
                self.env._("A ground is stated for a registered appeal that has not ended.")
            )
        return ticket

    def _check_available(self, ticket, ground):
        day = ticket.registered_on
        if ground not in self.env["hotline.ground"]._available(ticket, day):
            raise UserError(
                self.env._(
                    "«%(name)s» is no ground for appeal %(number)s: another kind of appeal, or not"
                    " in force on the day of its registration.",
                    name=ground.display_name,
                    number=ticket.number,
                )
            )

    def _stated_vals(self, ticket, ground):
        """Return what is set at once; the outcome waits for the letter, where there is one."""
        vals = {"ground_stated_on": ticket.company_id._hotline_today()}
        if not ticket._awaits_ground_notice(ground):
            vals["outcome_id"] = ground.outcome_id.id
        return vals

    def _settle_ground(self):
        """The ground's letter is on its way, or the case ends: the outcome is the ground's."""
        for question in self.filtered(lambda one: one.ground_id.outcome_id):
            if question.outcome_id != question.ground_id.outcome_id:
                question._by_act({"outcome_id": question.ground_id.outcome_id.id})

    def _clear_ground(self, reason):
        for question in self:
            ticket, ground = question.ticket_id, question.ground_id
            empty = dict.fromkeys(GROUND_FIELDS - {"statement_ids", "earlier_question_ids"}, False)
            lists = {"earlier_question_ids": [Command.clear()], "statement_ids": [Command.clear()]}
            outcome = {"outcome_id": False} if question.outcome_id == ground.outcome_id else {}
            question._by_act({**empty, **lists, **outcome})
            ticket._ground_was_removed(question, ground, reason)

    def _by_act(self, vals):
        self.with_context(hotline_by=_BY_ACT).write(vals)

    def _own_statements(self):
        """The uploaded statement becomes the question's own: read and locked with it."""
        for question in self:
            own_files(question, question.statement_ids)

    # What follows

    def _facts(self):
        """Return what the domain's grounds look at."""
        self.ensure_one()
        ticket = self.ticket_id
        return grounds.Facts(
            url=self.ground_url or "",
            has_statement=bool(self.statement_ids),
            earlier=len(self._earlier_answered()),
            bodies=len(self._forwarded_bodies()),
            is_anonymous=ticket.is_anonymous,
            unlawful_act=ticket.unlawful_act or "",
            has_complaint=bool(ticket.complaint_against_id),
            is_linked=bool(ticket._linked_earlier("resubmission")),
            serves_head=ticket.company_id.hotline_serves_head,
            stop_answers=ticket.company_id.hotline_stop_answers,
            is_notice_issued=bool(self._ground_notices().filtered("is_issued")),
        )

    def _earlier_answered(self):
        """Return the linked questions of earlier cases on this one, answered in writing."""
        # sudo: an earlier answer counts, also one that this user may not see
        earlier = self.sudo().earlier_question_ids
        citizen = self.ticket_id.partner_id
        return earlier.filtered(
            lambda one: (
                one.ticket_id != self.ticket_id
                and one.ticket_id.partner_id == citizen
                and one._is_answered()
                and one._is_earlier_of(self)
            )
        )

    def _is_earlier_of(self, later):
        """Whether this question of an earlier case is the question `later`."""
        topic = later.topic_id or later.ticket_id.topic_id
        text = later.text or later.ticket_id.name
        # sudo: compared alone
        return self.ticket_id._was_on_question(topic, text, later.sudo().ticket_id)

    def _is_answered(self):
        return "given" in (self.answer_id or self.ticket_id.answer_ids).mapped("state")

    def _forwarded_bodies(self):
        """Return the other bodies that the question was sent to, with a numbered letter."""
        letters = self.ticket_id.assignment_ids._forwardings()
        sent = letters.filtered(lambda one: one.state not in ("draft", "withdrawn"))
        return sent.filtered(lambda one: self in one.question_ids).partner_id

    def _ground_notices(self):
        kinds = notices.answers_to(self.ground_id.notice_kind)
        return self.ticket_id.notice_ids.filtered(
            lambda notice: (
                notice.kind in kinds and (not notice.question_ids or self in notice.question_ids)
            )
        )

    def _end_state(self):
        """Return the final state that the ground leads to, "" where the question is answered."""
        ground = self.ground_id
        return grounds.end(ground._domain_ground(), self._facts()) if ground else ""

    def _is_answer_due(self):
        ground = self.ground_id
        return not ground or grounds.needs_answer(ground._domain_ground(), self._facts())

    def _stating_problems(self):
        ground = self.ground_id
        found = list(grounds.stating_problems(ground._domain_ground(), self._facts()))
        return found + (self._decision_problems() if ground.needs_decision else [])

    def _decision_problems(self):
        """Whoever decides has the right to, and is not the one complained of (SELF-NO)."""
        signer = self.authority_id.sudo().partner_id  # sudo: named to every reader
        complained = self.ticket_id._self_no_problems(signer, "signer")
        return [*self._check_signature("decide"), *complained]

    def _closing_problems(self):
        """Return the Problems that this question's ground, or its lack, puts to closing."""
        ground = self.ground_id
        if not ground:
            return self._bare_outcome_problems()
        return list(grounds.closing_problems(ground._domain_ground(), self._facts()))

    def _bare_outcome_problems(self):
        """Outcomes that nobody chooses from a list: each follows from an act of its own."""
        code = self.outcome_id.code
        if code in UNDECIDED:
            return [Problem("outcome_without_ground", way_out="state_ground")]
        if code == "forwarded" and not self._forwarded_bodies():
            return [Problem("ground_no_body", ART_8_3, rule="FWD-7", way_out="name_body")]
        return []

    def _is_decided(self):
        """Whether it has an outcome, or a ground that needs no answer (X2)."""
        return bool(self.outcome_id) or bool(self.ground_id and not self._is_answer_due())

    def _subject(self):
        return f"{self._name},{self.id}"

    # Guards

    @api.model_create_multi
    def create(self, vals_list):
        clean = super(HotlineQuestion, without_defaults(self, GROUND_FIELDS))
        made = clean.create([without_names(vals, GROUND_FIELDS) for vals in vals_list])
        return made.with_env(self.env)

    def write(self, vals):
        if self.env.context.get("hotline_by") is not _BY_ACT:
            self._check_ground_fields(set(vals))
        return super().write(vals)

    def _check_ground_fields(self, names):
        if names & GROUND_FIELDS:
            raise AccessError(self.env._("Use the button «State a ground»."))
        fixed = self.filtered(lambda one: one.ground_id.outcome_id)
        if "outcome_id" in names and fixed:
            raise UserError(
                self.env._("The outcome follows from the ground: take the ground back first.")
            )

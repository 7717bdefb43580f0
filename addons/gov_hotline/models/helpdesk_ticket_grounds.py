from odoo import fields, models

from ..domain import grounds, notices
from ..domain.notice_text import russian_date
from ..domain.problems import Problem


class HelpdeskTicket(models.Model):
    """Grounds of the questions as far as the whole case goes: terms, notices, the end."""

    _inherit = "helpdesk.ticket"

    migration_facts = fields.Boolean(
        string="Migration facts",
        tracking=True,
        help="Tells of violations of migration law: five days to forward; where the body serves the"
        " head of the region, twenty days for our own part (59-FZ, art. 8, p. 3.1, art. 12,"
        " p. 1.1).",
    )

    def _term_grounds(self):
        """Add what is known at registration: migration, an anonymous tale of an unlawful act."""
        found = set(super()._term_grounds())
        if self.migration_facts:
            found.add("migration")
        if self.migration_facts and self.company_id.hotline_serves_head:
            found.add("migration_head")
        if self.is_anonymous and self.unlawful_act == "yes":
            found.add("anonymous_unlawful")
        return frozenset(found)

    def _ground_was_stated(self, questions, ground):
        """Start the term of the ground, unless it runs; journal."""
        if ground.code == grounds.MIGRATION and not self.migration_facts:
            self.migration_facts = True
            self._replace_answer_term()
        term_ground = ground.term_ground
        running = self.deadline_ids.filtered(lambda one: one.term_id.ground == term_ground)
        if term_ground and not running:
            self._start_deadlines("registered", self.registered_on, stated=term_ground)
        self.env["hotline.journal"]._append(
            "ground_stated", self, ground=ground.code, questions=questions.ids
        )

    def _replace_answer_term(self):
        """Migration facts found after registration: the closer term takes the answer's place."""
        wanted = self._applicable_terms("registered", self.registered_on)
        running = self.deadline_ids.filtered(lambda one: one.is_main and not one.met_on)
        if not running or running.term_id <= wanted:
            return
        # sudo: clocks are set by acts, not by users
        running.sudo().unlink()
        main = wanted.filtered("is_main")
        Deadline = self.env["hotline.deadline"].sudo()  # as above
        Deadline.create([Deadline._prepare_vals(self, term, self.registered_on) for term in main])

    def _ground_was_removed(self, question, ground, reason):
        """Take the ground's clock and unsent notices away where no other question has it."""
        notices = self.notice_ids.filtered(
            lambda one: one.state == "draft" and one.question_ids == question
        )
        notices.filtered(lambda one: one.ground == ground.code).unlink()
        term_ground = ground.term_ground
        if term_ground and term_ground not in self.question_ids.ground_id.mapped("term_ground"):
            clocks = self.deadline_ids.filtered(lambda one: one.term_id.ground == term_ground)
            clocks.filtered(lambda one: not one.met_on).sudo().unlink()  # sudo: as above
        self.env["hotline.journal"]._append(
            "ground_removed", self, ground=ground.code, questions=question.ids
        )
        words = self.env._("The ground «%(ground)s» is taken back.", ground=ground.name)
        said = f"{words} {reason}"
        self._note(said)  # internal: nobody outside follows a case

    def _awaits_ground_notice(self, ground):
        """Whether a letter of the ground is to be sent; a forwarding sends its own."""
        return not self.is_anonymous and ground.notice_kind not in (False, "forwarding")

    def _draft_ground_notice(self, questions, ground):
        """Make the draft of the letter that the ground asks for.

        Beside other questions it speaks of these alone: the letter is not returned (practice 17).
        """
        nobody = not self._awaits_ground_notice(ground)
        if nobody or any(questions.mapped(lambda one: bool(one._ground_notices()))):
            return self.env["hotline.notice"]
        others = bool(self.question_ids - questions)
        kind = notices.kind_beside(ground.notice_kind, others=others)
        one = questions[:1]
        facts = {
            "url": one.ground_url or "",
            "reason": one.ground_note or (ground.name if others else ""),
            "statement_on": russian_date(one.ground_stated_on),
            "article": ground.article,
        }
        return self._new_notice(kind, questions=questions, ground=ground.code, facts=facts)

    def _notice_issued(self, notice):  # pylint: disable=missing-return
        """The letter of a ground brings its outcome and meets its clock."""
        super()._notice_issued(notice)
        about = (notice.question_ids or self.question_ids).filtered(
            lambda one: (
                one.ground_id.notice_kind != "forwarding" and notice in one._ground_notices()
            )
        )
        about._settle_ground()
        for ground in set(filter(None, about.ground_id.mapped("term_ground"))):
            self._meet_ground_clock(ground, notice._left_on())

    def _meet_ground_clock(self, term_ground, day):
        """Meet the clock of a ground once every question on it has its letter."""
        on_it = self.question_ids.filtered(lambda one: one.ground_id.term_ground == term_ground)
        if all(one._ground_notices().filtered("is_issued") for one in on_it):
            clocks = self.deadline_ids.filtered(lambda one: one.term_id.ground == term_ground)
            self._meet_deadlines(clocks.filtered(lambda one: not one.met_on), day)

    # Closing

    def _is_own_part_due(self):
        """MIG-20: the head of the region answers, whoever else considers it (practice 2)."""
        due = any(question._is_answer_due() for question in self.question_ids)
        return due and not self.is_anonymous and "migration_head" in self._term_grounds()

    def _needs_answer(self):
        due = [question for question in self.question_ids if question._is_answer_due()]
        return super()._needs_answer() and bool(due or not self.question_ids)

    def _closing_problems(self):
        found = super()._closing_problems()
        for question in self.question_ids:
            found += question._closing_problems()
        if self.question_ids.outcome_id.filtered("is_refusal"):
            found.append(Problem("refused", "ч. 1 ст. 9 59-ФЗ", rule="ACCEPT", way_out="consider"))
        return list(dict.fromkeys(found))

    def _end(self, final, **vals):
        """A ground's clock is met by its letter, or else by the end of the case."""
        today = self.company_id._hotline_today()
        self.question_ids._settle_ground()
        for question in self.question_ids.filtered("ground_id"):
            sent = question._ground_notices().filtered("is_issued")[:1]
            ground = question.ground_id.term_ground
            clocks = self.deadline_ids.filtered(lambda one, g=ground: one.term_id.ground == g)
            if self.assignment_ids._forwardings():  # met by the letter that leaves, not by us
                clocks -= self._forwarding_clocks()
            self._meet_deadlines(clocks, sent.outgoing_date or today)
        if not self._needs_answer():
            self._meet_main_deadline(today)
        return super()._end(final, **vals)

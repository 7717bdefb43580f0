import hashlib
from dataclasses import replace

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..domain import codes, intake, numbering
from ..domain.transitions import DRAFT
from .helpdesk_ticket_lifecycle import _BY_TRANSITION
from .problem_texts import problem_text

INTAKE_COLUMNS = (
    "applicant_surname",
    "applicant_given_name",
    "applicant_address",
    "applicant_phone",
    "applicant_email",
    "appeal_text",
    "is_anonymous",
    "is_collective",
    "received_on",
    "unlawful_act",
)
SPOKEN = frozenset({"phone", "visit"})  # ways in which the applicant hears what is said
TO_ASK = frozenset({"ask_applicant", "ask_name_and_address", "ask_contact"})
# How kinds look in a number: appeals under 59-FZ are the rule and carry no prefix.
NUMBER_PREFIX = {"appeal_59": "", "message": "СО-", "request_8fz": "ЗИ-", "tech_support": "ТП-"}

_USED = (
    "SELECT FROM helpdesk_ticket"
    " WHERE company_id = %s AND number = ANY(%s) AND number <> '/' LIMIT 1"
)


class HelpdeskTicket(models.Model):
    """Registration: checks, clocks, number (59-FZ, art. 8, p. 2)."""

    _inherit = "helpdesk.ticket"

    def action_register(self):
        """Register drafts and hand them over to the officer; operator or officer.

        Returns, for one draft, {id, number, access_code, registered_on, due_on, warnings}.
        Raises UserError that lists what is missing, with the article. The number is taken last:
        see hotline.number.
        """
        self.check_access("write")
        self._start_work()
        self._assign_numbers()
        results = [ticket._registration_result() for ticket in self]
        return results[0] if len(results) == 1 else results

    def _start_work(self):
        """Check all, then start the work on all: twenty at once cost little more than a few."""
        problems = [ticket._check_intake() for ticket in self]
        self._ensure_question()
        self._transition_each(
            "in_work",
            [
                ticket._prepare_registration_vals(ticket.company_id._hotline_today(), found)
                for ticket, found in zip(self, problems, strict=True)
            ],
            is_told=False,
        )
        received = self._start_first_deadlines().grouped("ticket_id")
        for ticket in self:
            ticket._warn_of_lateness(received.get(ticket, ()))

    def _warn_of_lateness(self, received):
        """Late registration is shown and counted, never blocked (REG-3, by practice)."""
        late = [deadline for deadline in received if deadline.due_on < self.registered_on]
        if late:
            warning = self.env._(
                "Registered late: the term ended on %(day)s (%(article)s). Check the date of "
                "receipt.",
                day=format_date(self.env, late[0].due_on),
                article=late[0].term_id.article,
            )
            warnings = [*(self.registration_warnings or []), warning]
            self.with_context(hotline_by=_BY_TRANSITION).write({"registration_warnings": warnings})

    def _check_intake(self):
        """Return the warnings; raise what blocks. Rules REQ-W, REQ-E, REG-CH, ANON, mode b."""
        if "in_work" not in self._allowed_states():
            self._refuse_transition("in_work")
        problems = self._intake_problems()
        blocking = [problem for problem in problems if problem.blocks]
        if blocking:
            lines = [problem_text(self.env, problem) for problem in blocking]
            raise UserError("\n".join([self.env._("The appeal cannot be registered yet:"), *lines]))
        return problems

    def _intake_problems(self):
        """Return what stands in the way of registering this draft, blocks first."""
        mode = self.line_id.mode or intake.LINE_MESSAGE
        # what a body made a block blocks here; its warnings are shown and kept, the talk goes on
        strict = self.env["hotline.rule"]._strict_codes(self._rule_day())
        return intake.missing(self.kind, self.origin, self._intake_facts(), mode, strict)

    def _intake_facts(self):
        """Return the columns that the domain's intake rules look at."""
        facts = {name: self[name] for name in INTAKE_COLUMNS}
        today = self.company_id._hotline_today()
        return {
            **facts,
            "received_on": self._counted_receipt(today),
            "registered_on": today,
            "act_number": self.line_id.act_number,
            "act_date": self.line_id.act_date,
        }

    def _told(self, problem):
        """Say what is wrong; «ask the applicant» only where the applicant is there to be asked."""
        if self.origin not in SPOKEN and problem.way_out in TO_ASK:
            problem = replace(problem, way_out="")
        return problem_text(self.env, problem)

    def _prepare_registration_vals(self, today, warnings):
        text = self.appeal_text or ""
        anonymous = intake.is_anonymous(self.kind, self.origin, self._intake_facts())
        received_on = self._counted_receipt(today)
        told = [self._told(problem) for problem in warnings]
        return {
            "received_on": received_on,
            "registered_on": today,
            "access_code": codes.status_code(),
            "text_hash": hashlib.sha256(text.encode()).hexdigest(),
            "is_anonymous": anonymous,
            "registration_warnings": told + self._after_hours_note(received_on),
        }

    def _ensure_question(self):
        """Every appeal has at least one question in its ledger (X2)."""
        missing = self.filtered(lambda ticket: not ticket.question_ids)
        if missing:
            self.env["hotline.question"]._create_by_case(
                [ticket._first_question_vals() for ticket in missing]
            )

    def _first_question_vals(self):
        words = {"topic_id": self.topic_id.id, "text": self.name}
        return {"ticket_id": self.id, "sequence": 1, **words}

    def _assign_numbers(self):
        """Take the numbers as the transaction's last locks, so that nobody waits long for them."""
        self._flush_the_rest()
        lines = []
        for ticket, number in self._take_numbers().items():
            ticket._write_own({"number": number})
            lines.append(("transition", ticket, ticket._registration_move()))
            lines.append(("registered", ticket, {"number": number}))
        self.env["hotline.journal"]._append_lines(lines)

    def _registration_move(self):
        """Return what the journal is told of the change of state, as at every other one."""
        vals = {"registered_on": self.registered_on, "text_hash": self.text_hash}
        return {"source": DRAFT, "target": "in_work", **self._journal_vals(vals)}

    def _flush_the_rest(self):
        """Compute all, write all but these cases: they are written once, with their numbers.

        Nobody else locks them: they are drafts of this transaction's act until it is committed.
        """
        self.env._recompute_all()
        own, rest = set(self.ids), set()
        for field, ids in self.env._field_dirty.items():
            if field.model_name != self._name or not own.issuperset(ids):
                rest.add(field.model_name)
        for name in sorted(rest):
            self.env[name].flush_model()

    def _take_numbers(self):
        """Return {case: its number}: those of one series by one question.

        Series by series in one order for all who register: nobody waits for each other.
        """
        numbers = {}
        groups = self.grouped(lambda case: case._number_series())
        for body, *series in sorted(groups, key=lambda key: (key[0].id, *key[1:])):
            numbers |= groups[body, *series]._take_together(body, *series)
        return numbers

    def _number_series(self):
        """Return (body, series, year): what the number is counted in."""
        parts = self._number_parts()
        template = self.company_id.hotline_number_template
        series = numbering.series(template, kind=parts["kind"], dept=parts["dept"], per_kind=True)
        return self.company_id, series, self.registered_on.year

    def _take_together(self, *series):
        """Return {case: its number} of these cases of one series."""
        # sudo: numbers are taken here and nowhere else
        numbers = self.env["hotline.number"].sudo()
        taken = numbers._take_all(*series, self) if len(self) > 1 else {}
        shown = {case: case._shown_number(n) for case, n in taken.items()}
        if taken and not self._are_used(shown.values()):
            return shown
        if taken:  # a number of these stands on a case already: one by one, it is passed over
            numbers._let_go(series, taken.values())
        return {case: case._take_number(*series) for case in self}

    def _take_number(self, *series):
        def is_used(n):
            return self._are_used([self._shown_number(n)])

        # sudo: as above
        return self._shown_number(self.env["hotline.number"].sudo()._take(*series, self, is_used))

    def _shown_number(self, n):
        template, year = self.company_id.hotline_number_template, self.registered_on.year
        return numbering.render(template, seq=n, year=year, **self._number_parts())

    def _are_used(self, numbers):
        """Whether an appeal has one of these: a template changed within the year can repeat one."""
        # asked of the database itself: an appeal that this user may not see has its number too
        self.flush_model(["company_id", "number"])
        self.env.cr.execute(_USED, (self.company_id.id, list(numbers)))
        return bool(self.env.cr.rowcount)

    def _number_parts(self):
        """Return what stands in the number beside the sequence and the year."""
        index = self.team_id.hotline_code
        return {
            "kind": NUMBER_PREFIX[self.kind],
            "letter": numbering.letter_for(
                self.applicant_surname or "",
                collective=self.is_collective,
                anonymous=self.is_anonymous,
            ),
            "dept": f"-{index}" if index else "",
        }

    def _registration_result(self):
        self_sudo = self.sudo()  # the code is read out to the applicant by whoever registered
        return {
            "id": self.id,
            "number": self.number,
            "access_code": self_sudo.access_code,
            "registered_on": self.registered_on,
            "due_on": self.due_on,
            "warnings": self.registration_warnings or [],
        }

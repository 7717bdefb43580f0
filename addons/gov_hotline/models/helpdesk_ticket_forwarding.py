from odoo import models

from ..domain import assignments as rules
from ..domain import post
from ..domain.transitions import FORWARDED


class HelpdeskTicket(models.Model):
    """Forwarding to another body (59-FZ, art. 8, p. 3, 3.1, 4): term, letter, notice, outcome."""

    _inherit = "helpdesk.ticket"

    def _forward(self, assignments):
        """Do what a sent forwarding brings with it, in the same transaction."""
        bodies = assignments._forwardings()
        if not bodies:
            return
        self._start_forwarding_term(bodies)
        self._issue_forwarding_notice(bodies)
        self._set_forwarded_outcome()

    def _start_forwarding_term(self, bodies):
        """Start the term of the forwarding, unless it runs; a new letter has it run again."""
        own_part = any(one.own_part for one in bodies) or bool(
            self.question_ids - bodies.question_ids
        )
        ground = rules.forwarding_ground(self._grounds_of(bodies), own_part)
        clocks = self._forwarding_clocks()
        if not clocks:
            self._start_deadlines("registered", self.registered_on, stated=ground)
        clocks.sudo().write({"met_on": False})  # sudo: clocks are set by acts, not by users

    def _forwarding_clocks(self):
        # sudo: a rule
        return self.deadline_ids.filtered(lambda one: one.term_id.sudo().purpose == "forward")

    def _settle_forwarding(self):
        """Meet the term once every letter has left, on the day of the last (FWD-7).

        Without a letter nothing is forwarded: the clock goes, unless a ground still asks for it.
        """
        for ticket in self:
            letters = ticket.assignment_ids._forwardings()
            clocks = ticket._forwarding_clocks().filtered(lambda clock: not clock.met_on)
            if not clocks or not letters:
                continue
            if day := letters._forwarded_on():
                ticket._meet_deadlines(clocks, day)
                ticket._journal_forwarded(clocks, day)
            elif all(one.state == rules.WITHDRAWN for one in letters):
                stated = set(ticket.question_ids.ground_id.mapped("term_ground"))
                gone = clocks.filtered(lambda one, kept=stated: one.term_id.ground not in kept)
                gone.sudo().unlink()  # sudo: as above

    def _journal_forwarded(self, clocks, day):
        self.env["hotline.journal"]._append(
            "forwarding_left", self, happened_on=day, due_on=min(clocks.mapped("due_on"))
        )

    def _issue_forwarding_notice(self, bodies):
        """Make and issue one notice of all `bodies` (FWD-7); an anonymous author gets none."""
        if self.is_anonymous:
            return
        letters = "; ".join(bodies._letter_words())
        notice = self._new_notice(
            "forwarding",
            questions=bodies.question_ids,
            facts={"bodies": letters},
            **self._notice_signature(bodies),
        )
        notice._issue()
        bodies._set(notice_id=notice.id)

    def _notice_signature(self, bodies):
        """The signer of the resolution signs the notice too, where the right is there.

        Else whoever signs for the body; where it keeps no directory, the resolution's name.
        """
        authority = bodies[:1].authority_id
        if authority.sudo().may_sign:  # sudo: the right of the signer
            return {"authority_id": authority.id}
        if self._notice_signer({}):
            return {}
        return {"signer_name": bodies[:1].signer_name, "signed_on": bodies[:1].signed_on}

    def _set_forwarded_outcome(self):
        """The outcome of questions that left us whole is «forwarded by competence»."""
        outcome = self.env.ref("gov_hotline.outcome_forwarded")
        questions = self._forwarded_questions().filtered(lambda one: not one.outcome_id)
        questions.outcome_id = outcome

    def _forwarded_questions(self):
        """Return the questions that were sent to other bodies and to nobody of ours."""
        live = self.assignment_ids.filtered(lambda one: one.state != rules.WITHDRAWN)
        gone = live.filtered(lambda one: one._is_forwarded())
        return gone.question_ids - (live - gone).question_ids

    def _question_ends(self):
        """A question that left us ends as forwarded; all of them: the case does (FWD-7)."""
        gone = self._forwarded_questions()
        ends = zip(self.question_ids, super()._question_ends(), strict=True)
        return [FORWARDED if question in gone and not end else end for question, end in ends]


class HotlineAssignment(models.Model):
    _inherit = "hotline.assignment"

    def _forwarded_on(self):
        """Return the day the last of these letters left, None while one has not."""
        letters = self.sudo().filtered(lambda one: one.state != rules.DRAFT)  # sudo: mail, posting
        cards = {}
        for mail in letters._mails().filtered(lambda one: one.kind == "card"):
            cards.setdefault(mail.res_id, mail)  # the newest comes first
        none = self.env["hotline.mail"]
        return post.forwarded_on([one._leaving(cards.get(one.id, none)) for one in letters])

    def _leaving(self, mail):
        """Return (course, day it left) of this letter, whose newest e-mail is `mail`."""
        is_withdrawn = self.state == rules.WITHDRAWN
        course = post.course(mail.state or "", self.posted_on or None, is_withdrawn=is_withdrawn)
        mailed = mail.sent_at and self.company_id._hotline_date(mail.sent_at)
        return course, self.posted_on or mailed or None

    def _letter_words(self):
        """Return for each forwarding: addressee, number and date of the letter."""
        return [
            self.env._(
                "%(name)s (No. %(number)s of %(day)s)",
                name=letter.partner_id.name,
                number=letter.outgoing_number,
                day=letter.outgoing_date.strftime("%d.%m.%Y"),
            )
            for letter in self
        ]

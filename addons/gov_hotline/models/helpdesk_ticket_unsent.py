from collections import defaultdict

from odoo import api, models

from ..domain import closing, mails, post

FORWARDING = "hotline.assignment"
UNDER_WAY = (mails.QUEUED, mails.SENDING)


class HelpdeskTicket(models.Model):
    """What of a case has not left us: it keeps the case open, or wants a written reason (SENT)."""

    _inherit = "helpdesk.ticket"

    def _closing_problems(self):
        return [*super()._closing_problems(), *self._unsent_problems()]

    def _unsent_problems(self):
        """Return the Problems of letters and answers that wait in a queue or on paper."""
        letters = [
            closing.not_sent(
                one._letter_title(), one._course(), is_forwarding=one._name == FORWARDING
            )
            for one in self._unsent_letters()
        ]
        return [*filter(None, letters), *self._answers_in_queue()]

    def _unsent_letters(self):
        """Return the numbered letters of the case that have not left: [record]."""
        forwardings = self.assignment_ids._forwardings()
        waiting = forwardings.filtered(lambda one: one.letter_course in closing.UNSENT)
        notices = self.notice_ids.filtered(lambda one: one.state in ("queued", "failed"))
        return [*waiting, *notices]

    def _answers_in_queue(self):
        """Return the Problems of answers whose e-mail the server has not taken yet."""
        by_mail = self._given_answers().filtered(lambda one: one.channel == post.EMAIL)
        newest = [one._mails()[:1] for one in by_mail]
        return [
            closing.answer_in_queue(one._to_shown()) for one in newest if one.state in UNDER_WAY
        ]

    @api.depends("answer_ids.awaits_posting", "answer_ids.posted_on", "answer_ids.post_state")
    @api.depends_context("uid", "lang")
    def _compute_acts(self):
        return super()._compute_acts()

    def _step_acts(self):
        """Closing asks first where an answer on paper has no mark of its posting."""
        acts = super()._step_acts()
        waiting = self.answer_ids.filtered("is_to_post") if acts else ()
        for act in acts:
            if waiting and act["method"] == "action_close":
                act["ask"] = self.env._(
                    "Not marked as posted yet: %(letters)s. The mark may be made after closing "
                    "too, in «Outgoing letters». Close the appeal now?",
                    letters="; ".join(one._letter_title() for one in waiting),
                )
        return acts

    def _letters_under_way(self):
        """Return {id of the case: courses of its letters}; one read for a page of cases."""
        courses = defaultdict(set)
        for one in self.assignment_ids._forwardings():
            courses[one.ticket_id.id].add(one.letter_course)
        notices = self.notice_ids.filtered(lambda one: one.state in ("queued", "failed"))
        for one, course in notices._courses().items():
            courses[one.ticket_id.id].add(course)
        answers = self.answer_ids.filtered(
            lambda one: one.state == "given" and one.channel == post.EMAIL
        )
        for one, state in answers._newest_mails().items():
            courses[one.ticket_id.id].add(post.COURSE_OF_MAIL.get(state, ""))
        return {case: frozenset(found) for case, found in courses.items()}

    def _left_to_post(self):
        """Return the letters of the case that wait on paper, in words: what is still to be done."""
        waiting = self._unsent_letters()
        return [one._letter_title() for one in waiting if one._course() == post.TO_POST]

from odoo import models
from odoo.tools import format_date

from ..domain import texts

RESOLUTION = 200  # characters of its text that the sheet takes


class HelpdeskTicket(models.Model):
    """Covering letters, requests and the extension on the registration card (X1, B5)."""

    _inherit = "helpdesk.ticket"

    def _card_dates(self):
        """The applicant keeps this sheet: the law's date stands there, control has its own row."""
        due = self._label("due_on")
        shown = format_date(self.env, self.law_due_on) if self.law_due_on else ""
        return [(label, shown if label == due else day) for label, day in super()._card_dates()]

    def _card_rows(self):
        rows = [
            *super()._card_rows(),
            (self.env._("Term extended"), self._card_cell(self._card_extension())),
            *self._card_control_rows(),
        ]
        return [row for row in rows if row[1]]

    def _card_extension(self):
        """Return the decision in words: both dates, who decided, the notice."""
        decided = self.extension_ids.filtered(lambda one: one.state == "decided")[:1]
        if not decided:
            return ""
        words = self.env._(
            "from %(before)s to %(after)s, %(signer)s",
            before=format_date(self.env, decided.due_before),
            after=format_date(self.env, decided.due_after),
            signer=decided.signer_name or "",
        )
        notice = decided.notice_id
        if not notice:
            return words
        number = self.env._(
            "notice No. %(number)s of %(day)s",
            number=notice.outgoing_number,
            day=format_date(self.env, notice.outgoing_date),
        )
        return f"{words}; {number}"

    def _card_control_rows(self):
        """Return what is for the body's own copy only: letters of higher bodies, requests."""
        if self.env.context.get("hotline_card_for_citizen"):
            return []
        letters = "\n".join(letter._in_words() for letter in self.covering_letter_ids)
        sent = self.request_ids.filtered(lambda request: request.state != "draft")
        requests = "\n".join(request._in_words() for request in sent)
        return [
            (self.env._("Covering letters"), self._card_cell(letters)),
            (self.env._("Requests"), self._card_cell(requests)),
        ]

    def _card_assignments(self):
        """Return the resolutions of the body's own copy: a tuple of the table's five cells each."""
        if self.env.context.get("hotline_card_for_citizen"):
            return []
        sent = self.assignment_ids.filtered(lambda one: one.state != "draft")
        states = dict(sent._fields["state"]._description_selection(self.env))
        return [
            (
                ", ".join(one._card_addressees()),
                texts.printable(one.text or "", RESOLUTION, 3, self._card_tail()),
                one.signer_name or "",
                format_date(self.env, one.control_on) if one.control_on else "",
                ", ".join(filter(None, (one._card_outgoing(), states[one.state]))),
            )
            for one in sent
        ]

    def _card_deadlines(self):
        """Return the clocks of the sheet: other bodies' terms are not the applicant's."""
        if not self.env.context.get("hotline_card_for_citizen"):
            return self.deadline_ids
        # sudo: what a term is for is no secret of the case's reader
        return self.deadline_ids.filtered(lambda clock: clock.term_id.sudo().purpose != "request")


class HotlineAssignment(models.Model):
    _inherit = "hotline.assignment"

    def _card_addressees(self):
        """Return the addressee and the person, once where they are the same."""
        names = (self.partner_id.name, self.executor_user_id.name)
        return list(dict.fromkeys(filter(None, names)))

    def _card_outgoing(self):
        """Return the number and the date of the covering letter in words, if it has one."""
        if not self.outgoing_number:
            return ""
        day = format_date(self.env, self.outgoing_date) if self.outgoing_date else ""
        return self.env._("No. %(number)s of %(day)s", number=self.outgoing_number, day=day)

    def _sent_words(self):
        """Return to whom it left, its number and date, until when; the notice's number too."""
        until = self._is_answer_due() and self.control_on
        until = until and format_date(self.env, until)
        notice = self.notice_id.outgoing_number
        words = [
            self.partner_id.name or "",
            self._card_outgoing(),
            until and self.env._("answer by %(day)s", day=until),
            notice and self.env._("notice to the applicant No. %(number)s", number=notice),
        ]
        return ", ".join(filter(None, words))

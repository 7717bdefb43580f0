from odoo import fields, models

from odoo.addons.gov_hotline.domain import transitions
from odoo.addons.gov_hotline.models.hotline_covering_letter import BY_ACT
from odoo.addons.gov_hotline.models.own_files import own_files

from ..domain import placing
from .hotline_incoming_mail import PLACED

REQUEST = "hotline.request"
LETTER = "hotline.covering.letter"
OF = {REQUEST: placing.ASKED, LETTER: placing.HIGHER}
SENT = "sent"
BODY_KEPT = frozenset({"reply_text", "reply_attachment_ids"})


class HotlineIncomingMail(models.Model):
    """Replies of bodies: to our request (59-FZ, art. 10) and to our report on a covering letter."""

    _inherit = "hotline.incoming.mail"

    # Which letter of ours

    def _replied(self):
        return OF.get(self.our_mail_id.res_model) or super()._replied()

    def _known_addresses(self, of, source):
        known = super()._known_addresses(of, source)
        if of not in OF.values():
            return known
        body = source._body()
        emails = [source.email_to, *(body | body.child_ids).mapped("email")]
        return known | {email.strip().lower() for email in emails if email}

    def _takes(self, of, source):
        if of == placing.ASKED:
            is_open = source.ticket_id.state in transitions.WORKING_STATES
            return is_open and source.state == SENT
        return super()._takes(of, source)

    def _proposed_record(self, model):
        """Return the request or covering letter that the letter answers, or seems to."""
        if self.our_mail_id.res_model == model:
            return self._replied_record()
        if model == LETTER or not self.sender_id:
            return self.env[model]
        waiting = self.ticket_id.request_ids.filtered(lambda one: one.state == SENT)
        of_sender = waiting.filtered(lambda one: one.partner_id == self.sender_id)
        return of_sender if len(of_sender) == 1 else of_sender[:0]

    # What the letter becomes

    def _land(self):
        if self.kind == placing.REQUEST_REPLY:
            return self._land_request_reply(self._replied_record())
        return super()._land()

    def _land_request_reply(self, request, **vals):
        """Make the letter the reply to `request`; the officer says whether it is all of it.

        `vals`: answer_number, answered_on; what is not told is read from the letter.
        """
        request._check_state(SENT)
        text, full = self._clipped(self._signed_text())
        files = self._copies() | full
        head = self._letterhead()
        request.write(
            {
                "answer_text": "\n\n".join(filter(None, [request.answer_text, text])),
                "answer_number": vals.get("answer_number") or request.answer_number or head.number,
                "answered_on": vals.get("answered_on") or self._answered_on(request, head.dated),
                "answer_attachment_ids": [fields.Command.link(file.id) for file in files],
            }
        )
        self._placed_with(request, request.ticket_id)

    def _answered_on(self, request, dated):
        """Return the date of the reply: its own where it can be true, else the day it came."""
        came = self._received_on()
        is_true = dated and (request.outgoing_date or dated) <= dated <= came
        return request.answered_on or (dated if is_true else came)

    def _land_report_reply(self, letter):
        """Keep the letter with the covering letter that our report was about."""
        letter.ticket_id._check_open_for_acts()
        text, full = self._clipped(self._signed_text())
        files = self._copies() | full
        letter._write_by_act(
            {
                "reply_text": "\n\n".join(filter(None, [letter.reply_text, text])),
                "reply_attachment_ids": [fields.Command.link(file.id) for file in files],
            }
        )
        own_files(letter, files.sudo())  # sudo: the letter's own files, made by this act
        self._placed_with(letter, letter.ticket_id)

    # Decisions

    def action_open_request(self):
        """Open the dialog «attach to a request»; officer."""
        return self._open_dialog("request", self.env._("Attach to a request"))

    def action_open_report(self):
        """Open the dialog «attach to a covering letter»; officer."""
        return self._open_dialog("report", self.env._("Attach to a covering letter"))

    def action_open_placed(self):
        """Open the request or the covering letter that the letter became part of; who reads it."""
        self.ensure_one()
        self.check_access("read")
        if self.state != PLACED or self.res_model not in OF:
            return False
        record = self.env[self.res_model].browse(self.res_id)
        record.check_access("read")
        return record.action_open()

    def _proposals(self, act):
        proposed = super()._proposals(act)
        if act == "request":
            head = self._letterhead()
            request = self._proposed_record(REQUEST)
            proposed |= {
                "default_request_id": request.id,
                "default_outgoing_number": head.number,
                "default_outgoing_date": self._answered_on(request, head.dated),
                "default_is_final": True,
            }
        elif act == "report":
            proposed["default_covering_letter_id"] = self._proposed_record(LETTER).id
        return proposed

    def _decide_request(self, request, is_final, **vals):
        """Attach the letter to `request` as its reply; officer who reads the case.

        `vals`: answer_number, answered_on. A final reply makes the request answered.
        """
        self._check_may_decide()
        request.ticket_id.check_access("read")
        self._land_request_reply(request, **vals)
        if is_final:
            request.action_answered()
        self._decided(
            kind=placing.REQUEST_REPLY, why=self.env._("Attached to the request by hand.")
        )

    def _decide_report(self, letter):
        """Keep the letter with the covering letter `letter`; officer who reads the case."""
        self._check_may_decide()
        letter.ticket_id.check_access("read")
        self._land_report_reply(letter)
        self._decided(
            kind=placing.REPORT_REPLY, why=self.env._("Attached to the covering letter by hand.")
        )


class HotlineRequest(models.Model):
    _inherit = "hotline.request"

    def action_answered(self):  # pylint: disable=missing-return
        """Record the reply of the other body. Officer. Its letter is told of no more."""
        super().action_answered()
        for case in self.ticket_id:
            self.env["hotline.incoming.mail"]._tell_no_more(case)


class HotlineCoveringLetter(models.Model):
    _inherit = "hotline.covering.letter"
    _set_by_act = BY_ACT | BODY_KEPT

    reply_text = fields.Text(string="Reply to the report", readonly=True, copy=False)
    reply_attachment_ids = fields.Many2many(
        "ir.attachment",
        "hotline_covering_letter_reply_file_rel",
        string="Files of the reply to the report",
        readonly=True,
        copy=False,
    )

    def _fixed_files(self):
        """What the body wrote stays what it was."""
        return super()._fixed_files() | self.reply_attachment_ids

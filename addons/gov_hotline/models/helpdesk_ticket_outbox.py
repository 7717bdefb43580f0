from odoo import api, fields, models

from ..domain import closing, mails
from ..domain.notice_text import russian_date

# Who sees how letters fare: they name addresses and carry the citizen's words.
OUTBOX = "gov_hotline.group_officer,gov_hotline.group_auditor"

# In the demonstration's context alone: a hundred printed letters would take their time.
PLAIN = object()


class HelpdeskTicket(models.Model):
    """The letters of a case and what is wrong with them, also after it was closed (practice 15)."""

    _inherit = "helpdesk.ticket"

    mail_ids = fields.One2many("hotline.mail", "ticket_id", string="Outgoing mail", groups=OUTBOX)
    mail_trouble = fields.Text(compute="_compute_mail_trouble", groups=OUTBOX)

    @api.depends("mail_ids.state", "mail_ids.last_error")
    def _compute_mail_trouble(self):
        for ticket in self:
            troubled = ticket.mail_ids.filtered("in_trouble")
            ticket.mail_trouble = "\n".join([mail._trouble_text() for mail in troubled])

    def action_open_mail_trouble(self):
        """Open the letters of the case that did not leave; who sees outgoing mail."""
        self.ensure_one()
        self.check_access("read")
        letters = self.mail_ids.filtered("in_trouble")
        action = self.env["ir.actions.act_window"]._for_xml_id("gov_hotline.hotline_mail_action")
        if len(letters) == 1:
            form = self.env.ref("gov_hotline.hotline_mail_view_form")
            return {**action, "views": [(form.id, "form")], "res_id": letters.id, "context": {}}
        return {**action, "domain": [("id", "in", letters.ids)], "context": {}}

    def _closing_problems(self):
        """An answer by e-mail that did not leave wants a word before the case is locked."""
        given = self._given_answers()
        found = [closing.not_delivered(*mail) for one in given if (mail := one._mail_loss())]
        return [*super()._closing_problems(), *found]


class HotlineAnswer(models.Model):
    _inherit = "hotline.answer"

    def _mail_loss(self):
        """Return (address, last error) of an e-mail that did not leave, None where it is well.

        The error is empty where nobody knows whether it left.
        """
        mail = self._mails()[:1]
        if mail.state not in mails.TROUBLES:
            return None
        return mail._to_shown(), (mail.last_error or "—") if mail.state == mails.FAILED else ""


class HotlineMailSource(models.AbstractModel):
    _inherit = "hotline.mail.source"

    mail_text = fields.Char(string="How the e-mail fares", compute="_compute_mail_text")

    @api.depends_context("uid")
    def _compute_mail_text(self):
        for source in self:
            source.mail_text = source._mails()[:1]._course_text()

    def _mail_number(self):
        """Return «Исх. № ИСХ-12/2026 от 20.11.2026»: a mail is complete without its letter too."""
        return self.env._(
            "Outgoing No. %(number)s of %(date)s",
            number=self.outgoing_number,
            date=russian_date(self.outgoing_date),
        )

    def _mail_signer(self):
        """Return the position and the name of who signed, on two lines."""
        # sudo: the signer is named to every reader
        position = self.authority_id.sudo()._position_words() if self.authority_id else ""
        return "\n".join(filter(None, (position, self.signer_name)))

    def _letter_files(self):
        """Return what was signed, or else the letter on the letterhead: [(name, bytes)]."""
        if signed := self._signed_files():
            return signed
        if self.env.context.get("hotline_mail_plain") is PLAIN:
            return []
        return [(f"{self._letter_name()}.pdf", self._letter_pdf())]


class HotlineJournal(models.Model):
    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {
            **super()._event_words(),
            "mail_queued": self.env._("Letter put into the queue of outgoing mail"),
            "mail_sent": self.env._("Letter taken by the mail server"),
            "mail_failed": self.env._("Letter refused by the mail server"),
            "mail_unknown": self.env._("Unknown whether the letter left"),
            "mail_again": self.env._("Letter sent again by hand"),
            "mail_confirmed": self.env._("Letter noted as received by the addressee"),
            "mail_cancelled": self.env._("Letter cancelled"),
            "assignment_mail_card": self.env._("Card mailed to the executor"),
        }

    @api.model
    def _payload_labels(self):
        return {**super()._payload_labels(), "mail": self.env._("letter")}

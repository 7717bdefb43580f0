from odoo import api, fields, models

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


class HotlineMailSource(models.AbstractModel):
    _inherit = "hotline.mail.source"

    mail_text = fields.Char(string="How the e-mail fares", compute="_compute_mail_text")

    def _compute_mail_text(self):
        for source in self:
            source.mail_text = source._mails()[:1]._course_text()

    def _letter_files(self):
        """Return the letter on the letterhead as a file: [(name, bytes)]."""
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

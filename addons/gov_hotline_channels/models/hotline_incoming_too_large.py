from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import placing
from .hotline_incoming_mail import QUARANTINE

LINK = "hotline.upload.link"
ANSWERED_BY_LINK = (placing.EXECUTOR_ANSWER, placing.ADDITION)
# What a head alone is enough for: putting it aside, and a draft that a person fills in.
WITHOUT_CONTENT = ("covering", "reject", "take_off")


class HotlineIncomingMail(models.Model):
    """A letter over the limit: whoever answers a letter of ours gets a link for the files.

    Once for a letter, and never to a programme: the rules of `domain.placing` say who wrote. A
    stranger gets nothing by itself; the letter waits for a person.
    """

    _inherit = "hotline.incoming.mail"

    def _too_large(self):  # pylint: disable=missing-return
        """Propose a place by the head alone and send the link. Called as the system, once read."""
        super()._too_large()
        letter = self._as_system()
        too_large = letter.why
        letter._write_by_act(
            {"our_mail_id": letter._find_our_mail().id, "sender_id": letter._find_sender().id}
        )
        verdict = placing.place(letter._placing_letter(), letter._placing_facts())
        letter._keep_verdict(verdict)
        if letter.state == QUARANTINE:
            letter._write_by_act({"why": f"{too_large} {letter._answer_by_link(verdict)}".strip()})
        letter._tell_of_letter()

    def _answer_by_link(self, verdict):
        """Send the link where the verdict allows it; return what was done, in words."""
        if verdict.state != placing.PLACED or verdict.kind not in ANSWERED_BY_LINK:
            return "" if verdict.why in ("empty", "citizens_letter") else self.why
        assignment = self.assignment_id if verdict.kind == placing.EXECUTOR_ANSWER else None
        try:
            with self.env.cr.savepoint():
                self.env[LINK]._send_new(
                    self.ticket_id, self.from_address, assignment=assignment, incoming=self
                )
        except UserError as error:
            return str(error.args[0])
        return self.env._(
            "A link for large files was sent to %(address)s.", address=self.from_address
        )

    # A letter without its content is no answer and no addition

    def _open_dialog(self, act, title):
        opened = super()._open_dialog(act, title)
        self._check_fetched(act)
        return opened

    can_attach = fields.Boolean(compute="_compute_can_attach")

    @api.depends("state", "is_too_large")
    def _compute_can_attach(self):
        """Whether the letter has words and files to attach: of some only the head is here."""
        for mail in self:
            mail.can_attach = not mail.is_too_large or mail._handed_over()

    def _check_fetched(self, act):
        """Refuse to attach a letter whose words and files are still in the mailbox alone."""
        if not self.is_too_large or act in WITHOUT_CONTENT or self._handed_over():
            return
        raise UserError(
            self.env._(
                "Only the head of this letter was fetched: its text and files are not here, so "
                "there is nothing to attach. Send the sender a link for large files from the "
                "assignment or the appeal. Or take the whole letter from the mailbox by hand and "
                "add its files there; then set this letter aside by «Not for us or spam» and write "
                "where its files are."
            )
        )

    def _handed_over(self):
        """Whether what the letter carried came by its link."""
        domain = [("incoming_id", "in", self.ids), ("handed_at", "!=", False)]
        # sudo: whether, nothing of it; the act has checked who asks
        return bool(self.env[LINK].sudo().search_count(domain, limit=1))

    # A reply to the letter with the link is a reply on what the link is for

    def _replied_link(self):
        is_link = self.our_mail_id.res_model == LINK
        return self.our_mail_id._source() if is_link else self.env[LINK]

    def _replied_record(self):
        link = self._replied_link()
        return (link.assignment_id or link.ticket_id) if link else super()._replied_record()

    def _replied(self):
        link = self._replied_link()
        if not link:
            return super()._replied()
        return placing.EXECUTOR if link.assignment_id else placing.APPLICANT

    def _proposed_assignment(self, case):
        return self._replied_link().assignment_id or super()._proposed_assignment(case)


class HotlineUploadLink(models.Model):
    _inherit = "hotline.upload.link"

    def _hand_over(self, text="", is_final=False):  # pylint: disable=missing-return
        """The letter that the files stand for waits for nobody any more."""
        super()._hand_over(text, is_final)
        letter = self.incoming_id
        if letter.state == QUARANTINE:
            landed = self.answer_id or self.addition_id
            letter._placed_with(landed, self.ticket_id, self.assignment_id)

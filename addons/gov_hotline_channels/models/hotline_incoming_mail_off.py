from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gov_hotline.domain import texts

from .hotline_incoming_mail import PLACED, QUARANTINE
from .hotline_incoming_mail_bodies import LETTER, REQUEST, SENT

ANSWER = "hotline.assignment.answer"
ADDITION = "hotline.addition"
ATTACHED = (ANSWER, ADDITION, REQUEST, LETTER)


class HotlineIncomingMail(models.Model):
    """A letter attached to the wrong case is taken off it: an act with a reason, both journalled.

    The letter itself stays what it was and waits for a decision again. A part of the files that
    came by a link stays: it was handed over for that very case.
    """

    _inherit = "hotline.incoming.mail"

    can_take_off = fields.Boolean(compute="_compute_can_take_off")

    @api.depends("state", "res_model", "is_too_large")
    @api.depends_context("uid")
    def _compute_can_take_off(self):
        officer = "officer" in self.env["helpdesk.ticket"]._roles()
        for mail in self:
            attached = mail.state == PLACED and mail.res_model in ATTACHED
            mail.can_take_off = officer and attached and not mail.is_too_large

    def action_open_take_off(self):
        """Open the dialog «take it off the case»; officer."""
        return self._open_dialog("take_off", self.env._("Take the letter off the case"))

    def _waits_in(self, act):
        return PLACED if act == "take_off" else super()._waits_in(act)

    def _decide_take_off(self, reason):
        """Take the letter off its case; officer who reads the case. It waits for a decision."""
        self._check_may_decide(PLACED)
        if not self.can_take_off:
            raise UserError(self.env._("This letter is attached to nothing it is taken off."))
        self._check_reason(reason)
        case = self.ticket_id
        case.check_access("read")
        getattr(self, f"_take_off_{self.res_model.rpartition('.')[2]}")(reason.strip())
        self._journal_letter("incoming_taken_off", case, placed_as=self.kind)
        # internal: nobody outside follows a case (practice 6)
        case._note(self._off_words(reason.strip()))
        self._decided(
            state=QUARANTINE,
            res_model=False,
            res_id=False,
            ticket_id=False,
            assignment_id=False,
            why=self.env._("Taken off %(number)s: %(reason)s", number=case.number, reason=reason),
        )

    def _off_words(self, reason):
        return self.env._(
            "The letter «%(subject)s» of %(sender)s was attached by mistake and taken off: "
            "%(reason)s",
            subject=self.display_name,
            sender=self.from_address or "",
            reason=reason,
        )

    # By what it had become: the last word of the model's name

    def _take_off_addition(self, reason):
        self.env[ADDITION].browse(self.res_id)._take_off(reason)

    def _take_off_answer(self, _reason):
        """Take off the answer, and what the letter was before it was called final."""
        self.ticket_id._check_open_for_acts()
        answer = self.env[ANSWER].browse(self.res_id).exists()
        words = self._own_words()
        same = answer.assignment_id.answer_ids.filtered(
            lambda one: one.came_by == "email" and one.text.strip() in words
        )
        (answer | same)._take_off()

    def _take_off_request(self, _reason):
        """Take the words and files of the letter out of a reply that is not recorded yet."""
        request = self.env[REQUEST].browse(self.res_id)
        if request.state != SENT:
            raise UserError(
                self.env._(
                    "The reply to «%(name)s» is recorded: it does not change any more.",
                    name=request.display_name,
                )
            )
        left = self._without_letter(request.answer_text)
        vals = {"answer_text": left}
        if not left:
            vals |= {"answer_number": False, "answered_on": False}
        files = self._own_copies(request.answer_attachment_ids)
        request.write(vals | {"answer_attachment_ids": _unlinked(files)})
        files.unlink()

    def _take_off_letter(self, _reason):
        """Take the words and files out of what the body replied to our report."""
        letter = self.env[LETTER].browse(self.res_id)
        letter.ticket_id._check_open_for_acts()
        files = self._own_copies(letter.reply_attachment_ids)
        left = self._without_letter(letter.reply_text)
        letter._write_by_act({"reply_text": left, "reply_attachment_ids": _unlinked(files)})
        files.unlink()

    def _without_letter(self, text):
        """Return `text` without the words of this letter; what a person has changed stays."""
        for words in self._own_words():
            text = (text or "").replace(words, "")
        return text.strip().replace("\n\n\n\n", "\n\n") or False

    def _own_words(self):
        """Return the letter as it was attached: in the language of the system or of a person.

        They begin with the sender and the minute: no other letter has them.
        """
        readers = (self, self._as_system(), self.with_context(lang="ru_RU"))
        return {texts.clip(mail._signed_text(), texts.TEXT_LIMIT).strip() for mail in readers}

    def _own_copies(self, files):
        # sudo: the mark is nobody's to read, and the act has checked who takes them off
        return files.sudo().filtered(lambda file: file.hotline_incoming_id == self)


def _unlinked(files):
    return [fields.Command.unlink(file.id) for file in files]

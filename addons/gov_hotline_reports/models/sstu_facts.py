import base64
from datetime import date

from odoo import models

from odoo.addons.gov_hotline.domain.transitions import FINAL_STATES

from ..domain import sstu

ANONYMOUS = "Аноним"  # told to ССТУ.РФ, so in Russian, whoever's job writes it


class HelpdeskTicket(models.Model):
    """What ССТУ.РФ is told of an appeal, as it stands now. The caller has checked the role."""

    _inherit = "helpdesk.ticket"

    def _sstu_appeals(self):
        """Return {ticket: its domain Appeal}."""
        self._sstu_prefetch()
        return {ticket: ticket._sstu_appeal() for ticket in self}

    def _sstu_prefetch(self):
        """Read in sets what the appeals are made of."""
        self.mapped("covering_letter_ids.sender_number")
        self.mapped("question_ids.ground_id.code")
        self.mapped("question_ids.outcome_id.code")
        self.mapped("assignment_ids.partner_id.hotline_sstu_department")
        self.mapped("extension_ids.state")
        self.mapped("answer_ids.attachment_ids.file_size")

    def _sstu_appeal(self):
        letter = self._sstu_letter()
        return sstu.Appeal(
            department_id=(self.company_id.hotline_sstu_department or "").lower(),
            number=(letter.sender_number if letter else self.number) or "",
            name=self._sstu_name(),
            is_direct=not letter,
            is_electronic=letter.came_by_medo,
            created_on=letter.sender_date or None,
            address=self.applicant_address or "",
            email=self.applicant_email or "",
            questions=tuple(self._sstu_questions()),
        )

    def _sstu_name(self):
        """A name is required: whoever did not sign is told of in the words of our own numbers."""
        return self.applicant_name or (ANONYMOUS if self.is_anonymous else "")

    def _sstu_letter(self):
        """Return the first covering letter: an appeal is told of once, whoever else sent it on."""
        return self.covering_letter_ids.sorted(lambda one: (one.sender_date, one.id))[:1]

    def _sstu_questions(self):
        """A case without questions of its own is one question."""
        if not self.question_ids:
            yield self._sstu_question(self.env["hotline.question"])
        for question in self.question_ids.sorted(lambda one: (one.sequence, one.id)):
            yield self._sstu_question(question)

    def _sstu_question(self, question):
        told, measures = sstu.status(
            (question.outcome_id or self.outcome_id)._sstu_status(),
            question.ground_id.code or "",
            is_final=self.state in FINAL_STATES,
        )
        answer = self._sstu_answer(question)
        return sstu.Question(
            code=(question.topic_id or self.topic_id).code or "",
            status=told,
            incoming_on=self.received_on or None,
            registered_on=self.registered_on or None,
            responded_on=answer.outgoing_date or self.closed_on or None,
            attachment=answer._sstu_file() if answer else None,
            actions_taken=measures,
            transfer=self._sstu_transfer(question) if told == sstu.TRANSFERRED else None,
            is_extended="decided" in self.extension_ids.mapped("state"),
        )

    def _sstu_answer(self, question):
        given = self.answer_ids.filtered(lambda one: one.state == "given")
        return (question.answer_id & given) or given.sorted("id")[-1:]

    def _sstu_transfer(self, question):
        """Return the first letter by which the question was forwarded, None where there is none."""
        letters = self.assignment_ids._forwardings().filtered(
            lambda one: (
                one.state not in ("draft", "withdrawn")
                and (not question or not one.question_ids or question in one.question_ids)
            )
        )
        letter = letters.sorted(lambda one: (one.outgoing_date or one.sent_on or date.max, one.id))[
            :1
        ]
        if not letter:
            return None  # not an empty recordset: what is missing is told by None
        return sstu.Transfer(
            department_id=letter.partner_id.commercial_partner_id._sstu_department(),
            on=letter.outgoing_date or letter.sent_on or None,
            number=letter.outgoing_number or "",
        )

    def _sstu_document(self, appeal):
        """Return the bytes of the JSON of `appeal`, with the files of its answers."""
        answers = self.answer_ids.filtered(lambda one: one.state == "given")
        told = {question.attachment.digest for question in appeal.questions if question.attachment}
        contents = {
            answer._sstu_digest(): base64.b64encode(answer._sstu_content()).decode()
            for answer in answers
            if answer._sstu_digest() in told
        }
        return sstu.dump(sstu.document(appeal, contents))


class HotlineAnswer(models.Model):
    """The file of an answer: the letter as it was issued, else its first file."""

    _inherit = "hotline.answer"

    def _sstu_file(self):
        """Return the domain's File, None where the answer has none."""
        if self.letter_sha256:
            size = len(self._frozen_letter())
            return sstu.File(self.letter_file_name or "", size, self._sstu_digest())
        file = self._sstu_attachment()
        return sstu.File(file.name, file.file_size, self._sstu_digest()) if file else None

    def _sstu_digest(self):
        """Return what tells the file from every other, "" where there is none; nothing is read."""
        file = self._sstu_attachment()
        return self.letter_sha256 or (f"{file.id}:{file.checksum}" if file else "")

    def _sstu_attachment(self):
        return self.attachment_ids.sorted("id")[:1]

    def _sstu_content(self):
        return self._frozen_letter() if self.letter_sha256 else self._sstu_attachment().raw

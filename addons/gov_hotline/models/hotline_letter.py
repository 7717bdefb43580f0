from odoo import api, fields, models

from ..domain import notices, placeholders
from ..domain.notice_text import russian_date
from .hotline_letter_template import ANSWER


class HotlineLetter(models.AbstractModel):
    """A letter source: its text comes from a template, it is printed on the body's letterhead."""

    _name = "hotline.letter"
    _inherit = "hotline.letter.sheet"
    _description = "Letter"

    template_id = fields.Many2one(
        "hotline.letter.template", ondelete="set null", index="btree_not_null"
    )
    available_template_ids = fields.Many2many(
        "hotline.letter.template",
        compute="_compute_available_template_ids",
        compute_sudo=True,  # the list is for whoever may write the letter, see the views
    )
    with_certificate = fields.Boolean(string="With the counting of the term")

    def _letter_kind(self):
        """Return the kind of templates that suit this letter; each source says its own."""
        raise NotImplementedError

    def _letter_words(self):
        """Return {key: word} that this letter knows beside the case."""
        return {}

    @api.depends("ticket_id")
    def _compute_available_template_ids(self):
        Template = self.env["hotline.letter.template"]
        for letter in self:
            ticket, kind = letter.ticket_id, letter._letter_kind()
            if not ticket or not kind:
                letter.available_template_ids = False
                continue
            day = ticket.company_id._hotline_today()
            letter.available_template_ids = Template._for_case(kind, ticket, day)

    @api.onchange("template_id")
    def _onchange_template_id(self):
        """Choosing a template fills the text; the officer goes on from there."""
        if self.template_id and self.ticket_id:
            self[self._sheet_text] = self._template_text()
            self.with_certificate = self.template_id.with_certificate

    def _template_text(self):
        """Return the chosen template filled with the facts of the case."""
        template = self.template_id
        words = {"article": template.article or "", **self._letter_words()}
        questions = self._letter_questions() or self.ticket_id.question_ids
        # sudo: the signer is named in the letter
        facts = self.ticket_id._letter_facts(questions, self.authority_id.sudo(), words)
        return placeholders.fill(template.text, facts)

    def _letter_mail_words(self):
        """Return what the e-mail may say of this letter: number, date, text, signer."""
        # sudo: the signer is named to every reader
        position = self.authority_id.sudo()._position_words() if self.authority_id else ""
        return {
            "letter_number": self[self._sheet_number] or "",
            "today": russian_date(self[self._sheet_date]),
            "letter_text": (self[self._sheet_text] or "").strip(),
            "signer": self.signer_name or "",
            "signer_position": position,
        }

    def _applicant_facts(self):
        """Return the facts of the case with the applicant's: for a letter to the applicant."""
        ticket = self.ticket_id
        questions = self._letter_questions() or ticket.question_ids
        authority = self.authority_id.sudo()  # sudo: as above
        return ticket._letter_facts(questions, authority, self._mail_own_words())

    def _letter_questions(self):
        """Return the questions this letter is about; empty: all of the case."""
        return self.env["hotline.question"]

    def _selected(self, name):
        """Return the value of a selection in words."""
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")


class HotlineNotice(models.Model):
    _name = "hotline.notice"
    _inherit = ["hotline.notice", "hotline.letter"]

    facts = fields.Json(copy=False, help="What the act knew when it proposed the text.")

    def _letter_kind(self):
        return self.kind

    def _letter_words(self):
        return dict(self.facts or {})

    def _letter_questions(self):
        return self.question_ids._origin

    @api.depends("kind")
    def _compute_available_template_ids(self):
        return super()._compute_available_template_ids()


class HotlineAnswer(models.Model):
    _name = "hotline.answer"
    _inherit = ["hotline.answer", "hotline.letter"]

    def _letter_kind(self):
        return ANSWER

    def _give_problems(self):
        return [*super()._give_problems(), *self._text_problems()]

    def _text_problems(self):
        """A blank that was left in the text stops the answer, as it stops a notice."""
        return notices.check(notices.Letter(self.text or "", notices.HAND, ""))

import base64
import hashlib
import io

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import uploads
from ..report import letter_docx

RUSSIAN = "ru_RU"  # the language of official letters, whoever's job prints them
KEPT = frozenset(
    {"letter_file", "letter_file_name", "letter_sha256", "printed_at", "printed_by_id"}
)


class HotlineLetterSheet(models.AbstractModel):
    """A letter on the letterhead as it was issued: its bytes and their SHA-256, and as a Word file.

    Printed again, it is those bytes: a later letterhead, template, name or term changes nothing of
    what the addressee has in hand. Letters issued before this was kept have no bytes: they are
    printed anew, and it is said so.
    """

    _name = "hotline.letter.sheet"
    _description = "Letter as it was issued"
    # where a source keeps the number of its letter
    _sheet_number = "outgoing_number"

    # Nobody's column: the door is the print, which checks the role and notes the journal.
    letter_file = fields.Binary(
        string="Letter as issued", attachment=True, readonly=True, copy=False,
        groups=fields.NO_ACCESS,
    )  # fmt: skip
    letter_file_name = fields.Char(readonly=True, copy=False)
    letter_sha256 = fields.Char(string="SHA-256 of the letter", readonly=True, copy=False)
    letter_note = fields.Text(compute="_compute_letter_note", string="What is printed")

    @api.depends("letter_sha256")
    @api.depends_context("lang")
    def _compute_letter_note(self):
        for letter in self:
            letter.letter_note = letter._has_issued_letter() and letter._frozen_words()

    def _has_issued_letter(self):
        """Whether a letter was issued that a print gives."""
        raise NotImplementedError

    def _check_print_letter(self):
        """Refuse whoever may not print the letter; each source says whom."""
        raise NotImplementedError

    def _frozen_words(self):
        """Say what the print of an issued letter gives."""
        if not self.letter_sha256:
            return self.env._(
                "No copy of this letter was kept when it was issued: it is printed anew, on the "
                "letterhead of today."
            )
        return self.env._(
            "The letter is kept as it was issued; a print gives that very file. SHA-256: "
            "%(digest)s",
            digest=self.letter_sha256,
        )

    def _keep_letter(self, name, content):
        """Keep the bytes that were issued under the file name `name`; once, by the act."""
        self._store_letter(
            {
                "letter_file": base64.b64encode(content),
                "letter_file_name": name,
                "letter_sha256": hashlib.sha256(content).hexdigest(),
            }
        )

    def _store_letter(self, vals):
        """Write the kept letter past the guards; each source has its own way."""
        raise NotImplementedError

    def _frozen_letter(self):
        """Return the bytes of the letter as it was issued.

        Raises UserError where they are not those of their SHA-256 any more.
        """
        self.ensure_one()
        # sudo: closed to every role, whoever prints was checked
        content = self.sudo().with_context(bin_size=False).letter_file
        content = base64.b64decode(content or b"")
        if hashlib.sha256(content).hexdigest() != self.letter_sha256:
            raise UserError(
                self.env._(
                    "The kept letter %(number)s does not match its SHA-256: the file store is "
                    "damaged. Ask the administrator to restore it from the backup.",
                    number=self[self._sheet_number] or "",
                )
            )
        return content

    def _kept_pdf(self):
        """Return the kept letter as a stream for the machinery of reports: a PDF, no picture."""
        content = self._frozen_letter()
        if uploads.content_kind(content) != uploads.PDF:
            raise UserError(
                self.env._(
                    "This letter was issued as a picture of the signed paper: take it with the "
                    "button on its form."
                )
            )
        return io.BytesIO(content)

    # The Word file

    def action_download_docx(self):
        """Return the address of the letter as DOCX."""
        self.ensure_one()
        self._check_print_letter()
        return {
            "type": "ir.actions.act_url",
            "url": f"/hotline/letter/{self._name}/{self.id}.docx",
            "target": "download",
        }

    def _letter_docx(self):
        """Return the letter on the body's own or the usual letterhead as DOCX (bytes)."""
        self.ensure_one()
        letter = self._in_russian()
        company = letter.company_id.sudo()  # sudo: the letterhead is for every letter
        emblem = company.with_context(bin_size=False).hotline_letter_emblem
        template = company._hotline_letter_file() or letter_docx.usual(
            base64.b64decode(emblem) if emblem else None
        )
        return letter_docx.render(template, letter._docx_values())

    def _docx_name(self):
        """Return the name of the Word file: beside a kept letter it is a working copy."""
        name = self._letter_name()
        if self.letter_sha256:
            name = self.env._("%(name)s (working copy)", name=name)
        return f"{name}.docx"

    def _docx_values(self):
        """Return the same fields by the names of the Word letterhead."""
        one = self._letter_sheet()
        enclosed = one["enclosures"]
        return {
            "орган": one["body"],
            "сведения": one["contacts"],
            "дата": one["date"] or "__________",
            "номер": one["number"] or "__________",
            "на_номер": one["their_number"],
            "на_дату": one["their_date"],
            "адресат": one["addressee"],
            "адрес": one["address"],
            "приветствие": one["greeting"],
            "текст": one["paragraphs"],
            "приложения": [self.env._("Enclosures:"), *enclosed] if enclosed else "",
            "срок": one["certificate"],
            "должность": one["position"],
            "подписал": one["signer"],
            "исполнитель": one["executor"],
        }

    def _in_russian(self):
        known = self.env["res.lang"]._get_data(code=RUSSIAN)
        return self.with_context(lang=RUSSIAN) if known else self

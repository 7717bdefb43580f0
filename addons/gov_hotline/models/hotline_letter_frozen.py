import base64
import hashlib
import io

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import uploads
from .guards import without_defaults, without_names
from .helpdesk_ticket_outbox import PLAIN
from .hotline_notice import UNISSUED

KEPT = frozenset({"letter_file", "letter_file_name", "letter_sha256"})


class HotlineLetter(models.AbstractModel):
    """The letter as it was issued: its bytes and their SHA-256. Printed again, it is those bytes.

    A later letterhead, template, name or term changes nothing of what a citizen has in hand.
    Letters issued before this was kept have no bytes: they are printed anew, and it is said so.
    """

    _inherit = "hotline.letter"

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
            issued = letter._is_issued_letter() and letter[letter._sheet_text]
            letter.letter_note = issued and letter._frozen_words()

    @api.model_create_multi
    def create(self, vals_list):
        """A letter is born without kept bytes, whatever a caller says."""
        clean = super(HotlineLetter, without_defaults(self, KEPT))
        letters = clean.create([without_names(vals, KEPT) for vals in vals_list])
        return letters.with_env(self.env)

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

    def _is_issued_letter(self):
        """Whether the letter has left the draft for good; each source says its own."""
        raise NotImplementedError

    def _freeze_letter(self):
        """Keep the letter as it stands with its number, once. Called by the act that issues it."""
        self.ensure_one()
        plain = self.env.context.get("hotline_mail_plain") is PLAIN
        if self.letter_sha256 or plain or not self[self._sheet_text]:
            return
        name, content = self._letter_to_freeze()
        self._store_letter(
            {
                "letter_file": base64.b64encode(content),
                "letter_file_name": name,
                "letter_sha256": hashlib.sha256(content).hexdigest(),
            }
        )

    def _letter_to_freeze(self):
        """Return (name, bytes) of what goes out: what was signed, as it was signed, or the sheet.

        Signed is the exported file, or the scan of the paper; the sheet is on the letterhead.
        """
        signed = self._signed_files()
        return signed[0] if signed else (f"{self._letter_name()}.pdf", self._letter_pdf())

    def _signed_files(self):
        """Return [(name, bytes)] of what was signed; each source that is signed says its own."""
        return []

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

    def _letter_pdf(self):
        """Return the letter: as it was issued where it is kept, else printed now."""
        return self._frozen_letter() if self.letter_sha256 else super()._letter_pdf()

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

    def action_print_letter(self):
        """Return the address of the kept letter, or the action that prints it now."""
        self.ensure_one()
        if not self.letter_sha256:
            return super().action_print_letter()
        self._check_print_letter()
        return {
            "type": "ir.actions.act_url",
            "url": f"/hotline/letter/{self._name}/{self.id}/issued",
            "target": "download",
        }

    def _portal_documents(self):
        """Return [{name, path}] of the letter as it was issued, its signature after it."""
        self.ensure_one()
        kind = self._name.rpartition(".")[2]
        return [
            {"name": name, "path": f"{kind}/{self.id}/{part}"}
            for part, (name, _content) in self._portal_parts().items()
        ]

    def _portal_parts(self):
        """Return {part of the address: (file name, bytes)}; nothing where no letter was kept.

        Beside the letter the signature that was made of it.
        """
        if not self.letter_sha256:
            return {}
        signature = self._signed_files()[1:]
        return {"letter": self._portal_letter()} | (
            {"signature": signature[0]} if signature else {}
        )

    def _portal_letter(self):
        return self.letter_file_name, self._frozen_letter()

    def _docx_name(self):
        """Return the name of the Word file: beside a kept letter it is a working copy."""
        name = self._letter_name()
        if self.letter_sha256:
            name = self.env._("%(name)s (working copy)", name=name)
        return f"{name}.docx"


class HotlineNotice(models.Model):
    _inherit = "hotline.notice"

    @api.depends("letter_sha256", "state")
    def _compute_letter_note(self):
        return super()._compute_letter_note()

    def _is_issued_letter(self):
        return self.state not in UNISSUED

    def _store_letter(self, vals):
        self._write_by_act(vals)


class HotlineAnswer(models.Model):
    _inherit = "hotline.answer"

    @api.depends("letter_sha256", "state")
    def _compute_letter_note(self):
        return super()._compute_letter_note()

    def _is_issued_letter(self):
        return self.state == "given"

    def _store_letter(self, vals):
        self._by_act(vals)

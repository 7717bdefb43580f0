from odoo import api, models

from .guards import without_defaults, without_names
from .helpdesk_ticket_outbox import PLAIN
from .hotline_letter_sheet import KEPT
from .hotline_notice import UNISSUED


class HotlineLetter(models.AbstractModel):
    """The act that issues a letter keeps it; from then on a print gives those bytes."""

    _inherit = "hotline.letter"

    @api.model_create_multi
    def create(self, vals_list):
        """A letter is born without kept bytes, whatever a caller says."""
        clean = super(HotlineLetter, without_defaults(self, KEPT))
        letters = clean.create([without_names(vals, KEPT) for vals in vals_list])
        return letters.with_env(self.env)

    def _has_issued_letter(self):
        return bool(self._is_issued_letter() and self[self._sheet_text])

    def _is_issued_letter(self):
        """Whether the letter has left the draft for good; each source says its own."""
        raise NotImplementedError

    def _freeze_letter(self):
        """Keep the letter as it stands with its number, once. Called by the act that issues it."""
        self.ensure_one()
        plain = self.env.context.get("hotline_mail_plain") is PLAIN
        if self.letter_sha256 or plain or not self[self._sheet_text]:
            return
        self._keep_letter(*self._letter_to_freeze())

    def _letter_to_freeze(self):
        """Return (name, bytes) of what goes out: what was signed, as it was signed, or the sheet.

        Signed is the exported file, or the scan of the paper; the sheet is on the letterhead.
        """
        signed = self._signed_files()
        return signed[0] if signed else (f"{self._letter_name()}.pdf", self._letter_pdf())

    def _signed_files(self):
        """Return [(name, bytes)] of what was signed; each source that is signed says its own."""
        return []

    def _letter_pdf(self):
        """Return the letter: as it was issued where it is kept, else printed now."""
        return self._frozen_letter() if self.letter_sha256 else super()._letter_pdf()

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

import io

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from odoo import models
from odoo.exceptions import UserError

from ..report import pdf

# Whose letters go in an envelope of ours; what goes to bodies with a request has none.
WITH_ENVELOPE = ("hotline.notice", "hotline.answer", "hotline.assignment")


class HotlineLetter(models.AbstractModel):
    _inherit = "hotline.letter"

    def _printed_pdf(self):
        """Return the letter for a print of many (bytes): as it was issued, else drawn now.

        Raises AccessError or UserError where the letter cannot be printed.
        """
        self._check_print_letter()
        if not self[self._sheet_text]:
            raise UserError(self.env._("It left as files, without a letter: print the files."))
        content = self._kept_pdf().read() if self.letter_sha256 else self._letter_pdf()
        return self._with_annexes(_readable(self, content))

    def _printed_envelope(self):
        """Return the envelope (bytes). Raises UserError without an address."""
        return _envelope(self)


class HotlineAssignment(models.Model):
    _inherit = "hotline.assignment"

    def _printed_pdf(self):
        """Return the letter of the forwarding with the appeal and the files behind it (bytes)."""
        self._check_print_letter()
        return self._with_annexes(_readable(self, self._letter_pdf()))

    def _printed_envelope(self):
        """Return the envelope (bytes). Raises UserError without an address."""
        return _envelope(self)


def _readable(letter, content):
    """Return `content`; refuse a file that cannot be put together with others."""
    try:
        PdfReader(io.BytesIO(content)).pages[0]
    except (PyPdfError, IndexError, ValueError) as error:
        raise UserError(
            letter.env._("The signed file is closed or damaged: print it from its own form.")
        ) from error
    return content


def _envelope(letter):
    letter._check_print_letter()
    one = letter._in_russian()
    if not one._envelope_sheet()["address"]:
        raise UserError(letter.env._("Envelope: the addressee has no postal address."))
    html = one.env["ir.qweb"]._render(
        "gov_hotline.report_envelope", {"docs": one, "doc_model": one._name}
    )
    fetcher = pdf.LocalFetcher(one.env)
    return pdf.render([str(html)], fetcher=fetcher, paper=pdf.Paper())

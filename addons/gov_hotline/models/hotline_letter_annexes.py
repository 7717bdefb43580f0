import base64
import io

from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from odoo import models
from odoo.tools.pdf import merge_pdf

from ..domain import uploads
from ..report import pdf

PICTURE = """<!DOCTYPE html><html data-hotline-print="1"><head><style>
@page { size: A4; margin: 12mm }
img { max-width: 186mm; max-height: 273mm }
</style></head><body><img src="data:%s;base64,%s"/></body></html>"""


class HotlineLetterSheet(models.AbstractModel):
    """The enclosures of a letter: those of sheets are printed behind it, the others are named."""

    _inherit = "hotline.letter.sheet"

    def _annexes(self):
        """Return the files that go with the letter, as the system: who prints was checked."""
        return self.env["ir.attachment"].sudo()  # sudo: as said

    def _printed_annexes(self):
        """Return ([each enclosure as PDF (bytes)], [names of those that are no sheets])."""
        drawn, others = [], []
        for file in self._annexes():
            sheets = _as_pdf(self, file)
            (drawn if sheets else others).append(sheets or file.name)
        return drawn, others

    def _with_annexes(self, content):
        """Return `content` (PDF, bytes) with the enclosures that are sheets behind it."""
        drawn, _others = self._printed_annexes()
        return merge_pdf([content, *drawn]) if drawn else content

    def _frozen_words(self):
        """Say of the enclosures too which of them no print gives."""
        others = [one.name for one in self._annexes() if not _is_sheets(one)]
        return " ".join([super()._frozen_words(), *([self._left_words(others)] if others else [])])

    def _left_words(self, names):
        """Return the words on enclosures that are to be printed or copied by hand."""
        return self.env._(
            "Enclosures that are not printed with the letter, print or copy them yourself: "
            "%(names)s.",
            names=", ".join(names),
        )


class HotlineAssignment(models.Model):
    _inherit = "hotline.assignment"

    def _annexes(self):
        return self._shown_files().sudo()  # sudo: as said


class HotlineAnswer(models.Model):
    _inherit = "hotline.answer"

    def _annexes(self):
        return self.sudo().attachment_ids  # sudo: as said


class HotlineBodyLetter(models.AbstractModel):
    _inherit = "hotline.body.letter"

    def _annexes(self):
        return self._letter_enclosures().sudo()  # sudo: as said


def _is_sheets(file):
    """Whether the file is a PDF or a picture by what its content was taken for when it came."""
    return file.mimetype == "application/pdf" or (file.mimetype or "").startswith("image/")


def _as_pdf(letter, file):
    """Return the file as PDF (bytes), None where it is no PDF and no picture, or is damaged."""
    content = file.with_context(bin_size=False).raw or b""
    kind = uploads.content_kind(content)
    if kind == uploads.IMAGE and _is_picture(content):
        page = PICTURE % (file.mimetype, base64.b64encode(content).decode())
        content = pdf.render([page], fetcher=pdf.LocalFetcher(letter.env), paper=pdf.Paper())
    elif kind != uploads.PDF:
        return None
    return content if _is_readable(content) else None


def _is_picture(content):
    try:
        Image.open(io.BytesIO(content)).load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True


def _is_readable(content):
    try:
        PdfReader(io.BytesIO(content)).pages[0]
    except (PyPdfError, IndexError, ValueError):
        return False
    return True

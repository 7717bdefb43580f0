import base64

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request
from odoo.tools.mimetypes import guess_mimetype

from ..report import letter_docx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SOURCES = (
    "hotline.notice",
    "hotline.answer",
    "hotline.assignment",
    "hotline.request",
    "hotline.covering.letter",
)


class LettersController(http.Controller):
    """Letters as Word files, for staff."""

    @http.route(
        "/hotline/letter/<string:model>/<int:letter_id>.docx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,
    )
    def letter_docx(self, model, letter_id):
        """Give the letter on the letterhead; the role is checked, the print journalled."""
        letter = self._letter(model, letter_id)
        content = letter._letter_docx()
        self._report(letter)._journal_print(letter)  # a working copy: the letter is not printed
        return _file(content, letter._docx_name())

    @http.route(
        "/hotline/letter/<string:model>/<int:letter_id>/issued",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,
    )
    def letter_issued(self, model, letter_id):
        """Give the letter as it was issued; the role is checked, the print journalled."""
        letter = self._letter(model, letter_id)
        if not letter.letter_sha256:
            raise NotFound()
        content = letter._frozen_letter()
        self._append_print(letter)
        return _file(content, letter.letter_file_name, guess_mimetype(content))

    def _letter(self, model, letter_id):
        letter = request.env[model].browse(letter_id).exists() if model in SOURCES else None
        if not letter:
            raise NotFound()
        letter._check_print_letter()
        return letter

    def _append_print(self, letter):
        self._report(letter)._append_print(letter)

    def _report(self, letter):
        """Note who took the letter; return the report whose traces a print leaves."""
        request.env["hotline.sight"]._note(letter.ticket_id, "downloaded")
        name = letter._name.rpartition(".")[2]
        return request.env[f"report.gov_hotline.report_letter_{name}"]

    @http.route("/hotline/letterhead.docx", type="http", auth="user", methods=["GET"])
    def letterhead(self):
        """Give the usual letterhead to start an own one from; administrator."""
        request.env["helpdesk.ticket"]._require_role("administrator")
        emblem = request.env.company.with_context(bin_size=False).hotline_letter_emblem
        content = letter_docx.usual(base64.b64decode(emblem) if emblem else None)
        return _file(content, "letterhead.docx")

    @http.route(
        "/hotline/outgoing/<int:register_id>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,
    )
    def outgoing_xlsx(self, register_id):
        """Give the register of outgoing mail as a table; the role is checked, it is journalled."""
        register = request.env["hotline.outgoing.register"].browse(register_id)
        register._check_register()
        if not register.exists():
            raise NotFound()
        content = register._xlsx()
        register._journal()
        return _file(content, f"{register._file_name()}.xlsx", XLSX)

    @http.route(
        "/hotline/outgoing/print/<int:print_id>.pdf", type="http", auth="user", methods=["GET"]
    )
    def outgoing_print(self, print_id):
        """Give the letters of a print as one file; whoever prepared it, drawn and journalled."""
        found = request.env["hotline.outgoing.print"].browse(print_id).exists()
        if not found:
            return _no_such(request.env._("There is no such print: print the letters anew."))
        found.check_access("read")
        content = found._pdf()
        if not content:
            return _no_such(request.env._("Nothing is drawn here yet: print the letters anew."))
        return _file(content, found._file_name(), "application/pdf")

    @http.route(
        "/hotline/recalculation/<int:recalculation_id>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def recalculation_xlsx(self, recalculation_id):
        """Give the dates of a recalculation as a table; the role is checked."""
        found = request.env["hotline.recalculation"].browse(recalculation_id).exists()
        if not found:
            raise NotFound()
        found._check_table()
        return _file(found._xlsx(), f"{found.display_name}.xlsx", XLSX)


def _no_such(words):
    """Tell in the reader's words that there is nothing at an address."""
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    return request.make_response(words, headers=headers, status=404)


def _file(content, name, mimetype=DOCX):
    headers = [("Content-Type", mimetype), ("Content-Disposition", content_disposition(name))]
    return request.make_response(content, headers)

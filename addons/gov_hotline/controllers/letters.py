import base64

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from ..report import letter_docx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SOURCES = ("hotline.notice", "hotline.answer")


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
        letter = request.env[model].browse(letter_id).exists() if model in SOURCES else None
        if not letter:
            raise NotFound()
        letter._check_print_letter()
        content = letter._letter_docx()
        report = request.env[f"report.gov_hotline.report_letter_{model.rpartition('.')[2]}"]
        report._append_print(letter)
        return _file(content, f"{letter._letter_name()}.docx")

    @http.route("/hotline/letterhead.docx", type="http", auth="user", methods=["GET"])
    def letterhead(self):
        """Give the usual letterhead to start an own one from; administrator."""
        request.env["helpdesk.ticket"]._require_role("administrator")
        emblem = request.env.company.with_context(bin_size=False).hotline_letter_emblem
        content = letter_docx.usual(base64.b64decode(emblem) if emblem else None)
        return _file(content, "letterhead.docx")


def _file(content, name):
    headers = [("Content-Type", DOCX), ("Content-Disposition", content_disposition(name))]
    return request.make_response(content, headers)

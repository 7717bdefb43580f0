import io
import logging

from lxml import html as lxml_html

from odoo import api, models

from ..report import pdf

# WeasyPrint reports every CSS rule it does not know (Odoo's bundles are full of such) and every
# address that the fetcher refuses, which is what it is for.
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
logging.getLogger("fontTools").setLevel(logging.ERROR)

# What is kept as it was issued is given as it is kept.
LETTERS = frozenset(
    f"gov_hotline.report_letter_{name}" for name in ("notice", "answer", "request", "letter")
)
# Two documents in one: the letter and the appeal that it forwards.
FORWARDING = "gov_hotline.report_letter_assignment"


class IrActionsReport(models.Model):
    """Every PDF comes from WeasyPrint: one renderer for both Debian releases.

    Debian 12 ships wkhtmltopdf without patched Qt (no headers and footers), Debian 13 has none.
    """

    _inherit = "ir.actions.report"

    @api.model
    def get_wkhtmltopdf_state(self):
        """The client asks before it prints; our renderer is a Python package and always there."""
        return "ok"

    def _prepare_html(self, html, report_model=False):
        """Keep our own printed forms whole: they bring their stylesheet and need no layout."""
        root = lxml_html.fromstring(html, parser=lxml_html.HTMLParser(encoding="utf-8"))
        if not root.get("data-hotline-print"):
            return super()._prepare_html(html, report_model=report_model)
        ids = [int(node.get("data-oe-id")) for node in root.xpath("//article[@data-oe-id]")]
        return [html], ids, False, False, {}

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Print our own forms one by one: Odoo would cut one file at wkhtmltopdf's outlines."""
        report = self._get_report(report_ref)
        prepare = super()._render_qweb_pdf_prepare_streams
        if report.report_name == FORWARDING and res_ids:
            return self._forwarding_streams(res_ids)
        if report.report_name in LETTERS and res_ids:
            kept = self._kept_streams(report, res_ids)
            others = [res_id for res_id in dict.fromkeys(res_ids) if res_id not in kept]
            for res_id in others:
                kept.update(prepare(report_ref, dict(data or {}), res_ids=[res_id]))
            return {res_id: kept[res_id] for res_id in dict.fromkeys(res_ids)}
        if not (report.report_name or "").startswith("gov_hotline.") or len(res_ids or ()) < 2:
            return prepare(report_ref, data, res_ids=res_ids)
        streams = {}
        for res_id in dict.fromkeys(res_ids):
            streams.update(prepare(report_ref, dict(data or {}), res_ids=[res_id]))
        return streams

    def _kept_streams(self, report, res_ids):
        """Return {id: stream} of the letters that are kept as they were issued."""
        letters = self.env[report.model].browse(res_ids)
        letters._check_print_letter()
        kept = letters.filtered("letter_sha256")
        streams = {one.id: {"stream": one._kept_pdf(), "attachment": None} for one in kept}
        if kept:
            self.env[f"report.{report.report_name}"]._note_print(kept)
        return streams

    def _forwarding_streams(self, res_ids):
        """Return {id: stream} of forwarding letters, each with its appeal and files behind it."""
        letters = self.env["hotline.assignment"].browse(dict.fromkeys(res_ids))
        letters._check_print_letter()
        streams = {
            one.id: {
                "stream": io.BytesIO(one._with_annexes(one._letter_pdf())),
                "attachment": None,
            }
            for one in letters
        }
        self.env[f"report.{FORWARDING}"]._note_print(letters)
        return streams

    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        """Render HTML `bodies` to one PDF (bytes) without wkhtmltopdf and without a network."""
        report = self._get_report(report_ref) if report_ref else self
        paper = pdf.Paper.from_format(report.get_paperformat(), landscape)
        return pdf.render(
            [body.decode() if isinstance(body, bytes) else str(body) for body in bodies],
            fetcher=pdf.LocalFetcher(self.env),
            paper=paper,
            header=header,
            footer=footer,
        )

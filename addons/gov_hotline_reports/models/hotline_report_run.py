import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gov_hotline.domain import mails
from odoo.addons.gov_hotline.report import pdf

from ..report import figures_sheet


class HotlineReportRun(models.Model):
    """One report that was made: its figures and files as they were sent, and its letters."""

    _name = "hotline.report.run"
    _inherit = "hotline.by.act"
    _description = "Report made"
    _order = "id desc"
    _set_by_act = frozenset(
        {"schedule_id", "date_from", "date_to", "is_trial", "user_id", "figures", "pdf", "xlsx"}
    )

    schedule_id = fields.Many2one(
        "hotline.report.schedule", string="Report", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="schedule_id.company_id", store=True, index=True)
    period = fields.Selection(related="schedule_id.period")
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    is_trial = fields.Boolean(string="Trial", readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Counted for", required=True, readonly=True, ondelete="restrict"
    )
    figures = fields.Json(readonly=True)
    pdf = fields.Binary(readonly=True, attachment=True)
    xlsx = fields.Binary(string="Table", readonly=True, attachment=True)
    pdf_name = fields.Char(compute="_compute_names")
    xlsx_name = fields.Char(compute="_compute_names")
    letter_ids = fields.One2many("hotline.report.letter", "run_id", string="Letters")
    course = fields.Char(string="Sending", compute="_compute_course")

    _once = models.UniqueIndex(
        "(schedule_id, date_from, date_to) WHERE NOT is_trial",
        "The report of this period is made already.",
    )

    @api.depends("schedule_id", "date_from", "date_to")
    def _compute_display_name(self):
        for run in self:
            run.display_name = run._title()

    @api.depends("date_from", "date_to")
    def _compute_names(self):
        for run in self:
            stem = run._title().replace("/", "-").replace("«", "").replace("»", "")
            run.pdf_name, run.xlsx_name = f"{stem}.pdf", f"{stem}.xlsx"

    @api.depends("letter_ids.state")
    def _compute_course(self):
        for run in self:
            letters = run.letter_ids
            sent = len(letters.filtered(lambda one: one.state == mails.SENT))
            run.course = self.env._("left: %(sent)s of %(all)s", sent=sent, all=len(letters))

    def _title(self):
        self.ensure_one()
        first, last = (self._day(day) for day in (self.date_from, self.date_to))
        days = first if first == last else f"{first}–{last}"
        return f"{self.schedule_id.name}, {days}"

    def _day(self, day):
        return day.strftime("%d.%m.%Y") if day else ""

    def _beside_words(self, figures):
        """Return what days stand beside those of the report."""
        _now, before, year = (
            "–".join(self._day(fields.Date.to_date(day)) for day in dict.fromkeys(span))
            for span in figures["spans"]
        )
        return self.env._("Before: %(before)s. A year ago: %(year)s.", before=before, year=year)

    def _made_words(self):
        """Return when it was counted and with whose rights: its numbers may be a department's."""
        made = fields.Datetime.context_timestamp(
            self.with_context(tz=self.company_id.hotline_tz), self.create_date
        )
        return self.env._(
            "Counted on %(day)s with the rights of: %(user)s.",
            day=made.strftime("%d.%m.%Y %H:%M"),
            user=self.user_id.name,
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of reports is kept."))

    # Making

    def _fill(self, user):
        """Count the figures with the rights of `user`, make the files."""
        self.ensure_one()
        company = self.company_id
        lang = company._hotline_lang()
        counting = self.env(user=user, su=False)["hotline.report.figures"].with_context(
            allowed_company_ids=company.ids, lang=lang
        )
        figures = counting._of(self.period, (self.date_from, self.date_to))
        told = self.with_context(lang=lang)
        files = {"pdf": told._pdf(figures), "xlsx": told._xlsx(figures)}
        encoded = {name: base64.b64encode(body) for name, body in files.items()}
        self._write_by_act({"figures": figures, **encoded})

    def _pdf(self, figures):
        # sudo: the system prints, whatever its user may read of the body
        values = {"run": self.sudo(), "figures": figures}
        html = self.env["ir.qweb"]._render("gov_hotline_reports.report_figures", values)
        return pdf.render([str(html)], fetcher=pdf.LocalFetcher(self.env), paper=pdf.Paper())

    def _xlsx(self, figures):
        heads = [self.env._("Now"), self.env._("Before"), self.env._("A year ago")]
        words = {
            "numbers": self.env._("Figures"), "name": self.env._("Figure"), "heads": heads,
            "trend": self.env._("Trend"), "received": self.env._("Received"),
            "processed": self.env._("Processed"), "period": self.env._("Period"),
        }  # fmt: skip
        notes = (self._title(), self._beside_words(figures))
        return figures_sheet.workbook(notes, figures, words)

    # Sending

    def _send(self, addresses):
        """Put a letter to each address into the queue."""
        files = [(self.pdf_name, self._raw("pdf")), (self.xlsx_name, self._raw("xlsx"))]
        for address, name in addresses.items():
            self.env["hotline.report.letter"]._enqueue_report(self, address, name, files)

    def _raw(self, name):
        # sudo: the files of the run, just made
        return base64.b64decode(self.sudo().with_context(bin_size=False)[name])

    def _body(self):
        told = self.with_context(lang=self.company_id._hotline_lang())
        figures = [
            f"{one['name']}: {self._shown(one['values'][0], one['share'])}"
            for one in told.figures["numbers"]
        ]
        end = told.env._("The whole report is in the files.")
        return "\n".join([told.company_id.name, told._title(), "", *figures, "", end])

    @api.model
    def _shown(self, value, share=False):
        """Return a figure in words: «97,5 %», «—» where there was nothing to count."""
        if value is None or value is False:
            return "—"
        return f"{value:.1%}".replace(".", ",").replace("%", " %") if share else str(value)

    def _mail_sent(self, letter):
        """The server took a letter: its state says so."""

    def _mail_failed(self, letter, why):
        """The server refused a letter: its state says so."""

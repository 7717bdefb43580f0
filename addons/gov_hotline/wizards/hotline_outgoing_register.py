import io
from dataclasses import replace

import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..domain import assignments, post
from ..domain.notice_text import russian_date
from ..models.hotline_notice import UNISSUED

ROLES = ("officer", "administrator", "supervisor", "approver", "auditor")
WIDTHS = (12, 18, 30, 32, 44, 16, 18, 22)


class HotlineOutgoingRegister(models.TransientModel):
    """The register of outgoing mail (the journal «Исходящие») by day, printed or as a table."""

    _name = "hotline.outgoing.register"
    _description = "Register of outgoing mail"

    date_from = fields.Date(
        string="Since", required=True, default=lambda self: self.env.company._hotline_today()
    )
    date_to = fields.Date(
        string="Until", required=True, default=lambda self: self.env.company._hotline_today()
    )
    by_post_only = fields.Boolean(string="Only by post", default=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    count = fields.Integer(string="Letters", compute="_compute_count")

    @api.depends("date_from", "date_to", "by_post_only")
    def _compute_count(self):
        for register in self:
            register.count = len(register._entries()) if register._is_period() else 0

    def action_print(self):
        """Return the action that prints the register."""
        self._check_register()
        return self.env.ref("gov_hotline.action_report_outgoing").report_action(self)

    def action_xlsx(self):
        """Return the address of the register as a table."""
        self._check_register()
        return {
            "type": "ir.actions.act_url",
            "url": f"/hotline/outgoing/{self.id}.xlsx",
            "target": "download",
        }

    def _check_register(self):
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role(*ROLES)
        self.check_access("read")
        if not self._is_period():
            raise UserError(self.env._("The last day of the register is before the first one."))

    def _file_name(self):
        """Return «Реестр исходящих 01.11.2026–22.11.2026»: paper and table are one document."""
        first, last = (format_date(self.env, day) for day in (self.date_from, self.date_to))
        name = self.env._("Register of outgoing mail")
        return f"{name} {first}" if first == last else f"{name} {first}–{last}"

    def _is_period(self):
        return bool(self.date_from and self.date_to and self.date_from <= self.date_to)

    def _journal(self):
        """Leave a trace of who took the list of addressees, for which days."""
        self.env["hotline.journal"]._append(
            "outgoing_register", self.company_id, day_from=self.date_from, day_to=self.date_to
        )

    # What stands in it

    def _days(self):
        """Return [(day in words, entries)]."""
        return [(russian_date(day), entries) for day, entries in post.by_day(self._entries())]

    def _entries(self):
        """Return the register's lines: letters of every kind and what was sent again."""
        entries = [*self._notices(), *self._answers(), *self._again(), *self._forwardings()]
        if self.by_post_only:
            return entries
        return [*entries, *self._requests(), *self._reports()]

    def _found(self, model, dated, domain):
        """Return what the user may read of `model` in the period; the rules of records hold."""
        if not self.env[model].has_access("read"):
            return self.env[model]
        period = Domain(dated, ">=", self.date_from) & Domain(dated, "<=", self.date_to)
        own = Domain("company_id", "=", self.company_id.id)
        return self.env[model].search(Domain(domain) & period & own)

    def _road(self):
        return Domain("channel", "=", "post") if self.by_post_only else Domain.TRUE

    def _notices(self):
        left = Domain("state", "not in", UNISSUED) & self._road()
        found = self._found("hotline.notice", "outgoing_date", left)
        return [self._letter_entry(one, one._selected("kind")) for one in found]

    def _answers(self):
        left = Domain("state", "=", "given") & self._road()
        found = self._found("hotline.answer", "outgoing_date", left)
        return [self._letter_entry(one, self.env._("Answer")) for one in found]

    def _again(self):
        # what was entered before the way was asked for went by post
        road = Domain("channel", "in", (post.POST, False)) if self.by_post_only else Domain.TRUE
        resent = Domain("kind", "=", post.RESENT) & road
        found = self._found("hotline.post.event", "happened_on", resent)
        again = self.env._("Sent again")
        return [
            replace(
                self._letter_entry(one._letter(), again),
                day=one.happened_on,
                # sudo: masked by the role
                address=self.env["hotline.hidden"]._shown(one.sudo().address),
                channel=one._road_words(),
            )
            for one in found
        ]

    def _forwardings(self):
        to_others = Domain("addressee_kind", "=", assignments.OTHER_BODY)
        left = to_others & Domain("outgoing_number", "!=", False) & Domain("state", "!=", "draft")
        found = self._found("hotline.assignment", "outgoing_date", left)
        if self.by_post_only:
            found = found.filtered(lambda one: one._goes_on_paper())
        what = self.env._("Forwarding letter")
        return [
            replace(
                self._entry(one, one.outgoing_date, one.outgoing_number, what, one.partner_id.name),
                address=one._posting_address(),
                channel=one._posting_words(),
            )
            for one in found
        ]

    def _requests(self):
        found = self._found("hotline.request", "outgoing_date", [("outgoing_number", "!=", False)])
        return [
            self._entry(
                one, one.outgoing_date, one.outgoing_number, self.env._("Request"),
                one.partner_id.name,
            )
            for one in found
        ]  # fmt: skip

    def _reports(self):
        found = self._found(
            "hotline.covering.letter", "report_date", [("report_number", "!=", False)]
        )
        return [
            self._entry(
                one, one.report_date, one.report_number, self.env._("Report"), one.sender_id.name
            )
            for one in found
        ]

    def _letter_entry(self, one, what):
        return post.Entry(
            day=one.outgoing_date,
            number=one.outgoing_number or "",
            what=what,
            addressee=one._addressee(),
            address=self.env["hotline.hidden"]._shown(one._address()),
            channel=one._selected("channel"),
            case=one.ticket_id.number or "",
            signer=one.signer_name or "",
        )

    def _entry(self, one, day, number, what, addressee):
        signer = one.signer_name if "signer_name" in one else ""
        return post.Entry(
            day, number, what, addressee or "", "", "", one.ticket_id.number or "", signer or ""
        )

    def _headings(self):
        """Return the headings of the columns, after the day."""
        return [
            self.env._("Outgoing No."), self.env._("What was sent"), self.env._("Addressee"),
            self.env._("Address"), self.env._("How"), self.env._("Appeal No."),
            self.env._("Signed by"),
        ]  # fmt: skip

    def _cells(self, entry):
        return [
            entry.number, entry.what, entry.addressee, entry.address, entry.channel, entry.case,
            entry.signer,
        ]  # fmt: skip

    def _xlsx(self):
        """Return the register as XLSX (bytes); texts are texts, never formulas."""
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
            sheet = book.add_worksheet(self.env._("Outgoing"))
            bold = book.add_format({"bold": True, "text_wrap": True})
            for column, width in enumerate(WIDTHS):
                sheet.set_column(column, column, width)
            rows = [[self.env._("Date"), *self._headings()]]
            rows += [[day, *self._cells(one)] for day, entries in self._days() for one in entries]
            for line, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(line, column, text or "", None if line else bold)
            sheet.freeze_panes(1, 0)
        return buffer.getvalue()

import io

import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import UserError

from .hotline_register_run import ROLES

ENDED = ("draft", "checked", "done", "failed")
KEPT_DAYS = 90  # the files hold people's names: no longer than somebody may need them


class HotlineRegisterRun(models.Model):
    """The rows to mend as a table, and how long files are kept."""

    _inherit = "hotline.register.run"

    def action_look(self):
        """Read the heading of the file and tell what was guessed. Supervisor, administrator."""
        self._require("draft")
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        self._look()

    def action_bad_rows(self):
        """Return the address of the table of rows to mend. Supervisor, administrator."""
        self._check_table()
        return {
            "type": "ir.actions.act_url",
            "url": f"/hotline/register/{self.id}.xlsx",
            "target": "download",
        }

    def _check_table(self):
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role(*ROLES)
        self.check_access("read")

    def _xlsx(self):
        """Return the rows to mend (bytes) as the company sent them, with the reason before each.

        Texts are texts, never formulas: what a stranger's file brings is not run.
        """
        buffer = io.BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(buffer, options) as book:
            sheet = book.add_worksheet(self.env._("Rows to mend"))
            bold = book.add_format({"bold": True})
            sheet.set_column(0, 0, 12)
            sheet.set_column(1, 1, 60)
            sheet.set_column(2, len(self.column_ids) + 1, 22)
            sheet.write_row(0, 0, self._headings(), bold)
            for place, row in enumerate(self.row_ids, start=1):
                sheet.write_number(place, 0, row.line)
                for column, text in enumerate((row.reason or "", *(row.cells or ())), start=1):
                    sheet.write_string(place, column, text)
            sheet.freeze_panes(1, 0)
        return buffer.getvalue()

    def _headings(self):
        own = [self.env._("Row of the file"), self.env._("What is wrong")]
        return [*own, *self.column_ids.mapped("name")]

    @api.autovacuum
    def _forget_old_files(self):
        old = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        # sudo: scheduled; the counts stay, the names go
        runs = self.sudo().search(
            [("create_date", "<", old), ("state", "in", ENDED), ("file", "!=", False)]
        )
        rows = self.env["hotline.register.row"].sudo()  # as above
        rows.search([("run_id", "in", runs.ids)]).unlink()
        runs._write_by_act({"file": False, "sample": False})

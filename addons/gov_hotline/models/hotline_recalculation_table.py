import io

import xlsxwriter

from odoo import models

WIDTHS = (16, 34, 12, 12, 8, 60, 18, 26)


class HotlineRecalculation(models.Model):
    """The dates before and after as a table, for the paper on the manager's desk."""

    _inherit = "hotline.recalculation"

    def action_xlsx(self):
        """Return the address of the table; whoever reads the recalculation."""
        self._check_table()
        return {
            "type": "ir.actions.act_url",
            "url": f"/hotline/recalculation/{self.id}.xlsx",
            "target": "download",
        }

    def _check_table(self):
        self.ensure_one()
        self.check_access("read")
        self.env["hotline.recalculation.line"].check_access("read")

    def _headings(self):
        return [
            self.env._("No."), self.env._("Term"), self.env._("Before"), self.env._("After"),
            self.env._("Days"), self.env._("To be considered"), self.env._("State"),
            self.env._("Officer"),
        ]  # fmt: skip

    def _xlsx(self):
        """Return the table (bytes): dates are dates, texts are texts, never formulas."""
        buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "constant_memory": False}
        with xlsxwriter.Workbook(buffer, options) as book:
            sheet = book.add_worksheet(self.env._("Terms of cases"))
            bold = book.add_format({"bold": True, "text_wrap": True})
            day = book.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
            for column, width in enumerate(WIDTHS):
                sheet.set_column(column, column, width)
            sheet.write_row(0, 0, self._headings(), bold)
            for number, line in enumerate(self.line_ids, start=1):
                self._write_row(sheet, number, line, day)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(self.line_ids), len(WIDTHS) - 1)
        return buffer.getvalue()

    def _write_row(self, sheet, number, line, day):
        states = dict(line._fields["state"]._description_selection(self.env))
        sheet.write_string(number, 0, line.ticket_number or "")
        sheet.write_string(number, 1, line.what or "")
        sheet.write_datetime(number, 2, line.due_before, day)
        if line.due_after:
            sheet.write_datetime(number, 3, line.due_after, day)
        sheet.write_number(number, 4, line.days_moved)
        sheet.write_string(number, 5, line.note_text or "")
        sheet.write_string(number, 6, states[line.state])
        sheet.write_string(number, 7, line.user_id.name or "")

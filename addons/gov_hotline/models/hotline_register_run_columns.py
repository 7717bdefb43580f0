from odoo import api, fields, models


class HotlineRegisterRun(models.Model):
    """What of a file is read and what is not, in words; the choice is remembered (D2)."""

    _inherit = "hotline.register.run"

    guessed = fields.Char(compute="_compute_guessed", string="How the file is read")
    not_taken = fields.Char(compute="_compute_not_taken", string="Columns that are not read")

    @api.depends("kind", "encoding", "separator", "header", "sheet", "other_sheets")
    @api.depends_context("lang")
    def _compute_guessed(self):
        for run in self:
            run.guessed = run._guessed_words() if run.kind else False

    def _guessed_words(self):
        how = self._sheet_words() if self.kind == "xlsx" else self._text_words()
        if self.header:
            return self.env._("%(how)s; heading in row %(row)s.", how=how, row=self.header)
        return self.env._("%(how)s; no heading.", how=how)

    def _text_words(self):
        return self.env._(
            "CSV: encoding %(encoding)s, separator: %(separator)s",
            encoding=self._choice_label("encoding"),
            separator=self._choice_label("separator").lower(),
        )

    def _sheet_words(self):
        if self.other_sheets:
            return self.env._(
                "XLSX: sheet «%(sheet)s»; not read: %(others)s",
                sheet=self.sheet,
                others=self.other_sheets,
            )
        return self.env._("XLSX: sheet «%(sheet)s»", sheet=self.sheet)

    def _choice_label(self, name):
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    @api.depends("column_ids.name", "column_ids.field")
    def _compute_not_taken(self):
        for run in self:
            names = run.column_ids.filtered(lambda column: not column.field).mapped("name")
            run.not_taken = ", ".join(f"«{name}»" for name in names) or False

    def action_remember_columns(self):
        """Keep the choice of columns for the next files of the source; nothing is loaded.

        Supervisor, administrator.
        """
        self._require("draft", "checked")
        if lacks := self._lacking():
            return self._told_columns(lacks, "warning")
        self._remember_columns()
        return self._told_columns(self.env._("The next files will be read likewise."), "success")

    def _remember_columns(self):
        # sudo: whoever loads says what the columns are, the source remembers it
        self.source_id.sudo().mapping = {
            **(self.source_id.mapping or {}),
            **{column.name: column.field or "" for column in self.column_ids},
        }

    def _told_columns(self, words, kind):
        params = {"message": words, "type": kind}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

from odoo import api, fields, models
from odoo.tools import SQL

from .hotline_register_column import LOADERS
from .register_copy import copy_in

STATES = [
    ("create", "New account"),
    ("change", "Changed"),
    ("same", "As it was"),
    ("bad", "Not loaded"),
]


class HotlineRegisterRow(models.Model):
    """A row of a file that is being loaded; after it only those that somebody has to look at."""

    _name = "hotline.register.row"
    _description = "Row of a register"
    _order = "line, id"
    _log_access = False

    run_id = fields.Many2one(
        "hotline.register.run", required=True, readonly=True, ondelete="cascade"
    )
    line = fields.Integer(string="Row of the file", readonly=True)
    cells = fields.Json(readonly=True, groups=LOADERS)
    key = fields.Char(readonly=True, groups=LOADERS)
    state = fields.Selection(STATES, readonly=True)
    remarks = fields.Json(readonly=True, help="[[code, what stood there], …]", groups=LOADERS)
    is_told = fields.Boolean(readonly=True, help="Has something to look at.")
    text = fields.Char(compute="_compute_text", string="What stands there", groups=LOADERS)
    reason = fields.Char(compute="_compute_reason", groups=LOADERS)

    _line_idx = models.Index("(run_id, line)")
    _key_idx = models.Index("(run_id, key)")
    _told_idx = models.Index("(run_id) WHERE is_told")

    @api.depends("cells")
    def _compute_text(self):
        for row in self:
            row.text = " | ".join(row.cells or ())

    @api.depends("remarks")
    @api.depends_context("lang")
    def _compute_reason(self):
        for row in self:
            words = [self._words(code, value) for code, value in row.remarks or ()]
            row.reason = " ".join(words) or False

    @api.model
    def _words(self, code, value):
        """Return the sentence of a remark."""
        texts = {
            "no_number": self.env._("No number of the account."),
            "spoilt_number": self.env._(
                "The number %(value)s was spoilt by a spreadsheet: save it as text.", value=value
            ),
            "long_number": self.env._("The number is too long: %(value)s…", value=value),
            "no_name": self.env._("«%(value)s» is no name of a person.", value=value),
            "long_name": self.env._("The name is too long: %(value)s…", value=value),
            "no_address": self.env._("No address."),
            "no_house": self.env._("No number of the house: %(value)s.", value=value),
            "no_locality": self.env._("No settlement: set it in the source."),
            "locality": self.env._("There is no territory «%(value)s».", value=value),
            "day": self.env._("«%(value)s» is not a date.", value=value),
            "columns": self.env._(
                "Cells of the row and of the heading: %(value)s. Is a separator or a quotation "
                "mark lost or too many?",
                value=value,
            ),
            "repeated": self.env._(
                "This account stands above in the file: %(value)s.", value=value
            ),
            "phone": self.env._("Loaded without the telephone «%(value)s».", value=value),
            "postal_code": self.env._("Loaded without the postal code «%(value)s».", value=value),
            "service": self.env._("Loaded without the unknown service «%(value)s».", value=value),
            "meter": self.env._(
                "Loaded without the meter %(value)s: its service is not known.", value=value
            ),
        }
        return texts.get(code, code)

    def _copy_in(self, run, rows):
        """Put `rows` ((line, cells), …) of `run` into the table by COPY; return how many."""
        return copy_in(self.env.cr, self._table, ("run_id", "line", "cells"), (
            (run.id, line, cells) for line, cells in rows
        ))  # fmt: skip

    def _next(self, run, cursor, limit):
        """Return [(id, line, cells)] of the next rows after `cursor` (an id)."""
        return self.env.execute_query(
            SQL(
                "SELECT id, line, cells FROM hotline_register_row"
                " WHERE run_id = %s AND id > %s ORDER BY id LIMIT %s",
                run.id,
                cursor,
                limit,
            )
        )

from odoo import api, fields, models
from odoo.tools import SQL

from .hotline_register_column import LOADERS
from .register_copy import copy_in

STATES = [
    ("create", "New one"),
    ("change", "Changed"),
    ("same", "As it was"),
    ("more", "More of an account"),
    ("bad", "Not loaded"),
]


_NEXT = """
WITH part AS MATERIALIZED (
     SELECT r.id, r.key FROM hotline_register_row r
      WHERE r.run_id = %(run)s AND r.id > %(cursor)s
        AND (r.key = '' OR NOT EXISTS (
            SELECT FROM hotline_register_row b
             WHERE b.run_id = r.run_id AND b.key = r.key AND b.id <= %(cursor)s))
      ORDER BY r.id LIMIT %(limit)s),
further AS (
     SELECT DISTINCT r.id FROM part p JOIN hotline_register_row r
         ON r.run_id = %(run)s AND r.key = p.key
      WHERE p.key <> '' AND r.id > (SELECT max(id) FROM part))
SELECT r.id, r.key, r.cells, r.is_told IS TRUE, d.is_next
  FROM (SELECT id, TRUE AS is_next FROM part UNION ALL SELECT id, FALSE FROM further) d
  JOIN hotline_register_row r ON r.id = d.id ORDER BY r.id
"""


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

    _key_idx = models.Index("(run_id, key)")
    _line_idx = models.Index("(run_id, line) WHERE is_told")

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
            "elsewhere": self.env._(
                "This account stands above in the file with another address or number: %(value)s.",
                value=value,
            ),
            "phone": self.env._("Loaded without the telephone «%(value)s».", value=value),
            "postal_code": self.env._("Loaded without the postal code «%(value)s».", value=value),
            "service": self.env._("Loaded without the unknown service «%(value)s».", value=value),
            "meter": self.env._(
                "Loaded without the meter %(value)s: its service is not known.", value=value
            ),
        }
        return texts.get(code, code)

    def _copy_in(self, run, rows, key_of):
        """Put `rows` ((line, cells), …) of `run` into the table by COPY; return how many.

        `key_of`: the key of a row by its cells; all keys of a file stand before the first part.
        """
        return copy_in(self.env.cr, self._table, ("run_id", "line", "cells", "key"), (
            (run.id, line, cells, key_of(cells)) for line, cells in rows
        ))  # fmt: skip

    def _forget(self, run):
        """Drop the rows of another reading of the file."""
        self.env.execute_query(
            SQL("DELETE FROM hotline_register_row WHERE run_id = %s RETURNING 1", run.id)
        )
        self.invalidate_model(flush=False)

    def _next(self, run, cursor, limit):
        """Return [(id, key, cells, is_told, is_next)] of the next rows after `cursor` (an id).

        With the next `limit` rows come all others of their keys, wherever they stand (not
        `is_next`): an account is done at once. Whose key has come already is passed over.
        """
        return self.env.execute_query(SQL(_NEXT, run=run.id, cursor=cursor, limit=limit))

import base64
from hashlib import sha256

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import register_columns, register_files
from ..domain.register_files import UnreadableFile
from .hotline_register_column import LOADERS
from .hotline_register_source import ENCODINGS, MARKS, SEPARATORS

STATES = [
    ("draft", "File"),
    ("checking", "Being checked"),
    ("checked", "Checked"),
    ("loading", "Being loaded"),
    ("asking", "To be confirmed"),
    ("leaving", "Those gone are being closed"),
    ("done", "Loaded"),
    ("failed", "Not loaded"),
]
RUNNING = ("checking", "loading", "leaving")
ROLES = ("supervisor", "administrator")


class HotlineRegisterRun(models.Model):
    """A file of a register: what was guessed of it, what it would change, how it was loaded (D2).

    draft → checking → checked → loading → (asking → leaving) → done. Background jobs do it in
    parts, each committed: killed in the middle, the next goes on from the last part.
    """

    _name = "hotline.register.run"
    _inherit = ["hotline.by.act"]
    _description = "Load of a register"
    _order = "id desc"
    _editable = frozenset({"source_id", "file", "filename", "encoding", "separator", "column_ids"})
    _set_by_act = frozenset(
        {
            *("state", "kind", "header", "sample", "total", "cursor", "is_read", "started_at"),
            *("created_count", "changed_count", "same_count", "bad_count", "told_count"),
            "joined_count",
            *("gone_count", "standing_count", "unknown_count", "failure", "done_at", "digest"),
            *("left_kept", "loaded_by_id", "folder_file", "done", "sheet", "other_sheets"),
        }
    )

    source_id = fields.Many2one(
        "hotline.register.source", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="source_id.company_id", store=True)
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, index=True)
    file = fields.Binary(attachment=True, groups=LOADERS)
    filename = fields.Char()
    digest = fields.Char(string="SHA-256", readonly=True)
    folder_file = fields.Char(readonly=True, help="The file in the watched folder.")
    kind = fields.Selection(
        [("csv", "Text with separators (CSV)"), ("xlsx", "Excel (XLSX)")],
        string="Kind of file",
        readonly=True,
    )
    encoding = fields.Selection(ENCODINGS)
    separator = fields.Selection(SEPARATORS)
    sheet = fields.Char(string="Sheet that is read", readonly=True)
    other_sheets = fields.Char(string="Sheets that are not read", readonly=True)
    header = fields.Integer(string="Heading in row", readonly=True)
    sample = fields.Json(readonly=True, groups=LOADERS)
    preview = fields.Html(
        compute="_compute_preview", sanitize=False, string="First rows", groups=LOADERS
    )
    column_ids = fields.One2many("hotline.register.column", "run_id", string="Columns")
    lacks = fields.Char(compute="_compute_lacks")
    is_read = fields.Boolean(readonly=True)
    total = fields.Integer(string="Rows", readonly=True)
    done = fields.Integer(string="Rows done", readonly=True)
    cursor = fields.Integer(readonly=True, help="The last row that was done.")
    progress = fields.Integer(compute="_compute_progress", string="Progress, %")
    is_running = fields.Boolean(compute="_compute_progress")
    created_count = fields.Integer(string="New ones", readonly=True)
    changed_count = fields.Integer(string="Changed", readonly=True)
    same_count = fields.Integer(string="As they were", readonly=True)
    joined_count = fields.Integer(
        string="More of an account",
        readonly=True,
        help="Rows that add services, meters or a holder to an account of another row.",
    )
    bad_count = fields.Integer(string="Not loaded rows", readonly=True)
    told_count = fields.Integer(string="Rows with remarks", readonly=True)
    gone_count = fields.Integer(string="Have left", readonly=True)
    standing_count = fields.Integer(string="There were before", readonly=True)
    unknown_count = fields.Integer(readonly=True, help="Bad rows of an account not known.")
    left_kept = fields.Boolean(string="Those who left were kept", readonly=True)
    summary = fields.Char(compute="_compute_summary", string="In words")
    failure = fields.Char(string="Why it was not loaded", readonly=True)
    loaded_by_id = fields.Many2one("res.users", string="Loaded by", readonly=True)
    started_at = fields.Datetime(string="Begun", readonly=True)
    done_at = fields.Datetime(string="Done", readonly=True)
    row_ids = fields.One2many(
        "hotline.register.row", "run_id", domain=[("is_told", "=", True)], string="Rows to look at"
    )

    _running_uniq = models.UniqueIndex(
        "(source_id) WHERE state IN ('checking', 'loading', 'asking', 'leaving')",
        "Another file of this source is being loaded: wait until it is done.",
    )

    @api.depends("source_id", "filename")
    def _compute_display_name(self):
        for run in self:
            run.display_name = ", ".join(filter(None, (run.source_id.name, run.filename)))

    @api.depends("done", "total", "state")
    def _compute_progress(self):
        for run in self:
            run.progress = min(100, 100 * run.done // run.total) if run.total else 0
            run.is_running = run.state in RUNNING

    @api.depends("column_ids.field", "state")
    @api.depends_context("lang")
    def _compute_lacks(self):
        for run in self:
            run.lacks = run._lacking() if run.column_ids else False

    def _lacking(self):
        """Return what the choice of columns lacks, in words; False where it is whole."""
        words = {
            "no_number": self.env._("Say which column holds the number of the account."),
            "no_place": self.env._("Say which column holds the address, or the house."),
            "twice": self.env._("Two columns are said to hold the same."),
        }
        codes = register_columns.mapping_problems([one.field or "" for one in self.column_ids])
        return " ".join(words[code] for code in codes) or False

    @api.depends("sample", "column_ids.name")
    def _compute_preview(self):
        for run in self:
            rows = Markup().join(map(_table_row, run.sample or ()))
            heads = Markup().join(Markup("<th>%s</th>") % one.name for one in run.column_ids)
            run.preview = rows and Markup(
                '<div class="table-responsive"><table class="table table-sm table-bordered">'
                "<thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>"
            ) % (heads, rows)

    @api.depends("state", "created_count", "changed_count", "gone_count", "standing_count")
    @api.depends_context("lang")
    def _compute_summary(self):
        for run in self:
            run.summary = run._summary_words()

    def _summary_words(self):
        numbers = {
            "gone": self.gone_count,
            "standing": self.standing_count,
            "share": 100 * self.gone_count // max(self.standing_count, 1),
        }
        if self.state == "asking":
            return self.env._(
                "%(gone)s of %(standing)s accounts (%(share)s %%) are not in the file. Have they "
                "left, or is the file not whole?",
                **numbers,
            )
        if self.state == "checked" and not self.gone_count:
            return self.env._("Nothing is changed yet: this is what loading would do.")
        if self.state == "checked":
            return self.env._(
                "Nothing is changed yet: this is what loading would do. Not in the file: %(gone)s "
                "of %(standing)s accounts.",
                **numbers,
            )
        return False

    # What is guessed

    def _usual_field(self, name):
        """Return the field that a column of this name usually holds, or ""."""
        return register_columns.usual_field(name)

    def _prepare_guess_vals(self, how, digest):
        marks = {mark: name for name, mark in MARKS.items()}
        chosen = register_columns.proposed(
            how.columns, self.source_id.mapping or {}, self._usual_field
        )
        columns = [
            {
                "sequence": place,
                "name": name,
                "field": field or False,
                "sample": example or False,
            }
            for place, (name, field, example) in enumerate(
                zip(how.columns, chosen, how.examples, strict=True)
            )
        ]
        return {
            "digest": digest,
            "kind": how.kind,
            "encoding": how.encoding or False,
            "separator": marks.get(how.separator, False),
            "header": how.header,
            "sheet": how.sheet or False,
            "other_sheets": ", ".join(how.other_sheets) or False,
            "sample": [list(row) for row in how.sample],
            "column_ids": [fields.Command.clear(), *map(fields.Command.create, columns)],
        }

    @api.model
    def _unreadable_words(self, error):
        texts = {
            "empty": self.env._("The file has no rows."),
            "old_excel": self.env._("This is an old Excel file: save it as XLSX or as CSV."),
            "broken": self.env._("The file is broken or no table: it must be CSV or XLSX."),
            "huge": self.env._("The file is too large when it is unpacked."),
            "text": self.env._(
                "Near row %(line)s the text is of another encoding: choose it by hand.",
                line=error.line,
            ),
        }
        return texts[error.code]

    @api.model_create_multi
    def create(self, vals_list):
        runs = super().create(vals_list)
        for run in runs.filtered("file"):
            run._look()
        return runs

    def write(self, vals):
        done = super().write(vals)
        if {"file", "encoding", "separator"} & set(vals) and not self._is_by_act():
            for run in self.filtered("file"):
                run._look(vals.keys())
        return done

    def _look(self, chosen_now=()):
        """Tell what is guessed of the file; a choice of columns stands.

        Another file is guessed anew, but for what was chosen by hand in the same moment.
        """
        is_new = "file" in chosen_now
        by_hand = {
            name: self[name] if name in chosen_now or not is_new else False
            for name in ("encoding", "separator")
        }
        chosen = {one.name: one.field or "" for one in self.column_ids}
        content = base64.b64decode(self.with_context(bin_size=False).file)
        try:
            how = register_files.guess(
                content,
                lambda name: bool(self._usual_field(name)),
                encoding=by_hand["encoding"] or self.source_id.encoding or "",
                separator=MARKS.get(by_hand["separator"] or self.source_id.separator, ""),
            )
        except UnreadableFile as error:
            raise UserError(self._unreadable_words(error)) from error
        vals = self._prepare_guess_vals(how, sha256(content).hexdigest())
        # read otherwise, the rows of an earlier check are no longer those of the file
        vals |= {"state": "draft", "is_read": False, "total": 0, "done": 0, "cursor": 0}
        for _command, _id, column in vals["column_ids"][1:]:
            column["field"] = chosen.get(column["name"], column["field"] or "") or False
        self._write_by_act(vals)

    def _check_editable(self, names):  # pylint: disable=missing-return
        """A file and its columns are chosen until the load begins."""
        super()._check_editable(names)
        if any(run.state not in ("draft", "checked") for run in self):
            raise UserError(self.env._("This file is loaded already: begin a new load."))


def _table_row(cells):
    return Markup("<tr>%s</tr>") % Markup().join(Markup("<td>%s</td>") % cell for cell in cells)

import base64
from operator import attrgetter

from odoo import api, fields, models
from odoo.tools import groupby

from ..domain import classifier
from ..domain.classifier import Known

SHOWN = 20  # of each sort of change in the preview


class HotlineTopicImport(models.TransientModel):
    """Load an edition of the classifier from its official file: whole or not at all (C5)."""

    _name = "hotline.topic.import"
    _description = "Load the classifier"

    file = fields.Binary(attachment=False)
    filename = fields.Char()
    edition = fields.Date(string="Edition of", help="Empty: as the file says.")
    state = fields.Selection(
        [("file", "File"), ("preview", "Preview"), ("done", "Loaded")],
        default="file",
        required=True,
        readonly=True,
    )
    problems = fields.Text(string="Why the file cannot be loaded", readonly=True)
    warnings = fields.Text(readonly=True)
    changes = fields.Text(readonly=True)
    new_count = fields.Integer(string="New", readonly=True)
    changed_count = fields.Integer(string="Renamed", readonly=True)
    restored_count = fields.Integer(string="Back in use", readonly=True)
    archived_count = fields.Integer(string="To the archive", readonly=True)
    same_count = fields.Integer(string="Unchanged", readonly=True)

    @api.onchange("file")
    def _onchange_file(self):
        """Another file, another edition: as its heading comment says."""
        self.edition = classifier.parse(base64.b64decode(self.file or b"")).edition
        self.problems = False

    def action_check(self):
        """Read the file and show what loading it would do; changes nothing. Administrator."""
        self._require_administrator()
        self._compare(self._parse())
        return self._show()

    def action_load(self):
        """Load the file if all of it is right; return the window with the result. Administrator."""
        self._require_administrator()
        parsed = self._parse()
        changes = self._compare(parsed)
        if changes is not None:
            self._apply(parsed, changes)
            self.state = "done"
        return self._show()

    def action_back(self):
        """Choose another file."""
        self._require_administrator()
        self.write({"state": "file", "file": False, "edition": False, "problems": False})
        return self._show()

    def _require_administrator(self):
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("administrator")

    def _parse(self):
        parsed = classifier.parse(base64.b64decode(self.file or b""))
        if parsed.edition and not self.edition:
            self.edition = parsed.edition
        return parsed

    def _compare(self, parsed):
        """Fill the preview; return the Changes, or None when the file is not right."""
        problems = [self._problem_line(row) for row in parsed.problems]
        if not problems and not self.edition:
            problems = [self.env._("The file does not say its edition: enter the date.")]
        if problems:
            self.write({"state": "file", "problems": "\n".join(problems)})
            return None
        topics = self._topics()
        changes = classifier.compare(parsed, self._known(topics))
        self.write(
            {"state": "preview", "problems": False, **self._prepare_preview(changes, topics)}
        )
        return changes

    def _topics(self):
        # all of them: the classifier has about a thousand
        topics = self.env["hotline.topic"].with_context(active_test=False)
        return topics.search([])  # pylint: disable=no-search-all

    def _known(self, topics):
        return {
            topic.code: Known(topic.name, topic.note or "", topic.active, bool(topic.edition))
            for topic in topics
        }

    def _prepare_preview(self, changes, topics):
        return {
            "new_count": len(changes.new),
            "changed_count": len(changes.changed),
            "restored_count": len(changes.restored),
            "archived_count": len(changes.archived),
            "same_count": changes.same,
            "changes": "\n".join(self._change_lines(changes, topics)),
            "warnings": "\n".join(self._warning_lines(changes, topics)),
        }

    def _change_lines(self, changes, topics):
        names = {topic.code: topic.name for topic in topics}
        groups = (
            (self.env._("New"), [f"{t.code} {t.name}" for t in changes.new]),
            (
                self.env._("Renamed"),
                [f"{t.code} {names[t.code]} → {t.name}" for t in changes.changed],
            ),
            (self.env._("Back in use"), [f"{code} {names[code]}" for code in changes.restored]),
            (self.env._("To the archive"), [f"{code} {names[code]}" for code in changes.archived]),
        )
        for title, lines in groups:
            if not lines:
                continue
            yield f"{title}:"
            yield from (f"    {line}" for line in lines[:SHOWN])
            if len(lines) > SHOWN:
                yield "    " + self.env._("… and %(count)s more", count=len(lines) - SHOWN)

    def _warning_lines(self, changes, topics):
        loaded = max(filter(None, topics.mapped("edition")), default=None)
        if loaded and self.edition < loaded:
            yield self.env._(
                "The edition of %(loaded)s is loaded already; this file is an older one.",
                loaded=loaded.strftime("%d.%m.%Y"),
            )
        if len(changes.archived) * 10 > len(topics):
            yield self.env._(
                "More than a tenth of the topics would go to the archive: is the file whole?"
            )

    def _apply(self, parsed, changes):
        """Write the changes in sets: a query count that does not grow with the rows."""
        ids = {topic.code: topic.id for topic in self._topics()}
        Topic = self.env["hotline.topic"]
        for _level, group in groupby(changes.new, key=attrgetter("level")):
            created = Topic.create([self._prepare_topic_vals(topic, ids) for topic in group])
            ids.update((topic.code, topic.id) for topic in created)
        for topic in changes.changed:
            Topic.browse(ids[topic.code]).write({"name": topic.name, "note": topic.note or False})
        self._pick(ids, changes.restored).write({"active": True, "valid_to": False})
        self._pick(ids, changes.archived).write({"active": False, "valid_to": self.edition})
        listed = self._pick(ids, [topic.code for topic in parsed.topics])
        listed.filtered(lambda topic: topic.edition != self.edition).edition = self.edition
        self._keep_from_updates()
        self._journal(changes)

    def _pick(self, ids, codes):
        return self.env["hotline.topic"].browse([ids[code] for code in codes])

    def _prepare_topic_vals(self, topic, ids):
        return {
            "code": topic.code,
            "name": topic.name,
            "level": topic.level,
            "parent_id": ids.get(topic.parent),
            "note": topic.note or False,
            "edition": self.edition,
            "valid_from": self.edition,
        }

    def _keep_from_updates(self):
        """An update of the add-on must not bring back the names of the edition it ships."""
        # sudo: the marks of shipped records are not open to the hotline's administrator
        shipped = self.env["ir.model.data"].sudo()
        shipped.search(
            [
                ("module", "=", "gov_hotline"),
                ("model", "=", "hotline.topic"),
                ("noupdate", "=", False),
            ]
        ).noupdate = True

    def _journal(self, changes):
        if not changes.is_empty:
            self.env["hotline.journal"]._append(
                "classifier_loaded",
                self.env.company,
                edition=self.edition,
                new=len(changes.new),
                changed=len(changes.changed),
                restored=len(changes.restored),
                archived=len(changes.archived),
            )

    def _problem_line(self, row):
        return self.env._(
            "Line %(line)s: %(reason)s", line=row.line, reason=self._reason(row.reason, row.value)
        )

    def _reason(self, reason, value):
        texts = {
            "not_text": self.env._("this is not a text file; save the table as CSV with «;»."),
            "no_header": self.env._(
                "the heading must be «code;name;level;note» or «detail_code;name»."
            ),
            "empty": self.env._("there are no rows after the heading."),
            "quotes": self.env._("a quotation mark is not closed."),
            "columns": self.env._("%(value)s columns instead of four.", value=value),
            "bad_code": self.env._("«%(value)s» is not a code of the classifier.", value=value),
            "bad_level": self.env._("the level «%(value)s» is not between 1 and 5.", value=value),
            "level_mismatch": self.env._(
                "the level does not fit the code: %(value)s.", value=value
            ),
            "no_name": self.env._("the code %(value)s has no name.", value=value),
            "repeated": self.env._(
                "the code stands in the file twice, the first time in the line in brackets: "
                "%(value)s.",
                value=value,
            ),
            "no_parent": self.env._(
                "the file has no line of the level above: %(value)s.", value=value
            ),
        }
        return texts[reason]

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Load the classifier"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

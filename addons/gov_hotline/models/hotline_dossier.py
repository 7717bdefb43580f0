from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

from ..domain import texts, transitions
from ..report.report_card import CARD_ROLES
from .helpdesk_ticket import FINAL, NOT_FINAL

# Section → model, rows of one page, order. The order of the page is the order here.
SECTIONS = {
    "appeals": ("helpdesk.ticket", 10, "received_on desc, id desc"),
    "stopped": ("hotline.stopped.topic", 5, "since desc, id desc"),
    "answers": ("hotline.answer", 5, "outgoing_date desc, id desc"),
    "executors": ("hotline.assignment.answer", 5, "received_on desc, id desc"),
    "additions": ("hotline.addition", 5, "received_at desc, id desc"),
    "calls": ("hotline.call", 5, "started_at desc, id desc"),
    "receptions": ("hotline.reception", 5, "held_on desc, id desc"),
    "tasks": ("hotline.task", 5, "due_at desc, id desc"),
    "external": ("hotline.external.case", 5, "day_on desc, id desc"),
}
MOST_ROWS = 500  # of a section on one request, the printed dossier too
CELL = 300  # characters of a text in a cell
REPEATED = ("repeat", "duplicate", "resubmission")


class HotlineDossier(models.AbstractModel):
    """«Личное дело»: everything of one person on one page, each section by pages (B7).

    Filters: {text, year, state, topic, mark}, all optional. A section is {key, title, columns,
    total, offset, limit, rows}, a row {id, model, cells}, a cell {text, sub, level, badges}.
    Records are read with the reader's own rights; the questions to the database do not grow with
    the dossier.
    """

    _name = "hotline.dossier"
    _description = "Dossier"

    @api.model
    def get_dossier(self, partner_id, filters=None):
        """Return {head, sections}: counts and choices of the whole, the first page of each.

        Not read-only: the look is noted.
        """
        partner = self._partner(partner_id)
        self.env["hotline.sight"]._note(partner, "opened")
        filters = self._clean(filters)
        return {"head": self._head(partner), "sections": self._sections(partner, filters)}

    @api.model
    @api.readonly
    def get_section(self, partner_id, key, filters=None, offset=0):
        """Return one page of the section `key`, from row `offset` on."""
        partner = self._partner(partner_id)
        offset = offset if isinstance(offset, int) and offset > 0 else 0
        return self._section(partner, key, self._clean(filters), offset)

    @api.model
    def _partner(self, partner_id):
        """Return the person; the press service and executors see no dossier."""
        self.env["helpdesk.ticket"]._require_role(*CARD_ROLES)
        partner = self.env["res.partner"].browse(int(partner_id))
        partner.check_access("read")
        return partner

    @api.model
    def _clean(self, filters):
        """Return the filters that are understood; what a client makes up is left out."""
        given = filters if isinstance(filters, dict) else {}
        year, topic = given.get("year"), given.get("topic")
        return {
            "text": texts.tidy(str(given.get("text") or ""))[:100],
            "year": year if isinstance(year, int) and 1900 < year < 3000 else False,
            "topic": topic if isinstance(topic, int) else False,
            "state": given.get("state") or "",
            "mark": given.get("mark") or "",
        }

    # The head: counts and choices, of the whole dossier

    @api.model
    def _head(self, partner):
        domain = [("partner_id", "=", partner.id)]
        rows = self.env["helpdesk.ticket"]._read_group(
            domain,
            ["state", "repetition", "is_collective", "topic_id", "received_on:year"],
            ["__count"],
        )
        ended = {"draft", *transitions.FINAL_STATES}
        years = {row[4].year for row in rows if row[4]}
        topics = self.env["hotline.topic"].union(*(row[3] for row in rows))
        return {
            "name": partner.display_name,
            "total": sum(row[-1] for row in rows),
            "open": sum(row[-1] for row in rows if row[0] not in ended),
            "draft": sum(row[-1] for row in rows if row[0] == "draft"),
            "overdue": self._count("helpdesk.ticket", [*domain, ("is_overdue", "=", True)]),
            "repeat": sum(row[-1] for row in rows if row[1] in REPEATED),
            "collective": sum(row[-1] for row in rows if row[2]),
            "stopped": self._count("hotline.stopped.topic", [*domain, ("state", "=", "stopped")]),
            "years": sorted(years, reverse=True),
            "topics": [{"id": one.id, "name": one.name} for one in topics.sorted("name")],
        }

    @api.model
    def _count(self, model, domain):
        return self.env[model].search_count(domain) if self._may_see(model) else 0

    @api.model
    def _may_see(self, model):
        return self.env[model].has_access("read")

    # The sections

    @api.model
    def _sections(self, partner, filters, most=None):
        """Return all sections the reader may see; of each one page, or `most` rows."""
        scope = self._scope(partner, filters)
        wanted = [key for key, (model, *_rest) in SECTIONS.items() if self._may_see(model)]
        return [self._section(partner, key, filters, 0, scope, most) for key in wanted]

    @api.model
    def _printed_sections(self, partner, filters):
        """Return the sections that are not empty, with as many rows as a print takes."""
        return [one for one in self._sections(partner, filters, MOST_ROWS) if one["total"]]

    @api.model
    def _filter_words(self, filters):
        """Say in words what the filters leave."""
        states = {
            "open": self.env._("Being considered"),
            "overdue": self.env._("Overdue"),
            "closed": self.env._("Ended cases"),
            "draft": self.env._("Drafts"),
        }
        marks = {
            "repeat": self.env._("Repeats"),
            "collective": self.env._("Collective appeals"),
            "stopped": self.env._("On stopped questions"),
        }
        topic = self.env["hotline.topic"].browse(filters["topic"] or []).exists()
        said = [
            filters["year"] and self.env._("year %(year)s", year=filters["year"]),
            states.get(filters["state"]), marks.get(filters["mark"]), topic.name,
            filters["text"] and f"«{filters['text']}»",
        ]  # fmt: skip
        return "; ".join(filter(None, said))

    @api.model
    def _section(self, partner, key, filters, offset, scope=None, most=None):
        model, size, order = SECTIONS[key]
        limit = min(most or size, MOST_ROWS)
        domain = getattr(self, f"_{key}_domain")(scope or self._scope(partner, filters))
        records = self.env[model].search(domain, offset=offset, limit=limit, order=order)
        cells = getattr(self, f"_{key}_cells")(records)
        rows = [{"id": record.id, "model": model, "cells": cells[record]} for record in records]
        total = offset + len(rows)
        if len(rows) == limit or (offset and not rows):  # else all of them were just counted
            total = self.env[model].search_count(domain)
        title, columns = self._titles()[key]
        return {
            "key": key, "title": title, "columns": columns,
            "total": total, "offset": offset, "limit": limit, "rows": rows,
        }  # fmt: skip

    @api.model
    def _scope(self, partner, filters):
        """Return what the domains of the sections need: the cases are looked up once."""
        cases = self.env["helpdesk.ticket"].search(self._cases_domain(partner, filters))
        return {"partner": partner, "cases": cases.ids, **filters}

    @api.model
    def _cases_domain(self, partner, filters):
        domain = Domain("partner_id", "=", partner.id)
        if filters["text"]:
            names = ("number", "name", "appeal_text")
            domain &= Domain.OR(Domain(name, "ilike", filters["text"]) for name in names)
        if filters["topic"]:
            domain &= Domain("topic_id", "=", filters["topic"])
        domain &= self._year_domain("received_on", filters["year"])
        return domain & self._state_domain(filters["state"]) & self._mark_domain(filters["mark"])

    @api.model
    def _year_domain(self, name, year):
        if not year:
            return Domain.TRUE
        return Domain(name, ">=", date(year, 1, 1)) & Domain(name, "<", date(year + 1, 1, 1))

    @api.model
    def _state_domain(self, state):
        return {
            "open": NOT_FINAL & Domain("state", "!=", "draft"),
            "overdue": Domain("is_overdue", "=", True),
            "closed": FINAL,
            "draft": Domain("state", "=", "draft"),
        }.get(state, Domain.TRUE)

    @api.model
    def _mark_domain(self, mark):
        return {
            "repeat": Domain("repetition", "in", REPEATED),
            "collective": Domain("is_collective", "=", True),
            "stopped": Domain("stopped_topic_id", "!=", False),
        }.get(mark, Domain.TRUE)

    # Cells

    @api.model
    def _cell(self, text, sub="", level="", badges=()):
        words = (text or "").strip() if isinstance(text, str) or not text else str(text)
        return {
            "text": texts.shorten(words, CELL),
            "sub": texts.shorten((sub or "").strip(), CELL),
            "level": level or "",
            "badges": list(badges),
        }

    @api.model
    def _day(self, day):
        return format_date(self.env, day) if day else ""

    @api.model
    def _moment(self, at, company):
        if not at:
            return ""
        tz = company.hotline_tz
        return format_datetime(self.env, at, tz=tz, dt_format="dd.MM.yyyy HH:mm")

    @api.model
    def _label(self, record, name):
        words = dict(record._fields[name]._description_selection(self.env))
        return words.get(record[name]) or ""

    @api.model
    def _case_number(self, case):
        return case.number if case.number != "/" else self.env._("Draft")


class ResPartner(models.Model):
    """The door to the printed dossier."""

    _inherit = "res.partner"

    def action_print_dossier(self, filters=None):
        """Return the action that prints the dossier as `filters` show it."""
        self.ensure_one()
        self.env["hotline.dossier"]._partner(self.id)
        report = self.env.ref("gov_hotline.action_report_dossier")
        action = report.report_action(self)
        action["context"] = {"hotline_dossier": self.env["hotline.dossier"]._clean(filters)}
        return action

    def _dossier_title(self):
        """Return the name of the printed file."""
        today = fields.Date.to_string(self.env.company._hotline_today())
        return self.env._("Dossier %(number)s of %(day)s", number=self.id, day=today)

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..domain import periods, small_numbers

DECIDERS = ("supervisor", "administrator")
STATES = [
    ("draft", "Not counted"),
    ("counted", "To be looked at"),
    ("published", "Published"),
    ("withdrawn", "Withdrawn"),
]
NOWHERE = "-"  # key of what has no topic or no district


class HotlineStatistics(models.Model):
    """Public statistics of a quarter by topic and district, small numbers hidden (X6).

    Quarters do not overlap and a quarter that was published is never counted anew: a second table
    over the same appeals would tell by subtraction what the first one hides.
    """

    _name = "hotline.statistics"
    _inherit = "hotline.report.step"
    _description = "Public statistics of a quarter"
    _order = "year desc, quarter desc"
    _makers = DECIDERS
    _set_by_act = frozenset({"state", "table", "counted_at", "published_at", "published_by_id"})
    _editable = None

    company_id = fields.Many2one(
        "res.company",
        string="Body",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    year = fields.Integer(required=True, default=lambda self: self._last_quarter()[0])
    quarter = fields.Selection(
        [("1", "I"), ("2", "II"), ("3", "III"), ("4", "IV")],
        required=True,
        default=lambda self: self._last_quarter()[1],
    )
    state = fields.Selection(STATES, required=True, default="draft", readonly=True)
    table = fields.Json(string="Numbers", readonly=True)
    table_html = fields.Html(compute="_compute_table_html", sanitize=False, string="Table")
    is_public_on = fields.Boolean(related="company_id.hotline_public_statistics")
    total = fields.Integer(compute="_compute_total", string="Appeals")
    counted_at = fields.Datetime(string="Counted on", readonly=True)
    published_at = fields.Datetime(string="Published on", readonly=True)
    published_by_id = fields.Many2one("res.users", string="Published by", readonly=True)

    _quarter_uniq = models.Constraint(
        "UNIQUE (company_id, year, quarter)", "This quarter is in the list already."
    )

    @api.model
    def _last_quarter(self):
        """Return (year, quarter) of the last quarter that has ended."""
        first, _last = periods.last_ended("quarter", self.env.company._hotline_today())
        return first.year, str((first.month + 2) // 3)

    @api.constrains("year")
    def _check_year(self):
        if any(not 2000 <= one.year <= 2100 for one in self):
            raise ValidationError(self.env._("Enter the year with four digits."))

    @api.depends("year", "quarter")
    def _compute_display_name(self):
        names = dict(self._fields["quarter"]._description_selection(self.env))
        for one in self:
            one.display_name = self.env._(
                "%(quarter)s quarter of %(year)s",
                quarter=names.get(one.quarter, ""),
                year=str(one.year),
            )

    @api.depends("table")
    def _compute_total(self):
        for one in self:
            one.total = (one.table or {}).get("total", 0)

    @api.depends("table")
    @api.depends_context("lang")
    def _compute_table_html(self):
        for one in self:
            one.table_html = one.table and self.env["ir.qweb"]._render(
                "gov_hotline_reports.statistics_table", {"table": one.table}
            )

    # Acts

    def action_count(self):
        """Count the quarter and hide what is small; nobody outside sees it yet."""
        self._require("draft", "counted")
        if self._days()[1] >= self.company_id._hotline_today():
            raise UserError(self.env._("The quarter has not ended: it is counted afterwards."))
        table = self._count()
        if not table:
            raise UserError(
                self.env._("Fewer than five appeals in the quarter: there is nothing to publish.")
            )
        self._write_by_act(
            {"state": "counted", "table": table, "counted_at": fields.Datetime.now()}
        )

    def action_publish(self):
        """Show the table to everybody; from then on it is never counted anew."""
        self._require("counted", "withdrawn")
        vals = {"published_at": fields.Datetime.now(), "published_by_id": self.env.uid}
        self._write_by_act({"state": "published", **vals})
        self.env["hotline.journal"]._append("statistics_published", self, appeals=self.total)

    def action_withdraw(self):
        """Take the table off the site; it may be shown again as it was."""
        self._require("published")
        self._write_by_act({"state": "withdrawn"})
        self.env["hotline.journal"]._append("statistics_withdrawn", self)

    # The count

    def _days(self):
        """Return the first and the last day of the quarter."""
        return periods.containing("quarter", date(self.year, 3 * int(self.quarter) - 2, 1))

    def _count(self):
        """Return the public table as JSON, None where there is too little to publish."""
        counts, names = {}, {}
        for topic, topic_name, district, district_name, count in self._counts():
            counts[topic, district] = count
            names[topic, district] = (topic_name, district_name)
        public = small_numbers.protect(counts)
        return public and self._as_json(public, names)

    def _counts(self):
        """Return rows (topic's key and name, district's key and name, appeals), by name.

        Registered appeals and messages of the quarter; the theme of the classifier (level 2); the
        district that the object stands in.
        """
        self.env.flush_all()
        first, last = self._days()
        query = SQL(
            """SELECT COALESCE(theme.code, %(nowhere)s), theme.name,
                      COALESCE(district.id::varchar, %(nowhere)s), district.name, count(*)
                 FROM helpdesk_ticket t
                 LEFT JOIN hotline_topic topic ON topic.id = t.topic_id
                 LEFT JOIN hotline_topic theme ON theme.id = COALESCE(
                     NULLIF(split_part(topic.parent_path, '/', 2), '')::integer, topic.id)
                 LEFT JOIN hotline_territory place ON place.id = t.territory_id
                 LEFT JOIN LATERAL (
                     SELECT a.id, a.name FROM hotline_territory a
                      WHERE starts_with(place.parent_path, a.parent_path)
                      ORDER BY (a.kind = 'district') DESC, length(a.parent_path) LIMIT 1
                 ) district ON TRUE
                WHERE t.company_id = %(company)s AND t.active
                  AND t.state NOT IN ('draft', 'converted') AND t.kind <> 'tech_support'
                  AND t.registered_on BETWEEN %(first)s AND %(last)s
                GROUP BY theme.code, theme.name, district.id, district.name
                ORDER BY theme.code NULLS LAST, district.name NULLS LAST""",
            nowhere=NOWHERE,
            company=self.company_id.id,
            first=first,
            last=last,
        )
        return self.env.execute_query(query)

    def _as_json(self, public, names):
        topics = {topic: name for (topic, _district), (name, _other) in names.items()}
        districts = {district: name for (_topic, district), (_other, name) in names.items()}
        return {
            "topics": [
                {"code": key, "name": self._row_name(key, topics, public), "total": total}
                for key, total in public.rows.items()
            ],
            "districts": [
                {"name": self._column_name(key, districts, public), "total": total}
                for key, total in public.columns.items()
            ],
            "cells": [
                [public.cells[row, column] for column in public.columns] for row in public.rows
            ],
            "total": public.total,
        }

    def _row_name(self, key, names, public):
        """Names are kept in the table: what was published does not change with the directory.

        Where all are joined into one, it is no rest.
        """
        env = self.with_context(lang=self.company_id._hotline_lang()).env
        if key == small_numbers.REST:
            return env._("Other topics") if len(public.rows) > 1 else env._("All topics")
        return env._("No topic") if key == NOWHERE else names[key]

    def _column_name(self, key, names, public):
        env = self.with_context(lang=self.company_id._hotline_lang()).env
        if key == small_numbers.REST:
            is_rest = len(public.columns) > 1
            return env._("Other territories") if is_rest else env._("All territories")
        return env._("No territory") if key == NOWHERE else names[key]

    # For everybody

    @api.model
    def _published(self, company):
        """Return the published quarters of `company`, newest first; none where it is off."""
        if not company.sudo().hotline_public_statistics:  # sudo: asked for by visitors
            return self.browse()
        # sudo: visitors have no rights; what is published is everybody's
        return self.sudo().search([("company_id", "=", company.id), ("state", "=", "published")])

    def _public_key(self):
        """Return how the quarter stands in an address: 2026-3."""
        return f"{self.year}-{self.quarter}"

    # Guards

    def _check_editable(self, names):  # pylint: disable=missing-return
        super()._check_editable(names)
        if any(one.state != "draft" for one in self):
            raise UserError(self.env._("The quarter was counted already: make another one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if any(one.state in ("published", "withdrawn") for one in self):
            raise UserError(
                self.env._("A quarter that was published is kept: counted anew it would tell more.")
            )

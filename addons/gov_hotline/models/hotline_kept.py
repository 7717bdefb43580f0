from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import retention
from .hotline_hold import HOLDERS

# Beside the names of what ends: what else may keep it, by the columns of `_kept_rows`.
FREE = SQL(
    "s.is_ended AND NOT (s.is_held OR s.has_open_task OR s.is_named OR s.has_account"
    " OR s.has_open_account)"
)
# What keeps a row of few kinds only.
SELDOM = ("task", "named", "account", "open_account")


class Row(NamedTuple):
    """A record with a term of storage of its own, as the act looks at it."""

    id: int
    company_id: int
    number: str
    begun: object
    ended: object
    is_ended: bool
    is_held: bool
    has_open_task: bool
    is_named: bool
    has_account: bool
    has_open_account: bool


class HotlineKept(models.AbstractModel):
    """What is kept beside the cases and destroyed by the same act after a term of its own.

    A model says its kind (`_kept_kind`) and how its rows are looked at (`_kept_columns`).
    """

    _name = "hotline.kept"
    _description = "Record with a term of storage of its own"
    _kept_kind = ""
    _kept_person = SQL("t.partner_id")  # whose mark «Do not destroy» keeps it too

    kept_text = fields.Char(string="Storage", compute="_compute_kept_text")
    has_hold = fields.Boolean(string="Not to be destroyed", compute="_compute_kept_text")

    def _compute_kept_text(self):
        """The last day of storage by the edition in force, and its article."""
        rows = {row.id: row for row in self._kept_found()}
        for one in self:
            row = rows.get(one.id)
            term = row and self._kept_term(row)
            one.has_hold = bool(row and row.is_held)
            one.kept_text = term and self.env._(
                "until %(day)s (%(article)s)",
                day=retention.kept_until(row.ended, term.years).strftime("%d.%m.%Y"),
                article=term.article,
            )

    def action_place_hold(self):
        """Open the window that asks why the record is not to be destroyed."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role(*HOLDERS)
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Do not destroy"),
            "res_model": "hotline.hold",
            "views": [(self.env.ref("gov_hotline.hotline_hold_view_dialog").id, "form")],
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }

    def _kept_name(self):
        """Return what stands in the act: never a name of a person."""
        return next((row.number for row in self._kept_found()), "")

    def _kept_people(self):
        """Return the citizen it names."""
        return self.partner_id.filtered(lambda card: card.hotline_kind == "citizen")

    def _reasons_to_keep(self):
        """Return why the record may not be destroyed today, as the system."""
        row = next(iter(self._kept_found()), None)
        if row is None:
            return (retention.NOT_CLOSED,)  # it belongs to a case by now
        term = self._kept_term(row)
        facts = retention.Facts(
            is_closed=row.is_ended,
            closed_on=row.ended,
            years=term.years if term else None,
            is_held=row.is_held,
            has_open_task=row.has_open_task,
            is_named=row.is_named,
            has_account=row.has_account,
            has_open_account=row.has_open_account,
        )
        body = self.env["res.company"].browse(row.company_id)
        return retention.reasons_to_keep(facts, body._hotline_today())

    def _kept_term(self, row):
        body = self.env["res.company"].browse(row.company_id)
        return self.env["hotline.retention"]._for(body, self._kept_kind, row.ended.year)

    def _kept_found(self):
        """Return the rows of these records alone."""
        if not self.ids:
            return []
        self.env.flush_all()
        company = self.env.company
        query = SQL("%s AND t.id IN %s", self._kept_rows(company), tuple(self.ids))
        return [Row(*row) for row in self.env.execute_query(query)]

    @api.model
    def _kept_rows(self, company):
        """Return the SELECT of Row over what belongs to no case and to `company`, or to none."""
        columns = self._kept_columns(company)
        return SQL(
            """
            SELECT t.id, COALESCE(t.company_id, %(company)s) AS company_id, %(number)s AS number,
                   %(begun)s AS begun, %(ended)s AS ended, %(is_ended)s AS is_ended,
                   %(held)s AS is_held, %(task)s AS has_open_task, %(named)s AS is_named,
                   %(account)s AS has_account, %(open_account)s AS has_open_account
              FROM %(table)s t
             WHERE (t.company_id = %(company)s OR t.company_id IS NULL) AND %(where)s
            """,
            **{**dict.fromkeys(SELDOM, SQL("FALSE")), **columns},
            company=company.id,
            held=self._kept_held(),
            table=SQL.identifier(self._table),
        )

    @api.model
    def _kept_columns(self, company):
        """Return {name: SQL} of number, begun, ended, is_ended, where and of what keeps it.

        The table is `t`; days are the body's dates.
        """
        raise NotImplementedError

    @api.model
    def _kept_held(self):
        return SQL(
            """EXISTS (SELECT FROM hotline_hold h WHERE h.lifted_on IS NULL
                  AND ((h.res_model = %s AND h.res_id = t.id)
                       OR (h.res_model = 'res.partner' AND h.res_id = %s)))""",
            self._name,
            self._kept_person,
        )

    @api.model
    def _kept_day(self, column, company):
        """Return the body's date of a moment, as SQL."""
        return SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
            SQL.identifier("t", column),
            company.hotline_tz,
        )

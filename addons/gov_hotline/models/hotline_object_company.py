from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..domain import addresses
from .hidden_table import READERS


class HotlineObjectCompany(models.Model):
    """Which company answers for what work at an object and its parts, from when to when."""

    _name = "hotline.object.company"
    _description = "Company responsible for an object"
    _order = "object_id, valid_from desc, id desc"
    _rec_name = "partner_id"

    object_id = fields.Many2one("hotline.object", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner",
        string="Responsible company",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('hotline_kind', 'in', ('agency', 'organisation'))]",
    )
    work_kind_id = fields.Many2one(
        "hotline.work.kind", string="For what work", ondelete="restrict", help="Empty: for all."
    )
    valid_from = fields.Date()
    valid_to = fields.Date()

    @api.constrains("valid_from", "valid_to", "object_id", "work_kind_id")
    def _check_dates(self):
        for one in self:
            if one.valid_from and one.valid_to and one.valid_to < one.valid_from:
                raise ValidationError(self.env._("The last day is before the first one."))
            if one._overlapping():
                raise ValidationError(
                    self.env._(
                        "Another company answers for this work on these days already. End its "
                        "term first."
                    )
                )

    def _overlapping(self):
        others = self.search(
            [
                ("object_id", "=", self.object_id.id),
                ("work_kind_id", "=", self.work_kind_id.id),
                ("id", "!=", self.id),
            ]
        )
        first, last = self.valid_from or fields.Date.to_date("0001-01-01"), self.valid_to
        return others.filtered(
            lambda one: (
                (not one.valid_to or one.valid_to >= first)
                and (not last or not one.valid_from or one.valid_from <= last)
            )
        )


class HotlineObject(models.Model):
    """Who answers for an object: the nearest company above it."""

    _inherit = "hotline.object"

    responsible_id = fields.Many2one(
        "res.partner", string="Managed by", compute="_compute_responsible_id"
    )
    answering_ids = fields.Many2many(
        "hotline.object.company",
        string="Who answers today",
        compute="_compute_answering_ids",
        groups=READERS,
    )

    @api.depends("company_ids", "parent_path")
    def _compute_responsible_id(self):
        found = self._responsible(self.env["hotline.work.kind"], self.env.company._hotline_today())
        for one in self:
            one.responsible_id = found.get(one.id)

    @api.depends("company_ids", "parent_path")
    def _compute_answering_ids(self):
        """Who answers today for each kind of work, named here or above; as `_responsible` chooses.

        A company named for all work stands before whatever is named above it.
        """
        today = self.env.company._hotline_today()
        paths = {one: addresses.above(one.parent_path) for one in self}
        named = self.env["hotline.object.company"].search(
            Domain("object_id", "in", {id_ for path in paths.values() for id_ in path})
            & (Domain("valid_from", "=", False) | Domain("valid_from", "<=", today))
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", today))
        )
        by_place = named.grouped("object_id")
        here = {place.id: rows for place, rows in by_place.items()}
        for one, path in paths.items():
            one.answering_ids = self._nearest([here[id_] for id_ in path if id_ in here])

    @api.model
    def _nearest(self, levels):
        """Return of `levels` (rows named at an object, the nearest first) those that count."""
        found = self.env["hotline.object.company"]
        for rows in levels:
            known = found.work_kind_id.ids
            found |= rows.filtered_domain([("work_kind_id", "not in", known)])
            if not all(row.work_kind_id for row in rows):
                break
        return found.sorted(lambda row: (row.work_kind_id.sequence, row.work_kind_id.id))

    def _responsible(self, work_kind, day):
        """Return {id of object: company} that answers for `work_kind` on `day`; one query.

        The nearest above wins; at one object a company for this very work before one for all.
        Objects for which nobody answers are absent. `work_kind` may be empty: who answers for all.
        """
        paths = {one.id: addresses.above(one.parent_path) for one in self}
        rows = self._companies_of({id_ for path in paths.values() for id_ in path}, work_kind, day)
        found = {}
        for object_id, path in paths.items():
            partner = next((rows[id_] for id_ in path if id_ in rows), None)
            if partner:
                found[object_id] = self.env["res.partner"].browse(partner)
        return found

    def _companies_of(self, ids, work_kind, day):
        """Return {id of object: id of company} named at these very objects."""
        if not ids:
            return {}
        self.env["hotline.object.company"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (object_id) object_id, partner_id
                  FROM hotline_object_company
                 WHERE object_id IN %(ids)s
                   AND (work_kind_id IS NULL OR work_kind_id = %(work)s)
                   AND (valid_from IS NULL OR valid_from <= %(day)s)
                   AND (valid_to IS NULL OR valid_to >= %(day)s)
                 ORDER BY object_id, work_kind_id NULLS LAST, valid_from DESC NULLS LAST, id DESC
                """,
                ids=tuple(ids),
                work=work_kind.id or None,
                day=day,
            )
        )
        return dict(rows)


class HotlineObjectPortal(models.Model):
    """What a company sees at the portal: the objects it answers for today, with their parts."""

    _inherit = "hotline.object"

    is_ours = fields.Boolean(compute="_compute_is_ours", search="_search_is_ours")

    @api.depends_context("uid")
    @api.depends("company_ids", "parent_path")
    def _compute_is_ours(self):
        # sudo: asked by the record rule itself, of whom it concerns
        ours = self.sudo().search([("id", "in", self.ids), ("is_ours", "=", True)])
        for one in self:
            one.is_ours = one._origin in ours

    def _search_is_ours(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain.custom(to_sql=self._ours_sql)
        return found if True in value else ~found

    def _ours_sql(self, model, alias, query):
        """Whether a company of the user's answers today for some work at the object.

        Of those named at the object and above it those count that `_nearest` leaves: none of a
        nearer one is named for the same work or for all.
        """
        self.env["hotline.object.company"].flush_model()
        day = self.env.company._hotline_today()
        path = SQL(
            "string_to_array(rtrim(%s, '/'), '/')::int[]", SQL.identifier(alias, "parent_path")
        )
        return SQL(
            """EXISTS (
            SELECT FROM hotline_object_company named
              JOIN res_partner company ON company.id = named.partner_id
             WHERE named.object_id = ANY(%(path)s)
               AND company.commercial_partner_id = %(ours)s
               AND %(named_today)s
               AND NOT EXISTS (
                   SELECT FROM hotline_object_company nearer
                    WHERE nearer.object_id = ANY(%(path)s)
                      AND array_position(%(path)s, nearer.object_id)
                          > array_position(%(path)s, named.object_id)
                      AND (nearer.work_kind_id IS NULL
                           OR nearer.work_kind_id = named.work_kind_id)
                      AND %(nearer_today)s))""",
            path=path,
            ours=self.env.user.commercial_partner_id.id,
            named_today=_on_day("named", day),
            nearer_today=_on_day("nearer", day),
        )


def _on_day(alias, day):
    """Whether a company is named on `day`."""
    return SQL(
        "(%(first)s IS NULL OR %(first)s <= %(day)s) AND (%(last)s IS NULL OR %(last)s >= %(day)s)",
        first=SQL.identifier(alias, "valid_from"),
        last=SQL.identifier(alias, "valid_to"),
        day=day,
    )

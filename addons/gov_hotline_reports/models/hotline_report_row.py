from babel.dates import format_date

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL, get_lang

TOPICS = [f"topic_{level}_id" for level in range(1, 6)]  # levels of the classifier
ALL = [(1, "=", 1)]


class HotlineReportRow(models.AbstractModel):
    """What every analysis has: body, department, line, topic at each level, place, company.

    A model derived from it is one SQL query, one row a record; `id` is that of the record, and
    `_behind` the field that leads to it. Days and hours are those of the body.
    """

    _name = "hotline.report.row"
    _description = "Row of an analysis"
    _behind = ""

    company_id = fields.Many2one("res.company", string="Body", readonly=True)
    team_id = fields.Many2one("helpdesk.ticket.team", string="Department", readonly=True)
    line_id = fields.Many2one("hotline.line", readonly=True)
    topic_id = fields.Many2one("hotline.topic", readonly=True)
    topic_1_id = fields.Many2one("hotline.topic", string="Topic, level 1", readonly=True)
    topic_2_id = fields.Many2one("hotline.topic", string="Topic, level 2", readonly=True)
    topic_3_id = fields.Many2one("hotline.topic", string="Topic, level 3", readonly=True)
    topic_4_id = fields.Many2one("hotline.topic", string="Topic, level 4", readonly=True)
    topic_5_id = fields.Many2one("hotline.topic", string="Topic, level 5", readonly=True)
    territory_id = fields.Many2one("hotline.territory", readonly=True)
    district_id = fields.Many2one("hotline.territory", readonly=True)
    object_id = fields.Many2one("hotline.object", readonly=True)
    responsible_id = fields.Many2one("res.partner", string="Responsible company", readonly=True)
    hour = fields.Char(readonly=True)

    def _compute_display_name(self):
        for row in self:
            # sudo: of the rows one may read, also by a company that does not see the record
            row.display_name = self._told_name(row.sudo()[self._behind])

    def _told_name(self, record):
        """Return the name of what is counted; outside the body, never the words of a citizen."""
        return record.display_name if self.env.user._is_internal() else ""

    # SQL

    def _place_select(self, day):
        """Return topics by level and places, of the joins below; `day`: who answered for it then.

        What a question does not ask for, PostgreSQL does not count: these are plain expressions.
        """
        return SQL(
            """%(levels)s, place.territory_id, place.id AS object_id, district.district_id,
            (SELECT named.partner_id FROM hotline_object_company named
               JOIN hotline_object above ON above.id = named.object_id
              WHERE named.work_kind_id IS NULL
                AND above.id = ANY(string_to_array(rtrim(place.parent_path, '/'), '/')::integer[])
                AND (named.valid_from IS NULL OR named.valid_from <= %(day)s)
                AND (named.valid_to IS NULL OR named.valid_to >= %(day)s)
              ORDER BY length(above.parent_path) DESC, named.valid_from DESC NULLS LAST,
                       named.id DESC LIMIT 1) AS responsible_id""",
            levels=SQL(", ").join(SQL.identifier("topic", name) for name in TOPICS),
            day=day,
        )

    def _place_joins(self, topic, place):
        """Return the joins that `_place_select` reads; `topic` and `place`: columns of the row.

        The levels are told once a topic, the district (the nearest above, or itself) once a
        territory; DISTINCT says that there is one, so that what is not asked for is not joined.
        """
        levels = [
            SQL(
                "NULLIF(split_part(one.parent_path, '/', %s), '')::integer AS %s",
                *(level, SQL.identifier(name)),
            )
            for level, name in enumerate(TOPICS, 1)
        ]
        return SQL(
            """LEFT JOIN (
                SELECT DISTINCT ON (one.id) one.id, %s FROM hotline_topic one
            ) topic ON topic.id = %s
            LEFT JOIN hotline_object place ON place.id = %s
            LEFT JOIN (
                SELECT DISTINCT ON (area.id) area.id, above.id AS district_id
                  FROM hotline_territory area
                 CROSS JOIN unnest(string_to_array(rtrim(area.parent_path, '/'), '/')::integer[])
                       WITH ORDINALITY AS step (id, depth)
                  JOIN hotline_territory above ON above.id = step.id AND above.kind = 'district'
                 ORDER BY area.id, step.depth DESC
            ) district ON district.id = place.territory_id""",
            *(SQL(", ").join(levels), topic, place),
        )

    def _bodies_join(self, company):
        """Return the join with `today` (company_id, day, tz): bodies live in different zones."""
        return SQL(
            "JOIN (VALUES %s) AS today (company_id, day, tz) ON today.company_id = %s",
            *(self._today_values(), company),
        )

    def _today_values(self):
        # sudo: the dates of all bodies; which rows a user sees is the record rule's matter
        companies = (
            self.env["res.company"].sudo().with_context(active_test=False).search(Domain.TRUE)
        )
        return SQL(", ").join(
            SQL("(%s, %s::date, %s)", one.id, one._hotline_today(), one.hotline_tz or "UTC")
            for one in companies
        )

    def _local(self, moment):
        """Return a naive UTC column as the body's own time."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE today.tz)", moment)

    def _hour(self, moment):
        return SQL("to_char(%s, 'HH24:00')", self._local(moment))

    # Screens

    def action_open_behind(self):
        """Open the record itself, by the rights of the user."""
        self.ensure_one()
        return self[self._behind].get_formview_action()

    def _seen_as(self):
        """Whoever exports rows exports what they were counted from: it is noted so."""
        return self[self._behind]._seen_as()

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        """Name months by themselves: «ноябрь 2026», where Odoo writes «ноября 2026»."""
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        if not groupby_spec.endswith(":month"):
            return formatter
        locale = get_lang(self.env).code

        def month_formatter(value):
            group, domain = formatter(value)
            if group:
                group = (group[0], format_date(value, "LLLL y", locale=locale))
            return group, domain

        return month_formatter

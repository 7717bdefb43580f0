from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ..domain import periods
from .hotline_report_figures import TOP

DISTRICTS = 8
WEEKS = 4
TOPIC = "topic_2_id"


class HotlineReportDashboard(models.AbstractModel):
    """Tables with shades: topics down, districts or weeks across, what is not shown as one.

    Each line and column ends with its total, so that the table adds up to the tile beside it.
    """

    _inherit = "hotline.report.dashboard"

    @api.model
    def _topics_by_district(self, days):
        domain = self._between(days).received
        groups = self._counted(domain, "district_id")
        heads = sorted(groups[1], key=lambda one: (-groups[1][one], one.id))
        columns = [
            # sudo: the name of a district
            (one.sudo().name or self.env._("Not stated"), Domain("district_id", "=", one.id), {one})
            for one in heads[:DISTRICTS]
        ]
        if rest := heads[DISTRICTS:]:
            other = Domain("district_id", "not in", [one.id for one in heads[:DISTRICTS]])
            columns.append((self.env._("Others"), other, set(rest)))
        return self._matrix(self.env._("Topics by territory"), domain, groups, columns)

    @api.model
    def _topics_by_week(self):
        """Return the top ten topics of the last weeks, week by week; one without appeals too."""
        today = self.env.company._hotline_today()
        first = periods.containing("week", today - timedelta(weeks=WEEKS - 1))[0]
        domain = self._between((first, today)).received
        mondays = [first + timedelta(weeks=n) for n in range(WEEKS)]
        columns = [
            (
                day.strftime("%d.%m"),
                self._between((day, day + timedelta(days=6))).within("received_on"),
                {day},
            )
            for day in mondays
        ]
        groups = self._counted(domain, "received_on:day")
        return self._matrix(self.env._("Top ten topics by week"), domain, groups, columns)

    @api.model
    def _counted(self, domain, by):
        """Return ({(topic, column): count}, {column: count}, {topic: count}).

        Days are counted as their Monday: which day a week of the database begins with, the
        language of the reader says.
        """
        groups = self.env["hotline.report.case"]._read_group(domain, [TOPIC, by], ["__count"])
        cells, columns, topics = {}, {}, {}
        for topic, column, count in groups:
            key = periods.containing("week", column)[0] if by.endswith(":day") else column
            cells[topic, key] = cells.get((topic, key), 0) + count
            columns[key] = columns.get(key, 0) + count
            topics[topic] = topics.get(topic, 0) + count
        return cells, columns, topics

    @api.model
    def _matrix(self, name, domain, groups, columns):
        """Return {name, columns, rows: [{name, cells: [{value, drill, total}]}], most}.

        `columns`: (name, domain, keys that it sums up), of all keys there are.
        """
        cells, _by_column, topics = groups
        order = sorted(topics, key=lambda topic: (-topics[topic], topic.id))
        rows = [
            # sudo: the name of a topic
            (one.sudo().name or self.env._("Not stated"), Domain(TOPIC, "=", one.id), {one})
            for one in order[:TOP]
        ]
        if rest := order[TOP:]:
            other = Domain(TOPIC, "not in", [one.id for one in order[:TOP]])
            rows.append((self.env._("Others"), other, set(rest)))
        whole = (self.env._("In all"), Domain.TRUE, None)
        told = [
            {
                "name": row[0],
                "cells": [self._cell(domain, cells, row, column) for column in [*columns, whole]],
            }
            for row in ([*rows, whole] if rows else [])
        ]
        single = [n for row in told for n in (c["value"] for c in row["cells"] if not c["total"])]
        return {
            "name": name,
            "columns": [column[0] for column in [*columns, whole]],
            "rows": told,
            "most": max(single, default=1),
        }

    @api.model
    def _cell(self, domain, cells, row, column):
        """Return a cell; keys of None are all of them."""
        value = sum(
            count
            for (topic, key), count in cells.items()
            if (row[2] is None or topic in row[2]) and (column[2] is None or key in column[2])
        )
        drill = ["hotline.report.case", list(domain & row[1] & column[1])]
        return {"value": value, "drill": drill, "total": row[2] is None or column[2] is None}

from odoo import api, models

from .hotline_report_figures import TOP

GROWTH = 1.2  # a topic that grew by a fifth is told of
FEW = 5  # fewer are chance


class HotlineReportFigures(models.AbstractModel):
    """What the figures of a period say in words: problems and achievements."""

    _inherit = "hotline.report.figures"

    @api.model
    def _highlights(self, numbers, rows):
        """Return {problems, achievements}: sentences that the figures themselves say.

        `numbers`: {code: now}; `rows`: those of the tables, all of them: who stands last in a table
        by number may be the first to be named. The gravest first, at most TOP of each kind.
        """
        more, fewer = self._topics_in_words(self._named_rows(rows["topics"]))
        late, kept = self._agencies_in_words(self._named_rows(rows["agencies"]))
        bad, good = [*more, *late], [*fewer, *kept]
        if numbers["overdue"]:
            bad.insert(0, self.env._("Overdue appeals: %(count)s", count=numbers["overdue"]))
        if numbers["thanks"]:
            good.insert(0, self.env._("Thanks received: %(count)s", count=numbers["thanks"]))
        return {"problems": bad, "achievements": good}

    @api.model
    def _topics_in_words(self, rows):
        more, fewer = [], []
        for row in sorted(rows, key=lambda one: -abs(one["values"][0] - one["values"][1])):
            now, before, _year = row["values"]
            words = {"name": row["name"], "now": now, "before": before}
            if now >= FEW and now >= before * GROWTH:
                more.append(self.env._("%(name)s: more appeals, %(now)s, was %(before)s", **words))
            elif before >= FEW and now * GROWTH <= before:
                fewer.append(
                    self.env._("%(name)s: fewer appeals, %(now)s, was %(before)s", **words)
                )
        return more[:TOP], fewer[:TOP]

    @api.model
    def _agencies_in_words(self, rows):
        late, kept = [], []
        for row in sorted(rows, key=lambda one: -one["more"][1] - one["more"][2]):
            in_time, was_late, overdue = row["more"]
            words = {"name": row["name"], "count": row["values"][0], "late": was_late + overdue}
            words["in_time"] = in_time
            if was_late + overdue:
                late.append(self.env._("%(name)s: %(late)s of %(count)s not in time", **words))
            elif in_time >= FEW:  # what is still under way is no merit
                kept.append(self.env._("%(name)s: %(in_time)s answered, all in time", **words))
        return late[:TOP], kept[:TOP]

    @api.model
    def _named_rows(self, rows):
        """Return the rows of one topic or agency each: of what is not stated nothing is said."""
        return [row for row in rows if row["is_named"]]

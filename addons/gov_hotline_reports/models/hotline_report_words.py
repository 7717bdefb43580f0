from odoo import api, models

GROWTH = 1.2  # a topic that grew by a fifth is told of
FEW = 5  # fewer are chance


class HotlineReportFigures(models.AbstractModel):
    """What the figures of a period say in words: problems and achievements."""

    _inherit = "hotline.report.figures"

    @api.model
    def _highlights(self, figures):
        """Return {problems, achievements}: sentences that the figures themselves say."""
        tables = {table["code"]: table for table in figures["tables"]}
        bad, good = [], []
        for row in self._named_rows(tables["topics"]):
            now, before, _year = row["values"]
            words = {"name": row["name"], "now": now, "before": before}
            if now >= FEW and now >= before * GROWTH:
                bad.append(self.env._("%(name)s: more appeals, %(now)s, was %(before)s", **words))
            elif before >= FEW and now * GROWTH <= before:
                good.append(self.env._("%(name)s: fewer appeals, %(now)s, was %(before)s", **words))
        for row in self._named_rows(tables["agencies"]):
            in_time, late, overdue = row["more"]
            words = {"name": row["name"], "count": row["values"][0], "late": late + overdue}
            words["in_time"] = in_time
            if late + overdue:
                bad.append(self.env._("%(name)s: %(late)s of %(count)s not in time", **words))
            elif in_time >= FEW:  # what is still under way is no merit
                good.append(self.env._("%(name)s: %(in_time)s answered, all in time", **words))
        numbers = {one["code"]: one["values"][0] for one in figures["numbers"]}
        if numbers["overdue"]:
            bad.insert(0, self.env._("Overdue appeals: %(count)s", count=numbers["overdue"]))
        if numbers["thanks"]:
            good.insert(0, self.env._("Thanks received: %(count)s", count=numbers["thanks"]))
        return {"problems": bad, "achievements": good}

    @api.model
    def _named_rows(self, table):
        """Return the rows of one topic or agency each: of what is not stated nothing is said."""
        return [row for row in table["rows"] if row["is_named"]]

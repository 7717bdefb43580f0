import json
from datetime import date

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

TAKEN = "pivot_taken"
HIDDEN = "…"


class HotlineReportDownload(models.AbstractModel):
    """Tables of pivots that are carried off as files: who may, and the line in the journal."""

    _name = "hotline.report.download"
    _description = "Download of a table"

    @api.model
    def _note_pivot(self, told):
        """Check the right to export and note it; `told`: the table as the browser sends it."""
        if (told or {}).get("model") not in self.env:
            raise UserError(self.env._("There is no such table."))
        rows = self.env[told["model"]]
        rows.check_access("read")
        rows._check_may_export()
        self.env["hotline.journal"]._append(
            TAKEN,
            self.env.company,
            analysis=rows._name,
            measures=[name for name in told.get("measures", []) if name in rows._fields],
            conditions=self._conditions(rows, told.get("domain", [])),
        )

    @api.model
    def _conditions(self, rows, domain):
        """Return what the table was narrowed down to: ids, dates and codes; typed words are not."""
        return [
            [one.field_expr, one.operator, self._shown(rows, one.field_expr, one.value)]
            for one in Domain(domain).iter_conditions()
        ]

    @api.model
    def _shown(self, rows, path, value):
        if not isinstance(value, str) and hasattr(value, "__iter__"):
            return [self._shown(rows, path, one) for one in value]
        if isinstance(value, (bool, int, float)) or value is None:
            return value
        if isinstance(value, date):
            return value.isoformat()
        kind = getattr(rows._fields.get(path.partition(".")[0]), "type", "")
        return value if kind in ("date", "datetime", "selection") else HIDDEN


class HotlineJournal(models.Model):
    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {**super()._event_words(), TAKEN: self.env._("Table of a pivot downloaded")}

    def _payload_words(self):
        """Tell of a table what it was of, by the names that its fields have on the screen."""
        told = super()._payload_words()
        if self.event != TAKEN:
            return told
        payload = json.loads(self.payload)
        rows = self.env.get(payload["analysis"])
        if rows is None:
            return told
        table = self.env["ir.model"]._get(rows._name).sudo().name  # sudo: its name
        names = rows.fields_get(attributes=["string"])
        measures = [names[one]["string"] for one in payload["measures"] if one in names]
        narrowed = {path.partition(".")[0]: None for path, *_rest in payload["conditions"]}
        chosen = [names[one]["string"] for one in narrowed if one in names]
        return self.env._(
            "%(table)s; measures: %(measures)s; narrowed down by: %(chosen)s",
            table=table,
            measures=", ".join(measures) or "—",
            chosen=", ".join(chosen) or "—",
        )

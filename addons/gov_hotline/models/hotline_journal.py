import hashlib
import json

from odoo import api, fields, models

from . import journal_sql


class HotlineJournal(models.Model):
    """Legally significant acts, appended in their transaction, never changed.

    A line holds ids and digests, no names and no foreign keys: it outlives what it tells of.
    """

    _name = "hotline.journal"
    _description = "Journal line"
    _order = "id desc"
    _log_access = False
    _rec_name = "event"

    at = fields.Datetime(required=True, readonly=True, index=True)
    company_ref = fields.Integer(readonly=True)
    user_ref = fields.Integer(readonly=True)
    model = fields.Char(required=True, readonly=True)
    res_ref = fields.Integer(required=True, readonly=True)
    event = fields.Char(required=True, readonly=True)
    payload = fields.Text(readonly=True, help="Canonical JSON: sorted keys, no spaces, UTF-8.")
    digest = fields.Char(readonly=True, help="SHA-256 of the canonical line.")

    _record_idx = models.Index("(model, res_ref, id)")

    def init(self):
        """Refuse every change of a written line, whoever asks (rule: append-only)."""
        journal_sql.refuse_changes(self.env.cr, self._table)

    @api.model
    def _append(self, event, record, **payload):
        """Append one line about `record`; `payload` holds ids, dates and digests, no names."""
        record.ensure_one()
        return self._append_many(event, [(record, payload)])

    @api.model
    def _append_many(self, event, told):
        """Append a line for each (record, payload) of `told`: many of one act at once."""
        return self._append_lines([(event, record, payload) for record, payload in told])

    @api.model
    def _append_lines(self, told):
        """Append a line for each (event, record, payload) of `told`, in their order."""
        if not told:
            return self.sudo()  # sudo: as what is made below
        at = fields.Datetime.now()
        lines = [self._prepare_line(event, at, record, vals) for event, record, vals in told]
        self.env["hotline.journal.seal"]._wake_sealer()
        # sudo: every role leaves its trace, none may write the journal otherwise
        return self.sudo().browse(journal_sql.append(self.env.cr, lines))

    @api.model
    def _prepare_line(self, event, at, record, payload):
        line = {
            "at": at,
            "company_ref": self._body_of(record).id or 0,
            "user_ref": self.env.uid,
            "model": record._name,
            "res_ref": record.id,
            "event": event,
            "payload": self._canonical(payload),
        }
        return {**line, "digest": hashlib.sha256(self._canonical(line).encode()).hexdigest()}

    @api.model
    def _body_of(self, record):
        return record.company_id if "company_id" in record else self.env.company

    @api.model
    def _canonical(self, values):
        return json.dumps(
            values, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
        )

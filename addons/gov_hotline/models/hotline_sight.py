from odoo import api, fields, models
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import SQL

from . import journal_sql

PAUSE = "10 minutes"  # the same look of the same person within it makes no second line
SEEN = {
    *("helpdesk.ticket", "res.partner", "hotline.account", "hotline.call", "hotline.reception"),
    *("hotline.external.case", "hotline.register.run", "hotline.task"),
}
KINDS = [
    ("opened", "Opened"),
    ("exported", "Exported to a file"),
    ("printed", "Printed"),
    ("downloaded", "A file downloaded"),
    ("revealed", "Hidden telephone or document shown"),
    ("alarm", "Telephone and address shown by an alarm"),
    ("listened", "Talk listened in to"),
    ("played", "Recording of a talk heard"),
    ("read", "Transcript of a talk read"),
    ("listed", "Grouped a list by hidden data"),
    ("status", "Status looked up for a caller"),
    ("refused", "Status asked for, the data did not agree"),
]


class HotlineSight(models.Model):
    """Who saw which citizen's card or case: appended, never changed, no names, no foreign keys."""

    _name = "hotline.sight"
    _description = "Look at a card"
    _order = "id desc"
    _log_access = False
    _rec_name = "kind"

    at = fields.Datetime(string="When", required=True, readonly=True, index=True)
    kind = fields.Selection(KINDS, string="What was done", required=True, readonly=True)
    model = fields.Char(required=True, readonly=True)
    res_ref = fields.Integer(required=True, readonly=True)
    user_ref = fields.Integer(required=True, readonly=True)
    company_ref = fields.Integer(readonly=True)
    ip = fields.Char(string="From the address", readonly=True)
    amiss = fields.Char(readonly=True, help="Questions of the status that failed, by their codes.")

    _record_idx = models.Index("(model, res_ref, user_ref, at)")
    _user_idx = models.Index("(user_ref, id)")

    def init(self):
        """Refuse every change of a written line, whoever asks (rule: append-only)."""
        journal_sql.refuse_changes(self.env.cr, self._table)

    @api.model
    def _note(self, records, kind, outside=False):
        """Note that the current user saw `records`, cases or citizens, by one statement.

        Once in a transaction, and not again within PAUSE. What the system reads is nobody's look;
        a citizen at the own page is not staff. `outside`: an executor with a portal account.
        """
        user = self.env.user
        if records._name not in SEEN or not records.ids or not (outside or user._is_internal()):
            return
        noted = self.env.cr.cache.setdefault("hotline_sight", set())
        new = {(records._name, res_id, user.id, kind) for res_id in records.ids} - noted
        if new:
            noted |= new
            self._insert(records._name, [one[1] for one in new], kind)

    @api.model
    def _note_list(self, model):
        """Note that a list of `model` was grouped by what only a card shows: no single record."""
        key = (model, 0, self.env.uid, "listed")
        noted = self.env.cr.cache.setdefault("hotline_sight", set())
        if key in noted:
            return
        noted.add(key)
        self._execute(
            SQL(
                "INSERT INTO hotline_sight (at, kind, model, res_ref, user_ref, company_ref, ip)"
                " VALUES (date_trunc('second', now() AT TIME ZONE 'UTC'), 'listed',"
                " %s, 0, %s, %s, %s)",
                *(model, self.env.uid, self.env.company.id, self._address()),
            )
        )

    @api.model
    def _note_refused(self, record, amiss=()):
        """Note a status asked for where the data did not agree; of no case where none is near.

        `amiss`: codes of the questions that failed (`domain/status`), which the operator is not
        told.
        """
        self._execute(
            SQL(
                "INSERT INTO hotline_sight"
                " (at, kind, model, res_ref, user_ref, company_ref, ip, amiss)"
                " VALUES (date_trunc('second', now() AT TIME ZONE 'UTC'), 'refused',"
                " %s, %s, %s, %s, %s, %s)",
                *(record._name, record.id or 0, self.env.uid, self.env.company.id),
                self._address(),
                ",".join(amiss) or None,
            )
        )

    @api.model
    def _insert(self, model, ids, kind):
        shown = SQL("hotline_kind = 'citizen'") if model == "res.partner" else SQL("true")
        body = SQL("%s", self.env.company.id)
        if model not in ("res.partner", "hotline.account"):  # of no body
            body = SQL("coalesce(r.company_id, %s)", self.env.company.id)
        self._execute(
            SQL(
                """
                INSERT INTO hotline_sight (at, kind, model, res_ref, user_ref, company_ref, ip)
                SELECT date_trunc('second', now() AT TIME ZONE 'UTC'), %(kind)s, %(model)s, r.id,
                       %(user)s, %(body)s, %(ip)s
                  FROM %(table)s r
                 WHERE r.id = ANY(%(ids)s) AND %(shown)s AND NOT EXISTS (
                       SELECT FROM hotline_sight s
                        WHERE s.model = %(model)s AND s.res_ref = r.id AND s.user_ref = %(user)s
                          AND s.at > (now() AT TIME ZONE 'UTC') - %(pause)s::interval
                          AND s.kind = %(kind)s)
                """,
                kind=kind,
                model=model,
                user=self.env.uid,
                body=body,
                ip=self._address(),
                table=SQL.identifier(self.env[model]._table),
                ids=ids,
                shown=shown,
                pause=PAUSE,
            )
        )

    @api.model
    def _execute(self, statement):
        """Write in the transaction of the look; where that one only reads (a replica), in its own.

        What a rolled back transaction read was not shown, so its line goes with it.
        """
        if not self.env.cr.readonly:
            self.env.cr.execute(statement)
            return
        self.env.cr.rollback()  # nothing was written; as the card of an appeal does
        with self.env.registry.cursor() as cr:
            cr.execute(statement)

    @api.model
    def _address(self):
        return request.httprequest.remote_addr if request else None

    @api.model
    def _domain_of(self, records):
        return Domain("model", "=", records._name) & Domain("res_ref", "in", records.ids)

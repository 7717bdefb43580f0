from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import recording
from .hotline_recording import STORED

BATCH = 200
# A mark «Do not destroy» on the call, its case or the citizen; or that of an emergency.
_HELD = SQL(
    """(COALESCE(c.hold_recording, FALSE) OR EXISTS (
        SELECT FROM hotline_hold h WHERE h.lifted_on IS NULL AND (
               h.ticket_id = c.ticket_id
            OR (h.res_model = 'hotline.call' AND h.res_id = c.id)
            OR (h.res_model = 'res.partner' AND h.res_id = c.partner_id))))"""
)


class ResCompany(models.Model):
    """How long talks are kept as sound: a local act of the body (practice 19)."""

    _inherit = "res.company"

    recording_years = fields.Integer(string="Recordings are kept, years", required=True, default=1)
    recording_years_appeal = fields.Integer(
        string="Recordings of calls with an appeal, years",
        required=True,
        default=5,
        help="Counted from the closing of the appeal.",
    )

    _recording_years_positive = models.Constraint(
        "CHECK (recording_years > 0 AND recording_years_appeal > 0)",
        "A recording is kept for a whole number of years, one at least.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    recording_years = fields.Integer(related="company_id.recording_years", readonly=False)
    recording_years_appeal = fields.Integer(
        related="company_id.recording_years_appeal", readonly=False
    )


class HotlineRecording(models.Model):
    _inherit = "hotline.recording"

    @api.model
    def _cron_retention(self):
        """Delete the sound whose term is over, body by body; each with a line of the journal."""
        for company in self.env["res.company"].search([("active", "=", True)]):
            for recordings in self._over(company):
                recordings._delete_after_term()

    @api.model
    def _over(self, company):
        """Yield what may go, part by part: memory holds no more than one."""
        while found := self._over_part(company):
            yield found
            if len(found) < BATCH:
                return

    @api.model
    def _over_part(self, company):
        today = company._hotline_today()
        years, of_appeal = company.recording_years, company.recording_years_appeal
        zone = company.hotline_tz
        query = SQL(
            """SELECT r.id FROM hotline_recording r
                 JOIN hotline_call c ON c.id = r.call_id
            LEFT JOIN helpdesk_ticket t ON t.id = c.ticket_id
                WHERE r.state = %(stored)s AND c.company_id = %(company)s AND NOT %(held)s
                  AND CASE WHEN c.ticket_id IS NULL
                      THEN (c.started_at AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date < %(call)s
                      ELSE t.closed_on < %(appeal)s
                       AND (c.started_at AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                           < %(appeal)s
                      END
                ORDER BY r.id LIMIT %(batch)s""",
            stored=STORED,
            company=company.id,
            held=_HELD,
            zone=zone,
            call=recording.kept_until(today, -years),
            appeal=recording.kept_until(today, -of_appeal),
            batch=BATCH,
        )
        self.env.flush_all()
        return self.browse(row[0] for row in self.env.execute_query(query))

    def _delete_after_term(self):
        told = [(one.call_id, {"recording": one.id, "sha256": one.sha256}) for one in self]
        self.env["hotline.journal"]._append_many("recording_deleted", told)
        self._delete_sound()
        self.env.flush_all()


class HotlineCall(models.Model):
    """The mark that keeps a call and its recording, in the word of where it is set."""

    _inherit = "hotline.call"

    def action_place_hold(self):
        """Open the window of the mark; beside a recording it speaks of deleting."""
        action = super().action_place_hold()
        if not self.env.context.get("of_recording"):
            return action
        context = {**action["context"], "of_recording": True}
        return {**action, "name": self.env._("Do not delete"), "context": context}


class HotlineJournal(models.Model):
    """The words of recordings."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {
            **super()._event_words(),
            "recording_deleted": self.env._("Recording deleted after its term"),
        }

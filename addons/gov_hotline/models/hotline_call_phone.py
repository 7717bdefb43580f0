from odoo import fields, models

PHASES = [
    ("waiting", "Waits in the queue"),
    ("ringing", "Rings"),
    ("talking", "Talk"),
    ("held", "On hold"),
    ("over", "Over"),
]
FATES = [
    ("answered", "The call was answered"),
    ("abandoned", "The caller gave up"),
    ("no_answer", "No answer"),
    ("busy", "Busy"),
    ("rejected", "Rejected"),
    ("offline", "Telephone is not reachable"),
    ("failed", "Did not get through"),
    ("cut", "Cut off by a fault of the PBX"),
]
ENDED_BY = [("citizen", "The citizen"), ("operator", "The operator")]


class HotlineCall(models.Model):
    """What the PBX tells of a call; empty in one noted by hand."""

    _inherit = "hotline.call"

    queue_id = fields.Many2one(
        "hotline.queue", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    queued_at = fields.Datetime(
        string="In the queue since",
        readonly=True,
        copy=False,
        help="After the menu: from here on the citizen waits for an operator.",
    )
    phase = fields.Selection(PHASES, string="Now", readonly=True, copy=False)
    fate = fields.Selection(FATES, string="How it ended", readonly=True, copy=False)
    ring_seconds = fields.Integer(string="Rang, s", readonly=True, copy=False)
    hold_seconds = fields.Integer(string="On hold, s", readonly=True, copy=False)
    ended_by = fields.Selection(ENDED_BY, string="Who hung up", readonly=True, copy=False)
    end_cause = fields.Char(
        string="Cause of the end", readonly=True, copy=False, help="Number by Q.850."
    )
    unknown_from = fields.Datetime(
        readonly=True, copy=False, help="From here on nothing was received from the PBX …"
    )
    unknown_until = fields.Datetime(readonly=True, copy=False, help="… until here.")

    _phase_idx = models.Index("(phase) WHERE phase IS NOT NULL AND phase != 'over'")

from odoo import fields, models

from odoo.addons.gov_hotline.models.hidden_table import groups
from odoo.addons.gov_hotline.models.hotline_call_phone import FATES

ROLES = [
    ("citizen", "Citizen"),
    ("operator", "Operator"),
    ("colleague", "Colleague"),
    ("outside", "Another number"),
]
KINDS = [("blind", "At once"), ("attended", "After a word with the colleague")]
RESULTS = [
    ("trying", "Under way"),
    ("done", "Transferred"),
    ("cancelled", "Taken back"),
    ("joined", "All three talked"),
    *[one for one in FATES if one[0] not in ("answered", "abandoned", "cut")],
]

LASTING = ("trying", "joined")


class HotlineCallLeg(models.Model):
    """One telephone in a call: when it rang, answered and hung up. Written by the connector."""

    _name = "hotline.call.leg"
    _description = "Participant of a call"
    _order = "rang_at, id"
    _rec_name = "role"

    call_id = fields.Many2one(
        "hotline.call", required=True, readonly=True, index=True, ondelete="cascade"
    )
    uniqueid = fields.Char(required=True, readonly=True)
    role = fields.Selection(ROLES, required=True, readonly=True)
    interface = fields.Char(readonly=True)
    number = fields.Char(readonly=True, groups=groups("phone"))
    user_id = fields.Many2one("res.users", string="Who", readonly=True, ondelete="set null")
    rang_at = fields.Datetime(string="Rang", readonly=True)
    answered_at = fields.Datetime(string="Answered", readonly=True)
    ended_at = fields.Datetime(string="Hung up", readonly=True)
    cause = fields.Char(string="Cause of the end", readonly=True, help="Number by Q.850.")

    _leg_uniq = models.Constraint("UNIQUE (call_id, uniqueid)", "This participant is there.")


class HotlineCallTransfer(models.Model):
    """To whom a call was handed over, why and what came of it. Made by the act of the operator."""

    _name = "hotline.call.transfer"
    _description = "Transfer of a call"
    _order = "at, id"
    _rec_name = "kind"

    call_id = fields.Many2one(
        "hotline.call", required=True, readonly=True, index=True, ondelete="cascade"
    )
    at = fields.Datetime(string="When", required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    to = fields.Char(string="Number", readonly=True)
    to_name = fields.Char(string="To whom", readonly=True)
    cause = fields.Selection(
        lambda self: self._causes(),
        string="Why",
        readonly=True,
    )
    note = fields.Char(readonly=True)
    result = fields.Selection(RESULTS, required=True, readonly=True, default="trying")
    user_id = fields.Many2one("res.users", string="By whom", readonly=True, ondelete="set null")

    _call_idx = models.Index("(call_id, at)")

    def _causes(self):
        """Return the causes of a call's transfer, in the reader's language."""
        return self.env["hotline.call"]._fields["redirect_cause"]._description_selection(self.env)

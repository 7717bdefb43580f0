from odoo import fields, models

STATES = [
    ("offline", "Not on the line"),
    ("ready", "On the line"),
    ("ringing", "Rings"),
    ("talking", "Talks"),
    ("wrap_up", "Finishes a call"),
    ("paused", "Pause"),
]


class HotlineOperatorState(models.Model):
    """What an operator was doing, since when and until when: appended, never rewritten.

    Fed by telephony; nobody writes it by hand. The current state has no end.
    """

    _name = "hotline.operator.state"
    _description = "State of an operator"
    _order = "since desc, id desc"
    _rec_name = "state"

    user_id = fields.Many2one(
        "res.users", string="Operator", required=True, readonly=True, ondelete="restrict"
    )
    state = fields.Selection(STATES, required=True, readonly=True)
    reason_id = fields.Many2one("hotline.pause.reason", readonly=True, ondelete="restrict")
    since = fields.Datetime(required=True, readonly=True, index=True)
    until = fields.Datetime(readonly=True, help="Empty: it lasts.")
    call_id = fields.Many2one(
        "hotline.call", readonly=True, index="btree_not_null", ondelete="set null"
    )
    company_id = fields.Many2one("res.company", string="Body", required=True, readonly=True)

    _current_uniq = models.UniqueIndex(
        "(user_id) WHERE until IS NULL", "An operator has one state at a time."
    )
    _user_idx = models.Index("(user_id, since)")

from odoo import fields, models

from .hidden_table import READERS


class HelpdeskTicket(models.Model):
    """What the case is about. No legal column: who may change it follows the block (B4)."""

    _inherit = "helpdesk.ticket"

    object_id = fields.Many2one(
        "hotline.object",
        index="btree_not_null",
        ondelete="restrict",
        groups=READERS,
    )
    territory_id = fields.Many2one(
        related="object_id.territory_id",
        store=True,
        index="btree_not_null",
        string="Territory",
        groups=READERS,
    )

    def write(self, vals):
        """Journal the change of the object of a registered case."""
        if "object_id" not in vals:
            return super().write(vals)
        before = {ticket: ticket.object_id.id for ticket in self if ticket.state != "draft"}
        done = super().write(vals)
        self.env["hotline.journal"]._append_many(
            "object_changed",
            [
                (ticket, {"object_before": earlier, "object_after": ticket.object_id.id})
                for ticket, earlier in before.items()
                if earlier != ticket.object_id.id
            ],
        )
        return done

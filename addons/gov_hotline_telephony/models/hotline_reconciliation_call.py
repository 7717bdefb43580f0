from odoo import api, fields, models

from . import hotline_callback_call

OURS = {"restored", "ledger_at"}


class HotlineCall(models.Model):
    """What the reconciliation has done with a call."""

    _inherit = "hotline.call"

    _by_system = hotline_callback_call.HotlineCall._by_system | OURS
    _by_pbx = hotline_callback_call.HotlineCall._by_pbx | OURS

    restored = fields.Boolean(
        string="Restored by reconciliation",
        readonly=True,
        copy=False,
        help="It was missing here and was added from the PBX's own books.",
    )
    ledger_at = fields.Datetime(
        string="Settled by the books of the PBX",
        readonly=True,
        copy=False,
        help="From then on what is received of this call changes nothing.",
    )

    @api.model
    def _of_pbx(self, pbx, linkedids):
        """Return the calls of a PBX with these numbers."""
        if not linkedids:
            return self.browse()
        return self.search([("pbx_id", "=", pbx.id), ("linkedid", "in", linkedids)])

    def _reconciled(self, added):
        """Follow up calls of the books that were added, or that ended otherwise: a hook."""
        parent = getattr(super(), "_reconciled", None)
        return parent(added) if parent else None

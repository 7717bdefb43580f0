from odoo import fields, models

from odoo.addons.gov_hotline.models.hidden_table import groups

from . import hotline_call_pbx

OURS = {"callback_wish", "callback_phone", "callback_looked", "dialled_why"}


class HotlineCall(models.Model):
    """What a call of the PBX means for call-backs and promises to its number."""

    _inherit = "hotline.call"

    _by_system = hotline_call_pbx.HotlineCall._by_system | OURS
    _by_pbx = hotline_call_pbx.HotlineCall._by_pbx | OURS

    callback_wish = fields.Boolean(
        string="Asked to be called back", readonly=True, copy=False, help="By a key in the queue."
    )
    callback_phone = fields.Char(
        string="Number to call back", readonly=True, copy=False, groups=groups("phone")
    )
    # Whether the call-backs know of it; emptied by whoever corrects how it ended.
    callback_looked = fields.Boolean(readonly=True, copy=False)
    dialled_why = fields.Char(string="Why it was dialled", readonly=True, copy=False)

    _callback_idx = models.Index(
        "(pbx_id, ended_at) WHERE phase = 'over' AND callback_looked IS NOT TRUE"
    )

    def _shows(self):
        """Where there is a PBX its records alone show a talk or a try."""
        if self.source != "pbx":
            pbxs = self.env["hotline.pbx"].sudo()  # sudo: whether there is one
            told = pbxs.search_count([("company_id", "=", self.company_id.id)], limit=1)
            return "" if told else super()._shows()
        if self.direction != "out" or self.phase != "over":
            return ""
        if self.fate == "answered":
            return "talk"
        legs = self.sudo().leg_ids  # sudo: of colleagues too
        return (self.fate or "failed") if "citizen" in legs.mapped("role") else ""

    def _reconciled(self, added):
        """The ledger added these calls, or corrected how they ended: look at them again."""
        self.sudo().callback_looked = False  # sudo: the system's mark
        parent = getattr(super(), "_reconciled", None)
        return parent(added) if parent else None

    def _phone_vals(self):
        return {**super()._phone_vals(), "why": self.dialled_why or ""}

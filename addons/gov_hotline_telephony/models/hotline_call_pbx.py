from odoo import fields, models

from odoo.addons.gov_hotline.models import hotline_call

BY_PBX = {"pbx_id", "linkedid", "recording_notice_at", "no_recording"}


class HotlineCall(models.Model):
    """Which call of the PBX this is, and who took part in it."""

    _inherit = "hotline.call"

    _by_system = hotline_call.HotlineCall._by_system | BY_PBX
    _by_pbx = hotline_call.HotlineCall._by_pbx | BY_PBX

    pbx_id = fields.Many2one(
        "hotline.pbx", string="PBX", readonly=True, copy=False, ondelete="restrict"
    )
    linkedid = fields.Char(
        string="Number in the PBX", readonly=True, copy=False, help="Linkedid of its channels."
    )
    recording_notice_at = fields.Datetime(
        string="Told that it is recorded",
        readonly=True,
        copy=False,
        help="The PBX said so to the citizen before anybody was connected.",
    )
    leg_ids = fields.One2many("hotline.call.leg", "call_id", string="Participants", readonly=True)
    transfer_ids = fields.One2many(
        "hotline.call.transfer", "call_id", string="Transfers", readonly=True
    )

    _linkedid_uniq = models.UniqueIndex(
        "(pbx_id, linkedid) WHERE linkedid IS NOT NULL", "This call of the PBX is there."
    )

from odoo import fields, models


class IrAttachment(models.Model):
    """A copy of a file that came by mail is no upload: it was looked at when it was read."""

    _inherit = "ir.attachment"

    hotline_incoming_id = fields.Many2one(
        "hotline.incoming.mail", string="Came with the letter", copy=False, readonly=True,
        index="btree_not_null", groups=fields.NO_ACCESS,
    )  # fmt: skip

    def _is_hotline_upload(self):
        # only the placing of letters writes the column: it is nobody's to set
        return super()._is_hotline_upload() and not self.hotline_incoming_id

import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

READERS = ("officer", "supervisor", "auditor")


class HotlineSstuPart(models.Model):
    """One ZIP of an export: kept, and handed out again byte for byte."""

    _name = "hotline.sstu.part"
    _inherit = "hotline.by.act"
    _description = "File of an export to ССТУ.РФ"
    _order = "export_id, sequence"

    export_id = fields.Many2one(
        "hotline.sstu.export", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    sequence = fields.Integer(string="No.", required=True)
    name = fields.Char(string="File", required=True)
    appeals = fields.Integer(required=True)
    size = fields.Integer(string="Size in bytes", required=True)
    size_text = fields.Char(string="Size", compute="_compute_size_text")
    sha256 = fields.Char(string="SHA-256", required=True)
    # Nobody's column: the door is the download, which checks the role and notes the journal.
    file = fields.Binary(string="Bytes of the file", attachment=True, groups=fields.NO_ACCESS)

    @api.depends("size")
    @api.depends_context("lang")
    def _compute_size_text(self):
        for part in self:
            kilobytes = formatLang(self.env, max(1, round(part.size / 1000)), digits=0)
            part.size_text = self.env._("%(size)s KB", size=kilobytes)

    @api.model
    def _keep(self, export, part):
        """Keep the domain's `part` as the next file of `export`; return it."""
        number = len(export.part_ids) + 1
        return self._create_by_act(
            {
                "export_id": export.id,
                "sequence": number,
                "name": f"sstu_{export.date_to:%Y-%m}_{export.id}_{number}.zip",
                "appeals": len(part.names),
                "size": len(part.content),
                "sha256": hashlib.sha256(part.content).hexdigest(),
                "file": base64.b64encode(part.content),
            }
        )

    def action_download(self):
        """Return the address of the file."""
        self._check_download()
        return {
            "type": "ir.actions.act_url",
            "url": f"/hotline/sstu/{self.id}.zip",
            "target": "download",
        }

    def _check_download(self):
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role(*READERS)
        self.check_access("read")

    def _download(self):
        """Return the bytes and note who took them. Raises UserError where they were damaged."""
        self._check_download()
        # sudo: closed to every role, whoever downloads was checked
        content = base64.b64decode(self.sudo().with_context(bin_size=False).file or b"")
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise UserError(
                self.env._(
                    "The file %(name)s does not match its SHA-256: the file store is damaged. Ask "
                    "the administrator to restore it from the backup.",
                    name=self.name,
                )
            )
        self.env["hotline.journal"]._append(
            "sstu_downloaded", self.export_id, sha256=self.sha256, appeals=self.appeals
        )
        return content

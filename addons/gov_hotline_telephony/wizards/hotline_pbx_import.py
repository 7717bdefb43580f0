import asyncio

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ..connector import faults
from ..connector.listing import extensions

CHANGES = [
    ("new", "Will be added"),
    ("changed", "Will be changed"),
    ("same", "Is there already"),
    ("gone", "Not in the PBX any more"),
]


class HotlinePbx(models.Model):
    _inherit = "hotline.pbx"

    def action_import(self):
        """Ask the PBX for its telephones; show what would change, change nothing yet."""
        self.ensure_one()
        self._require_administrator()
        found = self._listed()
        wizard = self.env["hotline.pbx.import"].create(
            {
                "pbx_id": self.id,
                "line_ids": [Command.create(vals) for vals in self._import_lines(found)],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Extensions of the PBX"),
            "res_model": "hotline.pbx.import",
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _listed(self):
        """Return [{number, interface, registered}] of the PBX, or say why there is none."""
        try:
            return asyncio.run(extensions(self._account()))
        except faults.Fault as fault:
            code, _colon, detail = str(fault).partition(": ")
            raise UserError(self._finding_words(code, detail)) from fault

    def _import_lines(self, found):
        """Return the lines of the preview: each extension of the PBX, and those it has no more."""
        known = {one.number: one for one in self.extension_ids}
        lines = [self._import_line(known.get(one["number"]), one) for one in found]
        here = {one["number"] for one in found}
        gone = self.extension_ids.filtered(lambda one: one.number not in here)
        return lines + [
            {"number": one.number, "interface": one.interface, "change": "gone"} for one in gone
        ]

    def _import_line(self, known, one):
        same = known and known.interface == one["interface"]
        change = "same" if same else "changed" if known else "new"
        return {
            "number": one["number"],
            "interface": one["interface"],
            "before": known.interface if change == "changed" else False,
            "registered": bool(one.get("registered")),
            "change": change,
            "pick": change in ("new", "changed"),
        }


class HotlinePbxImport(models.TransientModel):
    """What the PBX has, beside what is kept here; the administrator picks."""

    _name = "hotline.pbx.import"
    _description = "Import of extensions"

    pbx_id = fields.Many2one(
        "hotline.pbx", string="PBX", required=True, readonly=True, ondelete="cascade"
    )
    line_ids = fields.One2many("hotline.pbx.import.line", "import_id", string="Extensions")

    def action_apply(self):
        """Add and change what was picked; nothing is deleted, owners and names stay."""
        self.ensure_one()
        self.pbx_id._require_administrator()
        kept = {one.number: one for one in self.pbx_id.extension_ids}
        for line in self.line_ids.filtered("pick"):
            line._apply(kept.get(line.number))
        return {"type": "ir.actions.act_window_close"}


class HotlinePbxImportLine(models.TransientModel):
    _name = "hotline.pbx.import.line"
    _description = "Extension of an import"
    _order = "number"

    import_id = fields.Many2one("hotline.pbx.import", required=True, ondelete="cascade")
    pick = fields.Boolean(string="Take")
    number = fields.Char(readonly=True)
    interface = fields.Char(readonly=True)
    before = fields.Char(string="Was", readonly=True)
    registered = fields.Boolean(string="Reachable", readonly=True)
    change = fields.Selection(CHANGES, string="What will change", readonly=True)

    def _apply(self, kept):
        if self.change == "gone":
            kept.active = False
        elif kept:
            kept.interface = self.interface
        else:
            self.env["hotline.pbx.extension"].create(
                {
                    "pbx_id": self.import_id.pbx_id.id,
                    "number": self.number,
                    "interface": self.interface,
                    "registered": self.registered,
                }
            )

import tomllib
from pathlib import Path

from odoo import api, fields, models
from odoo.tools import file_path

SHIPPED = "gov_hotline_kb/data/examples/situations.toml"


class HotlineKbSituation(models.Model):
    """A life situation: «родился ребёнок», «потеря работы»; citizens find articles by it (C6)."""

    _name = "hotline.kb.situation"
    _inherit = "hotline.kb.bounded"
    _description = "Life situation"
    _order = "sequence, name, id"
    _lengths = {"name": 100}

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex(
        "(lower(name)) WHERE active", "This life situation exists already."
    )

    @api.model
    def _load_shipped(self):
        """Create the life situations that ship and are not there; what a body has stays."""
        names = tomllib.loads(Path(file_path(SHIPPED)).read_text(encoding="utf-8"))
        for place, (key, name) in enumerate(names.items(), start=1):
            if self.env.ref(f"gov_hotline_kb.situation_{key}", raise_if_not_found=False):
                continue
            found = self.search([("name", "=ilike", name)], limit=1)
            self.env["ir.model.data"].create(
                {
                    "module": "gov_hotline_kb",
                    "name": f"situation_{key}",
                    "model": self._name,
                    "res_id": (found or self.create({"name": name, "sequence": 10 * place})).id,
                    "noupdate": True,
                }
            )

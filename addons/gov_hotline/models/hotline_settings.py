"""The settings of the body in the hands of the hotline's administrator, who runs no server.

Odoo's form of settings is for whoever administers the system; it installs modules and gives groups.
The hotline's administrator gets the same form with the hotline's part alone, and may neither read
nor set anything else of it, by the form or by RPC.
"""

from lxml import etree

from odoo import api, models
from odoo.exceptions import AccessError

from .guards import without_defaults

OWN = "hotline_"
HARMLESS = frozenset(
    {"id", "company_id", "display_name", "create_uid", "create_date", "write_uid", "write_date"}
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    @api.model
    def _is_of_hotline_only(self):
        user = self.env.user
        return not self.env.su and not user.has_group("base.group_system")

    @api.model
    def _is_open(self, name):
        return name.startswith(OWN) or name in HARMLESS

    def _has_field_access(self, field, operation):
        if self._is_of_hotline_only() and not self._is_open(field.name):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def default_get(self, fields):
        if not self._is_of_hotline_only():
            return super().default_get(fields)
        self.check_access("create")
        # sudo: every add-on reads its own settings here; those of the hotline are handed on
        whole = without_defaults(self, self._fields).sudo()
        names = [name for name in fields if self._is_open(name)]
        values = super(ResConfigSettings, whole).default_get(names)
        return {name: value for name, value in values.items() if name in names}

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_of_hotline_only():
            return super().create(vals_list)
        self.check_access("create")
        # sudo: the fields that are the hotline's, of the user's own body
        whole = without_defaults(self, self._fields).sudo()
        made = super(ResConfigSettings, whole).create([self._own_vals(v) for v in vals_list])
        return made.with_env(self.env)

    def write(self, vals):
        if not self._is_of_hotline_only():
            return super().write(vals)
        self.check_access("write")
        whole = without_defaults(self, self._fields).sudo()  # sudo: as above
        return super(ResConfigSettings, whole).write(self._own_vals(vals))

    def _own_vals(self, vals):
        """Return `vals` for the user's own body; refuse what is not the hotline's."""
        other = [name for name in vals if not self._is_open(name)]
        if other:
            raise AccessError(
                self.env._(
                    "The administrator of the hotline sets what is the hotline's. The rest of the "
                    "system is set by the system's administrator."
                )
            )
        own = {name: value for name, value in vals.items() if name.startswith(OWN)}
        return {**own, "company_id": self.env.company.id}

    def _compute_display_name(self):
        """As Odoo: the name of the window, which only the system's administrator reads."""
        return super(ResConfigSettings, self.sudo())._compute_display_name()  # sudo: a title

    def execute(self):
        """Save; for the hotline's administrator the hotline's parameters alone."""
        if not self._is_of_hotline_only():
            return super().execute()
        self.ensure_one()
        self.check_access("write")
        # sudo: parameters of the system, those of the hotline's own fields
        parameters = self.env["ir.config_parameter"].sudo()
        for name, key in self._hotline_parameters():
            parameters.set_param(key, self[name] or False)
        return {"type": "ir.actions.client", "tag": "reload"}

    @api.model
    def _hotline_parameters(self):
        """Return [(field, key of the parameter)] of the hotline's fields that no body keeps."""
        named = ((name, field) for name, field in self._fields.items() if name.startswith(OWN))
        return [
            (name, key) for name, field in named if (key := getattr(field, "config_parameter", ""))
        ]

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        view = super().get_view(view_id, view_type, **options)
        if view_type != "form" or not self._is_of_hotline_only():
            return view
        arch = etree.fromstring(view["arch"])
        for app in arch.xpath("//app[@name != 'gov_hotline']"):
            app.getparent().remove(app)
        for node in arch.xpath("//field[@name]"):
            if not self._is_open(node.get("name")) and not node.xpath("ancestor::field"):
                node.getparent().remove(node)
        return {**view, "arch": etree.tostring(arch, encoding="unicode")}

from odoo import api, models
from odoo.exceptions import AccessError

from .guards import without_defaults, without_names

# Passed in the context by the acts alone: an object cannot be forged over RPC.
_BY_ACT = object()


class HotlineByAct(models.AbstractModel):
    """A record of a case that is made once and then changes by its own acts alone.

    `_set_by_act`: columns no caller sets, neither by values nor by defaults of the context;
    `_derived`: columns that follow from others, whatever a caller says;
    `_editable`: columns that whoever has the right still writes, where `_check_editable` lets them;
    None: all but those set by acts.
    """

    _name = "hotline.by.act"
    _description = "Record that changes by its acts"
    _set_by_act = frozenset()
    _derived = frozenset()
    _editable = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_by_act():
            return super().create(vals_list)
        names = self._set_by_act | self._derived
        clean = super(HotlineByAct, without_defaults(self, names))
        records = clean.create([without_names(vals, names) for vals in vals_list])
        return records.with_env(self.env)

    def write(self, vals):
        if self._is_by_act():
            return super().write(vals)
        vals = without_names(vals, self._derived)
        if vals:
            self._check_editable(set(vals))
        return super().write(vals)

    def _is_by_act(self):
        return self.env.context.get("hotline_act") is _BY_ACT

    def _check_editable(self, names):
        """Refuse what only an act changes. A room narrows it by the record's state."""
        closed = names & self._set_by_act if self._editable is None else names - self._editable
        if closed:
            raise AccessError(
                self.env._("This record is not changed by hand: use its buttons or make a new one.")
            )

    def _fixed_files(self):
        """Return the files of these records that nobody changes any more: an extension point."""
        return self.env["ir.attachment"]

    def _write_by_act(self, vals):
        """Write what the act has decided; the act has checked role and state."""
        # sudo: the columns are closed to every role, the act is the only way to them
        return self.sudo().with_context(hotline_act=_BY_ACT).write(vals)

    @api.model
    def _create_by_act(self, vals):
        """Create as an act does, with the columns that no caller sets."""
        # sudo: as above; the act has checked who asks
        return self.sudo().with_context(hotline_act=_BY_ACT).create(vals).with_env(self.env)

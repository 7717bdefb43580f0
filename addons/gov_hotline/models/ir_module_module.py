from odoo import models
from odoo.exceptions import UserError

from ..domain.transitions import DRAFT


class IrModuleModule(models.Model):
    """The add-on does not go while it keeps appeals: its removal would destroy them without an act
    (B4)."""

    _inherit = "ir.module.module"

    def button_uninstall(self):
        """Refuse to remove the hotline, or what it rests on, with registered appeals inside."""
        names = set((self + self.downstream_dependencies()).mapped("name"))
        if "gov_hotline" in names:
            self._check_no_appeals()
        return super().button_uninstall()

    def _check_no_appeals(self):
        # sudo: whoever removes add-ons need not read appeals; they are only counted
        cases = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        kept = cases.search_count([("state", "!=", DRAFT)])
        if kept:
            raise UserError(
                self.env._(
                    "The database keeps %(count)s registered appeals: removing the hotline would "
                    "destroy them. Appeals are destroyed by act after their term only.",
                    count=kept,
                )
            )

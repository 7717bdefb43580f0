from odoo import models
from odoo.exceptions import UserError


class HotlineReportStep(models.AbstractModel):
    """What is prepared, checked and given out by steps: each step from its own states alone."""

    _name = "hotline.report.step"
    _inherit = "hotline.by.act"
    _description = "Prepared by steps"
    _makers = ()  # the roles that take the steps

    def _require(self, *states):
        """Refuse a step to other roles, and from another state."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role(*self._makers)
        self.check_access("write")
        if self.state not in states:
            raise UserError(self.env._("This is at another step already: open it anew."))

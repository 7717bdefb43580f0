from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..domain import assignments as rules

RESULT_AWAITED = (
    Domain("state", "=", rules.SENT)
    & Domain("addressee_kind", "=", rules.OTHER_BODY)
    & Domain("ask_result", "=", True)
    & Domain("result_on", "=", False)
)


class HotlineAssignment(models.Model):
    """The result of a forwarding that we asked for (ASK-RES, art. 8 p. 5): awaited until it comes.

    It lives on after closing: a forwarded case has ended long before its result comes. The papers
    are an answer of the body, or an addition to the closed case.
    """

    _inherit = "hotline.assignment"

    result_on = fields.Date(string="Result came on", readonly=True, copy=False)
    is_result_overdue = fields.Boolean(
        compute="_compute_is_result_overdue",
        search="_search_is_result_overdue",
        string="Result has not come in time",
    )

    @api.depends("state", "addressee_kind", "ask_result", "result_on", "control_on")
    def _compute_is_result_overdue(self):
        for assignment in self:
            assignment.is_result_overdue = bool(assignment._result_problems())

    def _search_is_result_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = RESULT_AWAITED & Domain("control_on", "<", self.env.company._hotline_today())
        return late if True in value else ~late

    def _is_result_awaited(self):
        """Whether a forwarding that left us still owes the result that we asked for."""
        gone = self.state == rules.SENT and self.addressee_kind == rules.OTHER_BODY
        return gone and self.ask_result and not self.result_on

    def _result_problems(self):
        """Return the domain problem of a result that was asked for and has not come."""
        self.ensure_one()
        # sudo: the name of the addressee
        name = self.sudo().partner_id.name or ""
        awaited, control = self._is_result_awaited(), self.control_on or None
        return rules.result_overdue(awaited, control, self._today(), name)

    def _result_act(self):
        """Return the button «the result has come», None where none is awaited."""
        if not self._is_result_awaited():
            return None
        label = self.env._("The result has come")
        return {"method": "action_result_came", "label": label, "blocked": False, "step": True}

    def action_result_came(self):
        """Note that the result came today; officer, also after closing."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        for assignment in self:
            if not assignment._is_result_awaited():
                raise UserError(self.env._("No result is awaited from this addressee."))
            assignment._set(result_on=assignment._today())
            assignment._journal("result_came")

from odoo import api, fields, models
from odoo.fields import Domain


class HotlineOverdue(models.AbstractModel):
    """Overdue: awaited still, and its date has passed. Derived from the clock, never stored.

    `_due`: the column of the date; `_awaited`: (column, value) of what is awaited still.
    """

    _name = "hotline.overdue"
    _description = "What can be overdue"
    _due = "due_on"
    _awaited = ()

    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")

    @api.depends(lambda self: (self._due, self._awaited[0]) if self._awaited else ())
    def _compute_is_overdue(self):
        name, value = self._awaited
        for one in self:
            due, company = one[self._due], one.company_id or self.env.company
            awaited = bool(due) and one[name] == value
            one.is_overdue = awaited and due < company._hotline_today()

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        name, awaited = self._awaited
        today = self.env.company._hotline_today()
        overdue = Domain(name, "=", awaited) & Domain(self._due, "<", today)
        return overdue if True in value else ~overdue

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..domain import retention

SHORTEST_REASON = 10
HOLDERS = ("officer", "supervisor", "approver")


class HotlineHold(models.Model):
    """«Do not destroy»: the case is kept beyond its term, for a reason, until it is taken off."""

    _name = "hotline.hold"
    _inherit = "hotline.by.act"
    _description = "Not to be destroyed"
    _order = "id desc"
    _rec_name = "reason"
    _set_by_act = frozenset({"user_id", "company_id", "lifted_on", "lifted_by_id", "placed_on"})
    _editable = frozenset({"lift_reason"})

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, index=True, ondelete="cascade"
    )
    ticket_number = fields.Char(related="ticket_id.number", string="Appeal No.")
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    reason = fields.Char(string="Why it is kept", required=True)
    placed_on = fields.Date(
        string="Since", readonly=True, default=lambda self: self.env.company._hotline_today()
    )
    user_id = fields.Many2one(
        "res.users", string="Marked by", readonly=True, default=lambda self: self.env.user
    )
    lift_reason = fields.Char(string="Why it is taken off")
    lifted_on = fields.Date(string="Taken off on", readonly=True)
    lifted_by_id = fields.Many2one("res.users", string="Taken off by", readonly=True)

    _running_idx = models.Index("(ticket_id) WHERE lifted_on IS NULL")

    @api.model_create_multi
    def create(self, vals_list):
        self.env["helpdesk.ticket"]._require_role(*HOLDERS)
        holds = super().create(vals_list)
        for hold in holds:
            hold.ticket_id.check_access("read")
            self._check_reason(hold.reason)
            self.env["hotline.journal"]._append("hold_placed", hold.ticket_id, hold=hold.id)
        return holds

    def _check_editable(self, names):  # pylint: disable=missing-return
        self.env["helpdesk.ticket"]._require_role(*HOLDERS)
        super()._check_editable(names)

    def _check_reason(self, reason):
        if len((reason or "").strip()) < SHORTEST_REASON:
            raise UserError(self.env._("Write the reason (ten characters at least)."))

    def action_lift(self):
        """Take the hold off, with a written reason; who may place one."""
        self.env["helpdesk.ticket"]._require_role(*HOLDERS)
        self.check_access("write")
        for hold in self.filtered(lambda hold: not hold.lifted_on):
            self._check_reason(hold.lift_reason)
            today = hold.company_id._hotline_today()
            hold._write_by_act({"lifted_on": today, "lifted_by_id": self.env.uid})
            self.env["hotline.journal"]._append("hold_lifted", hold.ticket_id, hold=hold.id)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("A hold is taken off with a reason, not deleted."))


class HelpdeskTicket(models.Model):
    """How long the case is kept, and what keeps it longer."""

    _inherit = "helpdesk.ticket"

    hold_ids = fields.One2many(
        "hotline.hold", "ticket_id", string="Do not destroy", groups="gov_hotline.group_operator,"
        "gov_hotline.group_supervisor,gov_hotline.group_approver,gov_hotline.group_auditor",
    )  # fmt: skip
    kept_until = fields.Date(string="Kept until", compute="_compute_kept_until")
    kept_text = fields.Char(string="Storage", compute="_compute_kept_until")

    @api.depends("closed_on", "kind", "company_id")
    @api.depends_context("lang")
    def _compute_kept_until(self):
        """The last day of storage by the edition in force, and its article."""
        for ticket in self:
            term = ticket._retention()
            ticket.kept_until = term and ticket._kept_until(term)
            ticket.kept_text = term and self.env._(
                "until %(day)s (%(article)s)",
                day=ticket.kept_until.strftime("%d.%m.%Y"),
                article=term.article,
            )

    def _retention(self):
        """Return the term of storage of a closed case, as the system; empty for others."""
        Retention = self.env["hotline.retention"]
        if not self.closed_on or not self.is_final:
            return Retention
        return Retention._for(self.company_id, self.kind, self.closed_on.year)

    def _kept_until(self, term):
        return retention.kept_until(self.closed_on, term.years)

    def action_place_hold(self):
        """Open the window that asks why the case is not to be destroyed."""
        self.ensure_one()
        self._require_role(*HOLDERS)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Do not destroy"),
            "res_model": "hotline.hold",
            "views": [(self.env.ref("gov_hotline.hotline_hold_view_dialog").id, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

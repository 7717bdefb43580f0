from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..domain import retention

SHORTEST_REASON = 10
HOLDERS = ("officer", "supervisor", "approver")


class HotlineHold(models.Model):
    """«Do not destroy»: what is marked stays beyond its term, for a reason, until it is taken off.

    A case (`ticket_id`), or a record with a term of its own (`res_model`, `res_id`); the mark on a
    citizen's card keeps calls, receptions, tasks and letters that name the citizen too.
    """

    _name = "hotline.hold"
    _inherit = "hotline.by.act"
    _description = "Not to be destroyed"
    _order = "id desc"
    _rec_name = "reason"
    _set_by_act = frozenset({"user_id", "company_id", "lifted_on", "lifted_by_id", "placed_on"})
    _editable = frozenset({"lift_reason"})

    ticket_id = fields.Many2one("helpdesk.ticket", string="Appeal", index=True, ondelete="cascade")
    ticket_number = fields.Char(related="ticket_id.number", string="Appeal No.")
    res_model = fields.Char(string="Kind of record", readonly=False)
    res_id = fields.Many2oneReference(string="Record", model_field="res_model")
    subject = fields.Char(string="What is kept", compute="_compute_subject")
    company_id = fields.Many2one(
        "res.company", string="Body", compute="_compute_company_id", store=True, index=True
    )
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
    _running_record_idx = models.Index("(res_model, res_id) WHERE lifted_on IS NULL")
    _one_subject = models.Constraint(
        "CHECK ((ticket_id IS NULL) = (res_id IS NOT NULL AND res_model IS NOT NULL))",
        "Say what is not to be destroyed: an appeal or another record.",
    )

    @api.depends("ticket_id", "res_model", "res_id")
    @api.depends_context("lang")
    def _compute_subject(self):
        kinds = dict(self.env["hotline.destruction"]._fields["kind"]._description_selection(
            self.env))  # fmt: skip
        for hold in self:
            record = hold._subject()
            if record._name == "helpdesk.ticket":
                hold.subject = record.number
            else:
                kind = kinds.get(record._kept_kind, record._description)
                hold.subject = f"{kind}: {record._kept_name()}"

    @api.depends("ticket_id.company_id", "res_model", "res_id")
    def _compute_company_id(self):
        for hold in self:
            hold.company_id = hold._subject().company_id or self.env.company

    def _subject(self):
        """Return what is marked, as the system: a case, or a record of `hotline.kept`."""
        self.ensure_one()
        if not self.res_model:
            return self.ticket_id.sudo()  # sudo: only its number and body
        kept = self.env["hotline.destruction"]._kept_models().values()
        if self.res_model not in kept or self.res_model not in self.env:
            raise UserError(self.env._("Such a record has no term of storage of its own."))
        return self.env[self.res_model].sudo().browse(self.res_id).exists()  # sudo: as above

    @api.model_create_multi
    def create(self, vals_list):
        self.env["helpdesk.ticket"]._require_role(*HOLDERS)
        holds = super().create(vals_list)
        for hold in holds:
            hold._subject().sudo(False).check_access("read")
            self._check_reason(hold.reason)
            self.env["hotline.journal"]._append("hold_placed", hold._subject(), hold=hold.id)
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
            self.env["hotline.journal"]._append("hold_lifted", hold._subject(), hold=hold.id)

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

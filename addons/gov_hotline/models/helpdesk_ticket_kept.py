from odoo import api, fields, models
from odoo.exceptions import UserError

from .guards import without_defaults, without_names

SHUT = {"list": ("duplicate",), "form": ("duplicate",), "kanban": ("duplicate", "archivable")}


class HelpdeskTicket(models.Model):
    """No appeal leaves sight while its term runs, no registered one is doubled (B4, B8)."""

    _inherit = "helpdesk.ticket"

    # Readonly: every view's menu then has neither «Archive» nor «Unarchive».
    active = fields.Boolean(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        clean = super(HelpdeskTicket, without_defaults(self, {"active"}))
        tickets = clean.create([without_names(vals, {"active"}) for vals in vals_list])
        return tickets.with_env(self.env)

    def write(self, vals):
        """Archiving is refused to everybody, the system too; bringing back is not."""
        if "active" in vals and not vals["active"]:
            for ticket in self:
                raise UserError(
                    self.env._(
                        "Appeal %(name)s is not archived: it stays on control until it is answered,"
                        " and in the lists after that.",
                        name=ticket._batch_name(),
                    )
                )
        return super().write(vals)

    def copy(self, default=None):
        """Copy drafts; UserError for a registered case, whose data go to no draft unasked."""
        for ticket in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._(
                    "Appeal %(number)s is registered: it is not duplicated. A new letter of the"
                    " applicant is taken in as a new appeal and linked to this one.",
                    number=ticket.number,
                )
            )
        return super().copy(default)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Take «Duplicate» and the archiving of a column out of every view, whoever wrote it."""
        arch, view = super()._get_view(view_id, view_type, **options)
        for name in SHUT.get(view_type, ()):
            arch.set(name, "0")
        return arch, view

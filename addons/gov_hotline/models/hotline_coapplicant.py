from odoo import api, fields, models

from ..domain import transitions
from .guards import without_defaults, without_names

DERIVED = frozenset({"company_id"})  # the body is that of the appeal, whatever a caller says


class HotlineCoapplicant(models.Model):
    """One more signer of a collective appeal: who also wants a copy of the answer."""

    _name = "hotline.coapplicant"
    _description = "Co-applicant"
    _order = "ticket_id, sequence, id"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Surname, name, patronymic", required=True, index="trigram")
    address = fields.Char(string="Postal or e-mail address")
    wants_copy = fields.Boolean(string="Wants a copy")

    @api.model_create_multi
    def create(self, vals_list):
        # before the database's lock would say it in its own words
        ids = [vals["ticket_id"] for vals in vals_list if vals.get("ticket_id")]
        self._check_open_tickets(self.env["helpdesk.ticket"].browse(ids))
        clean = super(HotlineCoapplicant, without_defaults(self, DERIVED))
        signers = clean.create([without_names(vals, DERIVED) for vals in vals_list])
        signers = signers.with_env(self.env)
        signers._check_intake_open()
        return signers

    def write(self, vals):
        self._check_intake_open()
        done = super().write(without_names(vals, DERIVED))
        self._check_intake_open()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_over(self):
        self._check_intake_open()

    def _check_intake_open(self):
        """Signers are part of what came in: the operator's in a draft, the officer's until closing.

        Their number is often found only when the sheets of signatures are read.
        """
        self._check_open_tickets(self.ticket_id)

    @api.model
    def _check_open_tickets(self, tickets):
        for ticket in tickets:
            role = "operator" if ticket.state == transitions.DRAFT else "officer"
            ticket._require_role(role)
        tickets._check_write({"coapplicant_ids"})

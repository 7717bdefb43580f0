from odoo import api, fields, models

from ..domain import assignments as rules
from ..domain import executors
from .hotline_assignment import KINDS, PD_MODES

EXECUTOR_FIELDS = frozenset({"hotline_addressee_kind", "hotline_pd_mode", "hotline_executor_id"})


class ResPartner(models.Model):
    """An agency, an organisation or a colleague as addressee of a resolution."""

    _inherit = "res.partner"

    hotline_addressee_kind = fields.Selection(
        KINDS,
        string="Whose it is",
        help="What a resolution to it is: an assignment, a forwarding by article 8 or a request.",
    )
    hotline_pd_mode = fields.Selection(
        PD_MODES, string="What it is shown", help="Empty: by the kind and the mail domain."
    )
    hotline_executor_id = fields.Many2one(
        "res.users",
        string="Who answers for it",
        help="An employee with the role of an executor, or a portal user. Empty: by letter only.",
    )

    def _addressee_kind(self):
        """Return the kind of addressee: as set, else by what the card is."""
        self.ensure_one()
        if self.hotline_addressee_kind:
            return self.hotline_addressee_kind
        return executors.proposed_kind(self.hotline_kind or "", self.name or "")

    def _executor_user(self):
        """Return who answers: as set, else the colleague or the only user of the agency."""
        self.ensure_one()
        partner = self.sudo()  # sudo: an officer does not read accounts
        users = partner.hotline_executor_id or partner.user_ids or partner.child_ids.user_ids
        users = users.filtered(lambda user: user.active and partner._may_be_executed_by(user))
        return (users if len(users) == 1 else users[:0]).sudo(False)

    def _pd_mode(self, kind, company):
        """Return what the addressee is shown by default (practice 7)."""
        self.ensure_one()
        if self.hotline_pd_mode:
            return self.hotline_pd_mode
        user = self._executor_user().sudo()  # sudo: as above
        email = user.email or self.email or ""
        is_employee = user and not user.share  # whatever the mail, it is read in our own system
        return rules.default_pd_mode(
            kind, "" if is_employee else email, company._hotline_mail_domains()
        )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_executor_fields({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        self._check_executor_fields(set(vals))
        return super().write(vals)

    @api.model
    def _check_executor_fields(self, names):
        """Who executes and what is shown decides who reads appeals: the officer's to set."""
        if names & EXECUTOR_FIELDS and not self.env.su:
            self.env["helpdesk.ticket"]._require_role("officer")


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _domain_of(self, email):
        return (email or "").rpartition("@")[2].strip().lower()

    def _hotline_mail_domains(self):
        """Return the body's own mail domains: its address, its alias domain."""
        self.ensure_one()
        company = self.sudo()  # sudo: the alias domain is not everybody's to read
        names = {self._domain_of(company.email), (company.alias_domain_id.name or "").lower()}
        return frozenset(name for name in names if name)

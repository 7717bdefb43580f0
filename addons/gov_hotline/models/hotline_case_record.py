from odoo import api, fields, models

from .own_files import own_files


class HotlineCaseRecord(models.AbstractModel):
    """A record made in a case while the case is in work: its company is the case's, its files its
    own; it begins as its room says and goes on by its acts.

    `_files`: the columns of its files.
    """

    _name = "hotline.case.record"
    _inherit = "hotline.by.act"
    _description = "Record made in a case"
    _derived = frozenset({"company_id"})
    _editable = None
    _files = ("attachment_ids",)

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)

    @api.model_create_multi
    def create(self, vals_list):
        # before the database's lock would say it in its own words
        ticket_ids = [vals["ticket_id"] for vals in vals_list if vals.get("ticket_id")]
        self._check_cases(self.env["helpdesk.ticket"].browse(ticket_ids))
        made = super().create(vals_list)
        self._check_cases(made.ticket_id)  # a default may have named another one
        made._own_files()
        return made

    def write(self, vals):
        if self._is_by_act():
            return super().write(vals)
        self._check_cases(self.ticket_id)
        done = super().write(vals)
        self._check_cases(self.ticket_id)
        self._own_files()
        return done

    @api.model
    def _check_cases(self, tickets):
        """Refuse what these cases do not take any more. A room narrows it by the role."""
        tickets._check_open_for_acts()

    def _own_files(self):
        for one in self:
            for name in self._files:
                own_files(one, one[name])

    def _subject(self):
        """Return how an override of a rule names this record."""
        return f"{self._name},{self.id}"

from odoo import fields, models

from ..domain import intake

# fact of the domain: column of the operator's tick
LACKING = {"signed": "lacks_signature", "appeal_date": "lacks_date", "addressee": "lacks_addressee"}


class HelpdeskTicket(models.Model):
    """What a letter must hold beside its text: who looks at the paper says what is missing.

    A warning, no refusal (REQ-W: 59-FZ, article 7, part 1): it is registered all the same.
    """

    _inherit = "helpdesk.ticket"

    lacks_signature = fields.Boolean(string="No signature", copy=False)
    lacks_date = fields.Boolean(string="No date", copy=False)
    lacks_addressee = fields.Boolean(string="No addressee", copy=False)

    def _intake_facts(self):
        facts = super()._intake_facts()
        if self.origin in intake.WRITTEN:
            facts |= {fact: not self[column] for fact, column in LACKING.items()}
        return facts

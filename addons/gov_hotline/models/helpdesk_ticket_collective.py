from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    """A collective appeal: who is answered for all, how many signed, who wants a copy (art. 2)."""

    _inherit = "helpdesk.ticket"

    collective_recipient = fields.Char(
        string="Answer goes to",
        help="The signer named as the recipient; otherwise the first one with an address.",
    )
    signature_count = fields.Integer(string="Signatures")
    coapplicant_ids = fields.One2many("hotline.coapplicant", "ticket_id", string="Co-applicants")
    answer_recipient = fields.Char(
        compute="_compute_answer_recipient", compute_sudo=True, string="Recipient of the answer"
    )

    _signature_count_positive = models.Constraint(
        "CHECK (signature_count IS NULL OR signature_count >= 0)",
        "The number of signatures is not negative.",
    )

    @api.depends(
        "is_collective", "collective_recipient", "applicant_name", "applicant_address",
        "coapplicant_ids.name", "coapplicant_ids.address",
    )  # fmt: skip
    def _compute_answer_recipient(self):
        """Whoever is named; else the first signer with an address; else the first one (art. 2)."""
        for ticket in self:
            with_address = ticket.coapplicant_ids.filtered("address")[:1].name
            first = ticket.applicant_name if ticket.applicant_address else with_address
            named = ticket.collective_recipient if ticket.is_collective else ticket.applicant_name
            ticket.answer_recipient = named or first or ticket.applicant_name

    @api.onchange("is_collective")
    def _onchange_is_collective(self):
        """The one who brought it is the usual recipient: proposed, to be confirmed or changed."""
        if self.is_collective and not self.collective_recipient:
            self.collective_recipient = self.applicant_name

    def _copy_recipients(self):
        """Return the co-applicants who asked for a copy of the answer."""
        self.ensure_one()
        return self.coapplicant_ids.filtered("wants_copy")

    def _intake_facts(self):
        return {
            **super()._intake_facts(),
            "recipient": self.collective_recipient,
            "signature_count": self.signature_count,
        }

    def _card_rows(self):
        rows = super()._card_rows()
        if not self.is_collective:
            return rows
        count = str(self.signature_count or "—")
        rows.append((self._label("signature_count"), self._card_cell(count)))
        rows.append((self._label("answer_recipient"), self._card_cell(self.answer_recipient)))
        copies = "; ".join(
            ", ".join(filter(None, (one.name, one._address_shown())))
            for one in self._copy_recipients()
        )
        if copies:
            rows.append((self.env._("Copies of the answer"), self._card_cell(copies)))
        return rows

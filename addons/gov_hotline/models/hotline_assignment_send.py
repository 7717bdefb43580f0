from odoo import models

from ..domain import assignments as rules
from ..domain import signature


class HotlineAssignment(models.Model):
    """How a resolution leaves: signed, numbered, journalled."""

    _inherit = "hotline.assignment"

    def _send(self):
        """Sign and send drafts; each sending is journalled with what the executor is shown."""
        if not self:
            return
        self._number_letters()
        self._check_act("send", rules.OFFICER)
        self._set(state=rules.SENT, sent_on=self._today())
        for assignment in self:
            assignment._journal("send", shown=assignment.pd_mode, control_on=assignment.control_on)
        self._keep_letters()

    def _keep_letters(self):
        """Keep the letters of forwardings as they leave; an extension point of the letter."""

    def _forwardings(self):
        return self.filtered(lambda one: one.addressee_kind == rules.OTHER_BODY)

    def _is_forwarded(self):
        """Whether the questions left us with this assignment: nothing of them stays on control."""
        self.ensure_one()
        stays = self.state in (rules.DRAFT, rules.WITHDRAWN)
        return self.addressee_kind == rules.OTHER_BODY and not stays and not self.own_part

    def _domain_addressee(self):
        """Return the addressee as the domain's checks see it."""
        self.ensure_one()
        return rules.Addressee(
            key=self.partner_id.id,
            kind=self.addressee_kind,
            role=self.role,
            questions=frozenset(self.question_ids.ids),
            name=self.partner_id.display_name or "",
            outgoing=bool(self.outgoing_number) == bool(self.outgoing_date),
            control_on=self.control_on or None,
        )

    # Outgoing numbers of covering letters

    def _number_letters(self):
        """Number the letters of forwardings whose number was not typed from the outgoing post."""
        for letter in self._forwardings().filtered(lambda one: not one.outgoing_number):
            number, day = letter.ticket_id._next_outgoing()
            letter.write({"outgoing_number": number, "outgoing_date": day})

    def _sign_by_default(self):
        """Sign drafts that name nobody: by the user's authority, else as the officer."""
        for company, drafts in (
            self.filtered(lambda one: not one.signer_name).grouped("company_id").items()
        ):
            drafts.write(drafts._default_signature(company))

    def _default_signature(self, company):
        """Return who signs a resolution today, unless somebody is chosen."""
        today = company._hotline_today()
        authority = self.env["hotline.authority"]._proposed(company, signature.RESOLVE, today)
        if authority:
            return {"authority_id": authority.id, "signed_on": today}
        return {"signer_name": self.env.user.name, "signed_on": today}

    def _signature_problems(self):
        """Return what is wrong with the signature of the resolution: one for all its lines."""
        signed = self[:1]
        return signed._check_signature(signature.RESOLVE) if signed else []

"""Contacts and documents in part: roles that have no need of them see an end, or the settlement.

The whole is closed by the fields' groups, so that no road of the system (export, groups, search,
RPC) gives it; it is shown by a button, and that leaves a line. What is closed: hidden_table.py.
"""

from odoo import api, fields, models
from odoo.fields import Domain

from ..domain import masking, phones
from .hidden_table import FIELDS, NEED, OTHERS, READERS, groups_of


class HotlineHidden(models.AbstractModel):
    _name = "hotline.hidden"
    _description = "Contacts and document shown in part"
    _whole = ()  # the fields that the button shows

    @api.model
    def _hides(self, kind):
        """Return whether the current user sees a `kind` of contact in part only."""
        roles = self.env["helpdesk.ticket"]._roles()
        return roles.isdisjoint(NEED[kind]) and not roles.isdisjoint(OTHERS)

    @api.model
    def _needs_contacts(self):
        """Return whether the user, also where the system acts, needs e-mail and address."""
        roles = self.sudo(False).env["helpdesk.ticket"]._roles()
        return not roles.isdisjoint(NEED["email"])

    @api.model
    def _shown(self, contact):
        """Return a postal or mail address or a telephone as the current user may read it."""
        kind = masking.kind_of(contact)
        return masking.part(kind, contact) if self._hides(kind) else contact or ""

    def _end_of(self, name):
        return masking.end(self[name])

    def action_show_hidden(self):
        """Show the whole contacts and document in a message; that leaves a line."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("operator", *OTHERS)
        self.check_access("read")
        self.env["hotline.sight"]._note(self, "revealed")
        whole = self.sudo()  # the look is noted
        told = [
            f"{self._fields[name]._description_string(self.env)}: {_readable(whole[name])}"
            for name in self._whole
            if whole[name]
        ]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Shown; your look is noted"),
                "message": "; ".join(told) or self.env._("Nothing is hidden here"),
                "sticky": True,
            },
        }


def _readable(value):
    return phones.display(phones.normalise(value).e164) or value


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "hotline.hidden"]
    _whole = ("applicant_phone", "applicant_email", "applicant_address")

    draft_phone = fields.Char(groups=groups_of("helpdesk.ticket", "draft_phone"))
    applicant_email = fields.Char(groups=groups_of("helpdesk.ticket", "applicant_email"))
    partner_email = fields.Char(groups=groups_of("helpdesk.ticket", "partner_email"))
    applicant_address = fields.Char(groups=groups_of("helpdesk.ticket", "applicant_address"))
    phone_end = fields.Char(
        string="End of the telephone",
        compute="_compute_phone_end",
        compute_sudo=True,
        groups=READERS,
    )
    email_part = fields.Char(
        string="Part of the e-mail address",
        compute="_compute_phone_end",
        compute_sudo=True,
        groups=READERS,
    )
    address_part = fields.Char(
        string="Settlement", compute="_compute_phone_end", compute_sudo=True, groups=READERS
    )

    lacks_reply_address = fields.Boolean(
        string="No address for the answer",
        compute="_compute_lacks_reply_address",
        compute_sudo=True,
    )

    @api.depends("applicant_address", "applicant_email")
    def _compute_lacks_reply_address(self):
        for ticket in self:
            ticket.lacks_reply_address = not (ticket.applicant_address or ticket.applicant_email)

    def _compute_phone_end(self):
        for ticket in self:
            ticket.phone_end = ticket._end_of("applicant_phone")
            ticket.email_part = masking.email(ticket.applicant_email)
            ticket.address_part = masking.settlement(ticket.applicant_address)


class HotlineAnswer(models.Model):
    _inherit = "hotline.answer"

    sent_address = fields.Char(groups=groups_of("hotline.answer", "sent_address"))
    reply_address = fields.Char(groups=groups_of("hotline.answer", "reply_address"))


class HotlineAssignment(models.Model):
    _inherit = "hotline.assignment"

    case_contacts = fields.Char(groups=groups_of("hotline.assignment", "case_contacts"))
    case_address = fields.Char(groups=groups_of("hotline.assignment", "case_address"))


class HotlineCall(models.Model):
    _name = "hotline.call"
    _inherit = ["hotline.call", "hotline.hidden"]
    _whole = ("phone", "phone_raw")

    phone = fields.Char(groups=groups_of("hotline.call", "phone"))
    phone_raw = fields.Char(groups=groups_of("hotline.call", "phone_raw"))
    phone_kind = fields.Char(compute_sudo=True)
    phone_end = fields.Char(
        string="End of the telephone", compute="_compute_phone_end", compute_sudo=True
    )

    def _compute_phone_end(self):
        for call in self:
            call.phone_end = masking.end(phones.shown(call.phone or call.phone_raw))


class HotlineCoapplicant(models.Model):
    _inherit = "hotline.coapplicant"

    address = fields.Char(groups=groups_of("hotline.coapplicant", "address"))

    def _address_shown(self):
        """Return the address as the current user may read it on a print."""
        return self.env["hotline.hidden"]._shown(self.sudo().address)  # masked by the role


class HotlineCorrection(models.Model):
    """What a contact was and should be is shown in part, other corrections in whole."""

    _inherit = "hotline.correction"

    value_before = fields.Text(groups=groups_of("hotline.correction", "value_before"))
    value_after = fields.Text(groups=groups_of("hotline.correction", "value_after"))
    after_text = fields.Char(groups=groups_of("hotline.correction", "after_text"))
    shown_before = fields.Char(
        string="Was, as you may see it", compute="_compute_shown", compute_sudo=True
    )
    shown_after = fields.Char(
        string="Should be, as you may see it", compute="_compute_shown", compute_sudo=True
    )

    @api.depends("value_before", "after_text")
    @api.depends_context("uid")
    def _compute_shown(self):
        hidden = self.env["hotline.hidden"].sudo(False)  # of the reader, not of the computation
        for one in self:
            kind = FIELDS["helpdesk.ticket"].get(one.field_name)
            masked = kind and hidden._hides(kind)
            told = (one.value_before or "", one.after_text or "")
            one.shown_before, one.shown_after = (
                masking.part(kind, words) if masked else words for words in told
            )


class HotlineAccount(models.Model):
    """Whose it is, for whoever talks to the holder; the others see number, place, meters."""

    _name = "hotline.account"
    _inherit = ["hotline.account", "hotline.hidden"]
    _whole = ("holder_name",)

    holder_id = fields.Many2one(groups=groups_of("hotline.account", "holder_id"))
    holder_name = fields.Char(groups=groups_of("hotline.account", "holder_name"))

    @api.model
    def _search_display_name(self, operator, value):
        """By the number alone for those who may not read the holder."""
        if self._has_field_access(self._fields["holder_name"], "read"):
            return super()._search_display_name(operator, value)
        return Domain("number", operator, value)

    def action_show_hidden(self):
        """Show the holder in a message; noted on the card of the holder too."""
        shown = super().action_show_hidden()
        self._note_look("revealed")
        return shown


class HotlineExternalCase(models.Model):
    """Where the applicant lives, as the document system writes it."""

    _name = "hotline.external.case"
    _inherit = ["hotline.external.case", "hotline.hidden"]
    _whole = ("applicant_address",)

    applicant_address = fields.Char(groups=groups_of("hotline.external.case", "applicant_address"))
    address_part = fields.Char(string="Settlement", compute="_compute_part", compute_sudo=True)

    @api.depends("applicant_address")
    def _compute_part(self):
        for case in self:
            case.address_part = masking.settlement(case.applicant_address)


class HotlineMail(models.Model):
    _inherit = "hotline.mail"

    email_to = fields.Char(groups=groups_of("hotline.mail", "email_to"))


class HotlineNotice(models.Model):
    _inherit = "hotline.notice"

    address = fields.Char(groups=groups_of("hotline.notice", "address"))


class HotlineOutbox(models.AbstractModel):
    """What leaves: to whom, in part, for whoever reads the queue and writes to nobody."""

    _inherit = "hotline.outbox"

    to_part = fields.Char(string="To", compute="_compute_to_part", compute_sudo=True)

    @api.depends(lambda self: (self._to,) if self._to else ())
    def _compute_to_part(self):
        kind = FIELDS.get(self._name, {}).get(self._to)
        for one in self:
            one.to_part = masking.part(kind, one[self._to]) if kind else False

    def _without_address(self, words):
        """Return `words` of a server with the address or number of the addressee in part."""
        return words.replace(self[self._to], self.to_part) if words and self[self._to] else words

    def _to_shown(self):
        """Return to whom it goes as the current user may read it, also where the system asks."""
        closed = not self.sudo(False)._has_field_access(self._fields[self._to], "read")
        return self.to_part if closed else self[self._to]


class HotlinePostEvent(models.Model):
    _inherit = "hotline.post.event"

    address = fields.Char(groups=groups_of("hotline.post.event", "address"))


class HotlineReception(models.Model):
    _name = "hotline.reception"
    _inherit = ["hotline.reception", "hotline.hidden"]
    _whole = ("citizen_phone", "citizen_address", "document_number")

    citizen_phone = fields.Char(groups=groups_of("hotline.reception", "citizen_phone"))
    citizen_address = fields.Char(groups=groups_of("hotline.reception", "citizen_address"))
    document_number = fields.Char(groups=groups_of("hotline.reception", "document_number"))
    phone_end = fields.Char(
        string="End of the telephone", compute="_compute_ends", compute_sudo=True
    )
    document_end = fields.Char(
        string="End of the document number", compute="_compute_ends", compute_sudo=True
    )
    address_part = fields.Char(string="Settlement", compute="_compute_ends", compute_sudo=True)

    def _compute_ends(self):
        for one in self:
            one.phone_end = one._end_of("citizen_phone")
            one.document_end = one._end_of("document_number")
            one.address_part = masking.settlement(one.citizen_address)


class HotlineTask(models.Model):
    """A call-back is for whoever makes it; the supervisor gives it out by its end."""

    _name = "hotline.task"
    _inherit = ["hotline.task", "hotline.hidden"]
    _whole = ("phone",)

    phone = fields.Char(groups=groups_of("hotline.task", "phone"))
    phone_end = fields.Char(
        string="End of the telephone", compute="_compute_phone_end", compute_sudo=True
    )

    def _compute_phone_end(self):
        for task in self:
            task.phone_end = task._end_of("phone")

"""Telephones and documents in part: roles that call nobody see the last four signs.

The whole is closed by the fields' groups, so that no road of the system (export, groups, search,
RPC) gives it; it is shown by a button, and that leaves a line.
"""

from lxml import etree

from odoo import api, fields, models

from ..domain import masking, phones

NEED = "gov_hotline.group_operator"  # officers and administrators are operators too
OTHERS = ("approver", "supervisor", "auditor")
PARTNER_PHONES = frozenset(
    {
        "phone", "phone_sanitized", "phone_mobile_search", "phone_blacklisted",
        "phone_sanitized_blacklisted",
    }
)  # fmt: skip


class HotlineHidden(models.AbstractModel):
    _name = "hotline.hidden"
    _description = "Telephone and document shown in part"
    _whole = ()  # the fields that the button shows

    def _hides_contacts(self):
        """Return whether the current user sees telephones and documents in part only."""
        roles = self.env["helpdesk.ticket"]._roles()
        return "operator" not in roles and not roles.isdisjoint(OTHERS)

    def _end_of(self, name):
        return masking.end(self[name])

    def action_show_hidden(self):
        """Show the whole telephone and document in a message; that leaves a line."""
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


class HotlineHiddenContact(models.AbstractModel):
    """Odoo's own telephone fields of a contact, closed by the role."""

    _name = "hotline.hidden.contact"
    _description = "Contact whose telephone is shown in part"

    def _has_field_access(self, field, operation):
        if field.name in PARTNER_PHONES and not self.env.su and self._hides_phones():
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _hides_phones(self):
        return self.env["hotline.hidden"]._hides_contacts()

    def get_view(self, view_id=None, view_type="form", **options):
        """Take out of any view of contacts what this role does not read."""
        view = super().get_view(view_id, view_type, **options)
        if not self._hides_phones():
            return view
        arch = etree.fromstring(view["arch"])
        for node in arch.xpath("//field[@name]"):
            if node.get("name") in PARTNER_PHONES:
                node.getparent().remove(node)
        return {**view, "arch": etree.tostring(arch, encoding="unicode")}


def _readable(value):
    return phones.display(phones.normalise(value).e164) or value


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "hotline.hidden"]
    _whole = ("applicant_phone",)

    draft_phone = fields.Char(groups=NEED)
    phone_end = fields.Char(
        string="End of the telephone",
        compute="_compute_phone_end",
        compute_sudo=True,
        groups=",".join(f"gov_hotline.group_{role}" for role in ("operator", *OTHERS)),
    )

    def _compute_phone_end(self):
        for ticket in self:
            ticket.phone_end = ticket._end_of("applicant_phone")


class HotlineCall(models.Model):
    _name = "hotline.call"
    _inherit = ["hotline.call", "hotline.hidden"]
    _whole = ("phone", "phone_raw")

    phone = fields.Char(groups=NEED)
    phone_raw = fields.Char(groups=NEED)
    phone_kind = fields.Char(compute_sudo=True)
    phone_end = fields.Char(
        string="End of the telephone", compute="_compute_phone_end", compute_sudo=True
    )

    def _compute_phone_end(self):
        for call in self:
            call.phone_end = masking.end(call.phone or call.phone_raw)


class HotlineReception(models.Model):
    _name = "hotline.reception"
    _inherit = ["hotline.reception", "hotline.hidden"]
    _whole = ("citizen_phone", "document_number")

    citizen_phone = fields.Char(groups=NEED)
    document_number = fields.Char(groups=NEED)
    phone_end = fields.Char(
        string="End of the telephone", compute="_compute_ends", compute_sudo=True
    )
    document_end = fields.Char(
        string="End of the document number", compute="_compute_ends", compute_sudo=True
    )

    def _compute_ends(self):
        for one in self:
            one.phone_end = one._end_of("citizen_phone")
            one.document_end = one._end_of("document_number")


class HotlineSms(models.Model):
    _inherit = "hotline.sms"

    phone_to = fields.Char(groups=NEED)


class HotlineTask(models.Model):
    _inherit = "hotline.task"

    # A call-back is for whoever makes it, and for the supervisor who gives it out.
    phone = fields.Char(groups=f"{NEED},gov_hotline.group_supervisor")


class ResPartner(models.Model):
    """A citizen's card. The field is Odoo's own, so it is closed by the role, not by groups."""

    _name = "res.partner"
    _inherit = ["res.partner", "hotline.hidden", "hotline.hidden.contact"]
    _whole = ("phone",)

    hotline_phone_ids = fields.One2many(groups=NEED)
    phone_end = fields.Char(
        string="End of the telephone", compute="_compute_phone_end", compute_sudo=True
    )

    def _compute_phone_end(self):
        for partner in self:
            is_citizen = partner.hotline_kind == "citizen"
            partner.phone_end = partner._end_of("phone") if is_citizen else partner.phone

    @api.model
    def _search_phone_mobile_search(self, operator, value):
        """Odoo checks no access to a field that its own method searches: a number is guessed."""
        self._check_field_access(self._fields["phone_mobile_search"], "read")
        return super()._search_phone_mobile_search(operator, value)

    @api.model
    def _search_phone_sanitized_blacklisted(self, operator, value):
        self._check_field_access(self._fields["phone_sanitized_blacklisted"], "read")
        return super()._search_phone_sanitized_blacklisted(operator, value)


class ResUsers(models.Model):
    """A citizen of the personal page is a user too: the telephone is the card's."""

    _name = "res.users"
    _inherit = ["res.users", "hotline.hidden.contact"]

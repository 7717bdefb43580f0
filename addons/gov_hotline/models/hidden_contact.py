"""A citizen's card and user: Odoo's own fields of contacts, closed by the role and the record."""

from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..domain import masking
from .hidden_table import OF_CITIZENS, PHONES, groups_of

# What a context adds to the name of a contact: e-mail, address, taxpayer number.
NAME_ALONE = dict.fromkeys(
    (
        "show_email", "show_address", "address_inline", "show_vat", "formatted_display_name",
        "hotline_addressee",
    ),
    False,
)  # fmt: skip


class HotlineHiddenContact(models.AbstractModel):
    """Contact whose telephone is closed, whose e-mail and street are closed if a citizen's.

    A search by e-mail or address passes over citizens instead of being refused: the same search
    finds colleagues and agencies (a mention, a field of contacts).
    """

    _name = "hotline.hidden.contact"
    _description = "Contact shown in part"

    @api.model
    def _citizens_domain(self):
        return Domain("hotline_kind", "=", "citizen")

    def _has_citizen(self):
        return any(one.hotline_kind == "citizen" for one in self.sudo())  # sudo: whose, only

    @api.model
    def _closed_names(self):
        """Return the names of the fields that this role reads in part: (of all, of citizens)."""
        hidden = self.env["hotline.hidden"]
        of_citizens = {name for name, kind in OF_CITIZENS.items() if hidden._hides(kind)}
        return (PHONES if hidden._hides("phone") else frozenset()), of_citizens

    def _has_field_access(self, field, operation):
        if not self.env.su:
            if field.name in PHONES and self.env["hotline.hidden"]._hides("phone"):
                return False
            if self._is_closed_of_citizens(field) and self._has_citizen():
                return False
        return super()._has_field_access(field, operation)

    def _is_closed_of_citizens(self, field):
        kind = OF_CITIZENS.get(field.name)
        return bool(kind) and self.env["hotline.hidden"]._hides(kind)

    def _check_field_access(self, field, operation):
        """Without a record it is a search, an order or a grouping over citizens too: refused.

        But the order by login: Odoo's own of users.
        """
        if not self and not self.env.su and field.name != "login":
            self._check_open_to_all(field)
        return super()._check_field_access(field, operation)

    def _check_open_to_all(self, field):
        if self._is_closed_of_citizens(field):
            raise AccessError(self._field_refusal(field))

    def _fetch_query(self, query, fields):
        """Where no record is known yet, fetch no closed field with the others.

        One that was asked for by name is refused before; these are what others are computed of.
        """
        if not self and not self.env.su:
            fields = [field for field in fields if not self._is_closed_of_citizens(field)]
        return super()._fetch_query(query, fields)

    @api.model
    def _search(self, domain, *args, **kwargs):
        return super()._search(self._past_citizens(domain), *args, **kwargs)

    @api.model
    def _search_display_name(self, operator, value):
        return self._past_citizens(super()._search_display_name(operator, value))

    @api.model
    def _past_citizens(self, domain):
        """Return `domain` in which no term over a closed field is true or false of a citizen."""
        if self.env.su:
            return domain
        _all, closed = self._closed_names()
        if not closed or domain is NotImplemented:
            return domain
        return Domain(domain).map_conditions(
            lambda term: self._others_with(term) if term.field_expr in closed else term
        )

    def _others_with(self, term):
        # sudo: of people and agencies that this role reads in whole; the rules stand around it
        found = self.sudo()._search(Domain(term) & ~self._citizens_domain(), active_test=False)
        return Domain("id", "in", found)

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer no closed field to filters, grouping and export."""
        closed = frozenset() if self.env.su else frozenset().union(*self._closed_names())
        fields_ = super().fields_get(allfields, attributes)
        return {name: one for name, one in fields_.items() if name not in closed}

    def get_view(self, view_id=None, view_type="form", **options):
        """Take out of any view of contacts what this role does not read."""
        view = super().get_view(view_id, view_type, **options)
        closed = frozenset().union(*self._closed_names())
        if not closed:
            return view
        arch = etree.fromstring(view["arch"])
        for node in arch.xpath("//field[@name]"):
            if node.get("name") in closed:
                node.getparent().remove(node)
        return {**view, "arch": etree.tostring(arch, encoding="unicode")}


class ResPartner(models.Model):
    """A citizen's card."""

    _name = "res.partner"
    _inherit = ["res.partner", "hotline.hidden", "hotline.hidden.contact"]
    _whole = ("phone", "email", "contact_address_inline")

    hotline_phone_ids = fields.One2many(groups=groups_of("res.partner", "hotline_phone_ids"))
    phone_end = fields.Char(
        string="End of the telephone", compute="_compute_parts", compute_sudo=True
    )
    email_part = fields.Char(
        string="Part of the e-mail address", compute="_compute_parts", compute_sudo=True
    )
    address_part = fields.Char(string="Settlement", compute="_compute_parts", compute_sudo=True)

    @api.depends_context("uid")
    def _compute_display_name(self):  # pylint: disable=missing-return
        """A context asks for more than the name: of a citizen, only for whoever reads the rest."""
        bare = self.filtered(lambda one: one._is_name_alone())
        super(ResPartner, self - bare)._compute_display_name()
        names = bare.with_context(**NAME_ALONE)
        super(ResPartner, names)._compute_display_name()
        for partner, named in zip(bare, names, strict=True):
            partner.display_name = named.display_name

    def _is_name_alone(self):
        """Return whether the reader, also as the system, is told the name and nothing else.

        A link from another record is named by the system, so it is the user who counts.
        """
        asked = {name for name in NAME_ALONE if self.env.context.get(name)}
        if not asked:
            return False
        user = self.env.user
        if user._is_superuser() or self == user.partner_id:
            return False
        return self._has_citizen() and not self._needs_more_than_a_name(asked)

    def _needs_more_than_a_name(self, asked):
        """Who talks to citizens tells them apart; an approver reads e-mail by its field alone."""
        talks = "operator" in self.sudo(False).env["helpdesk.ticket"]._roles()
        is_letter = asked == {"hotline_addressee"}
        return talks or (is_letter and self.env["hotline.hidden"]._needs_contacts())

    def _compute_parts(self):
        for partner in self:
            whole = partner.hotline_kind != "citizen"
            partner.phone_end = partner.phone if whole else masking.end(partner.phone)
            partner.email_part = partner.email if whole else masking.email(partner.email)
            partner.address_part = (
                partner.contact_address_inline if whole else partner._settlement()
            )

    def _settlement(self):
        if self.city:
            return f"{self.city}, {masking.DOTS}" if self.street or self.zip else self.city
        return masking.settlement(self.contact_address_inline)

    @api.model
    def _search_phone_mobile_search(self, operator, value):
        """Odoo checks no access to a field that its own method searches: a number is guessed."""
        self._check_field_access(self._fields["phone_mobile_search"], "read")
        return super()._search_phone_mobile_search(operator, value)

    @api.model
    def _search_phone_sanitized_blacklisted(self, operator, value):
        self._check_field_access(self._fields["phone_sanitized_blacklisted"], "read")
        return super()._search_phone_sanitized_blacklisted(operator, value)

    def _to_store_defaults(self, target):
        return self._open_fields(super()._to_store_defaults(target))

    def _get_store_avatar_card_fields(self, target):
        return self._open_fields(super()._get_store_avatar_card_fields(target))

    def _open_fields(self, names):
        """Leave out what this role does not read: the thread of a case shows its author anyway."""
        closed = frozenset().union(*self._closed_names())
        return [one for one in names if not (isinstance(one, str) and one in closed)]


class ResUsers(models.Model):
    """A citizen of the personal page is a user too: telephone and e-mail are the card's."""

    _name = "res.users"
    _inherit = ["res.users", "hotline.hidden.contact"]

    @api.model
    def _citizens_domain(self):
        return Domain("partner_id.hotline_kind", "=", "citizen")

    def _has_citizen(self):
        return self.sudo().partner_id._has_citizen()  # sudo: whose, only

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_grouped(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        self._check_grouped(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    def _check_grouped(self, spec):
        field = self._fields.get(spec.partition(":")[0])
        if field is not None and not self.env.su:
            self._check_open_to_all(field)


class MailTrackingValue(models.Model):
    _inherit = "mail.tracking.value"

    def _filter_has_field_access(self, env):
        """A change of a citizen's e-mail tells the e-mail: closed as the field is."""
        shown = super()._filter_has_field_access(env)
        return shown.filtered(lambda one: not one._is_of_closed_contact(env))

    def _is_of_closed_contact(self, env):
        field = self.field_id
        if field.model != "res.partner" or field.name not in OF_CITIZENS:
            return False
        partner = env["res.partner"].browse(self.mail_message_id.res_id)
        return not partner._has_field_access(partner._fields[field.name], "read")


class HotlineSms(models.Model):
    _inherit = "hotline.sms"

    phone_to = fields.Char(groups=groups_of("hotline.sms", "phone_to"))

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..domain.signature import RIGHTS, Authority

RIGHT_FIELDS = {right: f"may_{right}" for right in RIGHTS}


class HotlineAuthority(models.Model):
    """Who may sign what, by which order, from when to when; also acting («И.о.»)."""

    _name = "hotline.authority"
    _description = "Authority of an official"
    _order = "name, valid_from desc"

    user_id = fields.Many2one("res.users", index="btree_not_null", domain=[("share", "=", False)])
    partner_id = fields.Many2one(
        "res.partner",
        string="Card of the official",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        index="btree_not_null",
        help="Who a complaint would be against: such a signer is refused (59-FZ, art. 8, p. 6).",
    )
    name = fields.Char(
        string="Surname and initials",
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    position = fields.Char(required=True)
    order_number = fields.Char(string="Order No.")
    order_date = fields.Date(string="Date of the order")
    valid_from = fields.Date(string="Valid from")
    valid_to = fields.Date(string="Valid to")
    is_acting = fields.Boolean(string="Acting")
    may_sign = fields.Boolean(string="Signs answers and notices", default=True)
    may_extend = fields.Boolean(string="Extends terms")
    may_decide = fields.Boolean(string="Decides on leaving without an answer and stopping")
    may_resolve = fields.Boolean(string="Signs resolutions")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Body", required=True, default=lambda self: self.env.company
    )

    @api.depends("user_id")
    def _compute_name(self):
        for authority in self:
            if authority.user_id and not authority.name:
                authority.name = authority.user_id.name

    @api.depends("user_id")
    def _compute_partner_id(self):
        for authority in self:
            if authority.user_id:
                authority.partner_id = authority.user_id.partner_id

    @api.depends("name", "position", "is_acting")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for authority in self:
            words = [authority.name, authority._position_words()]
            authority.display_name = ", ".join(filter(None, words))

    @api.constrains("valid_from", "valid_to")
    def _check_validity(self):
        for authority in self:
            first, last = authority.valid_from, authority.valid_to
            if first and last and last < first:
                raise ValidationError(
                    self.env._(
                        "«%(name)s»: the last day of validity is before the first one.",
                        name=authority.name,
                    )
                )

    @api.constrains(*RIGHT_FIELDS.values())
    def _check_has_right(self):
        for authority in self:
            if not authority._rights():
                raise ValidationError(
                    self.env._("«%(name)s»: tick what may be signed.", name=authority.name)
                )

    def _position_words(self):
        """Return the position as it is signed: «И.о. начальника отдела»."""
        acting = self.env._("Acting %(position)s", position=self.position or "")
        return acting if self.is_acting else self.position or ""

    def _authority_text(self):
        """Return position and order as a snapshot for what is signed."""
        self.ensure_one()
        order = ""
        if self.order_number:
            order = self.env._("order No. %(number)s", number=self.order_number)
        if self.order_number and self.order_date:
            day = format_date(self.env, self.order_date, date_format="dd.MM.yyyy")
            order = self.env._("order No. %(number)s of %(day)s", number=self.order_number, day=day)
        return ", ".join(filter(None, [self._position_words(), order]))

    def _rights(self):
        return frozenset(right for right, name in RIGHT_FIELDS.items() if self[name])

    def _domain_authority(self):
        """Return the domain's Authority, or None for no record."""
        if not self:
            return None
        self.ensure_one()
        return Authority(self.valid_from or None, self.valid_to or None, self._rights())

    @api.model
    def _with_right(self, company, right, day):
        """Return the authorities of `company` that give `right` on `day`, the user's own first."""
        # sudo: who may sign is told to every act, the directory is the administrator's
        found = self.sudo().search(
            [("company_id", "=", company.id), (RIGHT_FIELDS[right], "=", True)]
        )
        valid = found.filtered(lambda one: one._domain_authority().holds_on(day))
        return valid.sorted(lambda one: one.user_id != self.env.user).sudo(False)

    @api.model
    def _proposed(self, company, right, day):
        """Return the user's own authority for `right`, else the only one there is, else none."""
        valid = self._with_right(company, right, day)
        own = valid.filtered(lambda one: one.user_id == self.env.user)[:1]
        return own or (valid if len(valid) == 1 else self.browse())

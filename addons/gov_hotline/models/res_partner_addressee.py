from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

EXECUTING_ROLES = ("gov_hotline.group_executor", "gov_hotline.group_officer")


class ResPartner(models.Model):
    """Who is offered in a resolution, and which account may read what is sent to whom."""

    _inherit = "res.partner"

    is_addressee = fields.Boolean(
        string="Addressee of resolutions",
        compute="_compute_is_addressee",
        search="_search_is_addressee",
        help="Agencies, organisations and colleagues with the role of an executor.",
    )
    executor_choice_ids = fields.Many2many(
        "res.users",
        string="Possible executors",
        compute="_compute_executor_choice_ids",
        help="The accounts that may answer for this addressee.",
    )

    def _compute_is_addressee(self):
        offered = self.filtered_domain(self._addressee_domain())
        for partner in self:
            partner.is_addressee = partner in offered

    def _search_is_addressee(self, operator, value):
        if operator != "in":
            return NotImplemented
        offered = self._addressee_domain()
        return offered if True in value else ~offered

    @api.model
    def _addressee_domain(self):
        colleagues = self._executing_users().partner_id
        return Domain("hotline_kind", "in", ("agency", "organisation")) | Domain(
            "id", "in", colleagues.ids
        )

    @api.model
    def _executing_users(self):
        groups = [self.env.ref(xmlid).id for xmlid in EXECUTING_ROLES]
        # sudo: an officer does not read accounts; only who may be chosen comes back
        users = self.env["res.users"].sudo()
        return users.search([("share", "=", False), ("all_group_ids", "in", groups)])

    def _compute_executor_choice_ids(self):
        colleagues = self._executing_users()
        for partner in self:
            own = partner.sudo()  # sudo: as above
            persons = own.user_ids | own.child_ids.user_ids | own.hotline_executor_id
            fitting = persons.filtered(own._may_be_executed_by)
            partner.executor_choice_ids = (colleagues | fitting).sudo(False)

    def _is_citizen_only(self):
        """Whether this is the card of a citizen who is no colleague."""
        users = self.sudo().user_ids  # sudo: as above
        return self.hotline_kind == "citizen" and not users.filtered(self._is_executing)

    @api.model
    def _is_executing(self, user):
        roles = any(user.has_group(role) for role in EXECUTING_ROLES)
        return not user.share and roles

    def _may_be_executed_by(self, user):
        """Whether `user` may read and answer what is sent to this addressee.

        Colleagues by their role; a portal account if its person belongs to the addressee or was
        marked as answering for it. A citizen's account never, whatever it is called.
        """
        self.ensure_one()
        user = user.sudo()  # sudo: contacts and roles of another account
        if not user.share:
            return self._is_executing(user)
        person = user.partner_id
        if not user._is_portal() or person.hotline_kind == "citizen":
            return False
        # sudo: compared alone
        return self.sudo().hotline_executor_id == user or self in person | _above(person)

    def _not_an_executor_text(self, user):
        if user.sudo().share:  # sudo: whose it is decides the words
            return self.env._(
                "%(name)s does not belong to «%(agency)s» and would read a stranger's appeal. "
                "Choose a person of this agency or leave the executor empty.",
                name=user.sudo().name,  # sudo: a name only
                agency=self.name,
            )
        return self.env._(
            "%(name)s has no role of an executor and would not see the assignment.",
            name=user.sudo().name,  # sudo: a name only
        )

    @api.constrains("hotline_executor_id", "hotline_kind")
    def _check_hotline_executor(self):
        for partner in self.sudo():  # sudo: as above
            user = partner.hotline_executor_id
            if user and not partner._may_be_executed_by(user):
                raise ValidationError(partner._not_an_executor_text(user))

    # Names in the choice

    @api.depends_context("hotline_addressee")
    def _compute_display_name(self):  # pylint: disable=missing-return
        super()._compute_display_name()
        if self.env.context.get("hotline_addressee"):
            for partner in self.filtered(lambda one: one.name and not one._is_name_alone()):
                words = partner._addressee_words()
                if words:
                    partner.display_name = f"{partner.display_name} ({words})"

    def _addressee_words(self):
        """Return what tells this addressee from another one of the same name."""
        words = [self.function] if not self.is_company else []
        if self._has_namesakes():
            kind = dict(self._fields["hotline_addressee_kind"]._description_selection(self.env))
            words.append(kind.get(self.hotline_addressee_kind) or "")
            words.append(self.email or self.city or self.env._("card %(number)s", number=self.id))
        return ", ".join(filter(None, words))

    def _has_namesakes(self):
        return bool(self.search_count([("name", "=", self.name), ("id", "!=", self.id)], limit=1))


def _above(person):
    """Return the contacts that `person` belongs to, the nearest first."""
    above = person.browse()
    while person.parent_id and person.parent_id not in above:
        person = person.parent_id
        above |= person
    return above

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .hotline_pbx import ADMINISTRATORS

KINDS = [
    ("desk", "Desk telephone"),
    ("browser", "In the browser"),
    ("expert", "Expert's telephone"),
    ("common", "Shared telephone"),
]
LONGEST = 15  # digits: as of a number of E.164
EMERGENCY = "112"  # nobody of the body's own is reached by it


class HotlinePbxExtension(models.Model):
    """A telephone of the PBX: whose it is and who is at it now."""

    _name = "hotline.pbx.extension"
    _description = "Extension"
    _order = "pbx_id, number"
    _rec_name = "number"

    pbx_id = fields.Many2one("hotline.pbx", string="PBX", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="pbx_id.company_id", store=True, index=True)
    number = fields.Char(required=True)
    name = fields.Char(string="Whose or where")
    interface = fields.Char(required=True, help="As the PBX calls it: PJSIP/101.")
    kind = fields.Selection(KINDS, required=True, default="desk")
    user_id = fields.Many2one(
        "res.users", string="Owner", index="btree_not_null", ondelete="set null"
    )
    at_id = fields.Many2one(
        "res.users", string="Who is at it", readonly=True, copy=False, ondelete="set null"
    )
    # Of the owner's own session.
    sip_secret = fields.Char(string="Kept SIP secret", groups=fields.NO_ACCESS, copy=False)
    new_sip_secret = fields.Char(
        string="SIP secret",
        compute="_compute_new_sip_secret",
        inverse="_inverse_new_sip_secret",
        groups=ADMINISTRATORS,
        copy=False,
        help="For a telephone in the browser. Is not shown: write a new one to change it.",
    )
    has_sip_secret = fields.Boolean(compute="_compute_has_sip_secret", compute_sudo=True)
    registered = fields.Boolean(
        string="Reachable", readonly=True, copy=False, help="As the PBX sees it now."
    )
    active = fields.Boolean(default=True)

    _number_uniq = models.Constraint(
        "UNIQUE (pbx_id, number)", "This PBX has such an extension already."
    )
    _interface_uniq = models.Constraint(
        "UNIQUE (pbx_id, interface)", "This PBX has such an interface already."
    )
    _at_uniq = models.UniqueIndex("(at_id) WHERE at_id IS NOT NULL", "One telephone at a time.")

    def _compute_new_sip_secret(self):
        self.new_sip_secret = False

    def _inverse_new_sip_secret(self):
        for one in self.filtered("new_sip_secret"):
            one.sudo().sip_secret = one.new_sip_secret  # sudo: nobody's screen reads the column
            one.new_sip_secret = False

    def _compute_has_sip_secret(self):
        for one in self:
            one.has_sip_secret = bool(one.sip_secret)

    def write(self, vals):
        """Another owner gets a secret of the own, not the one of whoever was here before."""
        if "user_id" in vals and not vals.get("new_sip_secret"):
            moved = self.filtered(lambda one: one.user_id and one.user_id.id != vals["user_id"])
            moved.sudo().sip_secret = False  # sudo: nobody's screen writes the column
        return super().write(vals)

    @api.constrains("number", "interface")
    def _check_one_word(self):
        """Both go to the PBX: a digit string, and «technology/name» without a line break."""
        for one in self:
            is_number = one.number.isascii() and one.number.isdigit()
            if not is_number or len(one.number) > LONGEST or one.number == EMERGENCY:
                raise ValidationError(
                    self.env._(
                        "Extension «%(number)s»: digits only, %(most)s at most, not 112.",
                        number=one.number[:LONGEST],
                        most=LONGEST,
                    )
                )
            technology, slash, name = one.interface.partition("/")
            plain = name.replace("-", "").replace("_", "").replace(".", "")
            if not (technology.isalnum() and slash and plain.isalnum() and one.interface.isascii()):
                raise ValidationError(
                    self.env._("Interface «%(name)s» is written as PJSIP/101.", name=one.interface)
                )

    # Whose

    def _person(self):
        """Return who is on the line at this telephone, else its owner; nobody."""
        known = self.sudo()  # sudo: which colleague it is, asked by the acts
        return known.at_id or known.user_id

    @api.model
    def _at(self, user):
        """Return the telephone at which `user` is on the line; none."""
        # sudo: asked of anybody, by the acts
        return self.sudo().search([("at_id", "=", user.id)], limit=1)

    @api.model
    def _of(self, user):
        """Return the telephone of `user`: at which the user is, else the first own one."""
        # sudo: as above
        return self._at(user) or self.sudo().search([("user_id", "=", user.id)], limit=1)

    @api.model
    def _ear(self, user):
        """Return the own telephone in the browser by which a supervisor listens in; none.

        It needs no line: who hears a talk need not take calls.
        """
        if not user.has_group("gov_hotline.group_supervisor"):
            return self.sudo().browse()  # sudo: as above
        own = [
            ("user_id", "=", user.id),
            ("kind", "=", "browser"),
            ("at_id", "in", (False, user.id)),
        ]
        return self.sudo().search(own, limit=1)  # sudo: as above

    @api.model
    def _telephones(self, users):
        """Return {user id: (at which the user is, the first own one)}, however many by one query.

        Either may be none.
        """
        here = [("at_id", "in", users.ids)]
        # sudo: as above
        found = self.sudo().search(["|", *here, ("user_id", "in", users.ids)])
        at = {one.at_id.id: one for one in found}
        own = {one.user_id.id: one for one in reversed(found)}
        none = found.browse()
        return {user: (at.get(user, none), own.get(user, none)) for user in users.ids}

    def _sit_down(self, user):
        """Note that `user` is on the line here, if nobody is: the queue was entered by a key."""
        if self and not self.at_id and not self._at(user):
            self.at_id = user

    def _may_sit(self, user):
        """Say whether `user` may come on the line at this telephone: an own or a shared one."""
        return self.user_id == user or (self.kind == "common" and not self.user_id)

    def _vals(self):
        return {
            "id": self.id,
            "number": self.number,
            "name": self.name or "",
            "kind": self.kind,
            "registered": self.registered,
        }

    @api.model
    def _reached(self, call, words=""):
        """Return the telephones of this call's PBX that answer to all the words, not own ones.

        By name, number, job and department; an expert's by that word, too. Those with somebody on
        the line first; an owner is reached at one telephone.
        """
        # sudo: the PBX and who sits where
        found = self.sudo().search([("pbx_id", "=", call.sudo().pbx_id.id)])
        mine = self._of(self.env.user) | self._at(self.env.user)
        taken, asked = {self.env.uid}, (words or "").casefold().split()
        told = found._told_of() if asked else {}
        reached = self.browse()
        for one in (found - mine).sorted(lambda one: (not one.at_id, one.kind != "expert")):
            person = one._person()
            fits = all(word in told[one] for word in asked)
            if fits and (not person or person.id not in taken):
                taken.add(person.id)
                reached |= one
        return reached.with_env(self.env)

    def _told_of(self):
        """Return {telephone: what it is found by, in small letters}; of the system."""
        expert = dict(self._fields["kind"]._description_selection(self.env))["expert"]
        people = {one: one._person() for one in self}
        everybody = self.env["res.users"].union(*people.values())
        teams = self.env["helpdesk.ticket.team"].search([("user_ids", "in", everybody.ids)])
        told = {}
        for one, person in people.items():
            mine = teams.filtered(lambda team, who=person: who and who in team.user_ids)
            role = expert if one.kind == "expert" else ""
            words = (person.name, person.function, one.name, one.number, role, *mine.mapped("name"))
            told[one] = " ".join(filter(None, words)).casefold()
        return told

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..domain import handover as rules

ROLES = ("supervisor", "administrator")
LISTED_BY = frozenset({"from_user_id", "to_kind", "to_user_id", "team_ids", "kind"})
COLLEAGUE = [("share", "=", False)]


class HotlineHandover(models.Model):
    """«Передача дел»: what one colleague has in hand goes to others, for a leave or for good.

    Draft → list (what is handed over, what is not and why) → handed over, at once or on its day →
    after a leave everything comes back by itself. See hotline_handover_acts.py.
    """

    _name = "hotline.handover"
    _inherit = ["hotline.by.act", "mail.thread", "mail.activity.mixin"]
    _description = "Hand-over of cases"
    _mail_post_access = "read"  # whoever was told ticks it off
    _order = "id desc"
    _set_by_act = frozenset({"state", "line_ids", "substitute_id", "done_at", "returned_at"})
    _derived = frozenset({"company_id"})
    _editable = None

    company_id = fields.Many2one(
        "res.company", string="Body", required=True, default=lambda self: self.env.company,
        index=True,
    )  # fmt: skip
    from_user_id = fields.Many2one(
        "res.users", string="Who hands over", required=True, index=True, ondelete="restrict",
        domain=COLLEAGUE,
    )  # fmt: skip
    to_kind = fields.Selection(
        [("person", "One colleague"), ("heads", "The heads of the departments")],
        string="Who takes over",
        required=True,
        default="person",
    )
    to_user_id = fields.Many2one(
        "res.users", string="Colleague", ondelete="restrict", domain=COLLEAGUE
    )
    team_ids = fields.Many2many(
        "helpdesk.ticket.team", string="Only of these departments", help="Empty: of all."
    )
    kind = fields.Selection(
        [(rules.LEAVE, "Leave, business trip, illness"), (rules.FOR_GOOD, "Dismissal, transfer")],
        string="Reason",
        required=True,
        default=rules.LEAVE,
    )
    valid_from = fields.Date(
        string="First day", required=True, default=lambda self: self.env.company._hotline_today()
    )
    valid_to = fields.Date(string="Last day")
    basis = fields.Char(string="By which order", help="Number and date; stands in the journal.")
    state = fields.Selection(
        [
            (rules.DRAFT, "Draft"),
            (rules.PLANNED, "Waits for its day"),
            (rules.RUNNING, "Being handed over"),
            (rules.ON, "Handed over for a time"),
            (rules.DONE, "Handed over for good"),
            (rules.RETURNING, "Being returned"),
            (rules.RETURNED, "Returned"),
        ],
        default=rules.DRAFT, required=True, readonly=True, index=True, copy=False,
    )  # fmt: skip
    line_ids = fields.One2many("hotline.handover.line", "handover_id", readonly=True, copy=False)
    substitute_id = fields.Many2one("hotline.substitute", readonly=True, copy=False)
    done_at = fields.Datetime(string="Handed over at", readonly=True, copy=False)
    returned_at = fields.Datetime(string="Returned at", readonly=True, copy=False)
    summary = fields.Char(compute="_compute_summary", string="What became of it")
    has_reasons = fields.Boolean(
        compute="_compute_has_reasons", help="Something of the list is not handed over."
    )

    @api.depends("from_user_id", "to_user_id", "to_kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            names = one.sudo()  # sudo: names of colleagues
            heads = self.env._("heads of departments")
            target = names.to_user_id.name if one.to_kind == "person" else heads
            ends = (names.from_user_id.name, target)
            one.display_name = " → ".join(ends) if all(ends) else self.env._("Hand-over of cases")

    @api.depends("line_ids.state", "state")
    @api.depends_context("lang")
    def _compute_summary(self):
        # sudo: counts only; whom a line is not for sees the own ones below
        Line = self.env["hotline.handover.line"].sudo()
        rows = Line._read_group(
            [("handover_id", "in", self.ids)], ["handover_id", "state"], ["__count"]
        )
        counts = {(one.id, state): count for one, state, count in rows}
        labels = dict(Line._fields["state"]._description_selection(self.env))
        for one in self:
            said = [
                f"{label}: {counts[one.id, state]}"
                for state, label in labels.items()
                if counts.get((one.id, state))
            ]
            one.summary = " · ".join(said)

    @api.depends("line_ids.words")
    def _compute_has_reasons(self):
        for one in self:
            one.has_reasons = any(one.line_ids.mapped("words"))

    @api.constrains("from_user_id", "to_kind", "to_user_id", "kind", "valid_from", "valid_to")
    def _check_who_and_when(self):
        for one in self:
            if one.to_kind == "person" and not one.to_user_id:
                raise ValidationError(self.env._("Choose the colleague who takes over."))
            if one.to_kind == "person" and one.to_user_id == one.from_user_id:
                raise ValidationError(self.env._("Nobody hands over to himself."))
            if one.kind == rules.LEAVE and not one.valid_to:
                raise ValidationError(self.env._("Write the last day of the leave."))
            if one.valid_to and one.valid_to < one.valid_from:
                raise ValidationError(self.env._("The last day is before the first one."))

    @api.model_create_multi
    def create(self, vals_list):
        self.env["helpdesk.ticket"]._require_role(*ROLES)
        return super().create(vals_list)

    def write(self, vals):
        if not self._is_by_act() and any(one.state != rules.DRAFT for one in self):
            raise UserError(self.env._("What was handed over is not rewritten: return it."))
        done = super().write(vals)
        if not self._is_by_act() and {"from_user_id", "to_kind", "to_user_id", "team_ids"} & {
            *vals
        }:
            self._drop_list()
        return done

    def _drop_list(self):
        """A list made for other people is no list."""
        self.sudo().line_ids.unlink()  # sudo: lines are nobody's to write

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(one.state not in (rules.DRAFT, rules.PLANNED) for one in self):
            raise UserError(self.env._("What was handed over stays on record: return it."))

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain.terms import Term

LAW_COLUMNS = frozenset(
    (
        *("code", "article", "trigger", "length", "unit", "day_one", "shift"),
        *("track", "kind", "valid_from", "is_main", "company_id"),
    )
)


class HotlineTerm(models.Model):
    """A term as data: REG-3 (art. 8 p. 2), MAIN-30 (art. 12 p. 1), and the body's own ones."""

    _name = "hotline.term"
    _inherit = "hotline.validity"
    _description = "Term"

    article = fields.Char(required=True)
    trigger = fields.Selection(
        [("received", "Receipt"), ("registered", "Registration")], required=True
    )
    length = fields.Integer(string="Days", required=True)
    unit = fields.Selection(
        [("calendar", "Calendar days"), ("working", "Working days")],
        required=True,
        default="calendar",
    )
    day_one = fields.Selection(
        [("next", "Day after the event"), ("same", "Day of the event")],
        string="First day",
        help="Empty: as set for the body.",
    )
    shift = fields.Selection(
        [
            ("previous", "To the preceding working day"),
            ("next", "To the next working day"),
            ("none", "Not moved"),
        ],
        string="Last day on a day off",
        help="Empty: as set for the body.",
    )
    notify = fields.Char(string="Whom to notify")
    strictness = fields.Selection(
        [("block", "Block"), ("warn", "Warning")], required=True, default="warn"
    )
    track = fields.Selection([("appeal", "Appeal"), ("message", "Message")], required=True)
    kind = fields.Char(help="Empty: every kind of the track that has no term of its own.")
    is_main = fields.Boolean(string="Term of the answer")
    company_id = fields.Many2one("res.company", string="Body", help="Empty: every body.")
    deadline_ids = fields.One2many("hotline.deadline", "term_id")

    _length_positive = models.Constraint("CHECK (length > 0)", "A term lasts at least one day.")
    _code_from_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0), valid_from)", "This edition of the term exists already."
    )

    def write(self, vals):
        used = self.filtered("deadline_ids") if LAW_COLUMNS & set(vals) else self.browse()
        if used:
            raise UserError(
                self.env._(
                    "«%(name)s» has been counted for appeals already and is not changed in place. "
                    "Set its last day of validity and add a new edition.",
                    name=used[0].name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.filtered("deadline_ids")
        if used:
            raise UserError(
                self.env._("«%(name)s» is used by appeals: archive it.", name=used[0].name)
            )

    def _for_company(self, company):
        """Return the domain Term: the rule's own counting, else the body's."""
        self.ensure_one()
        return Term(
            code=self.code,
            article=self.article,
            length=self.length,
            unit=self.unit,
            day_one=self.day_one or company.hotline_day_one,
            shift=self.shift or company.hotline_shift,
        )

    @api.model
    def _applicable(self, ticket, trigger, day):
        """Return the terms that `trigger` starts for `ticket` on `day`, most specific first."""
        domain = self._valid_on_domain(day) & fields.Domain(
            [
                ("trigger", "=", trigger),
                ("track", "=", ticket.track),
                ("kind", "in", (False, ticket.kind)),
                ("company_id", "in", (False, ticket.company_id.id)),
            ]
        )
        found = self.sudo().search(domain)  # sudo: rules of the house, read for every role
        own = found.filtered("kind")
        return own | found.filtered(lambda term: not (term.is_main and own.filtered("is_main")))

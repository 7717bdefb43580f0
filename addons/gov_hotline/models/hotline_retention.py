from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..domain import retention
from .helpdesk_ticket import KINDS

# Beside the cases: what has a term of storage of its own.
OTHER_KINDS = [
    (retention.CALL, "Call without an appeal"),
    (retention.RECEPTION, "Reception without an appeal"),
    (retention.INCOMING, "Incoming letter that was not registered"),
    (retention.TASK, "Task without an appeal"),
    (retention.CITIZEN, "Citizen's card"),
    (retention.EXTERNAL, "Copy of an appeal of the document system"),
]
FIXED = frozenset({"years", "kind", "company_id", "valid_from", "article", "needs_expert"})


class HotlineRetention(models.Model):
    """A term of storage as data: how many years closed cases are kept, by which article."""

    _name = "hotline.retention"
    _inherit = "hotline.validity"
    _description = "Term of storage"

    code = fields.Char(default=lambda self: self._new_code(), readonly=True, copy=False)
    article = fields.Char(required=True, help="As it is quoted in the act: in Russian.")
    years = fields.Integer(required=True, default=5)
    needs_expert = fields.Boolean(
        string="Decision of the expert commission",
        help="The list says «ЭПК»: cases go only by a decision of the expert commission.",
    )
    kind = fields.Selection(
        [*KINDS, *OTHER_KINDS], help="Empty: every kind of appeal that has no term of its own."
    )
    kind_text = fields.Char(compute="_compute_kind_text", string="Kind in words")
    note = fields.Text(translate=True, help="By which local act, and what it is counted from.")
    company_id = fields.Many2one("res.company", string="Body", help="Empty: every body.")

    _years_positive = models.Constraint(
        "CHECK (years > 0)", "A case is kept for a whole number of years, one at least."
    )

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_kind_text(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for row in self:
            row.kind_text = kinds.get(row.kind) or self.env._("all appeals")

    @api.model_create_multi
    def create(self, vals_list):
        """A shorter term begins on a day to come: what is closed keeps the term it has."""
        known = self._rules()
        rows = super().create(vals_list)
        for row in rows:
            row._check_not_backwards(known)
        self.env.registry.clear_cache()
        return rows

    def write(self, vals):
        """A term by which cases were destroyed is not rewritten: a new edition is added."""
        self.check_access("write")
        if FIXED & set(vals):
            self._check_unused()
            self._check_not_in_force()
        done = super().write(vals)
        self.env.registry.clear_cache()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()
        self._check_not_in_force()
        self.env.registry.clear_cache()

    def _check_unused(self):
        # sudo: only whether there are any
        lines = self.env["hotline.destruction.line"].sudo()
        domain = [("retention_id", "in", self.ids), ("state", "=", retention.DESTROYED)]
        used = lines.search(domain, limit=1).retention_id
        if used:
            raise UserError(
                self.env._(
                    "Cases were destroyed by «%(name)s»: end its validity and add a new edition.",
                    name=used.name,
                )
            )

    def _check_not_in_force(self):
        """Cases are kept by it already: it ends on a day, another edition begins after it."""
        today = self.env.company._hotline_today()
        begun = self.filtered(lambda one: not one.valid_from or one.valid_from <= today)
        if begun and not self.env.su:
            raise UserError(
                self.env._(
                    "«%(name)s» is in force: it is neither rewritten nor deleted. End its validity "
                    "and add a new edition.",
                    name=begun[0].name,
                )
            )

    def _check_not_backwards(self, known):
        """Refuse an edition that would shorten, from before today, what holds by `known`."""
        today = self.env.company._hotline_today()
        if self.env.su or (self.valid_from and self.valid_from > today):
            return
        body = (self.company_id or self.env.company).id
        now = retention.choose(known, self.kind or "", body, today.year)
        if now and self.years < now.years:
            raise UserError(
                self.env._(
                    "%(years)s years hold now: a shorter term begins on a day to come. Enter the "
                    "first day of its validity.",
                    years=now.years,
                )
            )

    @api.constrains("years", "kind")
    def _check_least(self):
        """Kept as long as the list of archive documents says, or longer."""
        words = {
            retention.RECEPTION: self.env._(
                "Records of personal reception are kept for %(years)s years at least (article 182 "
                "of the list of archive documents); only a longer term is set."
            ),
        }
        usual = self.env._(
            "Appeals of citizens are kept for %(years)s years at least (article 154 of the "
            "list of archive documents); only a longer term is set."
        )
        for one in self:
            least = retention.least_years(one.kind or "")
            if 0 < one.years < least:
                raise ValidationError(words.get(one.kind, usual) % {"years": least})

    @api.constrains("years")
    def _check_years(self):
        if any(one.years > 100 for one in self):
            raise ValidationError(self.env._("More than a hundred years: leave the case alone."))

    @api.model
    def _for(self, company, kind, year):
        """Return the edition for cases of `kind` that `company` closed in `year`, as the system."""
        rule = retention.choose(self._rules(), kind, company.id, year)
        return self.sudo().browse(rule.key if rule else [])  # sudo: a rule of the house

    @api.model
    @tools.ormcache()
    def _rules(self):
        # sudo: rules of the house; a handful in all
        rows = self.sudo().search([])  # pylint: disable=no-search-all
        return tuple(row._rule() for row in rows)

    def _rule(self):
        return retention.Rule(
            key=self.id,
            years=self.years,
            kind=self.kind or "",
            body=self.company_id.id or None,
            valid_from=self.valid_from or None,
            valid_to=self.valid_to or None,
        )

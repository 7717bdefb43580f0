from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError

from ..domain.problems import BLOCK, WARN
from ..domain.strictness import Strictness, applied, tightened

STRICTNESS = [(BLOCK, "Block"), (WARN, "Warning")]


class HotlineRule(models.Model):
    """A rule that stops an act or warns of it, and how strictly this installation applies it."""

    _name = "hotline.rule"
    _inherit = "hotline.validity"
    _description = "Rule"
    _order = "sequence, code"

    article = fields.Char(required=True, help="As it is quoted: in Russian.")
    way_out = fields.Char(string="Way out", translate=True)
    source = fields.Selection(
        [
            ("read", "Read in the law"),
            ("memory", "Not compared with the text"),
            ("practice", "Practice"),
        ],
        required=True,
        help="How surely the text of the rule is known.",
    )
    shipped = fields.Selection(STRICTNESS, string="As shipped", required=True)
    is_tightened = fields.Boolean(
        string="Block instead of a warning", help="A decision of the body, kept over updates."
    )
    strictness = fields.Selection(
        STRICTNESS, compute="_compute_strictness", inverse="_inverse_strictness", store=True
    )
    can_change = fields.Boolean(compute="_compute_can_change")

    _code_from_uniq = models.UniqueIndex(
        "(code, COALESCE(valid_from, '0001-01-01'::date))",
        "This edition of the rule exists already.",
    )

    @api.depends("shipped", "is_tightened")
    def _compute_strictness(self):
        for rule in self:
            rule.strictness = rule._domain_rule().value if rule.shipped else False

    def _inverse_strictness(self):
        for rule in self:
            if rule.shipped == BLOCK and rule.strictness == WARN:
                raise ValidationError(rule._why_not_weakened())
            rule.is_tightened = rule.strictness == BLOCK and rule.shipped == WARN

    @api.depends("shipped")
    def _compute_can_change(self):
        for rule in self:
            rule.can_change = rule.shipped == WARN

    @api.constrains("is_tightened", "shipped")
    def _check_tightened(self):
        for rule in self:
            if rule.is_tightened and rule.shipped == BLOCK:
                rule.is_tightened = False  # an update made it a block for everybody

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def write(self, vals):
        """A body decides how strict a warning is; the law's own columns come with updates."""
        if not self.env.su and set(vals) - {"strictness", "is_tightened"}:
            raise AccessError(
                self.env._("Only the strictness of a rule is set here: the rest is the law's.")
            )
        done = super().write(vals)
        self.env.registry.clear_cache()
        if "is_tightened" in vals and not self.env.su:  # also by the inverse of strictness
            for rule in self:
                rule._journal_strictness()
        return done

    def _journal_strictness(self):
        self.env["hotline.journal"]._append(
            "rule_strictness", self, rule=self.code, strictness=self.strictness
        )

    def _why_not_weakened(self):
        return self.env._(
            "«%(name)s» (%(article)s) forbids the act by law and cannot be made a warning.",
            name=self.name,
            article=self.article,
        )

    def _domain_rule(self):
        return Strictness(self.shipped, self.is_tightened)

    @api.model
    @tools.ormcache("day")
    def _in_force(self, day):
        """Return {code: Strictness} of the rules in force on `day`, the newest edition first."""
        # sudo: every role is bound by the rules, the administrator alone sees their list
        rules = self.sudo().search(self._valid_on_domain(day), order="valid_from NULLS FIRST")
        return {rule.code: rule._domain_rule() for rule in rules}

    @api.model
    def _applied(self, problems, day):
        """Return domain problems with the severity their rules have on `day`, blocks first."""
        return applied(problems, self._in_force(day))

    @api.model
    def _strict_codes(self, day):
        """Return the codes of warnings that the body turned into blocks."""
        return tightened(self._in_force(day))

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain import measures


class HotlineKbCondition(models.Model):
    """A condition of a measure: which question, which answers. Read by pure rules, never run."""

    _name = "hotline.kb.condition"
    _description = "Condition of a measure"
    _order = "measure_id, way, id"

    measure_id = fields.Many2one(
        "hotline.kb.measure", required=True, index=True, ondelete="cascade"
    )
    way = fields.Integer(
        string="Ground",
        help="0: always needed. Conditions of one number hold together; one of the numbers is "
        "enough.",
    )
    question_id = fields.Many2one(
        "hotline.kb.question", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(related="question_id.kind", string="Kind of answer")
    expected = fields.Selection(
        [(measures.YES, "Yes"), (measures.NO, "No")], string="Answer", default=measures.YES
    )
    bound = fields.Selection(
        [(measures.AT_LEAST, "At least"), (measures.AT_MOST, "At most")],
        default=measures.AT_LEAST,
    )
    number = fields.Float(digits=(16, 2))
    among = fields.Selection(
        [(measures.ONE_OF, "One of"), (measures.NONE_OF, "None of")],
        string="Which",
        default=measures.ONE_OF,
    )
    option_ids = fields.Many2many(
        "hotline.kb.option", string="Options", domain="[('question_id', '=', question_id)]"
    )
    words = fields.Char(string="In words", compute="_compute_words")

    _way_range = models.Constraint(
        "CHECK (way BETWEEN 0 AND 9)", "Grounds are numbered from 1 to 9; 0 is always needed."
    )

    @api.depends("question_id.name", "kind", "expected", "bound", "number", "among", "option_ids")
    @api.depends_context("lang")
    def _compute_words(self):
        for condition in self:
            question = condition.question_id.name or ""
            condition.words = f"{question}: {condition._wanted_words()}" if question else ""

    def _wanted_words(self):
        if self.kind == measures.NUMBER:
            unit = self.question_id.unit or ""
            number = f"{measures.written(self.number)} {unit}".strip()
            if self.bound == measures.AT_MOST:
                return self.env._("at most %(number)s", number=number)
            return self.env._("at least %(number)s", number=number)
        if self.kind == measures.CHOICE:
            names = self.option_ids.mapped("name")
            if self.among == measures.NONE_OF:
                also = self.env._("and")
                both = f" {also} ".join(f"«{name}»" for name in names)
                return self.env._("any but %(options)s", options=both)
            either = self.env._("or")
            return f" {either} ".join(names)
        return self.env._("no") if self.expected == measures.NO else self.env._("yes")

    @api.constrains("question_id", "option_ids", "number", "expected", "bound", "among")
    def _check_fits_question(self):
        for condition in self:
            options = condition.option_ids
            if condition.kind == measures.CHOICE and not options:
                raise ValidationError(
                    self.env._("«%(name)s»: choose at least one option.",
                               name=condition.question_id.name)
                )  # fmt: skip
            if options.question_id - condition.question_id:
                raise ValidationError(
                    self.env._("«%(name)s»: these are options of another question.",
                               name=condition.question_id.name)
                )  # fmt: skip
            if condition.kind == measures.NUMBER and not condition._is_answered_number():
                raise ValidationError(
                    self.env._(
                        "«%(name)s»: the answer is from %(least)s to %(most)s.",
                        name=condition.question_id.name,
                        least=measures.written(condition.question_id.least),
                        most=measures.written(condition.question_id.most),
                    )
                )
            if not condition._test():
                raise ValidationError(
                    self.env._("«%(name)s»: say which answer is wanted.",
                               name=condition.question_id.name)
                )  # fmt: skip

    def _is_answered_number(self):
        return bool(measures.clean([self.question_id._rule()], {self.question_id.id: self.number}))

    def _test(self):
        return {
            measures.YES_NO: self.expected,
            measures.NUMBER: self.bound,
            measures.CHOICE: self.among,
        }[self.kind]

    def _rule(self):
        """Return the condition as the pure rules see it."""
        self.ensure_one()
        return measures.Condition(
            self.id,
            self.question_id.id,
            self._test(),
            self.number,
            frozenset(self.option_ids.ids),
            self.way,
        )

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import measures

KINDS = [
    (measures.YES_NO, "Yes or no"),
    (measures.NUMBER, "Number"),
    (measures.CHOICE, "Choice"),
]


class HotlineKbQuestion(models.Model):
    """A question of the questionnaire that picks measures of support (C6); written by its users."""

    _name = "hotline.kb.question"
    _inherit = "hotline.kb.bounded"
    _description = "Question of the questionnaire"
    _order = "sequence, id"
    _lengths = {"name": 300, "unit": 30, "hint": 500}

    name = fields.Char(string="Question", required=True, help="As it is read out to the caller.")
    kind = fields.Selection(KINDS, string="Answer", required=True, default=measures.YES_NO)
    sequence = fields.Integer(default=10)
    least = fields.Float(string="At least", digits=(16, 2))
    most = fields.Float(string="At most", digits=(16, 2), default=measures.LARGEST)
    unit = fields.Char(help="Stands behind the number: «years», «children».")
    hint = fields.Char(help="What the operator explains if asked.")
    is_multiple = fields.Boolean(string="Several at once")
    option_ids = fields.One2many("hotline.kb.option", "question_id", string="Options", copy=True)
    condition_ids = fields.One2many("hotline.kb.condition", "question_id", string="Conditions")
    active = fields.Boolean(default=True)

    _bounds = models.Constraint(
        f"CHECK (least >= 0 AND least <= most AND most <= {measures.LARGEST})",
        "The bounds of a number: from zero to a thousand million, the smaller one first.",
    )

    @api.constrains("least", "most")
    def _check_conditions_inside(self):
        self.condition_ids._check_fits_question()

    def write(self, vals):
        """A kind that conditions rest on is not changed under them."""
        if "kind" in vals:
            for question in self:
                if question.kind != vals["kind"] and question.condition_ids:
                    raise UserError(
                        self.env._(
                            "«%(name)s» stands in conditions of measures: archive it and write a "
                            "new question.",
                            name=question.name,
                        )
                    )
        return super().write(vals)

    def _rule(self):
        """Return the question as the pure rules see it."""
        self.ensure_one()
        options = frozenset(self.option_ids.ids)
        return measures.Question(self.id, self.kind, options, self.least, self.most)

    def _told(self):
        """Return the questions as the screen shows them."""
        return [
            {
                "id": one.id,
                "name": one.name,
                "kind": one.kind,
                "unit": one.unit or "",
                "least": one.least,
                "most": one.most,
                "whole": measures.is_whole(one.least, one.most),
                "hint": one.hint or "",
                "multiple": one.is_multiple,
                "options": [{"id": option.id, "name": option.name} for option in one.option_ids],
            }
            for one in self
        ]

    def _answer_words(self, answer):
        """Return a cleaned answer in words: «yes», «3 children», «disabled, group I»."""
        self.ensure_one()
        if isinstance(answer, bool):
            return self.env._("yes") if answer else self.env._("no")
        if isinstance(answer, frozenset):
            chosen = self.option_ids.filtered(lambda option: option.id in answer)
            return ", ".join(chosen.mapped("name"))
        return f"{measures.written(answer)} {self.unit or ''}".strip()


class HotlineKbOption(models.Model):
    """One of the answers to choose from."""

    _name = "hotline.kb.option"
    _inherit = "hotline.kb.bounded"
    _description = "Option of a question"
    _order = "question_id, sequence, id"
    _lengths = {"name": 200}

    name = fields.Char(string="Option", required=True)
    question_id = fields.Many2one(
        "hotline.kb.question", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.env["hotline.kb.condition"].search([("option_ids", "in", self.ids)], limit=1)
        if used:
            raise UserError(
                self.env._(
                    "An option of «%(question)s» stands in measure «%(measure)s»: change the "
                    "measure first.",
                    question=used.question_id.name,
                    measure=used.measure_id.name,
                )
            )

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .guards import without_defaults, without_names

DERIVED = frozenset({"company_id"})  # the body is that of the appeal, whatever a caller says


class HotlineQuestion(models.Model):
    """One question of an appeal: the line of the question ledger (X2)."""

    _name = "hotline.question"
    _inherit = ["hotline.body.of.case", "hotline.known.triggers"]
    _description = "Question"
    _order = "ticket_id, sequence, id"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=1)
    topic_id = fields.Many2one("hotline.topic", index=True, ondelete="restrict")
    text = fields.Text()
    competent_body_id = fields.Many2one("res.partner", string="Competent body")
    outcome_id = fields.Many2one("hotline.outcome", index=True, ondelete="restrict")
    answer_id = fields.Many2one("hotline.answer", ondelete="restrict")
    company_id = fields.Many2one(
        related="ticket_id.company_id", store=True, precompute=True, index=True
    )
    state = fields.Selection(related="ticket_id.state", string="State of the appeal")

    @api.depends("text", "topic_id")
    def _compute_display_name(self):
        for question in self:
            question.display_name = question.text or question.topic_id.name or ""

    @api.constrains("answer_id", "ticket_id")
    def _check_answer(self):
        for question in self:
            if question.answer_id and question.answer_id.ticket_id != question.ticket_id:
                raise ValidationError(
                    self.env._("A question is answered by an answer to the same appeal.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        clean = super(HotlineQuestion, without_defaults(self, DERIVED))
        questions = clean.create([without_names(vals, DERIVED) for vals in vals_list])
        questions = questions.with_env(self.env)
        questions.ticket_id._check_write({"question_ids"})
        return questions

    def write(self, vals):
        self.ticket_id._check_write({"question_ids"})
        done = super().write(without_names(vals, DERIVED))
        if "ticket_id" in vals:
            self.ticket_id._check_write({"question_ids"})
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked(self):
        self.ticket_id._check_write({"question_ids"})

from odoo import api, fields, models


class HotlineQuestion(models.Model):
    """One question of an appeal: the line of the question ledger (X2)."""

    _name = "hotline.question"
    _description = "Question"
    _order = "ticket_id, sequence, id"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=1)
    topic_id = fields.Many2one("hotline.topic", index=True, ondelete="restrict")
    text = fields.Text()
    competent_body_id = fields.Many2one("res.partner", string="Competent body")
    outcome_id = fields.Many2one("hotline.outcome", index=True, ondelete="restrict")
    answer_id = fields.Many2one("hotline.answer", ondelete="restrict")
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    state = fields.Selection(related="ticket_id.state", string="State of the appeal")

    @api.depends("text", "topic_id")
    def _compute_display_name(self):
        for question in self:
            question.display_name = question.text or question.topic_id.name or ""

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        questions.ticket_id._check_write({"question_ids"})
        return questions

    def write(self, vals):
        self.ticket_id._check_write({"question_ids"})
        done = super().write(vals)
        if "ticket_id" in vals:
            self.ticket_id._check_write({"question_ids"})
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked(self):
        self.ticket_id._check_write({"question_ids"})

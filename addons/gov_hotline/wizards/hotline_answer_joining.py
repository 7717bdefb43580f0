from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class HotlineAnswerJoining(models.TransientModel):
    """Which linked cases are answered together with this one, and why some cannot be."""

    _name = "hotline.answer.joining"
    _description = "Answer linked appeals together"

    answer_id = fields.Many2one("hotline.answer", required=True, ondelete="cascade")
    line_ids = fields.One2many("hotline.answer.joining.line", "joining_id", string="Appeals")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        answer = self.env["hotline.answer"].browse(values.get("answer_id")).exists()
        if answer:
            answer.check_access("read")
            joined = answer.companion_ids.ticket_id
            values["line_ids"] = [
                Command.create(self._line(answer, ticket, why))
                for ticket, why in answer._candidates()
                if ticket not in joined
            ]
        return values

    def _line(self, answer, ticket, why):
        """Return the line of a linked case, ticked only where one answer probably suits both."""
        how = answer._direct_link(ticket) or self.env._("Through another appeal")
        likely = not why and answer._is_likely(ticket)
        return {"ticket_id": ticket.id, "how_linked": how, "why_not": why, "is_chosen": likely}

    def action_join(self):
        """Add a letter for each chosen case; officer. What cannot be answered is refused."""
        self.ensure_one()
        self.answer_id._require_author()
        chosen = self.line_ids.filtered("is_chosen").ticket_id
        if not chosen:
            raise UserError(self.env._("Tick at least one appeal."))
        self.answer_id._join(chosen)
        return {"type": "ir.actions.act_window_close"}


class HotlineAnswerJoiningLine(models.TransientModel):
    """A linked case in the window."""

    _name = "hotline.answer.joining.line"
    _description = "Linked appeal answered together"

    joining_id = fields.Many2one("hotline.answer.joining", required=True, ondelete="cascade")
    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    is_chosen = fields.Boolean(string="Answer it")
    case_number = fields.Char(related="ticket_id.number", string="Appeal")
    applicant_short = fields.Char(related="ticket_id.applicant_short")
    case_name = fields.Char(related="ticket_id.name", string="What it is about")
    due_text = fields.Char(related="ticket_id.due_text")
    how_linked = fields.Char(string="How it is linked", readonly=True)
    why_not = fields.Char(string="Why not", readonly=True)

from odoo import fields, models


class HotlineAnswer(models.Model):
    """What an approval leaves behind: the sheet, the journal, the word to colleagues."""

    _inherit = "hotline.answer"

    def _mark(self, decision, **vals):
        """Append a line to the sheet of approval and to the journal."""
        # sudo: the sheet is nobody's to write
        self.env["hotline.approval"].sudo().create(
            {
                "answer_id": self.id,
                "round": self.approval_round,
                "decision": decision,
                "user_id": self.env.uid,
                "user_name": self.env.user.name,
                "at": fields.Datetime.now(),
                "content_hash": self.content_hash,
                **vals,
            }
        )
        self._journal(f"approval_{decision}")

    def _journal(self, event):
        self.env["hotline.journal"]._append(
            event,
            self.ticket_id,
            answer=self.id,
            round=self.approval_round,
            content_hash=self.content_hash,
        )

from odoo.exceptions import UserError


class ReasonNeededError(UserError):
    """An act that only wants a written reason: the client shows the wizard for it.

    Elsewhere (RPC, import, kanban) it is read as any refusal: what, article, way out.
    """

    def __init__(self, message, warnings, ticket_id, subject=""):
        """`warnings`: {key of the warning: its words}."""
        super().__init__(message)
        # sent to the client beside the message
        self.context = {
            "hotline_warnings": [list(pair) for pair in warnings.items()],
            "hotline_ticket_id": ticket_id,
            "hotline_subject": subject,
        }

from odoo import fields, models


class HotlineQueue(models.Model):
    """A queue of the PBX: callers wait in it until an operator is free."""

    _name = "hotline.queue"
    _inherit = ["hotline.coded"]
    _description = "Queue of callers"
    _code_uniq = models.Constraint("UNIQUE (code)", "A queue with this name in the PBX is there.")

    name = fields.Char(translate=False)
    code = fields.Char(string="Name in the PBX", help="As it stands in queues.conf.")
    line_id = fields.Many2one("hotline.line", help="Calls of this queue come from this line.")
    company_id = fields.Many2one(
        "res.company", string="Body", required=True, default=lambda self: self.env.company
    )


class HotlinePauseReason(models.Model):
    """Why an operator takes no calls for a while; the body keeps the list itself."""

    _name = "hotline.pause.reason"
    _inherit = ["hotline.coded"]
    _description = "Reason of a pause"
    _code_uniq = models.Constraint("UNIQUE (code)", "A pause with this code exists already.")

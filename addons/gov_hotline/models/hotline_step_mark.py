from odoo import api, fields, models


class HotlineStepMark(models.Model):
    """What a step has done for a date of a case: so it is done once, whoever runs the step again.

    Beside the case, not in it: a sweep changes no row that people work on.
    """

    _name = "hotline.step.mark"
    _description = "Mark of a scheduled step"
    _order = "id desc"
    _log_access = False

    run_id = fields.Many2one("hotline.step.run", required=True, index=True, ondelete="cascade")
    sweep = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    due_on = fields.Date(required=True)
    mark = fields.Integer(required=True, help="Working days before the date, or the level.")
    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, index=True, ondelete="cascade"
    )

    _once_uniq = models.UniqueIndex("(sweep, res_id, due_on, mark)", "This is done already.")

    @api.model
    def _put(self, run, sweep, items):
        """Mark `items` (facts: due, mark) as done by `run`."""
        self.create(
            [
                {
                    "run_id": run.id,
                    "sweep": sweep,
                    "res_id": item.id,
                    "due_on": item.facts["due"],
                    "mark": item.facts["mark"],
                    "ticket_id": item.ticket_id,
                }
                for item in items
            ]
        )

from odoo import api, models


class HotlineBodyOfCase(models.AbstractModel):
    """What hangs on a case and keeps the body of the case in its own column.

    The column is written with the row. Odoo would make a second record in memory for each row to
    find out; a registration waits for that.
    """

    _name = "hotline.body.of.case"
    _description = "Of the body of its case"

    @api.model
    def _add_precomputed_values(self, vals_list):
        # sudo: the body follows from the case, as a related column reads it
        tickets = self.env["helpdesk.ticket"].sudo()
        for vals in vals_list:
            vals["company_id"] = tickets.browse(vals.get("ticket_id")).company_id.id
        return super()._add_precomputed_values(vals_list)

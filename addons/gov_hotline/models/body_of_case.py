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

    @api.model
    def _create_by_case(self, rows):
        """Create what an act of the case has checked and made whole; return it, as the system.

        `rows`: [{column: value}]. `create` without what such an act does not need: the user's
        rights, the defaults, the guards of what a user types. A registration waits for it.
        """
        system = self.sudo()  # sudo: the act on the case was checked, its parts follow from it
        now, precomputed = self.env.cr.now(), self._precomputed()
        log = {"create_uid": self.env.uid, "create_date": now}
        log |= {"write_uid": self.env.uid, "write_date": now}
        vals_list = [{**log, **dict.fromkeys(precomputed, False), **row} for row in rows]
        system._add_precomputed_values(vals_list)
        protected = [self._fields[name] for name in precomputed]
        return system._create(
            [
                {"stored": vals, "inversed": {}, "inherited": {}, "protected": protected}
                for vals in vals_list
            ]
        )

    @api.model
    def _precomputed(self):
        return [name for name, field in self._fields.items() if field.precompute]

from odoo import api, fields, models, tools

from ..domain.calendars import WorkCalendar


class HotlineDay(models.Model):
    """An exception to the Monday-Friday week: a day off or a moved working day."""

    _name = "hotline.day"
    _description = "Production calendar day"
    _order = "date desc"
    _rec_name = "date"

    date = fields.Date(required=True, index=True)
    is_working = fields.Boolean(string="Working day")
    name = fields.Char(string="Reason", required=True)
    company_id = fields.Many2one(
        "res.company", string="Body", help="Empty: a federal day. Set: a day of this body's region."
    )

    _date_uniq = models.UniqueIndex(
        "(date, COALESCE(company_id, 0))", "This day is in the calendar already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _load_records_create(self, vals_list):
        """A shipped day takes the place of the same day entered by hand: no update stumbles."""
        return self.concat(*(self._load_day(vals) for vals in vals_list))

    def _load_day(self, vals):
        same = [("date", "=", vals["date"]), ("company_id", "=", vals.get("company_id", False))]
        day = self.search(same)
        day.write(vals)
        return day or self.create(vals)

    @api.model
    def _calendar(self, company):
        """Return the body's WorkCalendar: federal days and its region's own ones."""
        return self._calendar_of(company.id)

    @api.model
    @tools.ormcache("company_id")
    def _calendar_of(self, company_id):
        # sudo: the calendar is the same for every reader, also for the portal and public status
        days = self.sudo().search([("company_id", "in", (False, company_id))])
        own = days.filtered("company_id")
        return WorkCalendar(
            days={day.date: day.is_working for day in days - own},
            local={day.date: day.is_working for day in own},
            names={day.date: day.name for day in (days - own) | own},
        )

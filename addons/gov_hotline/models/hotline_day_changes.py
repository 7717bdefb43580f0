from odoo import api, models
from odoo.tools import format_date


class HotlineDay(models.Model):
    """A changed calendar moves no date by itself: it proposes a recalculation (X9)."""

    _inherit = "hotline.day"

    @api.model_create_multi
    def create(self, vals_list):
        before = self._calendars_in_use()
        days = super().create(vals_list)
        self._propose_recalculations(before, {}, days._exceptions())
        return days

    def write(self, vals):
        before, was = self._calendars_in_use(), self._exceptions()
        done = super().write(vals)
        self._propose_recalculations(before, was, self._exceptions())
        return done

    def unlink(self):
        before, was = self._calendars_in_use(), self._exceptions()
        done = super().unlink()
        self._propose_recalculations(before, was, {})
        return done

    def _exceptions(self):
        """Return {(date, body id or False): is it a working day}: what terms depend on."""
        return {(day.date, day.company_id.id): day.is_working for day in self}

    @api.model
    def _calendars_in_use(self):
        """Return {body: its calendar} of the bodies that have running terms."""
        bodies = self.env["hotline.recalculation"]._bodies_with_running_terms()
        return {body: self._calendar(body) for body in bodies}

    def _propose_recalculations(self, before, was, now):
        """Propose a recalculation to each body whose exceptions differ, `was` → `now`."""
        changed = {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
        for body, calendar in before.items():
            mine = sorted(day for day, company in changed if company in (False, body.id))
            if not mine:
                continue
            lines = [self._change_line(day, calendar, self._calendar(body)) for day in mine]
            self.env["hotline.recalculation"]._propose(body, calendar, mine, lines)

    def _change_line(self, day, before, after):
        """«08.11.2027: was a working day, now a day off», in the language of the context."""
        names = {True: self.env._("working day"), False: self.env._("day off")}
        return self.env._(
            "%(day)s: was %(before)s, now %(after)s",
            day=format_date(self.env, day, date_format="dd.MM.yyyy"),
            before=names[before.is_working(day)],
            after=names[after.is_working(day)],
        )

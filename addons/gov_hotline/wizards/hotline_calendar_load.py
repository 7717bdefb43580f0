import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import calendar_year

SHOWN = 10  # problems on the screen at once


class HotlineCalendarLoad(models.TransientModel):
    """Load the production calendar of a year: the decree's text or a file, whole or not at all."""

    _name = "hotline.calendar.load"
    _description = "Load the calendar of a year"

    text = fields.Text(string="Text of the decree or table")
    file = fields.Binary(attachment=False)
    filename = fields.Char()
    year = fields.Integer(compute="_compute_preview")
    problems = fields.Text(compute="_compute_preview", string="Why it cannot be loaded")
    preview = fields.Text(compute="_compute_preview", string="What will be in the calendar")
    warning = fields.Char(compute="_compute_preview")
    has_days = fields.Boolean(compute="_compute_preview")

    @api.depends("text", "file")
    @api.depends_context("lang")
    def _compute_preview(self):
        for wizard in self:
            parsed = wizard._parse()
            is_empty = not (wizard.text or wizard.file)
            wizard.has_days = bool(parsed.days)
            wizard.year = parsed.year
            wizard.problems = False if is_empty else wizard._problem_text(parsed)
            wizard.preview = wizard._preview_text(parsed) if parsed.days else False
            wizard.warning = wizard._warning_text(parsed) if parsed.days else False

    def action_load(self):
        """Put the year in place of what the calendar has of it; return its list. Administrator."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("administrator")
        parsed = self._parse()
        if not parsed.days:
            raise UserError(self._problem_text(parsed))
        self._apply(parsed)
        self.env["hotline.journal"]._append(
            "calendar_loaded", self.env.company, year=parsed.year, exceptions=len(parsed.days)
        )
        return self._opened(parsed.year)

    def _parse(self):
        content = base64.b64decode(self.file or b"")
        return calendar_year.parse(calendar_year.decode(content) if content else self.text or "")

    def _federal(self, year):
        return self.env["hotline.day"].search(
            [
                ("company_id", "=", False),
                ("date", ">=", f"{year}-01-01"),
                ("date", "<=", f"{year}-12-31"),
            ]
        )

    def _apply(self, parsed):
        """Write what differs alone; days that stand already keep their names."""
        known = {day.date: day for day in self._federal(parsed.year)}
        gone = self.env["hotline.day"].concat(
            *(day for date, day in known.items() if date not in parsed.days)
        )
        gone.unlink()
        for date, day in known.items():
            if date in parsed.days and day.is_working != parsed.days[date]:
                day.write({"is_working": parsed.days[date], "name": parsed.names[date]})
        self.env["hotline.day"].create(
            [
                {"date": date, "is_working": is_working, "name": parsed.names[date]}
                for date, is_working in parsed.days.items()
                if date not in known
            ]
        )

    def _opened(self, year):
        """Return the calendar of the year, or the recalculation that has just been proposed."""
        waiting = self.env["hotline.recalculation"].search(
            [("state", "=", "waiting"), ("company_id", "=", self.env.company.id)]
        )
        if waiting:
            waiting.action_count_now()
            return waiting._get_records_action(name=waiting.display_name)
        action = self.env["ir.actions.act_window"]._for_xml_id("gov_hotline.hotline_day_action")
        domain = [("date", ">=", f"{year}-01-01"), ("date", "<=", f"{year}-12-31")]
        return {**action, "domain": domain, "target": "main"}

    # Words

    def _preview_text(self, parsed):
        known = {day.date: day.is_working for day in self._federal(parsed.year)}
        off = [day for day, is_working in parsed.days.items() if not is_working]
        working = [day for day, is_working in parsed.days.items() if is_working]
        lines = [
            self.env._(
                "%(year)s: %(count)s working days", year=parsed.year, count=parsed.working_days
            ),
            self.env._("Days off from Monday to Friday: %(days)s", days=_listed(off)),
        ]
        if working:
            lines.append(self.env._("Working days on a weekend: %(days)s", days=_listed(working)))
        if not known:
            return "\n".join(lines)
        changed = sorted(
            day
            for day in known.keys() | parsed.days.keys()
            if known.get(day) != parsed.days.get(day)
        )
        lines.append(
            self.env._("Differs from the calendar of now: %(days)s", days=_listed(changed))
            if changed
            else self.env._("The calendar has the same days already.")
        )
        return "\n".join(lines)

    def _warning_text(self, parsed):
        if parsed.is_usual:
            return False
        return self.env._(
            "A year has about 247 working days, this one would have %(count)s: is the text whole?",
            count=parsed.working_days,
        )

    def _problem_text(self, parsed):
        lines = [self._problem_line(one) for one in parsed.problems[:SHOWN]]
        return "\n".join(lines) or False

    def _problem_line(self, wrong):
        texts = {
            "empty": self.env._("Paste the text of the decree or choose a file."),
            "no_year": self.env._("The text does not say the year: «in … year» is missing."),
            "several_years": self.env._("One year at a time, here are several: %(value)s"),
            "no_days": self.env._("No days of a calendar were found in it."),
            "bad_date": self.env._("There is no such date: %(value)s"),
            "bad_kind": self.env._("Neither a working day nor a day off: %(value)s"),
            "other_weekday": self.env._("The weekday is not that of this year: %(value)s"),
            "repeated": self.env._("The day stands there twice: %(value)s"),
            "bad_xml": self.env._("The XML cannot be read: %(value)s"),
        }
        return texts[wrong.code] % {"value": wrong.value}


def _listed(days):
    return ", ".join(day.strftime("%d.%m") for day in days) or "—"

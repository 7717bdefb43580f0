from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ..domain import clock, opening, phones

KINDS = ("agency", "organisation")


class ResPartner(models.Model):
    """The directory of agencies: whose question it is, other names, hours."""

    _inherit = "res.partner"

    hotline_competence = fields.Char(
        string="Competence", help="What questions go there, in the words of callers."
    )
    hotline_other_names = fields.Char(
        string="Other names",
        help="Abbreviations and everyday names by which it is looked for: «МЖКХ, минжкх».",
    )
    hotline_competence_ids = fields.One2many(
        "hotline.competence", "partner_id", string="Whose questions"
    )
    hotline_opening_ids = fields.One2many("hotline.opening", "partner_id", string="Hours")
    hotline_round_the_clock = fields.Boolean(string="Round the clock")
    hotline_on_holidays = fields.Boolean(string="Works on public holidays")
    hotline_phone_text = fields.Char(
        string="Telephone to dial",
        compute="_compute_hotline_phone_text",
        groups="gov_hotline.group_operator",
    )
    hotline_is_open = fields.Boolean(
        string="Open now", compute="_compute_hotline_hours", search="_search_hotline_is_open"
    )
    hotline_hours_now = fields.Char(string="Now", compute="_compute_hotline_hours")
    hotline_hours_text = fields.Char(string="Working hours", compute="_compute_hotline_hours")

    @api.depends("phone", "hotline_kind")
    def _compute_hotline_phone_text(self):
        """As it is dialled and printed: «8 (976) 550-11-07»; no citizen's."""
        for agency in self:
            phone = agency.hotline_kind in KINDS and agency.phone
            agency.hotline_phone_text = phones.on_paper(phone) if phone else False

    @api.depends(
        "hotline_opening_ids.weekday",
        "hotline_opening_ids.opens",
        "hotline_opening_ids.closes",
        "hotline_opening_ids.lunch_from",
        "hotline_opening_ids.lunch_to",
        "hotline_round_the_clock",
        "hotline_on_holidays",
    )
    @api.depends_context("lang", "company")
    def _compute_hotline_hours(self):
        now, calendar = self._hotline_now()
        for agency in self:
            week = agency._hotline_week()
            state = opening.state(week, now, calendar)
            agency.hotline_is_open = bool(state.is_open)
            agency.hotline_hours_now = self._hours_now_words(week, state, now.date())
            agency.hotline_hours_text = self._hours_words(week)

    @api.model
    def _hotline_now(self):
        """Return the moment by the body's clock and its calendar."""
        company = self.env.company
        now = clock.body_time(fields.Datetime.now(), company.hotline_tz)
        return now, self.env["hotline.day"]._calendar(company)

    def _hotline_week(self):
        days = {int(one.weekday): one._hours() for one in self.hotline_opening_ids}
        return opening.Week(days, self.hotline_round_the_clock, self.hotline_on_holidays)

    @api.model
    def _search_hotline_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        agencies = self.search([("hotline_kind", "in", KINDS)])
        is_open = Domain("id", "in", agencies.filtered("hotline_is_open").ids)
        return is_open if True in value else ~is_open

    # In words

    @api.model
    def _hours_now_words(self, week, state, today):
        """Return «till 20:00», «break until 14:00», «closed, opens at 9:00»; "" for unknown."""
        if state.code == opening.UNKNOWN:
            return ""
        if week.round_the_clock:
            return self.env._("round the clock")
        if state.code == opening.LUNCH:
            return self.env._("break until %(time)s", time=opening.clock(state.opens[1]))
        if state.code == opening.CLOSED:
            return self._closed_words(state, today)
        until = self.env._("till %(time)s", time=opening.clock(state.until))
        if not state.break_at:
            return until
        pause = self.env._("break at %(time)s", time=opening.clock(state.break_at))
        return f"{until}, {pause}"

    @api.model
    def _closed_words(self, state, today):
        if not state.opens:
            return self.env._("closed")
        day, minute = state.opens
        opens = opening.clock(minute)
        if day == today:
            return self.env._("closed, opens at %(time)s", time=opens)
        if (day - today).days == 1:
            return self.env._("closed, opens tomorrow at %(time)s", time=opens)
        shown = format_date(self.env, day, date_format="dd.MM (EEE)")
        return self.env._("closed, opens on %(day)s at %(time)s", day=shown, time=opens)

    @api.model
    def _hours_words(self, week):
        """Return the table in one line: «Mon–Thu 9:00–18:00 (break 13:00–14:00), Fri …»."""
        if week.round_the_clock:
            return self.env._("round the clock")
        short = self._short_days()
        told = []
        for first, last, hours in opening.runs(week):
            days = short[first] if first == last else f"{short[first]}–{short[last]}"
            times = f"{opening.clock(hours.opens)}–{opening.clock(hours.closes)}"
            if hours.has_lunch:
                pause = f"{opening.clock(hours.lunch_from)}–{opening.clock(hours.lunch_to)}"
                times += " " + self.env._("(break %(times)s)", times=pause)
            told.append(f"{days} {times}")
        return ", ".join(told)

    @api.model
    def _short_days(self):
        return (
            self.env._("Mon"),
            self.env._("Tue"),
            self.env._("Wed"),
            self.env._("Thu"),
            self.env._("Fri"),
            self.env._("Sat"),
            self.env._("Sun"),
        )

    # Filling in

    def action_hotline_usual_hours(self):
        """Give Tuesday to Friday the hours of Monday; the usual ones where there is no Monday."""
        self.env["helpdesk.ticket"]._require_role("officer")
        for agency in self:
            agency._copy_monday()

    def _copy_monday(self):
        by_day = {one.weekday: one for one in self.hotline_opening_ids}
        monday = by_day.get("0") or self.env["hotline.opening"].create(
            {"partner_id": self.id, "weekday": "0"}
        )
        vals = {
            "opens": monday.opens,
            "closes": monday.closes,
            "lunch_from": monday.lunch_from,
            "lunch_to": monday.lunch_to,
        }
        missing = [day for day in "1234" if day not in by_day]
        for day in set("1234") - set(missing):
            by_day[day].write(vals)
        self.hotline_opening_ids = [Command.create({"weekday": day, **vals}) for day in missing]

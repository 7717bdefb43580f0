from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..domain import readings as rules

HISTORY = 13  # a year of months, and the one before it


class HotlineAccount(models.Model):
    """Readings are taken by one method, whoever hands them in (D2, D8)."""

    _inherit = "hotline.account"

    def _submit_readings(self, lines):
        """Take readings of meters of this account; return what became of each.

        `lines`: [{meter: id, value: number or text, on: date or ISO text, source, reason: one of
        domain.readings.REASONS or "", call: id, corrects: id of the meter's last reading that was
        wrong}]. Returns [{meter, accepted, code, words, receipt, reasons: [[code, words]], reading:
        id or False}] in that order: `code` as in domain/readings.py; with `reasons` the line may be
        sent again with one of them. The caller has checked the rights; what is accepted is kept,
        the rest is not; a reading that is there already is accepted and not kept twice.
        """
        self.ensure_one()
        meters = self.sudo().with_context(active_test=False).meter_ids  # sudo: portal, voice menu
        by_id = {meter.id: meter for meter in meters}
        wrong = {line["corrects"] for line in lines if line.get("corrects")}
        history = self._reading_history(meters, wrong)
        results, accepted = [], []
        for line in lines:
            meter = by_id.get(line["meter"])
            if not meter:
                raise UserError(
                    self.env._("This meter is not of account %(number)s.", number=self.number)
                )
            facts = self._meter_facts(meter, history.get(meter.id, ()))
            result, vals = self._check_line(meter, facts, line)
            results.append(result)
            accepted += [(result, vals)] if vals else []
        # sudo: readings are made here and nowhere else
        made = self.env["hotline.reading"].sudo().create([vals for _result, vals in accepted])
        for (result, _vals), reading in zip(accepted, made, strict=True):
            result["reading"] = reading.id
        return results

    def _check_line(self, meter, facts, line):
        """Return (what is told, what is kept or nothing) of one line."""
        value = rules.parse(line.get("value"))
        if value is None:
            return self._told(meter, rules.Verdict("not_number", accepted=False), facts), None
        if line.get("corrects") and line["corrects"] != meter.last_reading_id.id:
            return self._told(meter, rules.Verdict("not_last", accepted=False), facts), None
        today = self.env.company._hotline_today()
        on = rules.parse_day(line.get("on"), today)
        if on is None:
            return self._told(meter, rules.Verdict("not_day", accepted=False), facts), None
        reason = line.get("reason") or ""
        verdict = rules.check(facts, value, on, today, reason)
        kept = verdict.accepted and verdict.code != "same"
        vals = {
            "meter_id": meter.id,
            "value": float(value),
            "read_on": on,
            "source": line.get("source") or "operator",
            "user_id": self.env.uid,
            "call_id": line.get("call") or False,
            "confirmed_reason": reason if verdict.reasons else False,
            "corrects_id": line.get("corrects") or False,
        }
        return self._told(meter, verdict, facts, value), vals if kept else None

    def _told(self, meter, verdict, facts, value=None):
        field = self.env["hotline.reading"]._fields["confirmed_reason"]
        labels = dict(field._description_selection(self.env))
        return {
            "meter": meter.id,
            "accepted": verdict.accepted,
            "code": verdict.code,
            "words": self._reading_words(verdict.code, facts),
            "receipt": self._receipt(meter, verdict, facts, value) if verdict.accepted else "",
            "reading": False,
            "reasons": [] if verdict.accepted else [[one, labels[one]] for one in verdict.reasons],
        }

    def _receipt(self, meter, verdict, facts, value):
        """Say what was taken and what was used since the last one, to be read aloud."""
        unit = meter.service_id.unit or ""
        told = {"meter": meter.display_name, "value": f"{rules.shown(value)} {unit}".strip()}
        if verdict.used is None or not facts.last:
            return self.env._("%(meter)s: taken %(value)s", **told)
        return self.env._(
            "%(meter)s: taken %(value)s, used %(used)s since %(day)s",
            used=f"{rules.shown(verdict.used)} {unit}".strip(),
            day=format_date(self.env, facts.last.on, date_format="dd.MM.yyyy"),
            **told,
        )

    def _reading_words(self, code, facts):
        last = facts.last
        shown = {
            "value": rules.shown(last.value) if last else "",
            "day": format_date(self.env, last.on, date_format="dd.MM.yyyy") if last else "",
            "digits": facts.digits,
        }
        return {
            "ok": self.env._("Taken"),
            "same": self.env._("This reading is there already"),
            "not_number": self.env._("This is not a number"),
            "not_day": self.env._("This is not a date"),
            "not_last": self.env._("Only the last reading of a meter is corrected"),
            "negative": self.env._("A reading is never less than nought"),
            "too_long": self.env._("This meter shows %(digits)s digits before the comma", **shown),
            "future": self.env._("The day is in the future"),
            "before_last": self.env._("There is a later reading: %(value)s of %(day)s", **shown),
            "before_meter": self.env._("The meter was installed later"),
            "too_old": self.env._(
                "The day is more than %(years)s years ago. Check the year", years=rules.YEARS_BACK
            ),
            "closed": self.env._("The account is closed"),
            "meter_off": self.env._("The meter is out of use"),
            "less": self.env._("Less than the last one: %(value)s of %(day)s. Why?", **shown),
            "not_turned": self.env._("The meter could not turn over: it showed %(value)s", **shown),
            "too_much": self.env._(
                "More than ten times the usual month. Ask to look once more", **shown
            ),
        }[code]

    @api.model
    def _meter_facts(self, meter, history):
        return rules.Meter(
            digits=meter.digits,
            is_active=meter.active,
            account_open=meter.account_id.state == "open",
            installed_on=meter.installed_on or None,
            readings=history,
        )

    @api.model
    def _reading_history(self, meters, without=()):
        """Return {id of meter: its last readings that stand}, without those being corrected."""
        if not meters:
            return {}
        self.env["hotline.reading"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT meter_id, value, read_on FROM (
                    SELECT meter_id, value, read_on, row_number() OVER (
                               PARTITION BY meter_id ORDER BY read_on DESC, id DESC) AS place
                      FROM hotline_reading reading
                     WHERE meter_id IN %s AND id != ALL(%s) AND NOT EXISTS (
                           SELECT FROM hotline_reading later WHERE later.corrects_id = reading.id)
                ) ordered WHERE place <= %s ORDER BY place DESC
                """,
                tuple(meters.ids),
                list(without),
                HISTORY,
            )
        )
        found = {}
        for meter_id, value, read_on in rows:
            reading = rules.Reading(rules.parse(value), read_on)  # the driver makes it a float
            found.setdefault(meter_id, []).append(reading)
        return {meter_id: tuple(history) for meter_id, history in found.items()}

    # The dialog of the operator

    def get_readings_form(self):
        """Return what the dialog of readings shows; operators and above.

        {number, holder, address, provider, is_open, today, meters: [{id, name, unit, last, last_on,
        last_id}]}.
        """
        self._check_may_enter()
        meters = self.meter_ids
        in_part = self.env["hotline.hidden"]._hides("holder")
        return {
            "id": self.id,
            "number": self.number,
            "holder": "" if in_part else self.holder_name or "",
            "address": self.address or "",
            "provider": self.provider_id.name or "",
            "is_open": self.state == "open",
            "today": fields.Date.to_string(self.env.company._hotline_today()),
            "meters": [
                {
                    "id": meter.id,
                    "name": meter.display_name,
                    "unit": meter.service_id.unit or "",
                    "last": rules.shown(meter.last_value),
                    "last_on": format_date(self.env, meter.last_on, date_format="dd.MM.yyyy")
                    if meter.last_on
                    else "",
                    "last_id": meter.last_reading_id.id,
                }
                for meter in meters
            ],
        }

    def submit_readings(self, lines, call_id=False):
        """Take readings told to an operator: see `_submit_readings`; operators and above."""
        self._check_may_enter()
        call = self.env["hotline.call"].browse(call_id or []).exists()
        call.check_access("read")
        own = {"source": "operator", "call": call.id}
        names = ("meter", "value", "on", "reason", "corrects")
        return self._submit_readings(
            [{**{name: line.get(name) for name in names}, **own} for line in lines]
        )

    def action_enter_readings(self):
        """Open the dialog of readings."""
        self._check_may_enter()
        return {
            "type": "ir.actions.client",
            "tag": "gov_hotline.readings",
            "params": {"account_id": self.id},
        }

    def _check_may_enter(self):
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("operator", "supervisor")
        self.check_access("read")

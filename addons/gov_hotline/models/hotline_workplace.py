from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_datetime

from ..domain import phones
from .hotline_disposition import GROUPS

# What the operator's screen may write into a call; the rest belongs to the PBX and to the acts.
CALL_FIELDS = frozenset(
    {
        "line_id", "group", "disposition_id", "topic_id", "question", "result", "agency_id",
        "partner_id", "redirect_cause", "workplace_draft",
    }
)  # fmt: skip
DISPOSITION_OF_KIND = {
    "message": "gov_hotline.disposition_appeal_message",
    "appeal_59": "gov_hotline.disposition_appeal_appeal",
}
DROPPED = "gov_hotline.disposition_dropped"


class HotlineWorkplace(models.AbstractModel):
    """The server's side of «Рабочее место»: what the operator's screen reads and does.

    Every public method is for operators and above, works on the user's own open calls and runs with
    the user's own rights.
    """

    _name = "hotline.workplace"
    _description = "Operator's workplace"

    @api.model
    def _check_operator(self):
        self.env["helpdesk.ticket"]._require_role("operator")

    # What the screen opens with

    @api.model
    def get_state(self):
        """Return what the screen needs to start or, after a reload, to go on with the talk."""
        self._check_operator()
        calls = self._open_calls()
        lines = self._lines()
        return {
            "lines": lines,
            "line_id": self._usual_line_id(lines),
            "groups": self._groups(),
            "causes": self._causes(),
            "cards": self.env["hotline.script.card"]._for_workplace(),
            "agencies": self.env["res.partner"]._agencies_for_workplace(calls.agency_id.ids),
            "promises": self._count_promises(),
            "tz": self._tz(),
            "call": self._call_vals(calls[:1]) if calls else False,
            "open_calls": [self._call_line(call) for call in calls],
        }

    @api.model
    def _open_calls(self):
        domain = [("operator_id", "=", self.env.uid), ("state", "=", "open")]
        return self.env["hotline.call"].search(domain, order="started_at desc, id desc")

    @api.model
    def _lines(self):
        return [
            {
                "id": line.id,
                "name": line.name,
                "mode": line.mode,
                "mode_label": self._label(line, "mode"),
                "greeting": line.greeting or "",
            }
            for line in self.env["hotline.line"].search(
                [("company_id", "in", self.env.companies.ids)]
            )
        ]

    @api.model
    def _usual_line_id(self, lines):
        """Return the line of the operator's last call: the next one comes from there too."""
        last = self.env["hotline.call"].search(
            [("operator_id", "=", self.env.uid), ("line_id", "!=", False)], limit=1
        )
        known = [line["id"] for line in lines]
        return last.line_id.id if last.line_id.id in known else next(iter(known), False)

    @api.model
    def _groups(self):
        """Return the groups of handling with the dispositions in force today."""
        Disposition = self.env["hotline.disposition"]
        today = self.env.company._hotline_today()
        in_force = Disposition.search(
            Disposition._valid_on_domain(today) & Domain("by_system", "=", False)
        )
        labels = dict(self.env["hotline.call"]._fields["group"]._description_selection(self.env))
        return [
            {
                "value": value,
                "label": labels[value],
                "dispositions": [
                    {
                        "id": one.id,
                        "code": one.code,
                        "name": one.name,
                        "needs_agency": one.needs_agency,
                        "needs_ticket": one.needs_ticket,
                    }
                    for one in in_force.filtered(lambda one, group=value: one.group == group)
                ],
            }
            for value, _label in GROUPS
        ]

    @api.model
    def _causes(self):
        field = self.env["hotline.call"]._fields["redirect_cause"]
        return field._description_selection(self.env)

    # One call

    @api.model
    def start_call(self, vals):
        """Open a call by hand: `vals` may hold `phone` as typed and `line_id`. Return it.

        A number of exactly one citizen chooses that citizen; of several, nobody. Words are no
        number: they come back as `find`, to be looked for.
        """
        self._check_operator()
        line = self.env["hotline.line"].browse(vals.get("line_id") or [])
        call = self.env["hotline.call"].create(
            {
                "line_id": line.id,
                "company_id": line.company_id.id or self.env.company.id,
                "answered_at": fields.Datetime.now(),
                **self._phone_vals(vals.get("phone")),
            }
        )
        return {**self._identify(call), "find": self._words(vals.get("phone"))}

    @api.model
    def set_phone(self, call_id, phone):
        """Correct the number of an open call; the citizen is looked for again.

        Words are no number: the call stays as it is, and they come back as `find`.
        """
        call = self._own_open_call(call_id)
        if words := self._words(phone):
            return {**self._call_vals(call), "find": words}
        call.write({"partner_id": False, **self._phone_vals(phone)})
        return self._identify(call)

    @api.model
    def open_call(self, call_id):
        """Return an open call that had been put aside."""
        return self._call_vals(self._own_open_call(call_id))

    @api.model
    def save_call(self, call_id, vals):
        """Keep what was typed so far in the open call, so that a reload loses nothing."""
        self._own_open_call(call_id).write(self._allowed(vals))
        return True

    @api.model
    def close_call(self, call_id, vals):
        """Close the call with its disposition (B6); `vals` as in `save_call`, and `citizen`."""
        call = self._own_open_call(call_id)
        self._write_all(call, vals)
        call.workplace_draft = False
        call.action_close()
        return {"number": call.number, "promises": self._count_promises()}

    @api.model
    def discard_call(self, call_id):
        """Close as dropped a call opened by hand of which nothing is known; refuse any other."""
        call = self._own_open_call(call_id)
        known = ("phone_raw", "partner_id", "question", "result", "disposition_id", "ticket_id")
        if call.source != "manual" or self._tasks(call) or any(call[name] for name in known):
            raise UserError(self.env._("Something is written in this call: close it instead."))
        dropped = self.env.ref(DROPPED)
        call.write({"group": dropped.group, "disposition_id": dropped.id, "workplace_draft": False})
        call.action_close()
        return {"number": call.number, "promises": self._count_promises()}

    @api.model
    def _own_open_call(self, call_id):
        """Return the user's own open call, or refuse."""
        self._check_operator()
        call = self.env["hotline.call"].browse(call_id).exists()
        if not call or call.operator_id != self.env.user:
            raise AccessError(self.env._("This call is not yours."))
        if call.state != "open":
            raise UserError(self.env._("Call %(number)s is closed already.", number=call.number))
        return call

    @api.model
    def _allowed(self, vals):
        return {name: vals[name] for name in CALL_FIELDS & set(vals)}

    @api.model
    def _write_all(self, call, vals):
        """Write the call and, where the citizen's fields were filled but not kept, the citizen."""
        call.write(self._allowed(vals))
        if vals.get("citizen") and not call.partner_id and self._is_typed(call, vals["citizen"]):
            call.partner_id = self._create_citizen(call, vals["citizen"])

    @api.model
    def _phone_vals(self, raw):
        number = "" if phones.has_words(raw) else (raw or "").strip()
        return {"phone": phones.normalise(number).e164, "phone_raw": number}

    @api.model
    def _words(self, raw):
        return raw.strip() if phones.has_words(raw) else ""

    @api.model
    def _identify(self, call):
        """Choose the citizen when the number is that of exactly one; return the call."""
        lookup = self._lookup(call.phone or call.phone_raw)
        if len(lookup["citizens"]) == 1:
            call.partner_id = lookup["citizens"][0]["id"]
            self._take_the_citizens(call)
        return self._call_vals(call, lookup)

    @api.model
    def _call_vals(self, call, lookup=None):
        lookup = lookup or self._lookup(call.phone or call.phone_raw)
        partner = call.partner_id
        known = {card["id"]: card for card in lookup["citizens"]}
        return {
            "id": call.id,
            "number": call.number,
            "manual": call.source == "manual",
            "elapsed": self._elapsed(call),
            "line_id": call.line_id.id,
            "phone": lookup["phone"],
            "candidates": lookup["citizens"],
            "citizen": known.get(partner.id)
            or (self._citizen_cards(partner)[0] if partner else False),
            "group": call.group or "",
            "disposition_id": call.disposition_id.id,
            "topic": self._topic_vals(call.topic_id),
            "question": call.question or "",
            "result": call.result or "",
            "agency_id": call.agency_id.id,
            "redirect_cause": call.redirect_cause or "",
            "draft": call.workplace_draft or {},
            "tasks": self._tasks(call),
            "registered": self._registered_vals(call),
        }

    @api.model
    def _elapsed(self, call):
        began = call.answered_at or call.started_at
        return max(0, int((fields.Datetime.now() - began).total_seconds()))

    @api.model
    def _time(self, moment):
        """Return «15:00» for today, «24.11.2026 15:00» for another day; the user's time zone."""
        if not moment:
            return ""
        tz = self._tz()
        day, now = (
            format_datetime(self.env, one, tz=tz, dt_format="dd.MM.yyyy")
            for one in (moment, fields.Datetime.now())
        )
        time = format_datetime(self.env, moment, tz=tz, dt_format="HH:mm")
        return time if day == now else f"{day} {time}"

    @api.model
    def _tz(self):
        return self.env.user.tz or self.env.company.hotline_tz

    @api.model
    def _label(self, record, name):
        """Return a selection's value in the user's words; "" for none."""
        labels = dict(record._fields[name]._description_selection(self.env))
        return labels.get(record[name], "")

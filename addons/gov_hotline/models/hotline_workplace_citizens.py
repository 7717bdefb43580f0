import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import escape_psql, format_date

from ..domain import persons, phones
from ..domain.transitions import FINAL_STATES

FOUND_AT_MOST = 10
NAMES_READ = 100  # «е» stands for any letter in the database: more is read than shown
CASES_READ = 200
OPEN_CASES_SHOWN = 6
CLOSED_CASES_SHOWN = 2
CALLS_READ = 60
CALLS_SHOWN = 3
CITIZEN_FIELDS = ("surname", "given_name", "patronymic")
_ANY_YO = re.compile("[её]", re.IGNORECASE)


class HotlineWorkplace(models.AbstractModel):
    """Who calls: citizens by number, name or case, each with cases and calls."""

    _inherit = "hotline.workplace"

    @api.model
    def lookup_phone(self, phone):
        """Return {phone, citizens} of a number in any spelling; a special number is nobody's."""
        self._check_operator()
        return self._lookup(phone)

    @api.model
    def search_citizens(self, text):
        """Return {citizens, cases} found by name, or by the number of a case."""
        self._check_operator()
        text = (text or "").strip()
        if len(text) < 2:
            return {"citizens": [], "cases": []}
        cases = self._cases_by_number(text)
        citizens = cases.partner_id if cases else self._citizens_by_name(text)
        return {
            "citizens": self._citizen_cards(citizens),
            "cases": [self._case_vals(case) for case in cases.filtered(lambda c: not c.partner_id)],
        }

    @api.model
    def set_citizen(self, call_id, partner_id):
        """Say who is calling (nobody, when `partner_id` is false); return the card."""
        call = self._own_open_call(call_id)
        partner = self.env["res.partner"].browse(partner_id or []).exists()
        call.partner_id = partner
        return self._citizen_cards(partner)[0] if partner else False

    @api.model
    def create_citizen(self, call_id, vals):
        """Make a citizen's card from surname, given_name, patronymic, address; keep the number."""
        call = self._own_open_call(call_id)
        call.partner_id = self._create_citizen(call, vals)
        return self._citizen_cards(call.partner_id)[0]

    @api.model
    def update_citizen(self, call_id, vals):
        """Correct name and address of the citizen of this call."""
        call = self._own_open_call(call_id)
        if call.partner_id.hotline_kind != "citizen":
            raise UserError(self.env._("Only a citizen's card is corrected here."))
        call.partner_id.write(self._prepare_citizen_vals(vals))
        return self._citizen_cards(call.partner_id)[0]

    @api.model
    def remember_phone(self, call_id):
        """Keep the number of this call as the citizen's own: next time it finds the person."""
        call = self._own_open_call(call_id)
        if not call.partner_id or self._phone(call.phone)["kind"] != "number":
            raise UserError(self.env._("This number cannot be kept for one person."))
        known = call.partner_id.hotline_phone_ids.mapped("number")
        if call.phone not in known:
            self.env["hotline.phone"].create(
                {"number": call.phone, "partner_id": call.partner_id.id}
            )
        return self._citizen_cards(call.partner_id)[0]

    @api.model
    def _lookup(self, raw):
        phone = self._phone(raw)
        partners = self.env["res.partner"]
        if phone["kind"] == "number":
            own = self.env["hotline.phone"].search_fetch(
                [("number", "=", phone["e164"]), ("partner_id.hotline_kind", "=", "citizen")],
                ["partner_id"],
                limit=FOUND_AT_MOST,
            )
            partners = own.partner_id
        return {"phone": phone, "citizens": self._citizen_cards(partners)}

    @api.model
    def _phone(self, raw):
        """Return how a number is understood; shared, service and VIP ones are nobody's."""
        phone = phones.normalise(raw)
        special = (
            self.env["hotline.phone"].search_fetch(
                [("number", "=", phone.e164), ("kind", "!=", "personal")], ["kind", "note"], limit=1
            )
            if phone.e164
            else self.env["hotline.phone"]
        )
        return {
            "e164": phone.e164 or "",
            "display": phones.display(phone.e164) or (raw or "").strip(),
            "kind": special.kind or phone.kind,
            "note": special.note or "",
        }

    @api.model
    def _citizens_by_name(self, text):
        """Find by every word; «Семенов» is «Семёнов» too, for few callers spell it out."""
        words = text.split()[:4]
        like = [_ANY_YO.sub("_", escape_psql(word)) for word in words]
        domain = Domain.AND([Domain("name", "ilike", word) for word in like])
        found = self.env["res.partner"].search_fetch(
            domain & Domain("hotline_kind", "=", "citizen"), ["name"], limit=NAMES_READ
        )
        keys = [persons.search_key(word) for word in words]
        named = found.filtered(
            lambda person: all(key in persons.search_key(person.name) for key in keys)
        )
        return named[:FOUND_AT_MOST]

    @api.model
    def _cases_by_number(self, text):
        """Return cases by the number as read from paper: «и-401» is И-401/2026, И-401/2025."""
        if not any(char.isdigit() for char in text):
            return self.env["helpdesk.ticket"]
        return self.env["helpdesk.ticket"].search(
            [("number", "=ilike", f"{escape_psql(text)}%")], limit=FOUND_AT_MOST
        )

    @api.model
    def _create_citizen(self, call, vals):
        prepared = self._prepare_citizen_vals(vals)
        if not any(prepared.get(name) for name in CITIZEN_FIELDS):
            raise UserError(self.env._("Ask for the surname or the name."))
        phone = self._phone(call.phone)
        if phone["kind"] == "number":
            prepared["phone"] = phone["e164"]
        return self.env["res.partner"].create({**prepared, "hotline_kind": "citizen"})

    @api.model
    def _prepare_citizen_vals(self, vals):
        prepared = {name: persons.tidy(vals[name]) for name in CITIZEN_FIELDS if name in vals}
        if "address" in vals:
            prepared["street"] = " ".join((vals["address"] or "").split())
        return prepared

    # Cards

    @api.model
    def _citizen_cards(self, partners):
        """Return the cards of citizens, in the order given; the queries do not grow with them."""
        partners.fetch(["name", "street", "city", *CITIZEN_FIELDS])
        if len(partners) == 1:  # one who was found or named; of several only a list is seen
            self.env["hotline.sight"]._note(partners, "opened")
        cases = self._cases_of(partners).grouped("partner_id")
        calls = self._calls_of(partners).grouped("partner_id")
        counts = self._case_counts(partners)
        return [
            self._citizen_card(
                partner,
                cases.get(partner, self.env["helpdesk.ticket"]),
                calls.get(partner, self.env["hotline.call"]),
                counts.get(partner, (0, 0)),
            )
            for partner in partners
        ]

    @api.model
    def _citizen_card(self, partner, cases, calls, counts):
        running = cases.filtered(lambda case: not case.is_final).sorted(
            lambda case: (not case.law_due_on, str(case.law_due_on), case.id)
        )
        shown = running[:OPEN_CASES_SHOWN] | (cases - running)[:CLOSED_CASES_SHOWN]
        name = persons.PersonName(
            partner.surname or "", partner.given_name or "", partner.patronymic or ""
        )
        return {
            "id": partner.id,
            "name": partner.name or "",
            "greeting": name.greeting,
            **{part: partner[part] or "" for part in CITIZEN_FIELDS},
            "address": ", ".join(filter(None, (partner.city, partner.street))),
            "street": partner.street or "",
            "phones": partner.hotline_phone_ids.mapped("number"),
            "open_count": counts[0],
            "total_count": counts[1],
            "cases": [self._case_vals(case) for case in shown],
            "calls": [self._call_line(call) for call in calls[:CALLS_SHOWN]],
        }

    @api.model
    def _cases_of(self, partners):
        return self.env["helpdesk.ticket"].search_fetch(
            [("partner_id", "in", partners.ids)],
            ["number", "state", "kind", "name", "due_on", "partner_id", "company_id"],
            order="id desc",
            limit=CASES_READ,
        )

    @api.model
    def _case_counts(self, partners):
        """Return {partner: (open, all)} of what was registered."""
        rows = self.env["helpdesk.ticket"]._read_group(
            [("partner_id", "in", partners.ids), ("state", "!=", "draft")],
            ["partner_id", "state"],
            ["__count"],
        )
        counts = {}
        for partner, state, count in rows:
            running, total = counts.get(partner, (0, 0))
            counts[partner] = (running + (count if state not in FINAL_STATES else 0), total + count)
        return counts

    @api.model
    def _calls_of(self, partners):
        return self.env["hotline.call"].search_fetch(
            [("partner_id", "in", partners.ids), ("state", "=", "closed")],
            [
                *("number", "started_at", "group", "question", "partner_id", "disposition_id"),
                *("phone", "phone_raw"),
            ],
            limit=CALLS_READ,
        )

    @api.model
    def _case_vals(self, case):
        """Return a line of the card: the date is the law's, a sender's control is never told."""
        told = {"due_on": case.due_on, "due_text": case._due_text(), "due_level": case.due_level}
        told |= case._public_due()
        return {
            "id": case.id,
            "number": case.number if case.number != "/" else self.env._("Draft"),
            "state": case.state,
            "state_label": self._label(case, "state"),
            "name": case.name or "",
            "due_on": format_date(self.env, told["due_on"]) if told["due_on"] else "",
            "due_text": told["due_text"],
            "level": told["due_level"] or "done",
        }

    @api.model
    def _call_line(self, call):
        return {
            "id": call.id,
            "number": call.number,
            "at": self._time(call.started_at),
            "who": call.partner_id.name or phones.shown(call.phone or call.phone_raw),
            "what": call.disposition_id.name or self._label(call, "group"),
            "question": (call.question or "").strip().partition("\n")[0][:120],
        }

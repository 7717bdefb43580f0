from calendar import monthrange
from datetime import date

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import escape_psql

from ..domain import external, lookup, persons
from ..domain import status as rules
from .hotline_status import FOUND, INCOMPLETE, INVALID, NOT_FOUND, WAIT

READ_AT_MOST = 200  # cases of one name; of a whole month, or of all times
SHOWN_AT_MOST = 5
TYPED = 300  # characters of a field
CASE_FIELDS = [
    "applicant_surname", "applicant_given_name", "applicant_patronymic", "applicant_address",
    "received_on", "registered_on",
]  # fmt: skip
EXTERNAL_FIELDS = ["applicant_name", "applicant_address", "filed_on", "registered_on"]
EXTERNAL = "hotline.external.case"


class HotlineStatus(models.AbstractModel):
    """The operator's question: by number and code, or by name, address and month (practice 22)."""

    _inherit = "hotline.status"

    @api.model
    def find(self, vals):
        """Return what may be told to the caller, or that the data do not agree.

        `vals`: number and code; or surname, given_name, patronymic, address, month («2026-11»).
        Returns {"result": found | not_found | wait | incomplete | invalid,
        "found": [see `_screen_vals`], "ask": [the question in words], "hint", "wait_text"}.
        Whichever question failed, and where nobody is near, the answer is the same: a third person
        could guess the rest. Wrong attempts are counted; the log keeps what did not agree.
        """
        self.env["helpdesk.ticket"]._require_role("operator")
        if not isinstance(vals, dict):
            raise UserError(
                self.env._("Tell the number and the code, or the name and the address.")
            )
        vals = {name: text.strip()[:TYPED] for name, text in vals.items() if isinstance(text, str)}
        claim = self._claim(vals)
        wrong = rules.misshapen(claim, vals.get("code"), self.env.company._hotline_today())
        if wrong:
            return self._answer(INVALID, ask=wrong)
        if vals.get("code") or (vals.get("number") and not (claim.name.full or claim.address)):
            return self._find_by_code(vals)
        missing = rules.missing(claim)
        if missing:
            return self._answer(INCOMPLETE, ask=missing)
        return self._find_by_person(claim)

    @api.model
    def _find_by_code(self, vals):
        number, code = vals.get("number"), vals.get("code")
        # sudo: the limits are settings
        policy = self.env["hotline.status.attempt"].sudo()._staff_policy()
        found = self._by_code(number, code, self._me(), policy)
        if found["result"] == FOUND:
            return self._tell(found["record"].sudo(False))
        if found["result"] == NOT_FOUND:
            self.env["hotline.sight"]._note_refused(self.env["helpdesk.ticket"])
        if found["result"] == WAIT:
            return self._answer(WAIT, seconds=found["seconds"])
        ask, hint = ("number", rules.CODE), self._code_hint()
        return self._answer(found["result"], ask=ask, hint=hint)

    @api.model
    def _code_hint(self):
        """Say that appeals of a document system have no code, where there are any."""
        if not self.env[EXTERNAL].search_count([], limit=1):
            return ""
        return self.env._("Appeals of the document system have no code: ask for the name.")

    @api.model
    def _find_by_person(self, claim):
        key = f"person {claim.name.surname} {claim.name.given}"
        attempts = self.env["hotline.status.attempt"].sudo()  # sudo: counters are nobody's
        seconds = attempts._admit(key, self._me(), attempts._staff_policy())
        if seconds:
            return self._answer(WAIT, seconds=seconds)
        matches = self._matches(claim)
        full = [record for record, match in matches if match.level == rules.FULL]
        if full:
            attempts._forgive(key, self._me())
            return self._tell(*full)
        self._note_amiss(matches)
        return self._answer(NOT_FOUND, ask=rules.QUESTIONS)

    @api.model
    def _note_amiss(self, matches):
        """Keep for the supervisor whose case it nearly was and what did not agree."""
        near = [(record, match) for record, match in matches if match.level == rules.PARTIAL]
        nobody = [(self.env["helpdesk.ticket"], rules.Match(rules.NONE))]
        for record, match in near[:SHOWN_AT_MOST] or nobody:
            self.env["hotline.sight"]._note_refused(record, match.amiss)

    @api.model
    def _tell(self, *records):
        """Return the answer with what may be told of `records`, newest first; the look is noted."""
        shown = records[:SHOWN_AT_MOST]
        for record in shown:
            self.env["hotline.sight"]._note(record, "status")
        return self._answer(FOUND, found=[self._screen_vals(record) for record in shown])

    @api.model
    def _answer(self, result, ask=(), seconds=0, found=(), hint=""):
        labels = self._question_labels()
        return {
            "result": result,
            "found": list(found),
            "ask": [labels[question] for question in ask],
            "hint": hint,
            "wait_text": self._wait_text(seconds) if seconds else "",
        }

    @api.model
    def _question_labels(self):
        """Return {question: how it is asked again}."""
        return {
            "number": self.env._("the number of the appeal"),
            rules.CODE: self.env._("the six-digit code"),
            rules.SURNAME: self.env._("the surname, letter by letter"),
            rules.GIVEN: self.env._("the given name"),
            rules.PATRONYMIC: self.env._("the patronymic"),
            rules.ADDRESS: self.env._("the address as in the appeal: street, house, flat"),
            rules.MONTH: self.env._("the month when the appeal was filed"),
            rules.WRONG_MONTH: self.env._("the month: it has not come yet"),
            rules.WRONG_CODE: self.env._("the code: it has six digits"),
        }

    @api.model
    def _me(self):
        return lookup.staff_key(self.env.uid)

    @api.model
    def _claim(self, vals):
        year, _dash, month = (vals.get("month") or "").partition("-")
        is_month = year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12
        parts = (persons.tidy(vals.get(name)) for name in rules.NAMES)
        return rules.Claim(
            name=persons.PersonName(*parts),
            address=" ".join((vals.get("address") or "").split()),
            month=(int(year), int(month)) if is_month and 2000 <= int(year) < 2100 else None,
        )

    @api.model
    def _matches(self, claim):
        """Return [(record, Match)] of what is near the claim: of its month, else of its name.

        The very name comes first, so that a month full of like names cannot push it out.
        """
        cases = self._cases(self._in_month(claim) & self._named(claim))
        cases |= self._cases_signed(claim)
        matches = self._compared(claim, cases) + self._compared_external(claim)
        if any(match.level == rules.FULL for _record, match in matches):
            return matches
        alike = self._cases(self._in_month(claim) & self._named_alike(claim))
        matches += self._compared(claim, alike - cases)
        if any(match.level != rules.NONE for _record, match in matches):
            return matches
        return self._compared(claim, self._cases(self._named(claim)))

    @api.model
    def _cases(self, domain):
        return self.env["helpdesk.ticket"].search_fetch(
            domain & Domain("state", "!=", "draft"),
            CASE_FIELDS,
            order="received_on desc, id desc",
            limit=READ_AT_MOST,
        )

    @api.model
    def _in_month(self, claim):
        """A caller may mean the day the appeal came or the day it was registered."""
        first, last = _days_of(claim.month)
        return Domain.OR(
            Domain(name, ">=", first) & Domain(name, "<=", last)
            for name in ("received_on", "registered_on")
        )

    @api.model
    def _named(self, claim):
        name = claim.name
        return Domain("applicant_name", "=ilike", f"{_any(name.surname)} {_any(name.given)}%")

    @api.model
    def _named_alike(self, claim):
        """The surname begins so, or the other names are alike: where a slip is, is asked again."""
        name = claim.name
        stem = name.surname[: max(3, len(name.surname) - 2)]
        others = " ".join(filter(None, (name.given, name.patronymic)))
        return Domain("applicant_name", "=ilike", f"{_any(stem)}%") | Domain(
            "applicant_name", "=ilike", f"% {_any(others)}"
        )

    @api.model
    def _cases_signed(self, claim):
        """Return the cases of the month that somebody of this name has signed with others."""
        name = claim.name
        surname, given = _any(name.surname), _any(name.given)
        names = (f"{surname} {given}%", f"{given} %{surname}%")  # «Мария Петровна Иванова»
        signers = self.env["hotline.coapplicant"].search_fetch(
            Domain.OR(Domain("name", "=ilike", one) for one in names)
            & Domain("ticket_id", "any", self._in_month(claim)),
            ["ticket_id"],
            limit=READ_AT_MOST,
        )
        return self._cases(Domain("id", "in", signers.ticket_id.ids))

    @api.model
    def _compared(self, claim, cases):
        """Return [(case, Match)]: a collective appeal is of each who signed it."""
        return [(case, rules.compare_any(claim, self._signers(case))) for case in cases]

    @api.model
    def _signers(self, case):
        days = tuple(filter(None, (case.received_on, case.registered_on)))
        parts = (case.applicant_surname, case.applicant_given_name, case.applicant_patronymic)
        name = persons.PersonName(*(part or "" for part in parts))
        yield rules.Filed(name, case.applicant_address or "", days)
        for one in case.coapplicant_ids:
            yield rules.Filed(persons.split_name(one.name), one.address or "", days)

    @api.model
    def _compared_external(self, claim):
        """The same of the cases that live in another system, by the whole name."""
        first, last = _days_of(claim.month)
        cases = self.env[EXTERNAL].search_fetch(
            Domain("name_key", "=", external.name_key(claim.name.full))
            & Domain.OR(
                Domain(name, ">=", first) & Domain(name, "<=", last)
                for name in ("filed_on", "registered_on")
            ),
            EXTERNAL_FIELDS,
            order="day_on desc, id desc",
            limit=READ_AT_MOST,
        )
        return [(case, rules.compare(claim, self._filed_elsewhere(case))) for case in cases]

    @api.model
    def _filed_elsewhere(self, case):
        days = tuple(filter(None, (case.filed_on, case.registered_on)))
        name = persons.split_name(case.applicant_name)
        return rules.Filed(name, case.applicant_address or "", days)


def _days_of(month):
    """Return the first and the last day of (year, month)."""
    return date(*month, 1), date(*month, monthrange(*month)[1])


def _any(text):
    """Return a pattern for every spelling: «е» is «ё» too, a dash is a space."""
    like = escape_psql(text)
    return "".join("_" if sign in "её- " else sign for sign in like)

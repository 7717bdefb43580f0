from dataclasses import asdict

from odoo import api, models
from odoo.tools import format_date

from ..domain import lookup, status_words
from ..domain.transitions import CLOSED, FORWARDED, IN_WORK

FOUND, NOT_FOUND, WAIT = "found", "not_found", "wait"
INCOMPLETE, INVALID = "incomplete", "invalid"
# What another system's states are called here; what is not in it stands as it is written there.
STATE_ELSEWHERE = {
    **dict.fromkeys(("accepted", "registered", "in_work", "extended"), IN_WORK),
    "forwarded": FORWARDED,
    "answered": CLOSED,
    "closed": CLOSED,
}


class HotlineStatus(models.AbstractModel):
    """What may be told of a case, to whoever may know: one service for every channel (A3).

    The public page, the operator's dialog and the voice menu ask here, so that they tell the same
    and their wrong attempts are counted together. Never the content, never a name.
    """

    _name = "hotline.status"
    _description = "Status of a case"

    @api.model
    def _by_code(self, number, code, who, policy=None):
        """Look a case of ours up by number and code.

        `who` is whose wrong attempts are counted: a visitor's network address or what
        `lookup.staff_key`, `lookup.phone_key` return. Return {"result": incomplete | not_found},
        {"result": "wait", "seconds"} or {"result": "found", "record", "told"} (see `_told`).
        Absent and wrong go the same way.
        """
        if not (number or "").strip() or not (code or "").strip():
            return {"result": INCOMPLETE}
        # sudo: whoever asks has no rights here; the counters and the look-up check for themselves
        attempts = self.env["hotline.status.attempt"].sudo()
        seconds = attempts._admit(number, who, policy)
        if seconds:
            return {"result": WAIT, "seconds": seconds}
        # sudo: as above
        case = self.env["helpdesk.ticket"].sudo()._by_number_and_code(number, code)
        if not case:
            return {"result": NOT_FOUND}
        attempts._forgive(number, who)
        return {"result": FOUND, "record": case, "told": self._told(case)}

    @api.model
    def _spoken_by_code(self, number, code, phone):
        """Return {"result", "words": [sentence]} for a voice menu: nothing personal, no number.

        `phone` is the caller's number in E.164, "" for a hidden one: all hidden ones share a limit.
        """
        found = self._by_code(number, code, lookup.phone_key(phone))
        words = status_words.REFUSALS.get(found["result"], ())
        if found["result"] == FOUND:
            words = status_words.short(self._facts(found["record"]))
        return {"result": found["result"], "words": list(words)}

    @api.model
    def _told(self, record):
        """Return what may be told of a case of ours or of another system (`hotline.external.case`).

        Keys: number, state_label, registered_on, due_on, closed_on, body, answers and forwarded
        ([{body, number, date}]), as_of ("" for ours), words (sentences to read aloud); of a case
        of ours also what `_status_public` gives. Dates are dates of the body.
        """
        # sudo: what is told is the same whoever may know it; the caller has checked that
        record = record.sudo()
        facts = self._facts(record)
        told = {} if record._name != "helpdesk.ticket" else record._status_public()
        return {
            "number": facts.number,
            "state_label": self._state_label(record),
            "registered_on": facts.registered_on or False,
            "due_on": (not facts.is_answered and facts.due_on) or False,
            "closed_on": facts.closed_on or False,
            "body": facts.body,
            **told,
            "answers": [self._letter_vals(letter) for letter in facts.answers],
            "forwarded": [self._letter_vals(letter) for letter in facts.forwarded],
            "as_of": facts.as_of,
            "words": list(status_words.sentences(facts)),
        }

    @api.model
    def _letter_vals(self, letter):
        return {**asdict(letter), "date": letter.day or False}

    @api.model
    def _state_label(self, record):
        if record._name == "helpdesk.ticket":
            return record._public_state_label()
        labels = dict(record._fields["state"]._description_selection(self.env))
        return record.state_text or labels.get(record.state, "")

    # Facts for the sentences

    @api.model
    def _facts(self, record):
        if record._name == "helpdesk.ticket":
            return self._facts_of_ours(record)
        return self._facts_of_external(record)

    @api.model
    def _facts_of_ours(self, case):
        """Return the facts of a case of ours; the date is the law's, not a sender's control."""
        return status_words.Facts(
            number=case.number,
            state=case.state,
            today=case.company_id._hotline_today(),
            kind=case.kind,
            registered_on=case.registered_on or None,
            due_on=case.law_due_on or None,
            closed_on=case.closed_on or None,
            body=case.company_id.name,
            is_extended=bool(case.extension_ids.filtered(lambda one: one.state == "decided")),
            answers=tuple(
                status_words.Letter("", one.outgoing_number or "", one.outgoing_date or None)
                for one in case._given_answers()
            ),
            forwarded=tuple(case._forwarded_letters()),
        )

    @api.model
    def _facts_of_external(self, record):
        """Return the facts that another system told; its data are of the moment `as_of`."""
        letter = status_words.Letter(
            record.forwarded_to or "", record.outgoing_number or "", record.outgoing_on or None
        )
        is_forwarded = record.state == "forwarded"
        is_sent = record.state == "answered" or record.outgoing_number or record.outgoing_on
        return status_words.Facts(
            number=record.number or "",
            state=STATE_ELSEWHERE.get(record.state, status_words.UNKNOWN),
            today=(record.company_id or self.env.company)._hotline_today(),
            registered_on=record.registered_on or None,
            filed_on=record.filed_on or None,
            due_on=record.due_on or None,
            is_extended=record.state == "extended",
            answers=(letter,) if is_sent and not is_forwarded else (),
            forwarded=(letter,) if is_forwarded else (),
            as_of=record._as_of_words(),
        )

    # For the operator's screen

    @api.model
    def _screen_vals(self, record):
        """Return `_told` as the operator's screen shows it: dates in the user's language."""
        told = self._told(record)
        is_ours = record._name == "helpdesk.ticket"
        return {
            "case_id": record.id if is_ours else False,
            "external_id": False if is_ours else record.id,
            **{name: told[name] for name in ("number", "state_label", "body", "as_of", "words")},
            **{name: self._day(told[name]) for name in ("registered_on", "due_on", "closed_on")},
            "due_text": told.get("due_text", ""),
            "level": told.get("due_level") or "done",
            **{
                name: [self._letter_shown(letter) for letter in told[name]]
                for name in ("answers", "forwarded")
            },
        }

    @api.model
    def _letter_shown(self, letter):
        return {
            "body": letter["body"],
            "number": letter["number"],
            "date": self._day(letter["date"]),
        }

    @api.model
    def _day(self, day):
        return format_date(self.env, day) if day else ""

    @api.model
    def _wait_text(self, seconds):
        """Return when to come back, in words."""
        if seconds < 60:
            return self.env._("Try again in %(n)s s.", n=seconds)
        return self.env._("Try again in %(n)s min.", n=-(-seconds // 60))

"""SMS: when a citizen may be sent one, what it may say, what a gateway's answer means.

Practice 20: only with the applicant's tick, and never the content of the appeal: the number that
was given to it, its date, the body and how to reach it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumberType

from . import phones
from .problems import BLOCK, Problem

ARTICLE: Final = "локальный акт"
RULE: Final = "SMS-TICK"

# What an SMS may tell of: the registration and nothing that follows from the content.
KINDS: Final = frozenset({"registration"})
# The names of the catalogue (domain/placeholders.py) that stand in its text.
NAMES: Final = frozenset(
    {
        *("обращение.номер", "обращение.дата", "орган.название", "орган.телефон", "орган.сайт"),
        "письмо.дата",
    }
)
# Five parts of 67 signs: more is a letter.
LONGEST: Final = 335
# A number told two days late is no news; the notice says that it did not go.
GIVE_UP_AFTER: Final = timedelta(days=1)
_MOBILE: Final = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)

# Of the set-up, not of this message: wrong key, wrong address, no money left, too many at once.
_SET_UP: Final = frozenset({401, 402, 403, 404, 405, 407, 408, 425, 429, 503})
_LONGEST_WAIT: Final = 86_400


@dataclass(frozen=True)
class Notice:
    """A notice by SMS as it is checked."""

    kind: str
    phone: str
    is_on: bool
    is_agreed: bool


@dataclass(frozen=True)
class Verdict:
    """What a gateway's answer means: an act of domain/mails.py, words, seconds to wait."""

    act: str
    why: str = ""
    wait: int = 0
    reference: str = ""


def mobile(raw: str) -> str:
    """The number in E.164 where it is a mobile one, else ''."""
    number = phones.normalise(raw).e164
    if not number:
        return ""
    return number if phonenumbers.number_type(phonenumbers.parse(number)) in _MOBILE else ""


def check(notice: Notice) -> tuple[Problem, ...]:
    """What forbids to send `notice` by SMS; all of it blocks."""
    if not notice.is_on:
        return (_problem("sms_off", "choose_channel", "channel"),)
    found = []
    if notice.kind not in KINDS:
        found.append(_problem("sms_kind", "choose_channel", "channel"))
    if not notice.is_agreed:
        found.append(_problem("sms_not_agreed", "get_sms_tick", "channel"))
    if not mobile(notice.phone):
        found.append(_problem("sms_no_mobile", "choose_channel", "address"))
    return tuple(found)


def verdict(status: int, body: bytes, retry_after: str = "") -> Verdict:
    """What the answer of a gateway means (RFC 9110; a JSON object with «id» or «error»).

    A yes without a number of its own may be a yes: nobody knows. So are 500, 502 and 504: they come
    from behind the door. A server that says «not now» or «not you» took nothing.
    """
    if status in _SET_UP or 300 <= status < 400:
        return Verdict("delay", _words(status, body), _seconds(retry_after))
    if 400 <= status < 500:
        return Verdict("fail", _words(status, body))
    if status >= 500 or status < 200:
        return Verdict("lose", _words(status, body))
    return _taken(status, _object(body), body)


def _taken(status: int, answer: dict, body: bytes) -> Verdict:
    if answer.get("error"):
        return Verdict("fail", _clip(str(answer["error"])))
    reference = answer.get("id") or answer.get("message_id")
    if not isinstance(reference, str | int) or isinstance(reference, bool):
        return Verdict("lose", _words(status, body))
    return Verdict("deliver", reference=_clip(str(reference)))


def _object(body: bytes) -> dict:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _words(status: int, body: bytes) -> str:
    answer = _object(body)
    told = answer.get("error") or answer.get("message") or body.decode("utf-8", "replace")
    return _clip(f"{status} {told}")


def _clip(text: str) -> str:
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split())[:200]


def _seconds(retry_after: str) -> int:
    """«Retry-After» in seconds; a date, or what is none, asks for nothing."""
    text = retry_after.strip()
    if not (text.isascii() and text.isdigit()):
        return 0
    return min(int(text[:9]), _LONGEST_WAIT)


def _problem(code: str, way_out: str, name: str) -> Problem:
    return Problem(code, ARTICLE, BLOCK, (name,), RULE, way_out)

"""What a document system answers when it is asked for its appeals by REST.

Asked: GET url?changed_since=…&page=…; answered: {"as_of": …, "items": [{…}, …], "next": … or null,
"gone": [keys of what is there no more]}; "gone" may be left out.
Nothing of an answer is believed before it is understood in whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from . import clock
from .register_files import cell_text

FIRST_PAGE: Final = "1"
LONGEST_CELL: Final = 10_000
MOST_PAGES: Final = 100_000


class BadAnswer(ValueError):  # noqa: N818 - the name says what it is
    """The answer cannot be used. `code`: closed, status, cut, shape, as_of, redirect,
    in_the_clear.
    """

    def __init__(self, code: str, value: str = "") -> None:
        """`value`: what stood there, for the words."""
        super().__init__(code)
        self.code = code
        self.value = value


@dataclass(frozen=True)
class Page:
    """A page: the moment of its data (naive UTC), its items, the next page or "", what is gone."""

    as_of: datetime
    items: tuple[Mapping[str, object], ...]
    next: str = ""
    gone: tuple[str, ...] = ()


def address(url: str, since: datetime | None, page: str) -> str:
    """Return the address of a page; what the administrator has in the query stays.

    `since` is the moment of the data we have (naive UTC), None for all of them.
    """
    parts = urlsplit(url)
    asked = {"changed_since": f"{since:%Y-%m-%dT%H:%M:%S}Z"} if since else {}
    query = urlencode({**dict(parse_qsl(parts.query)), **asked, "page": page})
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))


def read(status: int, body: bytes, tz: str) -> Page:
    """Return the page of an answer; `tz`: of a moment that tells no zone. Raises BadAnswer."""
    _check_status(status)
    try:
        told = json.loads(body.decode("utf-8-sig"))
    except ValueError as error:
        raise BadAnswer("cut") from error
    items = told.get("items") if isinstance(told, dict) else None
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise BadAnswer("shape")
    following = told.get("next")
    if isinstance(following, dict | list | bool):
        raise BadAnswer("shape")
    moment = _moment(told.get("as_of"), tz)
    return Page(moment, tuple(items), cell_text(following), _gone(told.get("gone")))


def _gone(keys: object) -> tuple[str, ...]:
    """Return the keys of what was taken out there; nothing but a list of texts and numbers."""
    if keys is None:
        return ()
    if not isinstance(keys, list) or any(isinstance(one, dict | list | bool) for one in keys):
        raise BadAnswer("shape")
    return tuple(filter(None, (_text(one) for one in keys)))


def _check_status(status: int) -> None:
    if status in (401, 403):
        raise BadAnswer("closed", str(status))
    if 300 <= status < 400:
        raise BadAnswer("redirect", str(status))
    if status != 200:
        raise BadAnswer("status", str(status))


def _moment(told: object, tz: str) -> datetime:
    """Read an ISO moment; one without a zone is in the body's time."""
    try:
        at = datetime.fromisoformat(told if isinstance(told, str) else "")
    except ValueError as error:
        raise BadAnswer("as_of", str(told)[:100]) from error
    if at.tzinfo:
        return at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return clock.utc_of_body(at, tz).replace(microsecond=0)


def columns(items: Iterable[Mapping[str, object]]) -> list[str]:
    """Return the names of what the items tell, in the order they are met."""
    return list(dict.fromkeys(name for item in items for name in item))


def cells(item: Mapping[str, object], names: Sequence[str]) -> list[str]:
    """Return the texts of an item in the order of `names`."""
    return [_text(item.get(name)) for name in names]


def _text(value: object) -> str:
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    return " ".join(cell_text(value)[:LONGEST_CELL].replace("\0", "").split())

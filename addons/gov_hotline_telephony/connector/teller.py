"""Tell people what the batch changed: the pop, the running call, states of operators, the queue.

All of it leaves with the commit of the batch. Somebody who cannot be told stops nobody else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import psycopg2

from odoo.api import Environment

from ..domain import call_rows
from ..domain.call_rows import Busy
from ..domain.presence import NO_REASON
from ..domain.presence_rows import Happening
from ..domain.queue_board import BoardChange, Member, Stand
from ..domain.snapshots import Snapshot
from ..models.hotline_call_pop import RING_OVER
from .book import Book
from .statements import Known

_logger = logging.getLogger(__name__)

News = list[tuple[Snapshot, Known]]


class Teller:
    """What is to be told of one batch."""

    def __init__(self, env: Environment, book: Book) -> None:
        """Take who is at which telephone."""
        self.env = env
        self.book = book
        self._news: News = []

    def heard(self, news: News) -> None:
        """Take calls that were written, each with how it was before."""
        self._news += news

    def tell(self, board: BoardChange | None) -> None:
        """Tell everything: first who calls, for that one is waited for."""
        self._warm(board)
        self._all(self._ring, [one for news in self._news for one in self._pops(*news)])
        self._all(self._happened, self._states(board))
        self._all(self._running, [one for news in self._news if (one := self._in_the_talk(*news))])
        self._safely(self._lists)
        if board and board.lines:
            self._safely(self._queues, board)
        if board and board.stand is not None:
            self._safely(self._members, board.stand)

    def _warm(self, board: BoardChange | None) -> None:
        """Read everybody who may be told at once, not each one when the turn comes."""
        phones = {leg.interface for call, _before in self._news for leg in call.legs}
        phones |= {one.interface for one in (board.members if board else ())}
        told = {self.book.users.get(phone) for phone in phones}
        told |= {before.operator_id for _call, before in self._news}
        self._users = self.env["res.users"].browse(sorted(filter(None, told)))
        self._users.mapped("lang")
        self._calls = self.env["hotline.call"].browse(before.id for _call, before in self._news)

    def _user(self, user: int) -> Any:
        """Return one of the users, who is read together with the others."""
        return self.env["res.users"].browse(user).with_prefetch(self._users._prefetch_ids)

    def _call(self, call: int) -> Any:
        return self.env["hotline.call"].browse(call).with_prefetch(self._calls._prefetch_ids)

    def _all(self, act: Callable[[list], None], told: list) -> None:
        """Tell them at once; where one of them cannot be told, each by itself."""
        if not told:
            return
        try:
            self._carefully(act, told)
        except psycopg2.OperationalError:
            raise
        except Exception:
            _logger.info("PBX: %s is told one by one", act.__name__, exc_info=True)
            for one in told:
                self._safely(act, [one])

    def _carefully(self, act: Callable[..., None], *arguments: Any) -> None:
        """Tell, or be as if nothing of it had been told; raises what was wrong."""
        try:
            with self.env.cr.savepoint():
                act(*arguments)
        except Exception:
            self.env.invalidate_all(flush=False)
            self.env.cr.cache.pop("hotline_sight", None)  # what was rolled back was not noted
            raise

    def _safely(self, act: Callable[..., None], *arguments: Any) -> None:
        try:
            self._carefully(act, *arguments)
        except psycopg2.OperationalError:
            raise
        except Exception:
            _logger.exception("PBX: %s was not told", act.__name__)

    # pop

    def _pops(self, call: Snapshot, before: Known) -> list[tuple[int, int, bool]]:
        """Return (call, user, whether it is shown): first where it is to be taken off."""
        states = call_rows.busy(before.legs.values())
        rang = {phone for phone, state in states.items() if state == "ringing"}
        if before.phase != "ringing":
            rang = set()
        off = [(before.id, user, False) for user in self._gone(call, rang)]
        shown = [*(one for one in call.ringing if one not in rang), *_unseen(call, states)]
        new = filter(None, map(self.book.operator, shown))
        return [*off, *((before.id, user, True) for user in new)]

    def _gone(self, call: Snapshot, rang: set[str]) -> list[int]:
        """Return the operators whose bar goes; it stays with who answered, to open the card."""
        answered = [call.operator] if call.answered is not None else []
        stays = [*call.ringing, *call.lifted, *answered]
        still = {self.book.operator(phone) for phone in stays}
        went = {self.book.operator(phone) for phone in rang} - still
        return sorted(user for user in went if user)

    def _ring(self, told: list[tuple[int, int, bool]]) -> None:
        rings = self._calls.browse(call for call, _user, is_shown in told if is_shown)
        known = rings._callers_known()
        for call, user, is_shown in told:
            if is_shown:
                self._call(call).with_context(callers_known=known)._pop(self._user(user))
            else:
                self._user(user)._bus_send(RING_OVER, {"call_id": call})

    # states of operators

    def _states(self, board: BoardChange | None) -> list[Happening]:
        """Return what happened, the first first."""
        found = [
            (at, self.book.users.get(phone), event, before.id, "")
            for call, before in self._news
            for phone, event, at in call_rows.events(before.legs, call)
        ]
        found += [
            (one.at, self.book.users.get(one.interface), one.event, 0, one.reason)
            for one in (board.members if board else ())
        ]
        found.sort(key=lambda one: one[0])
        return [
            Happening(user, event, call, reason, call_rows.moment(at))
            for at, user, event, call, reason in found
            if user
        ]

    def _happened(self, events: list[Happening]) -> None:
        self.env["hotline.operator.state"]._happen(events)

    # the running call

    def _in_the_talk(self, call: Snapshot, before: Known) -> tuple[int, list[int]] | None:
        """Return (call, whose telephone is or was in it) if anything of it changed."""
        legs = {leg.uniqueid: call_rows.before(leg) for leg in call.legs}
        # The talk begins a moment after the telephone is lifted, by which no leg changes.
        begins = call.answered is not None and not before.answered
        same = call.phase == before.phase and legs == before.legs
        if same and not begins and not before.moved:
            return None
        mine = [leg for leg in call.legs if leg.role in ("operator", "colleague") and leg.answered]
        users = {self.book.users.get(leg.interface) for leg in mine}
        if call.direction == "out":
            users.add(before.operator_id)
        found = sorted(user for user in users if user)
        return (before.id, found) if found else None

    def _running(self, told: list[tuple[int, list[int]]]) -> None:
        for call, users in told:
            self._call(call)._tell_phone(self._users.browse(users))

    # the queue

    def _lists(self) -> None:
        """Tell the supervisors' lists that who waits has changed."""
        changed = [
            before.id
            for call, before in self._news
            if call.direction == "in" and (_waits(call.phase) or _waits(before.phase))
            if call.phase != before.phase
        ]
        self.env["hotline.call"].browse(changed)._tell_list()

    def _members(self, stand: Stand) -> None:
        """Bring the queues in step with the states of the operators."""
        self.book.pbx._keep_members(
            {
                queue: {phone: _pause(one) for phone, one in members.items()}
                for queue, members in stand.items()
            }
        )

    def _queues(self, board: BoardChange) -> None:
        """Tell the operators of the bodies whose queues changed how many wait."""
        bodies = {body for queue in board.lines for body in self.book.bodies(queue)}
        for company in self.env["res.company"].browse(sorted(bodies)):
            self.env["hotline.queue"]._tell_board(company)


def _unseen(call: Snapshot, states: Mapping[str, Busy]) -> list[str]:
    """Return the telephones lifted before their ring could be told: it is told still.

    By it the page of whoever answered knows who calls and opens the card.
    """
    if call.direction != "in" or call.phase == "over":
        return []
    there = (call.operator,) if call.answered is not None else call.lifted
    return [one for one in there if not states.get(one) and one not in call.ringing]


def _pause(member: Member) -> str:
    """Return the reason of a member's pause, "" when it takes calls."""
    return (member.reason or NO_REASON) if member.paused else ""


def _waits(phase: str | None) -> bool:
    return phase in ("waiting", "ringing")

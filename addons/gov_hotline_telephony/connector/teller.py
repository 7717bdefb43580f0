"""Tell people what the batch changed: the pop, the running call, states of operators, the queue.

All of it leaves with the commit of the batch. Somebody who cannot be told stops nobody else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import psycopg2

from odoo.api import Environment

from ..domain import call_rows
from ..domain.presence import NO_REASON
from ..domain.queue_board import BoardChange, Member, Stand
from ..domain.snapshots import Snapshot
from ..models.hotline_call_pop import RING_OVER
from .book import Book
from .statements import Known

_logger = logging.getLogger(__name__)

QUEUE: Final = "gov_hotline.queue"
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
        """Tell everything, in the order it happened."""
        for call, before in self._news:
            for act, user in self._pops(call, before):
                self._safely(act, before.id, user)
        for at, user, event, call, reason in self._states(board):
            self._safely(self._happened, user, event, call, reason, call_rows.moment(at))
        for call, before in self._news:
            users = self._in_the_talk(call, before)
            if users:
                self._safely(self._running, before.id, users)
        self._safely(self._lists)
        if board and board.lines:
            self._safely(self._queues, board)
        if board and board.stand is not None:
            self._safely(self._members, board.stand)

    def _safely(self, act: Callable[..., None], *arguments: Any) -> None:
        try:
            with self.env.cr.savepoint():
                act(*arguments)
        except psycopg2.OperationalError:
            raise
        except Exception:
            self.env.invalidate_all(flush=False)
            _logger.exception("PBX: %s was not told", act.__name__)

    # pop

    def _pops(self, call: Snapshot, before: Known) -> list[tuple[Callable[..., None], int]]:
        """Return where the ringing call is to be taken off, then where it is to be shown."""
        states = call_rows.busy(before.legs.values())
        rang = {phone for phone, state in states.items() if state == "ringing"}
        if before.phase != "ringing":
            rang = set()
        off = [(self._take_off, user) for user in self._gone(call, rang)]
        new = [self.book.operator(phone) for phone in call.ringing if phone not in rang]
        return [*off, *((self._show, user) for user in new if user)]

    def _gone(self, call: Snapshot, rang: set[str]) -> list[int]:
        """Return the operators whose bar goes; it stays with who answered, to open the card."""
        answered = [call.operator] if call.answered is not None else []
        stays = [*call.ringing, *call.lifted, *answered]
        still = {self.book.operator(phone) for phone in stays}
        went = {self.book.operator(phone) for phone in rang} - still
        return sorted(user for user in went if user)

    def _show(self, call: int, user: int) -> None:
        self.env["hotline.call"].browse(call)._pop(self.env["res.users"].browse(user))

    def _take_off(self, call: int, user: int) -> None:
        self.env["res.users"].browse(user)._bus_send(RING_OVER, {"call_id": call})

    # states of operators

    def _states(self, board: BoardChange | None) -> list[tuple[float, int, str, int, str]]:
        """Return (moment, user, event, call, reason), what happened first first."""
        found = [
            (at, self.book.users.get(phone), event, before.id, "")
            for call, before in self._news
            for phone, event, at in call_rows.events(before.legs, call)
        ]
        found += [
            (one.at, self.book.users.get(one.interface), one.event, 0, one.reason)
            for one in (board.members if board else ())
        ]
        return sorted((one for one in found if one[1]), key=lambda one: one[0])

    def _happened(self, user: int, event: str, call: int, reason: str, at: datetime | None) -> None:
        states = self.env["hotline.operator.state"]
        who = self.env["res.users"].browse(user)
        record = self.env["hotline.call"].browse(call) if call else None
        states._happened(who, event, call=record, reason=reason, at=at)

    # the running call

    def _in_the_talk(self, call: Snapshot, before: Known) -> set[int]:
        """Return whose telephone is or was in the call, if anything of it changed."""
        legs = {leg.uniqueid: call_rows.before(leg) for leg in call.legs}
        # The talk begins a moment after the telephone is lifted, by which no leg changes.
        begins = call.answered is not None and not before.answered
        if call.phase == before.phase and legs == before.legs and not begins:
            return set()
        mine = [leg for leg in call.legs if leg.role in ("operator", "colleague") and leg.answered]
        users = {self.book.users.get(leg.interface) for leg in mine}
        if call.direction == "out":
            users.add(before.operator_id)
        return {user for user in users if user}

    def _running(self, call: int, users: set[int]) -> None:
        record = self.env["hotline.call"].browse(call)
        record._tell_phone(self.env["res.users"].browse(sorted(users)))

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
        """Tell the operators of the queues that changed how many wait."""
        phones = {phone for queue in board.lines for phone in board.staffed.get(queue, ())}
        users = self.env["res.users"].browse(
            sorted({self.book.operator(phone) for phone in phones} - {None})
        )
        queues = self.env["hotline.queue"]
        for company, its in users.grouped("company_id").items():
            for user in its:
                user._bus_send(QUEUE, queues._board(company))


def _pause(member: Member) -> str:
    """Return the reason of a member's pause, "" when it takes calls."""
    return (member.reason or NO_REASON) if member.paused else ""


def _waits(phase: str | None) -> bool:
    return phase in ("waiting", "ringing")

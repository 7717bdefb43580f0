"""Look whether the PBX is set up as the hotline needs it: findings by code, worded in Odoo."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from ..domain import ami_actions as ami
from ..domain.ami import Message, parse
from ..domain.flow import Inbox
from . import faults
from .client import Account, Client, Deadlines
from .desk import Outcome, failed
from .ear import Ear

Finding = dict[str, str]

NEEDED = (
    *("Originate", "Hangup", "Redirect", "BlindTransfer", "Atxfer", "CancelAtxfer", "Bridge"),
    *("PlayDTMF", "QueueAdd", "QueueRemove", "QueuePause", "QueueStatus", "CoreShowChannels"),
    *("CoreSettings", "DeviceStateList", "ExtensionStateList", "ShowDialPlan"),
)
# Whoever may do these may run programmes on the PBX or rewrite its configuration.
EXCESS = ("Command", "ModuleLoad", "UpdateConfig", "DBPut", "Filter")
# What the filters and the classes of the shipped account hold back.
NOISE = frozenset(
    {
        *(b"CEL", b"NewConnectedLine", b"NewCallerid", b"MusicOnHoldStart", b"MusicOnHoldStop"),
        *(b"SoftHangupRequest", b"VarSet", b"Newexten", b"RTCPSent", b"RTCPReceived"),
        *(b"TestEvent", b"DTMFBegin", b"DTMFEnd", b"SuccessfulAuth", b"ChallengeSent"),
    }
)
NOBODY = "PJSIP/hotline-check"  # a telephone that does not exist
SKEW = 2.0  # seconds
HEARING = 2.0  # seconds for an event to come


class Check:
    """One examination of the PBX over a connection that stands."""

    def __init__(
        self, client: Client, ear: Ear, contexts: Sequence[str], queues: Sequence[str]
    ) -> None:
        """Take the connection, an ear for events, what the administrator wrote."""
        self._client, self._ear = client, ear
        self._names, self._queue_names = (*contexts, ami.PARK, ami.SPY), tuple(queues)

    async def run(self) -> list[Finding]:
        """Return all findings; "ok" alone when there is nothing wrong."""
        parts = (self._rights, self._contexts, self._queues, self._hearing, self._clock)
        found = [finding for part in parts for finding in await part()]
        found += self._noise()
        return found or [_finding("ok", self._client.version)]

    async def _rights(self) -> list[Finding]:
        allowed = {name for name, _what in (await self._client.ask(ami.commands())).pairs}
        missing = [_finding("right_missing", name) for name in NEEDED if name not in allowed]
        return missing + [_finding("right_excess", name) for name in EXCESS if name in allowed]

    async def _contexts(self) -> list[Finding]:
        names = dict.fromkeys(self._names)
        return [_finding("no_context", name) for name in names if not await self._there(name)]

    async def _there(self, context: str) -> bool:
        try:
            await self._client.ask(ami.dialplan(context))
        except faults.Failed:
            return False
        except faults.Denied:
            return True  # nobody knows: the missing right is a finding of its own
        return True

    async def _queues(self) -> list[Finding]:
        rows = await self._client.collect(ami.queues())
        there = {row.get("Queue") for row in rows if row.name == "QueueParams"}
        return [_finding("no_queue", name) for name in self._queue_names if name not in there]

    async def _hearing(self) -> list[Finding]:
        """Call nobody and add nobody to a queue: if the account may hear of it, it does."""
        deaf = [] if await self._hears_calls() else [_finding("right_missing", "read=call")]
        if self._queue_names and not await self._hears_queues(self._queue_names[0]):
            deaf.append(_finding("right_missing", "read=agent"))
        return deaf

    async def _hears_calls(self) -> bool:
        """The end of an Originate is an event of calls, not an answer."""
        number = (ami.SPY, "listen")
        action = ami.originate(NOBODY, number, channel_id="hotline-check", timeout=1)
        try:
            await self._client.ask(action, HEARING)
        except faults.Unknown:
            return False
        except faults.Failed:
            return True  # no such context: a finding of its own
        except faults.Denied:
            return True
        return True

    async def _hears_queues(self, queue: str) -> bool:
        def joined(message: Message) -> bool:
            return message.name == "QueueMemberAdded" and message.get("Interface") == NOBODY

        try:
            with self._ear.expect(joined) as added:
                await self._client.ask(ami.queue_add(queue, NOBODY, reason="check"))
                heard = await added.wait(HEARING)
                await self._client.ask(ami.queue_remove(queue, NOBODY))
        except (faults.Failed, faults.Denied):
            return True  # no such queue, no such right: findings of their own
        return bool(heard)

    async def _clock(self) -> list[Finding]:
        await self._client.ping()
        skew = self._client.skew
        return [_finding("clock_skew", f"{skew:+.0f}")] if abs(skew) > SKEW else []

    def _noise(self) -> list[Finding]:
        """Events the filters of the account should have held back."""
        names = sorted(NOISE & self._client.unwanted.keys())
        text = ", ".join(name.decode("ascii") for name in names[:5])
        return [_finding("filter_missing", text)] if names else []


def _finding(code: str, detail: str) -> Finding:
    return {"code": code, "detail": detail}


async def check(
    account: Account, *, contexts: Sequence[str], queues: Sequence[str], timeout: float = 15.0
) -> list[Finding]:
    """Examine a PBX over a connection of its own, which is closed afterwards.

    Whatever is wrong is a finding, also that nobody answers; timeout is in seconds.
    """
    deadlines = Deadlines(connect=timeout / 3, answer=timeout / 3)
    inbox, ear = Inbox(), Ear()
    client = Client(account, inbox, time.time, deadlines)
    try:
        async with asyncio.timeout(timeout):
            return await _examine(client, inbox, ear, contexts, queues)
    except faults.Fault as fault:
        return [unreachable(fault)]
    except TimeoutError:
        return [_finding("lost", "no answer in time")]
    except ami.UnsafeValue as fault:
        return [_finding("error", str(fault))]
    finally:
        await client.close()


async def _examine(
    client: Client, inbox: Inbox, ear: Ear, contexts: Sequence[str], queues: Sequence[str]
) -> list[Finding]:
    await client.connect()
    listening = asyncio.create_task(_listen(inbox, ear))
    try:
        return await Check(client, ear, contexts, queues).run()
    finally:
        listening.cancel()


async def _listen(inbox: Inbox, ear: Ear) -> None:
    while True:
        for raw, _received in inbox.take(len(inbox)):
            ear.hear(parse(raw))
        await asyncio.sleep(0.02)


def unreachable(fault: faults.Fault) -> Finding:
    """Return the finding of a fault of the connection."""
    return _finding(fault.code, str(fault).partition(": ")[2])


def outcome(findings: list[Finding]) -> Outcome:
    """Return how a check ends as a command."""
    well = all(finding["code"] == "ok" for finding in findings)
    return (
        Outcome("done", "ok", {"findings": findings})
        if well
        else failed("error", {"findings": findings})
    )

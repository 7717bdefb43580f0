"""What each kind of command is in AMI. Every way was tried with a real Asterisk 22."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from ..domain import ami_actions as ami
from ..domain.ami import Message
from ..domain.live import Channel, Live
from ..domain.telephones import telephones
from . import faults
from .checks import Check, outcome
from .client import Client
from .desk import OK, Command, Outcome, Settings, failed
from .ear import Ear

DIALLING = 15.0  # seconds over the ringing for the end of an Originate
CAUSE = 0.5  # seconds for the Hangup that says why
KEYS = 1.0  # seconds in which Asterisk takes further keys for those of the act before
SETTLING = 5.0  # seconds for a consultation or a conference to come about
HANGUPS = {"17": "busy", "21": "rejected", "18": "no_answer", "19": "no_answer", "20": "offline"}
REASONS = {"3": "no_answer", "5": "busy"}
# The PBX's own words of refusal.
REFUSALS = (
    ("no such queue", "no_queue"),
    ("interface not found", "no_member"),
    ("extension does not exist", "no_extension"),
    ("exist", "no_channel"),
    ("no such channel", "no_channel"),
    ("not found", "no_channel"),
)
OUTCOMES = (
    (faults.Silent, Outcome("unknown", "silent")),
    (faults.Unknown, Outcome("unknown", "cut")),
    (faults.Denied, failed("denied")),
    (faults.Lost, failed("expired")),
    (ami.UnsafeValue, failed("bad_value")),
)
HARMLESS = ("already there", "not there")  # a member who is where he should be


class Absent(Exception):  # noqa: N818  # as in "the channel is absent"
    """The call is over already: no channel to act on."""


class Acts:
    """Carry out commands on one connection."""

    def __init__(self, client: Client, settings: Settings, ear: Ear) -> None:
        """Take the connection, the contexts of the PBX, and an ear for what the PBX says."""
        self._client, self._settings, self._ear = client, settings, ear

    async def do(self, command: Command) -> Outcome:
        """Carry out a command once; whatever goes wrong is an outcome too."""
        act: Callable[[Command], Awaitable[Outcome]] | None
        act = getattr(self, f"_do_{command.kind}", None)
        try:
            return await act(command) if act else failed("bad_value")
        except Absent:
            return failed("no_channel")
        except (faults.Fault, ami.UnsafeValue) as fault:
            return _outcome(fault)

    # -- calls out

    async def _do_originate(self, command: Command) -> Outcome:
        action = ami.originate(
            command.text("interface"),
            self._to(command),
            channel_id=command.channel_id,
            caller=command.text("caller"),
            timeout=self._seconds(command),
            variables=dict(command.payload.get("variables") or {}),
        )
        return await self._dial(action, command)

    async def _spy(self, command: Command) -> Outcome:
        """Ring the supervisor's telephone; one that listens in already goes on in another way."""
        live, spied = await self._channel(command)
        phone, on = command.text("interface"), spied.uniqueid
        if own := live.spying(phone):
            await self._client.ask(ami.spied(own.uniqueid, on))
            await self._client.ask(ami.redirect((own.uniqueid, ami.SPY, ami.way(command.kind))))
            return OK
        channel_id = command.channel_id or f"hotline-help-{command.id}"
        return await self._dial(ami.spy(command.kind, phone, on, channel_id=channel_id), command)

    _do_listen = _do_whisper = _do_barge = _spy

    async def _dial(self, action: ami.Action, command: Command) -> Outcome:
        """Ring a telephone; it answered, or why it did not."""
        channel_id = dict(action.pairs)["ChannelId"]
        with self._ear.expect(lambda one: _ended(one, channel_id)) as ended:
            answer = await self._client.ask(action, self._seconds(command) + DIALLING)
            if answer.get("Response").lower() == "success":
                return OK
            if answer.get("Reason") in REASONS:
                return failed(REASONS[answer.get("Reason")])
            hangup = await ended.wait(CAUSE)
        # A telephone that cannot be reached never has a channel
        return failed(HANGUPS.get(hangup.get("Cause"), "rejected") if hangup else "offline")

    def _seconds(self, command: Command) -> int:
        return min(120, max(5, int(command.text("timeout") or 30)))

    def _to(self, command: Command) -> tuple[str, str]:
        """Where the number is dialled: 103 is a colleague inside and an ambulance outside."""
        return command.text("context"), command.text("number")

    # -- calls that are on

    async def _do_hangup(self, command: Command) -> Outcome:
        """End a channel; the other one of a pair on hold would wait on alone."""
        live, channel = await self._channel(command)
        pair = (channel, live.held(channel.linkedid), live.holder(channel.linkedid))
        for uniqueid in {one.uniqueid: one for one in pair if one}:
            await self._client.ask(ami.hangup(uniqueid))
        return OK

    async def _do_blind(self, command: Command) -> Outcome:
        live, operator = await self._channel(command)
        held = live.held(operator.linkedid)
        context, number = self._to(command)
        if not held:
            await self._client.ask(ami.blind(operator.uniqueid, (context, number)))
            return OK
        await self._client.ask(ami.redirect((held.uniqueid, context, number)))
        await self._client.ask(ami.hangup(operator.uniqueid))
        return OK

    async def _do_attended(self, command: Command) -> Outcome:
        """Ask a colleague; done when the operator has left the citizen for the new call."""
        live, operator = await self._channel(command)
        if held := live.held(operator.linkedid):
            await self._client.ask(ami.bridge(operator.uniqueid, held.uniqueid))
            live, operator = await self._channel(command)
        await self._client.ask(ami.attended(operator.uniqueid, self._to(command)))
        left = await self._until(
            operator, lambda _live, now: now.bridge and now.bridge != operator.bridge
        )
        return OK if left else failed("no_extension")

    async def _do_complete(self, command: Command) -> Outcome:
        """Leave citizen and colleague alone: Asterisk joins them when the operator goes."""
        _live, operator = await self._channel(command)
        await self._client.ask(ami.hangup(operator.uniqueid))
        return OK

    async def _do_cancel(self, command: Command) -> Outcome:
        """Come back to the citizen; done when Asterisk takes the keys of the next consultation."""
        _live, operator = await self._channel(command)
        await self._client.ask(ami.cancel(operator.uniqueid))
        await self._until(operator, lambda _live, now: now.bridge != operator.bridge)
        await asyncio.sleep(KEYS)
        return OK

    async def _do_conference(self, command: Command) -> Outcome:
        """Join a consultation with its citizen: three in one bridge."""
        _live, operator = await self._channel(command)
        for key in ami.THREE_WAY:
            await self._client.ask(ami.press(operator.uniqueid, key))
        joined = await self._until(operator, lambda live, now: live.talkers(now.bridge) > 2)
        return OK if joined else failed("error")

    async def _do_hold(self, command: Command) -> Outcome:
        live, operator = await self._channel(command)
        citizen = live.peer(operator)
        if not citizen:
            raise Absent
        citizen_to = (citizen.uniqueid, ami.PARK, ami.CITIZEN)
        operator_to = (operator.uniqueid, ami.PARK, ami.OPERATOR)
        await self._client.ask(ami.redirect(citizen_to, operator_to))
        return OK

    async def _do_unhold(self, command: Command) -> Outcome:
        live, operator = await self._channel(command)
        citizen = live.held(operator.linkedid)
        if not citizen:
            raise Absent
        await self._client.ask(ami.bridge(operator.uniqueid, citizen.uniqueid))
        return OK

    async def release(self, linkedid: str) -> None:
        """One of a held pair hung up: let the other go, nobody would take it off hold."""
        live = await self._live()
        for one in filter(None, (live.held(linkedid), live.holder(linkedid))):
            await self._client.ask(ami.hangup(one.uniqueid))

    # -- queues

    async def _do_queue_add(self, command: Command) -> Outcome:
        """Let an operator's telephone take calls, or come in on a pause."""
        reason = command.text("reason") if command.payload.get("paused") is True else None
        member = (command.text("queue"), command.text("interface"), command.text("name"))
        await self._member(ami.queue_add(*member, reason=reason))
        return OK

    async def _do_queue_remove(self, command: Command) -> Outcome:
        await self._member(ami.queue_remove(command.text("queue"), command.text("interface")))
        return OK

    async def _member(self, action: ami.Action) -> None:
        try:
            await self._client.ask(action)
        except faults.Failed as fault:
            if not any(words in str(fault).lower() for words in HARMLESS):
                raise

    async def _do_pause(self, command: Command) -> Outcome:
        await self._client.ask(ami.queue_pause(command.text("interface"), command.text("reason")))
        return OK

    async def _do_unpause(self, command: Command) -> Outcome:
        await self._client.ask(ami.queue_unpause(command.text("interface")))
        return OK

    # -- the PBX

    async def _do_check(self, _command: Command) -> Outcome:
        settings = self._settings
        contexts = (settings.context_operators, settings.context_trunk)
        return outcome(await Check(self._client, self._ear, contexts, settings.queues).run())

    async def _do_extensions(self, _command: Command) -> Outcome:
        """List the telephones for the administrator's import."""
        devices = await self._client.collect(ami.devices())
        hints = await self._client.collect(ami.hints())
        return Outcome("done", "ok", {"extensions": telephones(devices, hints)})

    # -- what is going on

    async def _live(self) -> Live:
        return Live(await self._client.collect(ami.channels()))

    async def _channel(self, command: Command) -> tuple[Live, Channel]:
        """What is going on, and the channel to act on: the operator's in a pair."""
        live = await self._live()
        channel = live.of(command.text("operator") or command.text("channel"))
        if not channel:
            raise Absent
        return live, channel

    async def _until(self, operator: Channel, so: Callable[[Live, Channel], object]) -> bool:
        """Look until it is so, or the time is over; the act itself was sent already."""
        for _look in range(int(SETTLING / 0.2)):
            await asyncio.sleep(0.2)
            try:
                live = await self._live()
            except faults.Lost as fault:
                raise faults.Unknown(str(fault)) from fault
            now = live.of(operator.uniqueid)
            if not now or so(live, now):
                return bool(now)
        return False


def _ended(message: Message, channel_id: str) -> bool:
    return message.name == "Hangup" and message.get("Uniqueid") == channel_id


def _outcome(fault: Exception) -> Outcome:
    """Return what a fault means for who asked."""
    for kind, ended in OUTCOMES:
        if isinstance(fault, kind):
            return ended
    text = str(fault).lower()
    return failed(next((code for words, code in REFUSALS if words in text), "error"))

"""The service of a PBX: resync, batches, commands, reconnects; over a real socket, no database."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from gov_hotline_telephony.connector import commands, pump, reporter
from gov_hotline_telephony.connector.client import Account, Client, Deadlines
from gov_hotline_telephony.connector.desk import OK, Command, Gone, Outcome, Settings
from gov_hotline_telephony.connector.service import Service
from gov_hotline_telephony.domain.backoff import Backoff

from .acting import HELD, listed
from .fake_ami import ANSWERS, FakeAmi

DEVICES = [
    "Response: Success\r\nActionID: {id}\r\nEventList: start",
    "Event: DeviceStateChange\r\nActionID: {id}\r\nDevice: PJSIP/101\r\nState: NOT_INUSE",
    "Event: DeviceStateListComplete\r\nActionID: {id}\r\nEventList: Complete",
]
DEADLINES = Deadlines(connect=5, answer=5, ping=0.05, pong=5)
ORIGINATE = {"interface": "PJSIP/101", "number": "84957654321", "context": "city", "timeout": 20}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(commands, "POLL", 0.02)
    monkeypatch.setattr(pump, "LOOK", 0.05)
    monkeypatch.setattr(pump, "AGAIN", 0.02)
    monkeypatch.setattr(reporter, "EVERY", 0.02)


class FakeStore:
    """The database, as lists."""

    def __init__(self, port):
        account = Account("127.0.0.1", port, "odoo", "s3cret")
        self.now = Settings(1, "main", account, "operators", "city")
        self.new: list[Command] = []
        self.log: list = []
        self.ended: dict[int, Outcome] = {}
        self.healths: list = []
        self.gone = False

    def settings(self):
        if self.gone:
            raise Gone("archived")
        return self.now

    def adopt(self):
        self.log.append("adopt")

    def expire(self):
        if "expire" not in self.log:
            self.log.append("expire")

    def take(self, kinds=()):
        taken = [one for one in self.new if not kinds or one.kind in kinds]
        self.new = [one for one in self.new if one not in taken]
        self.log += [f"sent {one.id}" for one in taken]
        return taken

    def finish(self, ended):
        self.ended |= dict(ended)

    def call_back(self):
        if "call_back" not in self.log:
            self.log.append("call_back")

    def health(self, health):
        self.healths.append(health)


class FakeCalls:
    """The state machine and its writer: keeps what it is told."""

    def __init__(self):
        self.log: list[str] = []
        self.written: list[list[str]] = []
        self.fails = 0
        self._changed: list[str] = []

    def tune(self, settings, skew):
        self.settings = settings

    def feed(self, message, _received):
        if message.get("Uniqueid") == "broken":
            raise ValueError("broken")
        self._note(message.name)

    def cut(self, _at):
        self._note("cut")

    def resync(self, channels, entries, _at):
        self._note(f"resync {len(channels)} {len(entries)}")

    def _note(self, what):
        self.log.append(what)
        self._changed.append(what)

    def changed(self, _now):
        taken, self._changed = self._changed, []
        return taken

    def save(self, changed):
        if self.fails:
            self.fails -= 1
            raise OSError("database away")
        self.written.append(changed)

    def forget(self, _before):
        pass


class Stage:
    """A PBX, a store, calls and the service between them."""

    def __init__(self, pbx):
        self.pbx, self.store, self.calls = pbx, FakeStore(pbx.port), FakeCalls()
        self.time = 1795295263.5
        backoff = Backoff(lambda: 0.0, first=0.05, most=0.05)
        self.service = Service(self.store, self.calls, self._client, self.clock, backoff)

    def clock(self):
        return self.time

    def _client(self, settings, inbox):
        return Client(settings.account, inbox, self.clock, DEADLINES)

    async def until(self, so):
        while not so():
            await asyncio.sleep(0.005)

    def resyncs(self):
        return sum(what.startswith("resync") for what in self.calls.log)


@asynccontextmanager
async def serving(prepare=None):
    async with FakeAmi() as pbx:
        pbx.answers["DeviceStateList"] = DEVICES
        stage = Stage(pbx)
        if prepare:
            prepare(stage)
        running = asyncio.create_task(stage.service.run())
        try:
            yield stage
            if running.done():
                running.result()
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


def play(scene, prepare=None):
    async def run():
        async with serving(prepare) as stage:
            await scene(stage)
            return stage

    return asyncio.run(asyncio.wait_for(run(), 30))


def test_after_the_login_it_asks_what_is_going_on():
    async def scene(stage):
        await stage.until(lambda: stage.store.healths and stage.store.healths[-1].state == "online")

    stage = play(scene)
    assert "resync 1 2" in stage.calls.log
    assert "DeviceStateChange" in stage.calls.log
    assert stage.store.healths[-1].version == "22.10.1"
    assert stage.store.healths[-1].error == ""


def test_what_comes_is_written_and_told_on_the_screen():
    async def scene(stage):
        await stage.until(stage.resyncs)
        stage.pbx.say("Event: Newchannel\r\nUniqueid: h.1", "Event: Hangup\r\nUniqueid: h.1")
        await stage.until(lambda: "Hangup" in str(stage.calls.written))
        await stage.until(lambda: stage.store.healths[-1].last_event_at)

    stage = play(scene)
    assert [one for batch in stage.calls.written for one in batch] == stage.calls.log


def test_a_message_nobody_understands_stops_nothing(caplog):
    async def scene(stage):
        await stage.until(stage.resyncs)
        stage.pbx.say("Event: Newchannel\r\nUniqueid: broken", "Event: Hangup\r\nUniqueid: h.1")
        await stage.until(lambda: "Hangup" in stage.calls.log)

    play(scene)
    assert "a message was not understood: Newchannel" in caplog.text


def test_a_batch_that_could_not_be_written_is_written_later(caplog):
    async def scene(stage):
        stage.calls.fails = 2
        await stage.until(lambda: stage.resyncs() and stage.calls.written)
        await stage.until(lambda: stage.store.healths[-1].error == "")

    stage = play(scene)
    assert stage.calls.written[0] == stage.calls.log[: len(stage.calls.written[0])]
    assert any("database away" in one.error for one in stage.store.healths)


def test_a_cut_is_told_and_mended_by_a_resync():
    async def scene(stage):
        await stage.until(lambda: stage.resyncs() == 1)
        stage.pbx.secret = "other"  # it does not come back at once
        stage.pbx.cut()
        await stage.until(lambda: stage.store.healths and stage.store.healths[-1].error)
        stage.pbx.secret = "s3cret"
        await stage.until(lambda: stage.resyncs() == 2)

    stage = play(scene)
    cut = stage.calls.log.index("cut")
    assert stage.calls.log[:cut].count("resync 1 2") == 1
    assert any(one.state == "offline" and one.error for one in stage.store.healths)


def test_a_pbx_whose_queues_come_up_after_the_login_is_asked_again():
    async def scene(stage):
        await stage.until(lambda: stage.resyncs() == 1)
        stage.time += 1
        stage.pbx.say("Event: FullyBooted\r\nStatus: Fully Booted")
        await stage.until(lambda: stage.resyncs() == 2)

    play(scene)


def test_what_did_not_fit_into_the_inbox_is_asked_for():
    async def scene(stage):
        await stage.until(lambda: stage.resyncs() == 1)
        stage.service._inbox._most = 50
        events = (f"Event: Hangup\r\nUniqueid: h.{n}\r\n\r\n" for n in range(2000))
        stage.pbx.say_bytes("".join(events).encode())
        await stage.until(lambda: stage.resyncs() == 2)
        await stage.until(lambda: stage.store.healths[-1].dropped > 1000)

    stage = play(scene)
    assert "cut" in stage.calls.log


def command(number, kind="originate", payload=None):
    return Command(number, kind, ORIGINATE if payload is None else payload, f"c-{number}")


def test_a_command_is_sent_once_and_its_end_written():
    async def scene(stage):
        stage.store.new.append(command(7))
        await stage.until(lambda: 7 in stage.store.ended)

    stage = play(scene)
    assert stage.store.ended[7] == OK
    assert stage.store.log == ["adopt", "expire", "sent 7"]
    assert stage.pbx.names().count("Originate") == 1


def test_a_command_cut_in_the_middle_is_unknown_and_never_sent_again():
    """Observation of a library: the Originate sent again after a reconnect rang a citizen."""

    async def scene(stage):
        await stage.until(lambda: stage.resyncs() == 1)
        stage.pbx.answers["Originate"] = lambda _action: stage.pbx.cut()
        stage.store.new.append(command(7))
        await stage.until(lambda: 7 in stage.store.ended and stage.resyncs() == 2)
        stage.store.new.append(command(8, "pause", {"interface": "PJSIP/101"}))
        await stage.until(lambda: 8 in stage.store.ended)

    stage = play(scene)
    assert stage.store.ended[7] == Outcome("unknown", "cut")
    assert stage.pbx.names().count("Originate") == 1


def test_one_slow_command_holds_up_no_other():
    async def scene(stage):
        stage.pbx.answers["Originate"] = ANSWERS["Originate"][:1]  # it rings on
        stage.store.new += [command(7), command(8, "pause", {"interface": "PJSIP/101"})]
        await stage.until(lambda: 8 in stage.store.ended)
        assert 7 not in stage.store.ended

    play(scene)


def test_without_a_connection_commands_wait_and_a_check_says_why():
    async def scene(stage):
        stage.store.new += [command(7), command(8, "check", {})]
        await stage.until(lambda: 8 in stage.store.ended)
        await stage.until(lambda: stage.store.healths[-1].error)
        assert [one.id for one in stage.store.new] == [7]

    def prepare(stage):
        stage.store.now = replace(stage.store.now, account=Account("127.0.0.1", 1, "odoo", "x"))
        # the first look comes before the first try to connect ends
        stage.service.commands.offline(commands.faults.Refused("127.0.0.1:1"))

    stage = play(scene, prepare)
    finding = {"code": "refused", "detail": "127.0.0.1:1"}
    assert stage.store.ended[8] == Outcome("failed", "expired", {"findings": [finding]})
    assert stage.store.healths[-1].error == "refused: 127.0.0.1:1"


def test_a_wrong_secret_is_on_the_screen_until_it_is_set_right():
    async def scene(stage):
        await stage.until(lambda: stage.store.healths and stage.store.healths[-1].error)
        assert stage.store.healths[-1].error.startswith("wrong_secret: odoo")
        stage.pbx.secret = "s3cret"
        await stage.until(lambda: stage.store.healths[-1].state == "online")

    def prepare(stage):
        stage.pbx.secret = "other"

    play(scene, prepare)


def test_another_address_takes_another_connection():
    async def scene(stage):
        await stage.until(lambda: stage.resyncs() == 1)
        async with FakeAmi() as other:
            other.answers["DeviceStateList"] = DEVICES
            account = replace(stage.store.now.account, port=other.port)
            stage.store.now = replace(stage.store.now, account=account)
            await stage.until(lambda: other.logins)

    play(scene)


def test_a_new_extension_takes_no_other_connection():
    async def scene(stage):
        await stage.until(lambda: stage.resyncs() == 1)
        stage.store.now = replace(stage.store.now, telephones=frozenset({"PJSIP/102"}))
        await stage.until(lambda: stage.calls.settings.telephones)

    assert play(scene).pbx.logins == 1


def test_an_archived_pbx_ends_the_service():
    with pytest.raises(Gone):
        asyncio.run(asyncio.wait_for(_until_it_ends(), 30))


async def _until_it_ends():
    async with FakeAmi() as pbx:
        pbx.answers["DeviceStateList"] = DEVICES
        stage = Stage(pbx)
        running = asyncio.create_task(stage.service.run())
        await stage.until(stage.resyncs)
        stage.store.gone = True
        await running


def test_who_is_left_on_hold_is_let_go():
    """The citizen hung up while on hold: nobody will ever take the operator off it."""

    async def scene(stage):
        await stage.until(lambda: stage.store.healths and stage.store.healths[-1].state == "online")
        stage.pbx.answers["CoreShowChannels"] = listed(HELD[1:])
        stage.pbx.say(
            "Event: Hangup\r\nContext: hotline-park\r\nExten: citizen\r\nLinkedid: h.1\r\nX: y"
        )
        await stage.until(lambda: "Hangup" in stage.pbx.names())

    stage = play(scene)
    assert stage.pbx.actions[stage.pbx.names().index("Hangup")]["Channel"] == "h.2"


def test_a_clean_end_writes_what_waits_and_says_good_bye():
    async def scene(stage):
        await stage.until(stage.resyncs)

    async def run():
        async with serving() as stage:
            await scene(stage)
        stage.calls._note("late")
        await stage.service.finish()
        return stage

    stage = asyncio.run(asyncio.wait_for(run(), 30))
    assert "late" in stage.calls.written[-1]
    last = stage.store.healths[-1]
    assert (last.state, last.error) == ("offline", "stopped: the connector was ended")

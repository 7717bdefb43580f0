"""Every act of an operator through the connector's own client, with the PBX we ship.

Nothing of Odoo is loaded: what is sent when, and how its end is told, is plain Python.
"""

import asyncio
import importlib
import sys
import time
import types
from contextlib import asynccontextmanager

import pytest
from stage import LIMIT

from runtime import paths, phones

ADDON = "gov_hotline_telephony"
CITY = {"context": "hotline-originate", "timeout": 10, "interface": "PJSIP/101"}


@pytest.fixture(scope="module")
def connector():
    """Import a module of the add-on's connector without the add-on's models."""
    package = types.ModuleType(ADDON)
    package.__path__ = [str(paths.ADDONS / ADDON)]
    sys.modules[ADDON] = package
    yield lambda name: importlib.import_module(f"{ADDON}.{name}")
    for name in [name for name in sys.modules if name.split(".")[0] == ADDON]:
        del sys.modules[name]


class Desk:
    """An operator's acts over one connection."""

    def __init__(self, connector, client, inbox):
        self.connector, self.client, self.inbox = connector, client, inbox
        self.ami, self.desk = connector("domain.ami"), connector("connector.desk")
        self.ear = connector("connector.ear").Ear()
        self.heard = []
        settings = self.desk.Settings(1, "main", client._account, "operators", "hotline-originate")
        self.acts = connector("connector.acts").Acts(client, settings, self.ear)

    async def listen(self):
        while True:
            for raw, _received in self.inbox.take(500):
                self.heard.append(self.ami.parse(raw))
                self.ear.hear(self.heard[-1])
            await asyncio.sleep(0.02)

    async def do(self, kind, channel_id="", **payload):
        outcome = await self.acts.do(self.desk.Command(1, kind, payload, channel_id))
        return outcome.result

    async def channels(self):
        """{telephone: channel}, Asterisk's pipes left out."""
        actions = self.connector("domain.ami_actions")
        live = self.connector("domain.live").Live(await self.client.collect(actions.channels()))
        return {one.interface: one for one in live.channels if not one.local}

    async def until(self, so):
        """Look at the channels until it is so; returns them."""
        end = time.monotonic() + LIMIT
        while not so(found := await self.channels()):
            assert time.monotonic() < end, f"It never came about: {found}"
            await asyncio.sleep(0.2)
        return found

    async def talk(self):
        """Wait for a citizen's talk with 101; returns the payload of acts on both."""
        found = await self.until(talking("PJSIP/trunk", "PJSIP/101"))
        return {
            "citizen": found["PJSIP/trunk"].uniqueid,
            "operator": found["PJSIP/101"].uniqueid,
            "channel": found["PJSIP/101"].uniqueid,
        }


def talking(*names):
    """All of these telephones are in one bridge."""

    def so(found):
        bridges = {found[name].bridge for name in names} if found.keys() >= {*names} else {""}
        return len(bridges) == 1 and "" not in bridges

    return so


@pytest.fixture
def desk(pbx, connector):
    """Run a scene: `desk(scene)` with scene(Desk) a coroutine."""

    @asynccontextmanager
    async def opened():
        client_of, inbox = connector("connector.client"), connector("domain.flow").Inbox()
        account = client_of.Account(
            pbx.site.ami_address, pbx.site.ports.ami, "odoo", pbx.secrets["AMI"]
        )
        client = client_of.Client(account, inbox, time.time)
        await client.connect()
        made = Desk(connector, client, inbox)
        listening = asyncio.create_task(made.listen())
        try:
            yield made
        finally:
            listening.cancel()
            await client.close()

    async def play(scene):
        async with asyncio.timeout(4 * LIMIT), opened() as made:
            await scene(made)

    return lambda scene: asyncio.run(play(scene))


def test_hold_and_back(stage, desk):
    stage.operator("101", after=0.3)
    stage.citizen()

    async def scene(at):
        both = await at.talk()
        assert await at.do("hold", **both) == "ok"
        found = await at.until(lambda one: one["PJSIP/trunk"].application == "MusicOnHold")
        assert found["PJSIP/101"].application == "Wait"
        assert await at.do("unhold", **both) == "ok"
        await at.until(talking("PJSIP/trunk", "PJSIP/101"))

    desk(scene)


def test_a_transfer_leaves_the_citizen_with_the_expert(stage, desk):
    stage.operator("101", after=0.3)
    stage.operator("103", queue=False, after=0.3)
    stage.citizen()

    async def scene(at):
        both = await at.talk()
        assert await at.do("blind", number="103", context="operators", **both) == "ok"
        found = await at.until(talking("PJSIP/trunk", "PJSIP/103"))
        assert "PJSIP/101" not in found
        assert await at.do("hangup", **both) == "no_channel"

    desk(scene)


def test_a_consultation_taken_back_joined_and_left(stage, desk):
    stage.operator("101", after=0.3)
    stage.operator("103", queue=False, after=0.3)
    stage.citizen()

    async def scene(at):
        both = await at.talk()
        assert await at.do("attended", number="103", context="operators", **both) == "ok"
        await at.until(lambda one: "PJSIP/103" in one and one["PJSIP/103"].bridge)
        assert await at.do("cancel", **both) == "ok"
        await at.until(talking("PJSIP/trunk", "PJSIP/101"))
        assert await at.do("attended", number="103", context="operators", **both) == "ok"
        await at.until(lambda one: "PJSIP/103" in one and one["PJSIP/103"].bridge)
        assert await at.do("conference", **both) == "ok"
        await at.until(talking("PJSIP/trunk", "PJSIP/101", "PJSIP/103"))
        assert await at.do("complete", **both) == "ok"
        await at.until(talking("PJSIP/trunk", "PJSIP/103"))

    desk(scene)


def test_a_number_nobody_has_brings_the_operator_back(stage, desk):
    """Whoever dials a number the dialplan has not stays with the citizen."""
    stage.operator("101", after=0.3)
    stage.citizen()

    async def scene(at):
        both = await at.talk()
        wrong = {"number": "77", "context": "hotline-colleagues"}
        assert await at.do("attended", **wrong, **both) == "no_extension"
        await at.until(talking("PJSIP/trunk", "PJSIP/101"))

    desk(scene)


def test_a_supervisor_listens(stage, desk):
    stage.operator("101", after=0.3)
    stage.operator("102", queue=False, after=0.3)
    stage.citizen()

    async def scene(at):
        both = await at.talk()
        spy = {"interface": "PJSIP/102", "channel": both["channel"]}
        assert await at.do("listen", "spy-1", **spy) == "ok"
        await at.until(lambda one: one["PJSIP/102"].application == "ChanSpy")

    desk(scene)


def test_click_to_call_rings_the_operator_first(stage, desk):
    stage.operator("101", queue=False, after=0.3)
    stage.city(after=0.3)

    async def scene(at):
        assert await at.do("originate", "click-1", number="+79131112233", **CITY) == "ok"
        found = await at.until(talking("PJSIP/trunk", "PJSIP/101"))
        assert {one.linkedid for one in found.values()} == {"click-1"}

    desk(scene)


@pytest.mark.parametrize(
    ("manner", "result"),
    [
        ({"refuse": phones.BUSY}, "busy"),
        ({"refuse": phones.DECLINE}, "rejected"),
        ({"after": phones.NEVER}, "no_answer"),
        (None, "offline"),
    ],
)
def test_why_the_operators_telephone_did_not_answer(stage, desk, manner, result):
    number = "110" if manner is None else "103"
    if manner:
        stage.operator(number, queue=False, **manner)
    wanted = {**CITY, "interface": f"PJSIP/{number}", "timeout": 5, "number": "+79131112233"}

    async def scene(at):
        assert await at.do("originate", f"click-{result}", **wanted) == result

    desk(scene)

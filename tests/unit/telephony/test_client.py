"""The AMI client over a real socket: what goes well, and every way a PBX fails."""

import asyncio
import time
from contextlib import asynccontextmanager

import pytest
from gov_hotline_telephony.connector import faults
from gov_hotline_telephony.connector.client import Account, Client, Deadlines
from gov_hotline_telephony.domain import ami_actions
from gov_hotline_telephony.domain.ami_actions import Action
from gov_hotline_telephony.domain.flow import Inbox

from .fake_ami import FakeAmi

SHORT = Deadlines(connect=5, answer=5, ping=0.02, pong=0.2)
CALL = ami_actions.originate("PJSIP/101", ("hotline-originate", "84957654321"), channel_id="c-1")


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 30))


def client_of(pbx, secret="s3cret", inbox=None, deadlines=Deadlines()):  # noqa: B008
    account = Account("127.0.0.1", pbx.port, "odoo", secret)
    return Client(account, Inbox() if inbox is None else inbox, lambda: 1795295261.5, deadlines)


@asynccontextmanager
async def connected(pbx, **options):
    client = client_of(pbx, **options)
    await client.connect()
    try:
        yield client
    finally:
        await client.close()


def test_the_secret_never_goes_over_the_wire():
    async def scene():
        async with FakeAmi() as pbx, connected(pbx) as client:
            assert client.version == "11.0.0"
        assert pbx.names() == ["Challenge", "Login"]
        assert "s3cret" not in str(pbx.actions)
        assert "s3cret" not in repr(client._account)

    run(scene())


def test_events_go_to_the_inbox_and_lists_to_who_asked():
    async def scene():
        async with FakeAmi() as pbx, connected(pbx) as client:
            channels = await client.collect(ami_actions.channels())
            pbx.say("Event: Hangup\r\nUniqueid: h.1", "Event: RTCPSent\r\nX: y")
            entries = await client.collect(ami_actions.queues())
            names = [raw.partition(b"\r\n")[0] for raw, _at in client._inbox.take(9)]
            assert names == [b"Event: FullyBooted", b"Event: Hangup"]
            assert [one.get("Linkedid") for one in channels] == ["h.1"]
            assert [one.name for one in entries] == ["QueueParams", "QueueEntry"]
            assert client.unwanted == {b"RTCPSent": 1}

    run(scene())


def test_an_originate_ends_with_its_response_which_is_an_event_too():
    async def scene():
        async with FakeAmi() as pbx, connected(pbx) as client:
            answer = await client.ask(CALL)
            assert (answer.name, answer.get("Reason")) == ("OriginateResponse", "4")
            assert any(b"OriginateResponse" in raw for raw, _at in client._inbox.take(9))

    run(scene())


def test_a_ping_tells_the_clock_of_the_pbx():
    async def scene():
        async with FakeAmi() as pbx, connected(pbx) as client:
            await client.ping()
            assert client.skew == pytest.approx(2.0)

    run(scene())


def test_messages_in_halves_and_letters_in_halves():
    async def scene():
        async with FakeAmi() as pbx, connected(pbx) as client:
            data = "Event: UserEvent\r\nName: Ёлкина\r\n\r\n".encode()
            for byte in data:
                pbx.say_bytes(bytes([byte]))
                await asyncio.sleep(0)
            await client.ping()
            await client.ping()
            assert client._inbox.take(9)[-1][0] == data[:-4]

    run(scene())


def test_a_wrong_secret_is_told():
    async def scene():
        async with FakeAmi() as pbx:
            with pytest.raises(faults.WrongSecret, match="wrong_secret: odoo: failed: Authent"):
                await client_of(pbx, secret="other").connect()

    run(scene())


def test_nobody_at_the_port():
    async def scene():
        async with FakeAmi() as pbx:
            pass
        with pytest.raises(faults.Refused, match=f"refused: 127.0.0.1:{pbx.port}"):
            await client_of(pbx).connect()

    run(scene())


def test_an_unknown_host():
    async def scene():
        client = Client(Account("no.such.invalid", 5038, "odoo", "x"), Inbox(), time.time)
        with pytest.raises(faults.Unreachable):
            await client.connect()

    run(scene())


@pytest.mark.parametrize("banner", [b"SSH-2.0-OpenSSH_9.2\r\n", b"x" * 600_000, b""])
def test_something_else_at_the_port(banner):
    async def scene():
        async with FakeAmi(banner=banner) as pbx:
            deadlines = Deadlines(answer=0.2)
            with pytest.raises(faults.NotAmi):
                await client_of(pbx, deadlines=deadlines).connect()

    run(scene())


def test_a_pbx_that_does_not_answer_the_login():
    async def scene():
        async with FakeAmi() as pbx:
            pbx.answers["Challenge"] = None
            with pytest.raises(faults.Lost, match="no answer to the login"):
                await client_of(pbx, deadlines=Deadlines(answer=0.1)).connect()

    run(scene())


def test_a_right_that_is_missing_is_denied():
    async def scene():
        async with FakeAmi() as pbx, connected(pbx) as client:
            with pytest.raises(faults.Denied, match="Permission denied"):
                await client.ask(Action("Command"))
            assert len(client._pending) == 0

    run(scene())


def test_what_the_pbx_refuses_is_failed():
    async def scene():
        async with FakeAmi() as pbx, connected(pbx) as client:
            pbx.answers["Hangup"] = [
                "Response: Error\r\nActionID: {id}\r\nMessage: No such channel"
            ]
            with pytest.raises(faults.Failed, match="No such channel"):
                await client.ask(ami_actions.hangup("h.1"))

    run(scene())


def test_a_frozen_peer_is_given_up():
    async def scene():
        async with FakeAmi() as pbx, connected(pbx, deadlines=SHORT) as client:
            pbx.answers["Ping"] = None
            with pytest.raises(faults.Lost, match="silent for too long"):
                await client.run()

    run(scene())


def test_closed_in_the_middle_leaves_the_act_unknown_and_unrepeated():
    async def scene():
        async with FakeAmi() as pbx, connected(pbx, deadlines=SHORT) as client:
            pbx.answers["Originate"] = lambda _action: pbx.cut()
            running = asyncio.create_task(client.run())
            with pytest.raises(faults.Unknown):
                await client.ask(CALL)
            with pytest.raises(faults.Lost):
                await running
            with pytest.raises(faults.Lost, match="no connection"):
                await client.ask(CALL)
            assert pbx.names().count("Originate") == 1

    run(scene())


def test_no_answer_in_time_is_unknown_and_a_late_one_harms_nobody():
    async def scene():
        async with FakeAmi() as pbx, connected(pbx) as client:
            pbx.answers["Originate"] = None
            with pytest.raises(faults.Unknown, match="no answer to Originate in time"):
                await client.ask(CALL, timeout=0.05)
            late = pbx.actions[-1]["ActionID"]
            pbx.say(f"Response: Success\r\nActionID: {late}")
            await client.ping()

    run(scene())


def test_a_message_without_end_ends_the_connection():
    async def scene():
        async with FakeAmi() as pbx, connected(pbx) as client:
            pbx.say_bytes(b"Event: Hangup\r\nX: " + b"x" * 300_000)
            with pytest.raises(faults.Lost, match="longer than"):
                await client.run()

    run(scene())


def test_an_unsafe_value_is_never_sent():
    async def scene():
        async with FakeAmi() as pbx, connected(pbx) as client:
            with pytest.raises(ami_actions.UnsafeValue):
                await client.ask(Action("Ping", (("X", "y\r\nAction: Command"),)))
            assert pbx.names() == ["Challenge", "Login"]
            assert len(client._pending) == 0

    run(scene())


def test_a_storm_is_read_to_its_end_in_bounded_memory():
    """A second of a storm of 20,000 events: nothing hangs, repeated news are kept once."""

    async def scene():
        inbox = Inbox(messages=1000)
        async with FakeAmi() as pbx, connected(pbx, inbox=inbox) as client:
            storm = "Event: AgentRingNoAnswer\r\nLinkedid: h.{}\r\nInterface: PJSIP/10{}\r\nRing: 0"
            events = (storm.format(n % 5, n % 2) for n in range(20_000))
            pbx.say_bytes("".join(f"{text}\r\n\r\n" for text in events).encode())
            await client.ping()
            assert len(inbox) == 10 + 1  # FullyBooted
            assert inbox.coalesced == 20_000 - 10
            assert not inbox.overflowed

    run(scene())


def test_a_storm_of_all_sorts_is_dropped_and_told():
    async def scene():
        inbox = Inbox(messages=1000)
        async with FakeAmi() as pbx, connected(pbx, inbox=inbox) as client:
            events = (f"Event: Hangup\r\nUniqueid: h.{n}\r\n\r\n" for n in range(20_000))
            pbx.say_bytes("".join(events).encode())
            await client.ping()
            assert (len(inbox), inbox.dropped) == (1000, 19_001)
            assert inbox.overflowed

    run(scene())

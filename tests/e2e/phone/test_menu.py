"""The voice menu as a citizen hears it: the real Asterisk, the voice's process, the real Odoo.

Also digits that are said: a caller played inside the PBX speaks Debian's Russian ones, and a real
model hears them.
"""

import hashlib
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ami import Ami
from stage import LIMIT, Stage
from test_queue import CITIZEN, press

from runtime import shell, speech, voice
from runtime.console import Console
from runtime.faults import Fault
from runtime.pbx import Pbx
from runtime.testing.running import Server

SPOKEN = "00987"
HEARING = 60.0  # seconds for words on a busy machine; the dialplan's own wait is what is tested
SERVES = "SELECT concat_ws(' ', hears, speaks) FROM hotline_pbx_voice"
SETTING = """
import hashlib
name = {"applicant_surname": "Иванова", "applicant_given_name": "Мария"}
case = env["helpdesk.ticket"].create({
    "kind": "appeal_59", "origin": "paper", "applicant_address": "ул. Ленина, 15",
    "appeal_text": "Третий день холодные батареи.", **name})
made = case.action_register()
new = lambda model, **vals: env[model].create(vals)
kind = lambda code: env.ref(f"gov_hotline.object_kind_{code}").id
town = new("hotline.territory", name="Озёрск")
street = new("hotline.object", kind_id=kind("street"), name="Ленина", territory_id=town.id)
house = new("hotline.object", kind_id=kind("house"), name="15", parent_id=street.id)
flat = new("hotline.object", kind_id=kind("flat"), name="3", parent_id=house.id)
company = new("res.partner", name="УК", is_company=True, hotline_kind="organisation")
cold = env.ref("gov_hotline.service_cold_water")
account = new("hotline.account", number="4410-0093", object_id=flat.id, provider_id=company.id,
              holder_name="Иванова Мария Петровна", service_ids=[(6, 0, cold.ids)])
meter = new("hotline.meter", account_id=account.id, service_id=cold.id, serial="123456")
account._submit_readings([{"meter": meter.id, "value": "50"}])
line = new("hotline.line", name="Телефон доверия", mode="message", round_the_clock=True)
queue = new("hotline.queue", name="Горячая линия", code="hotline", line_id=line.id)
new("hotline.pbx", name="АТС", code="main", queue_ids=[(6, 0, queue.ids)],
    ivr_key_hash=hashlib.sha256(KEY.encode()).hexdigest())
env.cr.commit()
print("CASE", made["number"], made["access_code"])
"""
# Who speaks when the test says so, from inside: a telephone played by sipp speaks on and on.
SPEAKER = """
[test-caller]
exten => wait,1,Wait(600)
exten => say,1,Wait(1.2)
 same => n,Playback({sound})
 same => n,Wait(600)
"""


@pytest.fixture(scope="module")
def pbx(new_pbx: Callable[..., Pbx]) -> Pbx:
    """A PBX with the menu."""
    return new_pbx(menu=True)


@pytest.fixture(scope="module")
def server(new_server: Callable[..., Server]) -> Server:
    """The Odoo that is asked."""
    return new_server("menu")


@pytest.fixture(scope="module")
def case(server: Server, pbx: Pbx) -> tuple[str, str]:
    """Digits of the number, and the code, of a registered case. An account has a meter."""
    told = server.shell(f"KEY = {pbx.secrets['IVR']!r}\n{SETTING}")
    server.close_shell()
    number, code = told.split("CASE ", 1)[1].split()[:2]
    return "".join(filter(str.isdecimal, number)), code


@pytest.fixture(scope="module")
def heard() -> speech.Voice:
    """What recognises; one clear line where it cannot be had."""
    try:
        return speech.ensure(Console(stream=io.StringIO()))
    except Fault as fault:
        pytest.fail(f"speech to text cannot be fetched: {fault}", pytrace=False)


@pytest.fixture(scope="module")
def menu(pbx: Pbx, server: Server, case: tuple[str, str], heard: speech.Voice) -> Iterator[Pbx]:
    """The PBX, its voice that asks Odoo and hears digits."""
    patch = pytest.MonkeyPatch()
    patch.setenv(voice.MODEL, str(heard.model))
    process = voice.start(pbx, server.url, python=heard.python)
    patch.undo()
    until(lambda: rows(server, SERVES) == "t t", "it has told Odoo that it serves", HEARING)
    yield pbx
    shell.stop(process)


def until(found: Callable[[], object], what: str, seconds: float = LIMIT) -> object:
    """Ask again and again until the answer is true; return it."""
    end = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(0.1)
    return result


def says(pbx: Pbx, sentence: str) -> None:
    """Wait until a caller hears this sentence of Odoo's."""
    name = hashlib.sha256(f"ru|{sentence}".encode()).hexdigest()[:24]
    until(lambda: name in pbx.cli("core show channels concise"), f"«{sentence}»")


def rows(server: Server, sql: str) -> str:
    """Return what a query of the database says."""
    return server.odoo.databases.server.query(sql, server.database).strip()


def reading(server: Server) -> str:
    """Return the last reading: «104.5 ivr»."""
    words = "concat_ws(' ', value::float, source, confirmed_reason)"
    return rows(server, f"SELECT {words} FROM hotline_reading ORDER BY id DESC LIMIT 1")


@pytest.fixture
def caller(menu: Pbx, stage: Stage, ami: Ami) -> str:
    """A citizen who hears the menu; the channel."""
    stage.citizen(CITIZEN)
    name = ami.wait("Newchannel", CallerIDNum=CITIZEN)["Channel"]
    stage.until("s@hotline-ivr", "Read(KEY")
    return name


def test_the_state_of_a_case(caller: str, menu: Pbx, stage: Stage, ami: Ami, case):
    """A3: number and code by keys; the state is said, then 0 leads to an operator."""
    number, code = case
    press(ami, caller, "1")
    stage.until("Read(KEYED")
    press(ami, caller, number + "#")
    stage.until("Read(KEYED", "/status-code")
    press(ami, caller, code)
    says(menu, "Обращение рассматривается.")
    stage.until("s@hotline-status", "Read(KEY,")
    press(ami, caller, "0")
    ami.wait("QueueCallerJoin", Channel=caller)


def test_zero_alone_is_an_operator(caller: str, stage: Stage, ami: Ami):
    """D8: without the hash key and the whole pause; a number that begins with 0 goes on."""
    press(ami, caller, "1")
    stage.until("Read(KEYED")
    press(ami, caller, "0")
    pressed = time.time()
    joined = ami.wait("QueueCallerJoin", Channel=caller)
    assert float(joined["Timestamp"]) - pressed < 6


def test_the_hours(caller: str, menu: Pbx, ami: Ami):
    """D1: by key 3, and back to the menu."""
    press(ami, caller, "3")
    says(menu, "Линия работает круглосуточно.")


def test_a_reading_by_keys(caller: str, stage: Stage, ami: Ami, server: Server):
    """D8: read back, confirmed, in the account; one less than it needs a reason by a key."""
    _reading(caller, stage, ami, "104*5")
    ami.wait("Hangup", Channel=caller)
    assert reading(server) == "104.5 ivr"


def test_a_reading_that_needs_a_reason(caller: str, menu, stage: Stage, ami: Ami, server: Server):
    """D8: less than before: said so; a new meter by 1, else another number or an operator."""
    before = reading(server)
    _reading(caller, stage, ami, "0010")
    says(menu, "Оно меньше прежнего.")
    assert reading(server) == before
    press(ami, caller, "1")
    ami.wait("Hangup", Channel=caller)
    assert reading(server) == "10 ivr replaced"


def _reading(caller: str, stage: Stage, ami: Ami, digits: str) -> None:
    """Key in a reading of the only meter and confirm it."""
    press(ami, caller, "2")
    stage.until("Read(KEYED")
    press(ami, caller, "44100093#")
    stage.until("reading-voice")
    press(ami, caller, digits + "#")
    stage.until("s@hotline-readings", "Read(KEY,")
    press(ami, caller, "1")


@pytest.fixture
def speaker(menu: Pbx, asterisk, stage: Stage, ami: Ami):
    """Somebody who says SPOKEN when asked to: (the channel in the menu, the one who speaks)."""
    sound = menu.home / "spool/said-by-the-caller"
    _digits(sound.with_suffix(".gsm"), asterisk.root, SPOKEN)
    dialplan = menu.home / "etc/extensions.conf"
    kept = dialplan.read_text(encoding="utf-8")
    dialplan.write_text(kept + SPEAKER.format(sound=sound), encoding="utf-8")
    menu.cli("dialplan reload")
    where = {"Context": "test-caller", "Exten": "wait", "Priority": "1"}
    ami.ask("Originate", Channel="Local/1100@from-trunk/n", **where, Async="true")
    stage.until("s@hotline-ivr", "Read(KEY")
    channels = [one["Channel"] for one in ami.events if one["Event"] == "Newchannel"]
    menu_end = next(name for name in channels if name.endswith(";2"))
    yield menu_end, next(name for name in channels if name.endswith(";1"))
    dialplan.write_text(kept, encoding="utf-8")
    menu.cli("dialplan reload")


def _digits(target: Path, tree: Path, digits: str) -> None:
    """Join Debian's spoken digits, with pauses, and silence at the end."""
    sounds = tree / "usr/share/asterisk/sounds"
    quiet = (sounds / "ru/digits/0.gsm").read_bytes()[:33]  # a frame before the voice begins
    said = b"".join((sounds / f"ru/digits/{one}.gsm").read_bytes() + quiet * 15 for one in digits)
    target.write_bytes(said + quiet * 250)


def test_a_reading_is_said(speaker: tuple[str, str], stage: Stage, ami: Ami, server: Server):
    """D8: said after the beep, heard by the model, read back, confirmed; nothing of it is kept."""
    caller, who = speaker
    press(ami, caller, "2")
    stage.until("Read(KEYED")
    press(ami, caller, "44100093#")
    until(lambda: "Record(" in stage.pbx.cli("core show channels"), "the beep", HEARING)
    said = {"Context": "test-caller", "Exten": "say", "Priority": "1"}
    assert ami.ask("Redirect", Channel=who, **said)["Response"] == "Success"
    shown = "core show channels concise"
    until(lambda: "SayDigits" in stage.pbx.cli(shown), "what was heard is read back", HEARING)
    stage.until("s@hotline-readings", "Read(KEY,")
    press(ami, caller, "1")
    ami.wait("Hangup", Channel=caller)
    assert reading(server) == f"{int(SPOKEN)} ivr"
    assert not list((stage.pbx.home / "spool/hotline-voice").iterdir())


def test_two_times_not_heard_lead_to_keys(speaker: tuple[str, str], stage: Stage, ami: Ami):
    """D8: twice nothing understood: keys; none pressed twice: an operator."""
    caller, _who = speaker
    press(ami, caller, "2")
    stage.until("Read(KEYED")
    press(ami, caller, "44100093#")
    for _time in range(2):
        until(lambda: "Record(" in stage.pbx.cli("core show channels"), "the beep", HEARING)
        time.sleep(1)
        press(ami, caller, "#")  # ends it
        until(lambda: "Record(" not in stage.pbx.cli("core show channels"), "the end", HEARING)
    shown = "core show channels concise"
    until(lambda: "/not-heard" in stage.pbx.cli(shown), "keys are asked for", HEARING)
    for _time in range(2):
        until(lambda: "/reading," in stage.pbx.cli(shown), "the prompt of keys", HEARING)
        press(ami, caller, "#")
        until(lambda: "/reading," not in stage.pbx.cli(shown), "nothing was keyed", HEARING)
    ami.wait("QueueCallerJoin", Channel=caller)


def test_odoo_is_killed_in_the_middle(caller: str, stage: Stage, ami: Ami, server: Server, case):
    """A3: a spoken fallback, then the queue; the next caller, too."""
    press(ami, caller, "1")
    stage.until("Read(KEYED")
    press(ami, caller, case[0] + "#")
    stage.until("Read(KEYED", "/status-code")
    server.kill()
    press(ami, caller, case[1])
    stage.until("s@hotline-unavailable")
    ami.wait("QueueCallerJoin", Channel=caller)
    stage.citizen("79135550202")
    stage.until("s@hotline-unavailable")
    other = ami.wait("QueueCallerJoin", CallerIDNum="79135550202")
    assert other["Channel"] != caller

"""The voice menu with the real Asterisk, the voice's own process, and an Odoo that is played."""

import hashlib
import http.server
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ami import Ami
from stage import LIMIT, Stage
from test_queue import CITIZEN, press

from runtime import shell, voice
from runtime.pbx import Pbx
from voice import prompts

HELLO = {"result": "open", "words": []}
# Another language has what it has: what is missing is told in Russian.
ENGLISH = """
language | For English press five.
welcome | Hello. This is the hotline.
menu | For the state of your appeal press one. For an operator press zero.
"""


class Played(http.server.ThreadingHTTPServer):
    """An Odoo that answers from a table and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, dict] = {}
        self.asked: list[tuple[str, dict]] = []

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    """503 for a question that has no answer."""

    def do_POST(self) -> None:
        """Answer one question."""
        what = self.path.rpartition("/")[2]
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((what, asked))
        told = self.server.answers.get(what)
        self.send_response(200 if told else 503)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def pbx(new_pbx: Callable[..., Pbx]) -> Pbx:
    """A PBX with the menu."""
    return new_pbx(menu=True)


@pytest.fixture(scope="module")
def served(pbx: Pbx) -> Iterator[Played]:
    """The played Odoo, and a voice that asks it."""
    made = Played()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    process = voice.start(pbx, made.url)
    end = time.monotonic() + LIMIT
    while "serving" not in (pbx.home / "log/voice").read_text(encoding="utf-8"):
        assert time.monotonic() < end, "the voice does not serve"
        time.sleep(0.1)
    yield made
    shell.stop(process)
    made.shutdown()
    made.server_close()


@pytest.fixture
def odoo(served: Played) -> Played:
    """The played Odoo of one test."""
    served.answers = {"hello": HELLO}
    served.asked.clear()
    return served


@pytest.fixture
def caller(stage: Stage, ami: Ami, odoo: Played) -> Callable[[], str]:
    """Calls the line; the channel, once the menu is heard."""

    def call() -> str:
        stage.citizen(CITIZEN)
        name = ami.wait("Newchannel", CallerIDNum=CITIZEN)["Channel"]
        stage.until("s@hotline-ivr", "Read(KEY")
        return name

    return call


def test_a_status_is_told(caller, stage: Stage, ami: Ami, odoo: Played):
    """A3: number and code by keys, the answer of Odoo is spoken."""
    odoo.answers["status"] = {"result": "found", "words": ["Обращение рассматривается."]}
    name = caller()
    press(ami, name, "1")
    stage.until("Read(KEYED")
    press(ami, name, "4012026#")
    stage.until("Read(KEYED", "/status-code")
    press(ami, name, "123456")
    stage.until("Playback(")
    what, asked = odoo.asked[-1]
    assert (what, asked["number"], asked["code"]) == ("status", "4012026", "123456")
    assert asked["phone"] == CITIZEN
    stage.until("s@hotline-status", "Read(KEY")
    assert not [one for one in ami.events if one.get("UserEvent") == "HotlineAsk"]


def test_a_reading_by_keys(caller, stage: Stage, ami: Ami, odoo: Played):
    """D8: account, reading with a star for the comma, read back, confirmed, taken."""
    odoo.answers["meters"] = {"result": "found", "meters": 1, "words": []}
    odoo.answers["reading"] = {"result": "accepted", "words": []}
    name = caller()
    press(ami, name, "2")
    stage.until("Read(KEYED")
    press(ami, name, "44100093#")
    stage.until("Read(KEYED", "/reading,")
    press(ami, name, "104*5#")
    stage.until("s@hotline-readings", "Read(KEY")
    press(ami, name, "1")
    ami.wait("Hangup", Channel=name)
    what, asked = odoo.asked[-1]
    assert what == "reading"
    assert (asked["account"], asked["meter"], asked["value"]) == ("44100093", "1", "104*5")


def test_zero_is_an_operator_wherever_it_is_pressed(caller, stage: Stage, ami: Ami):
    """D8: nobody is caught in the menu."""
    name = caller()
    press(ami, name, "1")
    stage.until("Read(KEYED")
    press(ami, name, "0#")
    ami.wait("QueueCallerJoin", Channel=name)


def test_two_wrong_keys_lead_to_an_operator(caller, stage: Stage, ami: Ami):
    name = caller()
    press(ami, name, "8")
    stage.until("Playback(")
    stage.until("Read(KEY")
    press(ami, name, "9")
    ami.wait("QueueCallerJoin", Channel=name)


def test_outside_the_hours_a_call_back_is_offered(stage: Stage, ami: Ami, odoo: Played):
    """D1: Odoo says that nobody works; who presses 1 is called back."""
    odoo.answers["hello"] = {"result": "closed", "words": ["Сейчас операторы не работают."]}
    stage.citizen(CITIZEN)
    name = ami.wait("Newchannel", CallerIDNum=CITIZEN)["Channel"]
    stage.until("s@hotline-closed")
    press(ami, name, "1")
    assert ami.wait("UserEvent", UserEvent="HotlineWish")["Wish"] == "callback"
    ami.wait("Hangup", Channel=name)
    assert "QueueCallerJoin" not in ami.names()


def test_without_odoo_everybody_gets_to_an_operator(stage: Stage, ami: Ami, odoo: Played):
    """A3: a spoken fallback, then the queue."""
    odoo.answers.clear()
    stage.operator("101", after=0)
    stage.citizen(CITIZEN)
    stage.until("s@hotline-unavailable")
    ami.wait("AgentConnect")


def test_an_odoo_that_goes_away_during_the_call(caller, stage: Stage, ami: Ami, odoo: Played):
    """A3: the look-up finds nobody: fallback and queue."""
    name = caller()
    press(ami, name, "1")
    stage.until("Read(KEYED")
    press(ami, name, "4012026#")
    stage.until("Read(KEYED", "/status-code")
    press(ami, name, "123456")
    stage.until("s@hotline-unavailable")
    ami.wait("QueueCallerJoin", Channel=name)


@pytest.fixture
def english(pbx: Pbx, tmp_path: Path) -> Iterator[None]:
    """A second language beside Russian, as an administrator adds one."""
    shipped = Path(pbx.cli("dialplan show globals").partition("PROMPTS=")[2].split()[0])
    tables = tmp_path / "tables"
    shutil.copytree(prompts.TABLES, tables)
    shutil.copytree(shipped / "ru", tmp_path / "ru")
    (tables / "en.txt").write_text(ENGLISH, encoding="utf-8")
    prompts.make(tmp_path, pbx.tree.speaker(), tables)
    pbx.cli("dialplan set global LANGUAGE_2 en")
    pbx.cli(f"dialplan set global PROMPTS {tmp_path}")
    yield
    pbx.cli(f"dialplan set global PROMPTS {shipped}")
    pbx.cli("dialplan set global LANGUAGE_2 ''")


@pytest.mark.usefixtures("english")
def test_a_language_is_chosen(stage: Stage, ami: Ami, pbx: Pbx, odoo: Played):
    """A3, D8: 5 leads to the other language; what Odoo says stays Russian, by a Russian voice."""
    sentence = "Обращение рассматривается."
    odoo.answers["status"] = {"result": "found", "words": [sentence]}
    stage.citizen(CITIZEN)
    name = ami.wait("Newchannel", CallerIDNum=CITIZEN)["Channel"]
    stage.until("s@hotline-language", "/en/language")
    press(ami, name, "5")
    stage.until("s@hotline-ivr", "Read(KEY")
    assert "Language: en" in pbx.cli(f"core show channel {name}")
    press(ami, name, "1")
    stage.until("Read(KEYED")
    press(ami, name, "4012026#")
    stage.until("Read(KEYED", "/status-code")
    press(ami, name, "123456")
    stage.until("Playback(", hashlib.sha256(f"ru|{sentence}".encode()).hexdigest()[:24])


@pytest.mark.usefixtures("english")
def test_who_chooses_no_language_goes_on_in_russian(stage: Stage, ami: Ami, pbx: Pbx):
    stage.citizen(CITIZEN)
    name = ami.wait("Newchannel", CallerIDNum=CITIZEN)["Channel"]
    stage.until("s@hotline-language", "Read(KEY")
    stage.until("s@hotline-ivr", "Read(KEY")
    assert "Language: ru" in pbx.cli(f"core show channel {name}")

"""The voice: what is asked of Odoo, what goes back into the caller's channel."""

import http.server
import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from voice import odoo as odoo_module
from voice import prompts, sound
from voice.ami import Ami
from voice.cache import Cache
from voice.odoo import Odoo, Silent
from voice.service import Service


class Speaker:
    """Says a moment of silence."""

    def __init__(self):
        self.said = []

    def say(self, text, language="ru"):
        self.said.append((language, text))
        return sound.pack([0] * 10)


class Channel:
    """Takes the variables of channels."""

    def __init__(self):
        self.values = []

    def set(self, channel, name, value):
        self.values.append((channel, name, value))


class Recogniser:
    """Hears what it was told to."""

    hears = True

    def __init__(self, words=""):
        self.words, self.warmed = words, 0

    def warm(self):
        self.warmed += 1

    def hear(self, _path):
        return self.words


class Told:
    """An Odoo that answers with what it was given, and remembers what it was asked."""

    def __init__(self, **told):
        self.told, self.asked = told, []

    def ask(self, what, **values):
        self.asked.append((what, values))
        if not self.told:
            raise Silent(what)
        return self.told


@pytest.fixture
def make(tmp_path):
    def service(odoo, words=""):
        cache = Cache(tmp_path / "said", Speaker())
        pool = ThreadPoolExecutor(1)
        return Service(lambda: None, odoo, cache, Recogniser(words), tmp_path / "heard", pool)

    return service


def event(ask, **values):
    return {
        "Ask": ask, "Number": "3", "Channel": "PJSIP/trunk-1", "CallId": "1.1",
        "Phone": "79135550101", "Line": "1100", "Language": "ru", **values,
    }  # fmt: skip


def test_a_status_is_asked_and_said(make, tmp_path):
    """A3: number and code go to Odoo, sentences come back as sounds; what came of it comes last."""
    odoo, channel = Told(result="found", words=["Обращение рассматривается.", "Ответ."]), Channel()
    make(odoo)._reply(channel, event("status", First="4012026", Second="123456"))
    asked = {"phone": "79135550101", "call": "1.1", "line": "1100"}
    assert odoo.asked == [("status", {**asked, "number": "4012026", "code": "123456"})]
    (_, say, sounds), told = channel.values
    assert (say, told) == ("HOTLINE_SAY_3", ("PJSIP/trunk-1", "HOTLINE_TOLD_3", "found"))
    assert len(sounds.split("&")) == 2
    assert all(Path(f"{one}.wav").parent == tmp_path / "said" for one in sounds.split("&"))


def test_what_odoo_says_is_russian_in_every_language(make):
    """A3: the caller chose another one; a voice of that one would spoil the Russian words."""
    service = make(Told(result="found", words=["Ответ."]))
    told = [service.answer(event("status", Language=one)).say for one in ("ru", "tt")]
    assert told[0] == told[1]
    assert service.cache.speaker.said == [("ru", "Ответ.")]


def test_a_silent_odoo_gets_no_answer(make):
    """The dialplan gives the caller to people."""
    channel = Channel()
    make(Told())._reply(channel, event("status"))
    assert channel.values == []


def test_the_model_is_loaded_while_the_caller_hears_a_prompt(make):
    """D8: with the answer about the meters, before the reading is asked for."""
    service = make(Told(result="found", meters=1, words=[]))
    answer = service.answer(event("meters", First="44100093"))
    assert answer.more == {"ONE": "yes", "HEARS": "yes"}
    assert service.recogniser.warmed == 1


@pytest.mark.parametrize(
    ("words", "told", "say"),
    [("один два три", "heard", "123"), ("алло", "nothing", ""), ("", "nothing", "")],
)
def test_a_recording_is_heard_and_removed(make, tmp_path, words, told, say):
    """D8: what a citizen said is not kept."""
    path = tmp_path / "heard/1.wav"
    path.parent.mkdir()
    path.write_bytes(b"")
    answer = make(Told(), words).answer(event("hear", First="/elsewhere/../1"))
    assert (answer.told, answer.say) == (told, say)
    assert not path.exists()


def test_odoo_is_told_that_the_voice_serves(make, monkeypatch):
    """A3: «Проверить связь» rests on it: told while the PBX is there, not while it is away."""
    monkeypatch.setattr("voice.service.ALIVE", 0.0)
    odoo, ended = Told(result="alive"), []
    service = make(odoo)

    def wait(_seconds):
        ended.append(1)
        service.serves = len(ended) == 2
        return len(ended) > 3

    monkeypatch.setattr(service.ended, "wait", wait)
    service._tell()
    assert odoo.asked == [("alive", {"hears": "yes", "speaks": "yes"})]


def test_a_voice_that_cannot_speak_says_so(tmp_path):
    cache = Cache(tmp_path, prompts.Speaker(("no-such-programme",)))
    assert not cache.speaks()
    assert Cache(tmp_path, Speaker()).speaks()


def test_a_reason_is_passed_on(make):
    """D8: why a strange reading is right, by a key."""
    odoo = Told(result="accepted", words=[])
    make(odoo).answer(event("reading", First="441", Second="1", Third="10", Fourth="2"))
    [(what, asked)] = odoo.asked
    assert (what, asked["value"], asked["reason"]) == ("reading", "10", "2")


def test_a_sentence_is_made_once(tmp_path):
    speaker = Speaker()
    cache = Cache(tmp_path, speaker)
    assert cache.say("Нет воды.") == cache.say(" Нет  воды. ")
    assert speaker.said == [("ru", "Нет воды.")]


def test_what_was_said_is_not_kept_for_long(tmp_path, monkeypatch):
    cache = Cache(tmp_path, Speaker())
    old = Path(f"{cache.say('Старое')}.wav")
    later = time.time() + 8 * 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    cache.say("Новое")
    assert not old.exists()


def test_no_value_adds_an_action():
    ami = Ami.__new__(Ami)
    with pytest.raises(ValueError, match="line break"):
        ami.set("c", "n", "x\r\nAction: Hangup")


@pytest.fixture
def server():
    """An HTTP server: `answers` are (seconds to wait, status, body)."""
    answers, asked = [], []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            asked.append((self.path, dict(self.headers), json.loads(self.rfile.read(length))))
            wait, status, body = answers.pop(0)
            time.sleep(wait)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words):
            pass

    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}", answers, asked
    made.shutdown()
    made.server_close()


def test_odoo_is_asked_with_the_key(server):
    url, answers, asked = server
    answers.append((0, 200, b'{"result": "open"}'))
    assert Odoo(f"{url}/", "secret").ask("hello", line="1100") == {"result": "open"}
    path, headers, body = asked[0]
    assert (path, body) == ("/hotline/ivr/hello", {"line": "1100"})
    assert headers["Authorization"] == "Bearer secret"


@pytest.mark.parametrize(
    ("wait", "status", "body"),
    [(0, 401, b'{"result": "denied"}'), (0, 200, b"<html>"), (0, 200, b"[]"), (1, 200, b"{}")],
)
def test_what_is_no_answer(server, monkeypatch, wait, status, body):
    """A3: refused, garbled or late: within the budget, as if Odoo were down."""
    monkeypatch.setattr(odoo_module, "BUDGET", 0.3)
    url, answers, _asked = server
    answers.append((wait, status, body))
    began = time.monotonic()
    with pytest.raises(Silent):
        Odoo(url, "secret").ask("hello")
    assert time.monotonic() - began < 0.9


def test_nobody_listens():
    with pytest.raises(Silent):
        Odoo("http://127.0.0.1:9", "secret").ask("hello")

"""What runs beside Odoo: it comes back when it dies, and its absence stops nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from types import SimpleNamespace

import pytest

from runtime import paths, pbx_conf, pbx_tree, phone_demo, processes, telephony
from runtime.faults import Fault
from runtime.pbx_conf import Ports, Site
from runtime.supervised import Guard

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


class Said(list):
    """A console that remembers."""

    def say(self, text=""):
        self.append(text)


def wait_for(condition):
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def end(process):
    process.terminate()
    process.wait()


@pytest.fixture
def guard():
    """A guard over a process that would live for a minute."""
    said = Said()
    made = Guard("connector", lambda: subprocess.Popen(SLEEP), end, said.say, first=0.01)
    made.said = said
    yield made.start()
    made.stop()


def test_what_dies_is_started_anew(guard):
    first = guard.process.pid
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: guard.process.pid != first)
    assert guard.said == ["connector ended by itself (code -9): started anew in 0 s"]
    wait_for(lambda: processes.alive("connector") == guard.process.pid)


def test_what_is_stopped_stays_so(guard):
    process = guard.process
    guard.stop()
    assert process.poll() is not None
    assert guard.said == []
    assert processes.alive("connector") is None


def test_a_start_that_fails_later_is_told_and_tried_again():
    said, launched = Said(), []

    def launch():
        launched.append(1)
        if len(launched) == 2:
            raise Fault("The port is taken", "Free it")
        return subprocess.Popen([sys.executable, "-c", ""] if len(launched) == 1 else SLEEP)

    guard = Guard("pbx", launch, end, said.say, first=0.01).start()
    wait_for(lambda: len(launched) == 3)
    guard.stop()
    assert "The port is taken. Free it" in said


def test_no_asterisk_is_one_line_and_odoo_goes_on(monkeypatch):
    def refuse(_console):
        raise Fault("Your Debian mirror has no Asterisk", "Name another one")

    said = Said()
    monkeypatch.setattr(pbx_tree, "ensure", refuse)
    found = telephony.Telephony(None, said)
    assert found.start() is False
    assert said == [
        "      Telephony is left out: Your Debian mirror has no Asterisk. Name another one"
    ]
    assert found.pbx is None


def test_the_connector_needs_the_command_of_the_add_on(monkeypatch, tmp_path):
    started = []
    found = telephony.Telephony(None, Said())
    monkeypatch.setattr(found, "_guard", lambda name, *_rest: started.append(name))
    monkeypatch.setattr(telephony, "ADDON", tmp_path)
    found.connect("http://127.0.0.1")
    (tmp_path / "cli").mkdir()
    (tmp_path / "cli/hotline_pbx.py").touch()
    found.connect("http://127.0.0.1")
    assert started == ["connector", "voice"]


class Server:
    """A database that remembers what it was told."""

    def __init__(self, *tables):
        self.tables, self.told = tables, []

    def query(self, sql, _name, **variables):
        self.told.append((sql, variables))
        if "to_regclass" in sql:
            return "there" if "hotline_pbx" in self.tables else ""
        return "1" if "SELECT 1 FROM hotline_pbx" in sql else ""


def tell(server, tmp_path):
    scripts = []
    database = SimpleNamespace(server=server, name="x", script=lambda *all_: scripts.append(all_))
    found = telephony.Telephony(database, Said())
    site = Site(ports=Ports(ami=5999))
    found.pbx = SimpleNamespace(site=site, secrets=pbx_conf.passwords(tmp_path / "secrets.json"))
    return found._tell(), found.pbx, scripts


def test_the_database_is_told_where_the_pbx_listens_and_its_secrets(tmp_path):
    server = Server("hotline_pbx")
    told, pbx, scripts = tell(server, tmp_path)
    assert told
    assert scripts == []
    update = next(values for sql, values in server.told if "SET host" in sql)
    assert update["port"] == "5999"
    assert update["secret"] == pbx.secrets["AMI"]
    phones = {
        values["number"]: values["secret"] for sql, values in server.told if "e.number" in sql
    }
    assert phones == {number: pbx.secrets[number] for number in pbx_conf.PHONES}


def test_a_database_without_the_add_on_is_left_alone(tmp_path):
    server = Server()
    told, _pbx, scripts = tell(server, tmp_path)
    assert not told
    assert len(server.told) == 1
    assert scripts == []


def test_the_pbx_that_runs_is_found(monkeypatch):
    with pytest.raises(Fault, match="No telephony runs"):
        telephony.running()
    home = paths.state() / "pbx"
    home.mkdir()
    (home / "site.json").write_text(json.dumps(asdict(Site(ports=Ports(sip=5999)))))
    processes.note("pbx", os.getpid())
    assert telephony.running().site == Site(ports=Ports(sip=5999))


def demo(answer):
    return phone_demo.find_caller(SimpleNamespace(query=lambda _sql, _name: answer), "x")


def test_somebody_of_the_demo_calls():
    caller = demo("+79005550074|Тестов Тест Тестович")
    assert caller.name == "Тестов Тест Тестович"
    assert caller.shown == "8 (900) 555-00-74"
    text = phone_demo.tell(caller, "http://127.0.0.1:8069")
    assert "Звонит Тестов Тест Тестович, 8 (900) 555-00-74" in text
    assert "log in as operator" in text


def test_a_stranger_calls_where_there_is_no_demo():
    assert demo("").number == phone_demo.SOMEBODY


class Exchange:
    """A PBX whose console answers with what it is told, and remembers what it was asked."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def cli(self, command):
        self.asked.append(command)
        return self.answer


def test_a_telephone_that_is_there_keeps_its_extension(monkeypatch):
    monkeypatch.setattr(phone_demo, "phones", None)
    with phone_demo.telephone(Exchange("  Contact:  101/sip:101@127.0.0.1:45101  x")):
        pass


def test_a_played_telephone_is_forgotten_in_the_end(monkeypatch):
    told = []
    phone = SimpleNamespace(port=5999, stop=lambda: told.append("stopped"))
    monkeypatch.setattr(phone_demo.phones, "phone", lambda _pbx, number, **_manner: phone)
    monkeypatch.setattr(phone_demo.phones, "register", lambda _pbx, *words: told.append(words))
    with phone_demo.telephone(Exchange("No objects found.")):
        assert told == []
    assert told == ["stopped", ("101", 5999, 0)]


def test_an_operator_in_the_queue_is_enough():
    exchange = Exchange("PJSIP/102")
    with phone_demo.member(exchange):
        pass
    assert exchange.asked == ["queue show hotline"]


def test_nobody_stays_in_the_queue_after_the_demo():
    exchange = Exchange("No Members")
    with phone_demo.member(exchange):
        assert exchange.asked[-1] == "queue add member PJSIP/101 to hotline"
    assert exchange.asked[-1] == "queue remove member PJSIP/101 from hotline"


def test_the_played_telephone_answers_before_the_queue_goes_on():
    assert Site().ring > phone_demo.RINGS

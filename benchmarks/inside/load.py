"""Twenty real calls a second by a real Asterisk, sipp, the connector, Odoo and a browser.

110 operators beside the one whose page is open; each call rings for a second and is talked for two
and a half, each card is finished within a second. A second listener of the PBX, with the account
of the connector, keeps what was told with its moment: by it the calls are counted and the pops
measured. Afterwards the same messages are played to the state machine, and to it with the writer
over the same PostgreSQL, as fast as each takes them: their rates beside that of the PBX.
"""

import base64
import contextlib
import json
import os
import socket
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from hotline import Hotline, until
from load_page import WATCH, latencies
from pages import Page

from benchmarks.callstate import _domain
from runtime import pbx_conf, pbx_tree, phones
from runtime.pbx import Pbx
from runtime.pbx_conf import Site, other_ports
from runtime.phones import Sipp
from runtime.testing import running
from runtime.testing.running import Server

RATE = 20  # calls a second
RINGS, LASTS = 1.0, 3.5  # seconds
NUMBERS = range(300, 410)
PAGE = "101"
SPEECH_PORTS = 2000  # two a channel; a hundred calls go on at any moment
NAME = "bench_load"
HERE = Path(__file__).parent
AIMS = {"state machine": 10_000, "writer": 3_000}
ENDPOINT = "[{0}](operator)\naors = {0}\n[{0}](operator-aor)\ncontact = sip:{0}@{1}:{2}\n"


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Listener(threading.Thread):
    """Keeps (moment, message) of all that the connector's account is told."""

    def __init__(self, pbx: Pbx) -> None:
        super().__init__(daemon=True)
        self.told: list[tuple[float, bytes]] = []
        self.socket = socket.create_connection((pbx.site.ami_address, pbx.site.ports.ami))
        login = f"Action: Login\r\nUsername: odoo\r\nSecret: {pbx.secrets['AMI']}\r\n\r\n"
        self.socket.sendall(login.encode())

    def run(self) -> None:
        """Read until the connection ends."""
        left = b""
        with contextlib.suppress(OSError):
            while part := self.socket.recv(65536):
                *whole, left = (left + part).split(b"\r\n\r\n")
                self.told += [(time.time(), one + b"\r\n\r\n") for one in whole]

    def events(self) -> list[tuple[float, bytes]]:
        """What was told, without the answer to the login."""
        return [one for one in self.told if one[1].startswith(b"Event: ")]


@dataclass
class Watch(threading.Thread):
    """Looks at the connector every five seconds: its lag, its memory."""

    hotline: Hotline
    process: int
    lags: list[int] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        """Look until told to end."""
        while not self.ended.wait(5):
            self.lags.append(self.hotline.row("SELECT lag_ms FROM hotline_pbx")["lag_ms"])

    def memory(self) -> float:
        """The most the connector has taken so far, in megabytes."""
        lines = Path(f"/proc/{self.process}/status").read_text(encoding="ascii").splitlines()
        return int(next(one for one in lines if one.startswith("VmHWM")).split()[1]) / 1024


def set_up(pbx: Pbx) -> list[Sipp]:
    """Give the PBX its operators, all played by one sipp; return what plays telephones."""
    operators = phones.unregistered(pbx, after=RINGS)
    ends = [ENDPOINT.format(number, operators.host, operators.port) for number in NUMBERS]
    with (pbx.home / "etc/pjsip.conf").open("a", encoding="utf-8") as stream:
        stream.write("\n" + "".join(ends))
    pbx.cli("module reload res_pjsip.so")
    return [operators, phones.phone(pbx, PAGE, after=RINGS)]


def citizens(pbx: Pbx, calls: int) -> Sipp:
    """Citizens call, one after another at the rate."""
    path = pbx.home / "numbers.csv"
    path.write_text("SEQUENTIAL\n" + "".join(f"7913700{one:04}\n" for one in range(calls)))
    values = {"NUMBER": "[field0]", "TALK_MS": round(LASTS * 1000), "SPEECH": ""}
    words = ("-s", "1100", "-r", RATE, "-m", calls, "-l", 400, "-inf", path)
    return Sipp(pbx, "citizen", values, words, host=pbx.site.trunk).start()


def inside(hotline: Hotline, script: str, **options: object) -> str:
    """Run a script of this folder in Odoo's shell over the same database."""
    text = (HERE / f"{script}.py").read_text(encoding="utf-8")
    return hotline.server.shell(f"OPTIONS = {options!r}\n{text}")


def finish_cards(hotline: Hotline, ended: threading.Event) -> None:
    """Let the operators finish their cards until all have called; a script at a time."""
    while not ended.is_set():
        inside(hotline, "load_cards", seconds=5)


def live(hotline: Hotline, seconds: int) -> list[tuple[float, bytes]]:
    """Let citizens call for so long, print what came of it, return what the PBX told."""
    pbx, calls = hotline.pbx, seconds * RATE
    phones = [PAGE, *map(str, NUMBERS)]
    inside(hotline, "people", phones=phones, citizens=calls, on_line=True)
    played = set_up(pbx)
    connector = hotline.connect()
    hotline.serves(connector)
    signed = f"{len(NUMBERS) + 1} operators in the queue"
    until(lambda: pbx.cli("queue show hotline").count("Not in use") > len(NUMBERS), signed)
    listener, watch = Listener(pbx), Watch(hotline, connector.pid)
    listener.start()
    ended = threading.Event()
    cards = threading.Thread(target=finish_cards, args=(hotline, ended))
    with Page(hotline.desk("maria")) as page:
        page.goes("/odoo")
        page.run(WATCH)
        cards.start()
        watch.start()
        played.append(citizens(pbx, calls))
        played[-1].wait(seconds + 120)
        settled(hotline)
        shown = page.run("window.hotlineShown")
    watch.ended.set()
    ended.set()
    cards.join()
    say(told(hotline, listener, watch, calls))
    say(latencies(listener.events(), shown, PAGE))
    for one in played:
        one.stop()
    return listener.events()


def settled(hotline: Hotline) -> None:
    """Wait until the database has the end of every call, or say what it lacks."""
    try:
        until(lambda: not hotline.open(), "the end of every call")
    except AssertionError:
        say(f"still going on in the database: {len(hotline.open())}")


def told(hotline: Hotline, listener: Listener, watch: Watch, calls: int) -> str:
    """Say what came of the calls."""
    events = listener.events()
    trunk = [one for _at, one in events if b"\r\nChannel: PJSIP/trunk-" in one]
    born = {line(one, b"Uniqueid") for one in trunk if one.startswith(b"Event: Newchannel")}
    gone = {line(one, b"Uniqueid") for one in trunk if one.startswith(b"Event: Hangup")}
    rows = hotline.rows("SELECT linkedid, phase FROM hotline_call WHERE linkedid IS NOT NULL")
    there = [one["linkedid"] for one in rows]
    over = sum(one["phase"] == "over" for one in rows)
    lags = sorted(watch.lags) or [0]
    p50, p95 = statistics.median(lags), lags[round(0.95 * (len(lags) - 1))]
    return (
        f"calls: {calls} to be made, {len(born)} born in the PBX, {len(gone & born)} ended, "
        f"{len(there)} in the database ({over} over), missing {len(born - set(there))}, "
        f"doubled {len(there) - len(set(there))}\n"
        f"connector: worst lag of each five seconds p50 {p50:.0f} ms, p95 {p95:.0f} ms; "
        f"at most {watch.memory():.0f} MB; load {load()}"
    )


def line(message: bytes, name: bytes) -> str:
    """A value of a message."""
    return message.partition(b"\r\n" + name + b": ")[2].partition(b"\r\n")[0].decode()


def load() -> str:
    """The machine's load of one, five and fifteen minutes."""
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


def anew(hotline: Hotline, events: list[tuple[float, bytes]]) -> None:
    """Play the same events as fast as state machine and writer take them."""
    made = len(events) / (events[-1][0] - events[0][0])
    say(f"the PBX: {len(events):,} events, {made:,.0f} a second")
    rates = {"state machine": machine(events), "writer": writer(hotline, events)}
    for name, rate in rates.items():
        reached = "reached" if rate >= AIMS[name] else "missed"
        say(
            f"{name}: {rate:,.0f} events a second, {rate / made:.1f} times the PBX's; "
            f"aim {AIMS[name]:,}: {reached}"
        )


def machine(events: list[tuple[float, bytes]]) -> float:
    """Return how many events a second the state machine takes, parsed by the way."""
    _domain()
    from gov_hotline_telephony.domain.ami import parse, wanted
    from gov_hotline_telephony.domain.call_state import Machine

    calls, looked = Machine(), 0.0
    began = time.perf_counter()
    for at, raw in events:
        if wanted(raw):
            calls.feed(parse(raw.strip()), at)
        if at - looked > 0.1:
            looked = at
            calls.take_changed()
    return len(events) / (time.perf_counter() - began)


def writer(hotline: Hotline, events: list[tuple[float, bytes]]) -> float:
    """Return how many events a second the database takes: machine, writer, telling, commit."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as stream:
        for at, raw in events:
            stream.write(json.dumps([at, base64.b64encode(raw.strip()).decode()]) + "\n")
    try:
        answer = inside(hotline, "load_writer", events=stream.name)
    finally:
        Path(stream.name).unlink()
    return float(answer.strip().splitlines()[-1])


def main(seconds: int) -> None:
    """Measure over a copy of the template."""
    odoo, template = running.read()
    odoo.databases.copy(template, NAME)
    pbx_conf.RTP_PORTS = SPEECH_PORTS
    site = Site(ports=other_ports(), ring=30)
    pbx = Pbx(Path(tempfile.mkdtemp(prefix="hotline-pbx-")), site, pbx_tree.tree()).start()
    server = Server(odoo, NAME)
    hotline = Hotline(server.start(), pbx)
    say(f"{RATE} calls a second for {seconds} s; load before {load()}")
    try:
        hotline.settle()
        events = live(hotline, seconds)
        hotline.close()
        anew(hotline, events)
    finally:
        hotline.close()
        pbx.remove()
        server.stop()
        odoo.databases.drop(NAME)


if __name__ == "__main__":
    main(int(sys.argv[1]))

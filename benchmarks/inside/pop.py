"""Plays recorded queue calls, twenty a second, and reads off a real page when each pop stood there.

Every sixtieth call rings at the operator whose page is open, the others at 160 operators beside,
none of whom has two calls at a time. Each caller is a known citizen. A call is 33 messages in seven
seconds: it rings for two, is talked and hung up; so 140 go on at any moment. The page's own calls
are talked for half a second, so that one is over when the next one rings. The clock starts when the
message by which the telephone rings is handed to the socket and stops when the caller's number
stands in the page: one machine, one clock.
"""

import asyncio
import heapq
import json
import os
import statistics
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

from fake_ami import ANSWERS, FakeAmi
from hotline import Hotline, until
from load_page import WATCH
from pages import Page

from runtime.testing import running
from runtime.testing.running import Server

ROOT = Path(__file__).resolve().parents[2]
TRACE = ROOT / "tests/fixtures/ami/odoo-account/inbound_answered.jsonl"
RATE, EVERY = 20, 60  # calls a second; each how-manieth is the page's
RINGS, SHORT = 2.1, 0.1  # seconds until the talk; of its length is a talk of the page's
CALLS, WARM = 1200, 120  # played; the first ones are not counted
OTHERS = [str(number) for number in range(300, 460)]
PAGE = "PJSIP/101"
NAME = "bench_pop"
AIM = 300  # ms
PEOPLE = Path(__file__).with_name("people.py")


def silent() -> dict:
    """Answers of a PBX on which nothing goes on."""
    done = ["Response: Success\r\nActionID: {id}\r\nMessage: done"]
    listed = {}
    for name, end in (
        ("CoreShowChannels", "CoreShowChannelsComplete"),
        ("QueueStatus", "QueueStatusComplete"),
        ("DeviceStateList", "DeviceStateListComplete"),
        ("ExtensionStateList", "ExtensionStateListComplete"),
    ):
        begin = "Response: Success\r\nActionID: {id}\r\nEventList: start"
        listed[name] = [begin, f"Event: {end}\r\nActionID: {{id}}\r\nEventList: Complete"]
    acts = dict.fromkeys(("QueuePause", "QueueAdd", "QueueRemove", "Hangup"), done)
    return {**ANSWERS, **acts, **listed}


class Played(FakeAmi):
    """The stand-in of the PBX: an event loop in a thread of its own."""

    def __init__(self) -> None:
        super().__init__(secret="bench")  # noqa: S106
        self.answers = silent()
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        asyncio.run_coroutine_threadsafe(self.__aenter__(), self.loop).result()

    def play(self) -> dict[str, float]:
        """Play all calls in their time; {last four digits: ms of the ring} of the page's."""
        return asyncio.run_coroutine_threadsafe(self._play(), self.loop).result()

    async def _play(self) -> dict[str, float]:
        rang, waiting, begin = {}, [], time.time()
        late = 0.0
        lines = recorded()
        for index in range(CALLS):
            for order, (after, text, is_ring) in enumerate(lines):
                at = begin + index / RATE + (shorter(after) if index % EVERY == 0 else after)
                heapq.heappush(waiting, (at, index, order, text, is_ring))
        while waiting:
            at, index, _order, text, is_ring = heapq.heappop(waiting)
            if (pause := at - time.time()) > 0:
                await asyncio.sleep(pause)
            late = max(late, time.time() - at)
            self.say(of(text, index, time.time()))
            if is_ring and index % EVERY == 0:
                rang[f"{index:04}"] = time.time() * 1000
        sys.stdout.write(f"played {CALLS} calls, {RATE} a second, at most {late:.2f} s late\n")
        return rang


def shorter(after: float) -> float:
    """The moment of a message in a call of the page's: the same ring, a short talk."""
    return min(after, RINGS) + max(0, after - RINGS) * SHORT


def recorded() -> list[tuple[float, str, bool]]:
    """The recorded call: (seconds from its begin, message, whether by it the telephone rings)."""
    told = [json.loads(line) for line in TRACE.read_text(encoding="utf-8").splitlines()]
    found = []
    for one in told:
        text = one["raw"].strip()
        is_ring = "Event: Newstate" in text and "ChannelStateDesc: Ringing" in text
        found.append((one["t"] - told[0]["t"], text, is_ring))
    return found


def of(text: str, index: int, now: float) -> str:
    """The message as of this call, at this moment."""
    phone = PAGE if index % EVERY == 0 else f"PJSIP/{OTHERS[index % len(OTHERS)]}"
    for old, new in (
        ("hotline-1795295111.34", f"p{index}.1"),
        ("hotline-1795295111.35", f"p{index}.2"),
        ("00000022", f"{2 * index:08x}"),
        ("00000023", f"{2 * index + 1:08x}"),
        ("PJSIP/101", phone),
        ("74951234567", f"7913700{index:04}"),
    ):
        text = text.replace(old, new)
    stamp = text.partition("Timestamp: ")[2].partition("\r\n")[0]
    bridge = text.partition("BridgeUniqueid: ")[2].partition("\r\n")[0]
    text = text.replace(bridge, f"b{index}") if bridge else text
    return text.replace(stamp, f"{now:.6f}") if stamp else text


def report(rang: dict[str, float], shown: dict[str, float]) -> str:
    """The line of the benchmark, in milliseconds."""
    counted = {key: at for key, at in rang.items() if int(key) >= WARM}
    took = sorted(shown[key] - at for key, at in counted.items() if key in shown)
    p95 = statistics.quantiles(took, n=20)[-1]
    word = "reached" if p95 <= AIM else "missed"
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"from the AMI event to the page: p50 {statistics.median(took):.0f} ms, p95 {p95:.0f} ms, "
        f"max {took[-1]:.0f} ms of {len(took)} pops ({len(counted) - len(took)} never shown); "
        f"aim p95 {AIM} ms: {word}; load {load}"
    )


def measure(hotline: Hotline, pbx: Played) -> None:
    """One page, one stream of calls; print what was seen."""
    hotline.settle()
    script = PEOPLE.read_text(encoding="utf-8")
    options = {"phones": OTHERS, "citizens": CALLS, "on_line": False}
    hotline.server.shell(f"OPTIONS = {options!r}\n{script}")
    hotline.server.close_shell()
    hotline.serves(hotline.connect())
    with Page(hotline.desk("maria")) as page:
        page.goes("/odoo")
        page.run(WATCH)
        rang = pbx.play()
        count = len(rang)
        try:
            until(lambda: len(page.run("window.hotlineShown")) >= count, "every pop")
        except AssertionError:
            sys.stdout.write("not every pop was seen\n")
        sys.stdout.write(report(rang, page.run("window.hotlineShown")) + "\n")
        [lag] = hotline.rows("SELECT lag_ms, dropped_events FROM hotline_pbx")
        sys.stdout.write(f"connector: {lag}\n")


def main() -> None:
    """Play over a copy of the template."""
    odoo, template = running.read()
    odoo.databases.copy(template, NAME)
    server = Server(odoo, NAME)
    pbx = Played()
    site = SimpleNamespace(
        ami_address="127.0.0.1",
        address="127.0.0.1",
        ports=SimpleNamespace(ami=pbx.port, http=1, https=1),
    )
    secrets = {"AMI": "bench", "110": "bench"}
    hotline = Hotline(server.start(), SimpleNamespace(site=site, secrets=secrets))
    try:
        measure(hotline, pbx)
    finally:
        hotline.close()
        server.stop()
        odoo.databases.drop(NAME)


if __name__ == "__main__":
    main()

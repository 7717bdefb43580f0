"""``make phone-demo``: a citizen of the demo calls, the telephone of the first operator answers.

Runs beside ``make run``: the PBX is its, the citizen and the telephone are played by sipp. Whoever
has a real telephone at the extension keeps it.
"""

import io
import re
import subprocess
import wave
from array import array
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import environment, pbx_conf, phones, postgres, settings, sql, telephony
from .pbx import Pbx

OPERATOR, QUEUE = "101", "hotline"
RINGS, TALKS = 12.0, 90.0  # seconds; the queue goes to the next operator after 15
SAYS = "Здравствуйте! У нас третий день холодные батареи. Когда дадут отопление?"
SOMEBODY = "+79131234567"
_WHO = (
    "SELECT p.number || '|' || r.name FROM hotline_phone p "
    "JOIN res_partner r ON r.id = p.partner_id "
    "WHERE p.kind = 'personal' AND EXISTS (SELECT 1 FROM helpdesk_ticket t "
    "WHERE t.partner_id = r.id) ORDER BY p.id LIMIT 1"
)

LOOK = """
Звонит {name}, {shown}. Телефон {operator} звонит {rings} с, потом снимет трубку сам.
Откройте {url}, войдите как operator: сверху окно звонка с именем и открытыми обращениями.
Разговор длится до {talks} с; положить трубку: Ctrl-C.

{name} calls, {shown}. Telephone {operator} rings for {rings} s and then answers by itself.
Open {url}, log in as operator: the caller with his open cases is on top of the page.
The talk lasts {talks} s at most; Ctrl-C hangs up.
"""


@dataclass(frozen=True)
class Caller:
    """Somebody of the demo who has a case; ``number`` is E.164."""

    number: str
    name: str

    @property
    def shown(self) -> str:
        """The number as people write it."""
        match = re.fullmatch(r"\+7(\d{3})(\d{3})(\d\d)(\d\d)", self.number)
        return "8 ({}) {}-{}-{}".format(*match.groups()) if match else self.number


def run(_arguments: list) -> int:
    """One demo call, from the ring to the end of the talk. Fault where no telephony runs."""
    pbx = telephony.running()
    chosen = settings.read()
    caller = find_caller(_server(chosen), chosen.database)
    number = caller.number.lstrip("+")
    with telephone(pbx), member(pbx):
        call = phones.citizen(
            pbx, number, line=pbx_conf.NO_MENU, seconds=RINGS + TALKS, speech=speech(pbx)
        )
        print(tell(caller, f"http://{chosen.address}:{chosen.port}"), flush=True)
        return _watch(pbx, call, number)


def speech(pbx: Pbx) -> "Path | None":
    """What the citizen says, as a file of A-law: the recording has something to hear."""
    try:
        data = pbx.tree.speaker().say(SAYS, "ru")
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    with wave.open(io.BytesIO(data)) as said:
        samples = array("h", said.readframes(said.getnframes()))
    path = pbx.home / "sipp/citizen.al"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(phones.alaw(samples))
    return path


@contextmanager
def telephone(pbx: Pbx):
    """The operator's telephone, unless a real one is there; the PBX forgets it in the end."""
    if f"{OPERATOR}/sip:" in pbx.cli("pjsip show contacts"):
        yield
        return
    known = round(RINGS + TALKS) + 60
    played = phones.phone(pbx, OPERATOR, known=known, after=RINGS, talk=TALKS)
    try:
        yield
    finally:
        played.stop()
        phones.register(pbx, OPERATOR, played.port, 0)


@contextmanager
def member(pbx: Pbx):
    """Somebody must take calls: the first operator for a while, unless one is in the queue."""
    lonely = "No Members" in pbx.cli(f"queue show {QUEUE}")
    if lonely:
        pbx.cli(f"queue add member PJSIP/{OPERATOR} to {QUEUE}")
    try:
        yield
    finally:
        if lonely:
            pbx.cli(f"queue remove member PJSIP/{OPERATOR} from {QUEUE}")


def _watch(pbx: Pbx, call: phones.Sipp, number: str) -> int:
    """Wait for the end of the call; Ctrl-C is one, too."""
    try:
        call.wait(RINGS + TALKS + 30)
        print("Разговор окончен / the talk is over.")
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        phones.hang_up(pbx, number)
        call.wait(10)
        print("\nТрубка положена / hung up.")
    return 0


def _server(chosen: settings.Settings) -> sql.Server:
    ready, own = environment.describe(chosen), chosen.server
    if own:
        return sql.Server(own.host, own.port, own.user, own.password, ready.pg_bin)
    return postgres.cluster("postgres", ready.pg_home).server


def find_caller(server: sql.Server, database: str) -> Caller:
    """Somebody with a case, or a stranger where the database has no demo."""
    known = server.query("SELECT to_regclass('hotline_phone')", database)
    number, _, name = (server.query(_WHO, database) if known else "").partition("|")
    return Caller(number, name) if number else Caller(SOMEBODY, "Незнакомец / a stranger")


def tell(caller: Caller, url: str) -> str:
    """What to look at."""
    return LOOK.format(
        name=caller.name, shown=caller.shown, operator=OPERATOR, url=url, rings=round(RINGS),
        talks=round(TALKS),
    )  # fmt: skip

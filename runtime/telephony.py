"""The telephony of ``make run``: a PBX, its record in the database, the connector.

Where Asterisk cannot be had the rest works without it, and one line says so.
"""

import hashlib
import json
import signal
import subprocess
from dataclasses import asdict, dataclass, field

from . import odoo, paths, pbx, pbx_conf, pbx_tree, processes, shell, voice
from .console import Console
from .database import Database
from .faults import Fault
from .sql import Server
from .steps import write_atomic
from .supervised import Guard

CODE = "demo"  # of the PBX's record in the database
ADDON = paths.ADDONS / "gov_hotline_telephony"
COMMAND = "hotline_pbx"
# Where the PBX of this very run listens; kept out of Odoo's shell, which takes seconds.
_TELL = """
UPDATE hotline_pbx SET host = :'host', port = :'port', secret = :'secret' WHERE code = :'code'
"""
_TELL_BROWSERS = "UPDATE hotline_pbx SET ws_url = :'ws', sip_domain = :'host' WHERE code = :'code'"
_TELL_KEY = """
UPDATE hotline_pbx SET ivr_key_hash = :'digest', ivr_key_made_at = now() AT TIME ZONE 'UTC'
 WHERE code = :'code' AND ivr_key_hash IS DISTINCT FROM :'digest'
"""
_HAS_VOICE = """
SELECT 1 FROM information_schema.columns
 WHERE table_name = 'hotline_pbx' AND column_name = 'ivr_key_hash'
"""
_TELL_RECORDINGS = """
UPDATE hotline_pbx SET recordings_source = 'folder', recordings_folder = :'folder'
 WHERE code = :'code'
"""
_HAS_RECORDINGS = """
SELECT 1 FROM information_schema.columns
 WHERE table_name = 'hotline_pbx' AND column_name = 'recordings_folder'
"""
_HAS_BROWSERS = """
SELECT 1 FROM information_schema.columns WHERE table_name = 'hotline_pbx' AND column_name = 'ws_url'
"""
_TELL_BOOKS = """
UPDATE hotline_pbx
   SET ledger_folder = :'books',
       ledger_since = COALESCE(ledger_since, now() AT TIME ZONE 'UTC')
 WHERE code = :'code'
"""
_HAS_BOOKS = """
SELECT 1 FROM information_schema.columns
 WHERE table_name = 'hotline_pbx' AND column_name = 'ledger_since'
"""
_TELL_PHONE = """
UPDATE hotline_pbx_extension e SET sip_secret = :'secret' FROM hotline_pbx p
 WHERE p.id = e.pbx_id AND p.code = :'code' AND e.number = :'number'
"""


@dataclass
class Telephony:
    """What ``make run`` starts beside Odoo so that telephones ring."""

    database: Database
    console: Console
    pbx: "pbx.Pbx | None" = None
    guards: list = field(default_factory=list)

    def start(self) -> bool:
        """Fetch what is missing, start the PBX, tell the database of it.

        False, and a line on the console, where there is nothing for a connector to do.
        """
        try:
            pbx_tree.ensure(self.console)
            with self.console.step("Telephony"):
                self.pbx = pbx.of_the_clone()
                self._guard("pbx", self._launch, lambda _process: self.pbx.stop())
                told = self._tell()
        except Fault as fault:
            self.stop()
            self.console.say(f"      Telephony is left out: {fault}")
            return False
        self.console.say(f"      {self.pbx.tree.versions()}, SIP port {self.pbx.site.ports.sip}")
        return told

    def _launch(self) -> subprocess.Popen:
        """Start the PBX and note where it listens, for ``make phone-demo``."""
        process = self.pbx.start().process
        write_atomic(self.pbx.home / "site.json", json.dumps(asdict(self.pbx.site)))
        return process

    def _tell(self) -> bool:
        """Bring the record of the PBX to where it listens now; False where there is none."""
        server, name = self.database.server, self.database.name
        if not server.query("SELECT to_regclass('hotline_pbx')", name):
            return False
        known = "SELECT 1 FROM hotline_pbx WHERE code = :'code'"
        if not server.query(known, name, code=CODE):
            self.database.script("telephony.py", f"CODE = {CODE!r}\n")
        self._tell_where(server, name)
        return True

    def _tell_where(self, server: Server, name: str) -> None:
        """Address, ports and secrets of this run."""
        host, ports, secrets = self.pbx.site.address, self.pbx.site.ports, self.pbx.secrets
        secret, ws = secrets["AMI"], f"ws://{host}:{ports.http}/ws"
        address = self.pbx.site.ami_address
        server.query(_TELL, name, code=CODE, host=address, port=str(ports.ami), secret=secret)
        if server.query(_HAS_BROWSERS, name):
            server.query(_TELL_BROWSERS, name, code=CODE, host=host, ws=ws)
        if server.query(_HAS_BOOKS, name):
            server.query(_TELL_BOOKS, name, code=CODE, books=str(self.pbx.home / "log"))
        if server.query(_HAS_VOICE, name):
            digest = hashlib.sha256(secrets["IVR"].encode()).hexdigest()
            server.query(_TELL_KEY, name, code=CODE, digest=digest)
        if server.query(_HAS_RECORDINGS, name):
            folder = str(self.pbx.home / "spool/monitor")
            server.query(_TELL_RECORDINGS, name, code=CODE, folder=folder)
        for number in pbx_conf.PHONES:
            server.query(_TELL_PHONE, name, code=CODE, number=number, secret=secrets[number])

    def connect(self, url: str) -> None:
        """Start what talks with Odoo at ``url``: the connector and the voice, where the add-on has
        them and the database knows the PBX."""
        if (ADDON / f"cli/{COMMAND}.py").exists():
            self._guard("connector", self._launch_connector, shell.stop)
            self._guard("voice", lambda: self._launch_voice(url), shell.stop)

    def _launch_voice(self, url: str) -> subprocess.Popen:
        return voice.start(self.pbx, url, python=self.database.environment.python)

    def _launch_connector(self) -> subprocess.Popen:
        words = (COMMAND, "-d", self.database.name, "--pbx", CODE)
        log = paths.logs() / "connector.log"
        return odoo.start(self.database.environment, self.database.conf, *words, log=log)

    def _guard(self, name: str, launch, end) -> None:
        self.guards.append(Guard(name, launch, end, self.console.say).start())

    def stop(self) -> None:
        """End the connector first, then the PBX."""
        for guard in reversed(self.guards):
            guard.stop()
        self.guards.clear()
        self.pbx = None


def end_orphans() -> bool:
    """End the connector and the PBX of a run that was killed; True if there was one."""
    ended = processes.end("connector", signal.SIGTERM, 10)
    ended = processes.end("voice", signal.SIGTERM, 5) or ended
    return processes.end("pbx", signal.SIGTERM, 5) or ended


def running() -> pbx.Pbx:
    """The PBX that ``make run`` has started; Fault where none runs."""
    if not processes.alive("pbx"):
        raise Fault("No telephony runs in this clone", "Start it by: make run")
    values = json.loads((pbx.home() / "site.json").read_text(encoding="utf-8"))
    values["ports"] = pbx_conf.Ports(**values["ports"])
    return pbx.Pbx(pbx.home(), pbx_conf.Site(**values))

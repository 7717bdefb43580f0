"""The journal's sealer beside people at work, killed in its middle, and the check from outside."""

import json
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from runtime import odoo as runtime_odoo
from runtime import shell
from runtime.faults import Fault
from runtime.testing.running import Server

INSIDE = Path(__file__).parent / "inside"
LINES = (INSIDE / "journal_lines.sql").read_text(encoding="utf-8")
MANY = 60_000  # several batches
LIMIT = 240.0
WAKE = "env['hotline.journal.seal']._trigger_sealer()\nenv.cr.commit()"
# Of the chain: seals, the highest number, different lines sealed, lines, lines without a seal
COUNTS = """
SELECT (SELECT count(*) FROM hotline_journal_seal), (SELECT max(number) FROM hotline_journal_seal),
       (SELECT count(DISTINCT line_ref) FROM hotline_journal_seal),
       (SELECT count(*) FROM hotline_journal),
       (SELECT count(*) FROM hotline_journal j
         WHERE NOT EXISTS (SELECT FROM hotline_journal_seal s WHERE s.line_ref = j.id))
"""


@pytest.fixture(scope="module")
def server(new_server: Callable[..., Server]) -> Server:
    """A system of its own: its journal is filled, its server killed."""
    return new_server("journal", "--max-cron-threads=1")  # the bench has none of its own


def query(server: Server, sql: str, **variables: str) -> list[int]:
    """The numbers of the one row that comes back."""
    found = server.odoo.databases.server.query(sql, server.database, **variables)
    return [int(value or 0) for value in found.split("|")] if found else []


def until_all_are_sealed(server: Server) -> list[int]:
    """Wait for the sealer; COUNTS then. The test fails after LIMIT seconds."""
    end = time.monotonic() + LIMIT
    while (counts := query(server, COUNTS))[-1]:
        assert time.monotonic() < end, f"not sealed within {LIMIT:.0f} s: {counts}"
        time.sleep(0.3)
    return counts


def verify(server: Server, *marks: Path) -> subprocess.CompletedProcess:
    """Run the command that checks the journal."""
    odoo = server.odoo
    words = ("hotline_verify_journal", "-d", server.database, *marks)
    return subprocess.run(
        runtime_odoo.command(odoo.environment, *words),
        env=shell.environment(**odoo.variables()),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )


def test_registrations_at_once_with_the_sealer_running(server: Server):
    """X5: of twenty at once none fails or is restarted because of the journal; all is sealed."""
    options = {"processes": 20, "doomed": 3, "one_by_one": False, "warm": False}
    script = (INSIDE / "registrations.py").read_text(encoding="utf-8")
    told = json.loads(server.shell(f"OPTIONS = {options!r}\n{script}").splitlines()[-1])
    assert [request["error"] for request in told["requests"] if request["error"]] == []
    assert {request["attempts"] for request in told["requests"]} == {1}
    seals, highest, different, lines, _open = until_all_are_sealed(server)
    assert seals == highest == different == lines
    kept = [ticket["id"] for ticket in told["tickets"] if ticket["state"] == "in_work"]
    registered = "SELECT count(*) FROM hotline_journal WHERE event = 'registered'"
    assert query(server, registered) == [len(kept)] == [20]
    assert verify(server).returncode == 0


def test_killed_in_the_middle(server: Server):
    """X5: kill -9 while it seals: no number is missing, none is there twice, the rest follows."""
    until_all_are_sealed(server)
    before = query(server, COUNTS)[0]
    query(server, LINES, count=str(MANY))
    server.shell(WAKE)
    end = time.monotonic() + LIMIT
    while query(server, COUNTS)[0] == before:
        assert time.monotonic() < end, "the sealer was not woken"
    server.kill()
    seals, highest, different, lines, unsealed = query(server, COUNTS)
    assert before < seals == highest == different < lines, "not killed in the middle"
    assert unsealed == lines - seals
    server.start()
    seals, highest, different, lines, _open = until_all_are_sealed(server)
    assert seals == highest == different == lines == before + MANY


def test_the_check_from_outside(server: Server, tmp_path: Path):
    """X5: one line a finding, exit code 1; against a head kept outside, also for a new chain."""
    until_all_are_sealed(server)
    good = verify(server)
    assert good.returncode == 0
    assert good.stdout.splitlines()[-1] in ("нарушений нет", "no findings")  # the body's language
    head = "SELECT max(number) FROM hotline_journal_seal"
    (number,) = query(server, head)
    mark = tmp_path / "journal-2026-11-22.txt"
    mark.write_text(f"Номер и хеш:\n{number} {'a' * 64}\n", encoding="utf-8")
    against = verify(server, tmp_path)
    assert against.returncode == 1
    assert against.stdout.splitlines()[0] in (
        f"Печать {number}: не сходится с контрольной отметкой: журнал пересчитан заново",
        f"Seal {number}: does not fit the control mark: the journal was computed anew",
    )
    changed = (
        "UPDATE hotline_journal SET res_ref = 0 WHERE id = (SELECT min(id) FROM hotline_journal)"
    )
    with pytest.raises(Fault) as refused:
        query(server, changed)
    assert "hotline_journal_refuse" in refused.value.detail  # the trigger
    off, on = (f"ALTER TABLE hotline_journal {word} TRIGGER ALL;" for word in ("DISABLE", "ENABLE"))
    query(server, off + changed + ";" + on)
    found = verify(server)
    assert found.returncode == 1
    assert re.search("изменена|was changed after it was sealed", found.stdout.splitlines()[0])
    assert found.stdout.splitlines()[-1] in ("НАРУШЕНИЙ: 1", "FINDINGS: 1")


def test_nothing_to_check_against(server: Server, tmp_path: Path):
    """A file without a control mark is a fault of the call, not a clean journal."""
    assert verify(server, tmp_path / "missing.txt").returncode == 2
    (tmp_path / "letter.txt").write_text("…")
    refused = verify(server, tmp_path / "letter.txt")
    assert refused.returncode == 2
    assert re.search("нет контрольной отметки|no control mark in", refused.stderr)

"""Registration by many at once: real processes, one series of numbers."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from runtime.testing.clients import Rpc
from runtime.testing.odoo import free_port
from runtime.testing.running import Server

WORKERS = 40

# An operator with a key of her own, and drafts that lack nothing.
SCRIPT = """
import json
from datetime import datetime, timedelta
operator = env["res.users"].create({{
    "name": "Operator", "login": "parallel", "lang": "ru_RU",
    "group_ids": [(4, env.ref("gov_hotline.group_operator").id)],
}})
topic = env["hotline.topic"].search([], limit=1)
citizen = env["res.partner"].create({{
    "hotline_kind": "citizen", "surname": "Иванова", "given_name": "Мария",
    "street": "ул. Ленина, 15, кв. 3",
}})
values = {{
    "kind": "appeal_59", "origin": "paper", "partner_id": citizen.id, "topic_id": topic.id,
    "received_at": datetime.now() - timedelta(hours=2),
    "applicant_surname": "Иванова", "applicant_given_name": "Мария",
    "applicant_address": "ул. Ленина, 15, кв. 3", "appeal_text": "Третий день холодные батареи.",
}}
drafts = env["helpdesk.ticket"].with_user(operator).create([values] * {number})
keys = env["res.users.apikeys"].with_user(operator).sudo()
key = keys._generate("rpc", "e2e", datetime.now() + timedelta(hours=2))
env.cr.commit()
print("FOUND", json.dumps({{"key": key, "drafts": drafts.ids}}))
"""


@pytest.fixture(scope="module")
def crowd(new_server: Callable[..., Server]) -> Server:
    """A server with as many worker processes as there are registrations."""
    return new_server("crowd", f"--workers={WORKERS}", f"--gevent-port={free_port()}")


@pytest.fixture(scope="module")
def work(crowd: Server) -> dict:
    output = crowd.shell(SCRIPT.format(number=WORKERS))
    return json.loads(output.split("FOUND ", 1)[1].splitlines()[0])


def _register(crowd: Server, key: str, ticket: int) -> tuple[str, float]:
    start = time.monotonic()
    found = Rpc(crowd.url, key).call("helpdesk.ticket", "action_register", ids=[ticket])
    return found["number"], time.monotonic() - start


def _all_at_once(crowd: Server, work: dict) -> Iterator[tuple[str, float]]:
    with ThreadPoolExecutor(WORKERS) as pool:
        yield from pool.map(lambda ticket: _register(crowd, work["key"], ticket), work["drafts"])


def test_forty_at_once_leave_no_gap_and_nobody_sees_an_error(crowd: Server, work: dict):
    """A1: forty processes register into one series; the time is noted, not judged."""
    found = list(_all_at_once(crowd, work))
    seconds = sorted(time for _number, time in found)
    note = crowd.odoo.folder / "registration.json"
    note.write_text(json.dumps({"p50": seconds[len(seconds) // 2], "p95": seconds[-2]}))

    assert len({number for number, _time in found}) == WORKERS
    rows = Rpc(crowd.url, work["key"]).call(
        "helpdesk.ticket", "read", ids=work["drafts"], fields=["number", "state"]
    )
    assert {row["state"] for row in rows} == {"in_work"}
    sequence = sorted(int(number.split("-")[-1].split("/")[0]) for number, _time in found)
    assert sequence == list(range(sequence[0], sequence[0] + WORKERS))

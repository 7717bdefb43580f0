"""The public status over a running system: what several processes and a rollback do to counters."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from runtime.testing.running import Server

REGISTER = """
name = {"applicant_surname": "Иванова", "applicant_given_name": "Мария"}
case = env["helpdesk.ticket"].create({
    "kind": "appeal_59", "origin": "paper", "applicant_address": "ул. Ленина, 15",
    "appeal_text": "Третий день холодные батареи.", **name})
result = case.action_register()
env.cr.commit()
print("CASE", result["number"], result["access_code"])
"""
WRONG = "000000"
RUSSIAN = {"Accept-Language": "ru-RU"}


@pytest.fixture(scope="module")
def server(new_server: Callable[..., Server]) -> Server:
    """A system of its own: its visitors all come from one address and use up the limit."""
    return new_server("status")


@pytest.fixture(scope="module")
def case(server: Server) -> tuple[str, str]:
    """Number and code of a registered case."""
    number, code = server.shell(REGISTER).split("CASE ", 1)[1].split()[:2]
    return number, code


def ask(server: Server, number: str, code: str) -> requests.Response:
    """Fill in the form of the page, without a cookie."""
    data = {"number": number, "code": code}
    url = f"{server.url}/hotline/status"
    return requests.post(url, data=data, headers=RUSSIAN, timeout=60)


def admit(server: Server, number: str, address: str, after: str = "") -> tuple[int, int]:
    """In another process: the seconds to wait, and how many counters there are after `after`."""
    script = (
        "attempts = env['hotline.status.attempt']\n"
        f"seconds = attempts._admit({number!r}, {address!r})\n"
        f"{after}\n"
        "print('WAIT', seconds, attempts.search_count([]))\n"
    )
    seconds, counters = server.shell(script).split("WAIT ", 1)[1].split()[:2]
    return int(seconds), int(counters)


def test_number_and_code_tell_the_status(server: Server, case: tuple[str, str]):
    """A3: typed in lower case by anybody, without a session."""
    page = ask(server, case[0].lower(), case[1])
    assert page.status_code == 200
    assert case[0] in page.text
    assert "На исполнении" in page.text
    assert "Иванова" not in page.text
    assert "session_id" not in page.cookies


def test_parallel_guesses_do_not_slip_through(server: Server, case: tuple[str, str]):
    """A3: eight guesses at once get no more than the three free ones."""
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda _n: ask(server, case[0], WRONG), range(8)))
    assert sum(page.status_code == 200 for page in pages) <= 3
    assert {page.status_code for page in pages} == {200, 429}


def test_processes_share_the_counters(server: Server, case: tuple[str, str]):
    """A3: what one process counted, another one knows, from any address."""
    for _try in range(3):
        ask(server, case[0], WRONG)
    assert ask(server, case[0], case[1]).status_code == 429
    assert admit(server, case[0], "203.0.113.1")[0] > 0


def test_a_rollback_forgets_nothing(server: Server):
    """A3: the count stands though the transaction that asked for it failed."""
    before = admit(server, "К-1/2026", "203.0.113.2", after="env.cr.commit()")[1]
    after = admit(server, "К-2/2026", "203.0.113.3", after="env.cr.rollback()")[1]
    assert after == before + 2

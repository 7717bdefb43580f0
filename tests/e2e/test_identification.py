"""A4: sign-in through a real OpenID Connect provider, and what a draft sent after it becomes."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from oidc_provider import CLIENT, FAULTS, SECRET, Provider

from runtime.testing.clients import Rpc, Visitor
from runtime.testing.running import Server

PREPARE = """
values = {{
    "name": "Шлюз ЕСИА", "body": "Войти через Госуслуги", "client_id": {client!r},
    "client_secret": {secret!r}, "enabled": True, "flow": "id_token_code", "scope": "openid",
    "auth_endpoint": {url!r} + "/auth", "token_endpoint": {url!r} + "/token",
    "jwks_uri": {url!r} + "/keys",
}}
Provider = env["auth.oauth.provider"]
identifies = Provider.create({{**values, "hotline_identifies": True, "hotline_issuer": {url!r}}})
ordinary = Provider.create({{**values, "name": "Сеть", "body": "Войти через сеть"}})
env["res.users"].with_context(no_reset_password=True).create({{
    "name": "Мария", "login": "citizen", "password": "citizen",
    "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
}})
env.cr.commit()
print("PROVIDERS", identifies.id, ordinary.id)
"""
WORDS = {
    "kind": "message",
    "origin": "phone",
    # The person that the service confirms, as an operator hears the name: without the patronymic.
    "applicant_surname": "Иванова",
    "applicant_given_name": "Мария",
    "appeal_text": "Третий день холодные батареи.",
}
STRANGER = {**WORDS, "applicant_surname": "Петрова", "applicant_given_name": "Ольга"}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with Provider() as found:
        yield found


@pytest.fixture(autouse=True)
def healthy(provider: Provider) -> Iterator[None]:
    """Each test begins with a provider that works."""
    provider.fault = ""
    yield
    provider.fault = ""


@pytest.fixture(scope="module")
def server(new_server: Callable[..., Server]) -> Server:
    return new_server("identity")


@pytest.fixture(scope="module")
def services(server: Server, provider: Provider) -> tuple[int, int]:
    """Ids of the provider that identifies and of the one that does not."""
    script = PREPARE.format(client=CLIENT, secret=SECRET, url=provider.url)
    first, second = server.shell(script).split("PROVIDERS ", 1)[1].split()[:2]
    return int(first), int(second)


@pytest.fixture
def person(server: Server, services: tuple[int, int]) -> Iterator[Visitor]:
    with Visitor(server.url) as found:
        found.session.headers["Accept-Language"] = "ru-RU"
        yield found


@pytest.fixture(scope="module")
def staff(server: Server) -> Rpc:
    """The administrator over RPC."""
    return Rpc.with_new_key(server, "admin")


@pytest.fixture
def draft(staff: Rpc, services: tuple[int, int]) -> dict[str, Any]:
    """A new draft of the person whom the service confirms."""
    return issue(staff, WORDS)


def issue(staff: Rpc, words: dict[str, str]) -> dict[str, Any]:
    """A new draft as `action_issue_draft_code` tells it: ticket_id, number, code …"""
    (ticket_id,) = staff.call("helpdesk.ticket", "create", vals_list=[words])
    return staff.call("helpdesk.ticket", "action_issue_draft_code", ids=[ticket_id])


def link(person: Visitor, title: str = "Войти через Госуслуги") -> str:
    """The address behind the provider's button on the page of signing in."""
    page = person.get("/web/login?redirect=/hotline/draft").text
    found = re.search(rf'href="([^"]+)"[^>]*>(?:(?!</a>).)*?{title}', page, re.DOTALL)
    assert found, "no button of the provider"
    return found[1].replace("&amp;", "&")


def sign_in(person: Visitor, title: str = "Войти через Госуслуги") -> requests.Response:
    return person.session.get(link(person, title), timeout=60)


def is_in(person: Visitor) -> bool:
    return "/web/login" not in person.get("/my").url


def send(person: Visitor, draft: dict[str, Any]) -> requests.Response:
    """Open the draft and send it."""
    person.post("/hotline/draft", number=draft["number"], code=draft["code"])
    text = "Прошу дать тепло."
    return person.post("/hotline/draft/send", form="/hotline/draft", text=text)


def becomes(staff: Rpc, draft: dict[str, Any]) -> dict[str, Any]:
    """What the draft has become."""
    fields = ["kind", "state", "identified_by", "applicant_name"]
    (found,) = staff.call("helpdesk.ticket", "read", ids=[draft["ticket_id"]], fields=fields)
    return found


def is_message(staff: Rpc, draft: dict[str, Any]) -> bool:
    """Whether it was sent and became a message of nobody identified."""
    found = becomes(staff, draft)
    shown = (found["kind"], found["state"], found["identified_by"])
    return shown == ("message", "in_work", False)


def test_an_identified_login_makes_an_appeal(staff: Rpc, person: Visitor, draft: dict):
    """A4: a citizen without an account signs in, sends, and is named as the service names him."""
    answer = sign_in(person)
    assert answer.url.endswith("/hotline/draft")
    page = person.post("/hotline/draft", number=draft["number"], code=draft["code"])
    assert "hotline_identified" in page.text
    assert "hotline_other_person" not in page.text
    assert "Иванова Мария Петровна" in page.text
    answer = send(person, draft)
    assert answer.url.endswith("/hotline/draft/sent")
    assert "hotline_message_note" not in answer.text
    found = becomes(staff, draft)
    assert (found["kind"], found["state"]) == ("appeal_59", "in_work")
    assert (found["identified_by"], found["applicant_name"]) == (
        "Шлюз ЕСИА",
        "Иванова Мария Петровна",
    )


def test_another_persons_draft_stays_a_message(staff: Rpc, person: Visitor, services: tuple):
    """A4: an identified sign-in is warned of the other name and identifies nobody by sending."""
    draft = issue(staff, STRANGER)
    sign_in(person)
    page = person.post("/hotline/draft", number=draft["number"], code=draft["code"])
    assert "hotline_other_person" in page.text
    assert "hotline_identified" not in page.text
    answer = send(person, draft)
    assert answer.url.endswith("/hotline/draft/sent")
    assert "hotline_message_note" in answer.text
    assert is_message(staff, draft)
    assert becomes(staff, draft)["applicant_name"] == "Петрова Ольга"


@pytest.mark.parametrize("fault", [*FAULTS, "down"])
def test_a_bad_answer_signs_nobody_in(person: Visitor, provider: Provider, fault: str):
    """A4: wrong signature, expired, wrong audience …: no sign-in, so no mark."""
    provider.fault = fault
    answer = sign_in(person)
    assert "oauth_error" in answer.url
    assert not is_in(person)


@pytest.mark.parametrize("fault", ["signature", "expired", "audience", "nonce"])
def test_a_bad_answer_marks_no_session(
    staff: Rpc, person: Visitor, provider: Provider, draft: dict, fault: str
):
    """A4: who is signed in by password stays so; the failed identification leaves no mark."""
    person.login("citizen", "citizen")
    provider.fault = fault
    person.session.get(identify(person, draft), timeout=60)
    send(person, draft)
    assert is_message(staff, draft)


def identify(person: Visitor, draft: dict) -> str:
    """The address of the link «confirm your identity» on the page of the draft."""
    page = person.post("/hotline/draft", number=draft["number"], code=draft["code"]).text
    found = re.search(r'href="(/hotline/identify/\d+\?redirect=/hotline/draft)"', page)
    assert found
    return person.url + found[1]


def test_from_a_password_to_an_identified_session(staff: Rpc, person: Visitor, draft: dict):
    """A4: the page offers the service; after it the same draft is there and becomes an appeal."""
    person.login("citizen", "citizen")
    answer = person.session.get(identify(person, draft), timeout=60)
    assert "hotline_identified" in answer.text
    person.post("/hotline/draft/send", form="/hotline/draft", text="Прошу дать тепло.")
    assert becomes(staff, draft)["kind"] == "appeal_59"


def test_another_provider_gives_no_mark(staff: Rpc, person: Visitor, draft: dict):
    """A4: a sign-in as good as any, by a provider without the flag, yields a message."""
    sign_in(person, "Войти через сеть")
    assert is_in(person)
    send(person, draft)
    assert is_message(staff, draft)


def test_signing_out_and_a_password_lose_the_mark(staff: Rpc, person: Visitor, draft: dict):
    """A4: the mark goes with the session, and with any other sign-in in it."""
    sign_in(person)
    person.post("/hotline/draft", number=draft["number"], code=draft["code"])
    person.get("/web/session/logout")
    person.login("citizen", "citizen")
    send(person, draft)
    assert is_message(staff, draft)


def test_a_password_in_an_identified_session(staff: Rpc, person: Visitor, draft: dict):
    """A4: without signing out first."""
    sign_in(person)
    person.post("/web/login", login="citizen", password="citizen")
    send(person, draft)
    assert is_message(staff, draft)


def test_two_tabs(staff: Rpc, person: Visitor, draft: dict):
    """A4: both links of two open tabs work, one after the other."""
    first, second = link(person), link(person)
    assert person.session.get(first, timeout=60).url.endswith("/hotline/draft")
    person.session.get(second, timeout=60)
    send(person, draft)
    assert becomes(staff, draft)["kind"] == "appeal_59"


def test_an_answer_for_another_browser(server: Server, provider: Provider, person: Visitor):
    """A4: a code slipped to somebody else's browser signs nobody in (nonce, state, PKCE)."""
    with Visitor(server.url) as thief:
        stolen = requests.get(link(thief), allow_redirects=False, timeout=60).headers["Location"]
    person.get("/web/login")
    answer = person.session.get(stolen, timeout=60)
    assert "oauth_error" in answer.url
    assert not is_in(person)


def test_an_answer_is_good_once(person: Visitor, server: Server):
    """A4: the same answer a second time, in a fresh session, is refused."""
    target = person.session.get(link(person), allow_redirects=False, timeout=60)
    answer = target.headers["Location"]
    person.session.get(answer, timeout=60)
    assert is_in(person)
    person.get("/web/session/logout")
    assert "oauth_error" in person.session.get(answer, timeout=60).url


def test_state_cannot_name_another_provider(person: Visitor, services: tuple[int, int]):
    """A4: a disabled or unknown provider in `state` is never called."""
    address = person.session.get(link(person), allow_redirects=False, timeout=60).headers[
        "Location"
    ]
    state = parse_qs(urlsplit(address).query)["state"][0]
    for other in ("1", "999999", '"x"', "null"):
        forged = re.sub(r'"p": ?\d+', f'"p": {other}', state)
        answer = person.get("/auth_oauth/signin", params={"code": "x", "state": forged})
        assert "oauth_error" in answer.url
    assert not is_in(person)


def test_odoos_own_accounts_are_closed(person: Visitor):
    """The closed perimeter: no button, no road that calls out."""
    page = person.get("/web/login").text
    assert "odoo.com/oauth2" not in page
    assert "google.com" not in page
    assert person.get("/auth_oauth/oea").status_code == 404


def test_no_redirect_to_elsewhere(person: Visitor, services: tuple[int, int]):
    """A link of ours leads to the provider and back to this site only."""
    for target in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        answer = person.get(
            f"/hotline/identify/{services[0]}", params={"redirect": target}, allow_redirects=False
        )
        assert "evil.example" not in answer.headers["Location"]
    assert person.get(f"/hotline/identify/{services[1]}").status_code == 404

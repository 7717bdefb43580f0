"""The system as it is installed: it answers, its doors are those of a closed perimeter."""

from collections.abc import Callable

from runtime.testing import odoo as bench_odoo
from runtime.testing.clients import Browser, Rpc, Visitor


def test_all_our_addons_are_installed(rpc: Callable[..., Rpc]):
    found = rpc("admin").call(
        "ir.module.module",
        "search_read",
        domain=[["name", "in", bench_odoo.own_addons()]],
        fields=["name", "state"],
    )
    assert {row["name"]: row["state"] for row in found} == dict.fromkeys(
        bench_odoo.own_addons(), "installed"
    )


def test_no_person_of_odoos_demo_data_is_there(rpc: Callable[..., Rpc]):
    users = rpc("admin").call("res.users", "search_read", domain=[], fields=["login"])
    assert {row["login"] for row in users} == {"admin"}


def test_the_list_of_databases_is_closed(visitor: Visitor):
    answer = visitor.get("/web/database/selector")
    assert "e2e_main" not in answer.text


def test_the_sign_in_page_draws_without_a_complaint(browser: Browser):
    browser.open("/web/login")
    assert browser.wait("document.querySelector('input[name=login]') !== null")
    assert browser.errors == []

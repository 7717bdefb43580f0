"""What is printed when Odoo answers."""

from types import SimpleNamespace

import pytest

from runtime import greeting


def server(**answers):
    """A database that answers questions by a word in them."""

    def query(sql, _database):
        return next((answer for word, answer in answers.items() if word in sql), "")

    return SimpleNamespace(query=query)


def test_only_logins_that_exist_are_shown():
    found = greeting.logins(server(login="admin\nofficer\nsomebody"), "hotline")
    assert found == ["officer", "admin"]
    text = greeting.render("http://127.0.0.1:8069", found)
    assert "officer        ответственный сотрудник / officer" in text
    assert "auditor" not in text


def test_address_and_three_things_to_try():
    text = greeting.render("http://127.0.0.1:8069", [], "8 (900) 000-00-01")
    assert "Gov Hotline runs:  http://127.0.0.1:8069" in text
    assert [f"  {number}. " in text for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert "http://127.0.0.1:8069/hotline/status" in text
    assert text.count("8 (900) 000-00-01") == 2


def test_where_telephones_ring_a_demo_call_is_the_fourth():
    text = greeting.render("http://127.0.0.1:8069", [], rings=True)
    assert "  4. operator в браузере, во втором терминале make phone-demo" in text


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"to_regclass": "hotline_phone", "helpdesk": "+79005550074"}, "8 (900) 555-00-74"),
        ({"to_regclass": "hotline_phone", "helpdesk": ""}, greeting.ANY_PHONE),
        ({"to_regclass": ""}, greeting.ANY_PHONE),
    ],
)
def test_a_number_the_demo_knows(answers, shown):
    assert greeting.phone(server(**answers), "hotline") == shown

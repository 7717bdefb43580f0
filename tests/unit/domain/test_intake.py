"""What a registration lacks: a complete case of each kind, then one thing taken away."""

from datetime import date
from itertools import product

import pytest
from gov_hotline.domain.intake import (
    CODES,
    KINDS,
    LINE_MODES,
    ORIGINS,
    WAYS_OUT,
    is_anonymous,
    missing,
)
from hypothesis import given
from hypothesis import strategies as st

PERSON = {
    "applicant_surname": "Иванова",
    "applicant_given_name": "Мария",
    "applicant_patronymic": "Петровна",
    "applicant_address": "ул. Ленина, 15",
    "applicant_phone": "+79130000000",
    "applicant_email": "ivanova@example.org",
    "appeal_text": "В квартире холодно",
    "received_on": date(2026, 11, 20),
    "registered_on": date(2026, 11, 21),
}
FULL = {**PERSON, "act_number": "12-р", "act_date": date(2026, 1, 15), "identified": True}


def codes(kind, origin, fields, line_mode="message", **more):
    return [problem.code for problem in missing(kind, origin, fields, line_mode, **more)]


def blocks(kind, origin, fields, line_mode="message", **more):
    found = missing(kind, origin, fields, line_mode, **more)
    return [problem.code for problem in found if problem.blocks]


@pytest.mark.parametrize(("kind", "origin", "mode"), list(product(KINDS, ORIGINS, LINE_MODES)))
def test_complete_cases(kind, origin, mode):
    """REG-CH and the modes of a line are all that is left when every field is there."""
    expected = []
    if kind == "appeal_59" and origin in ("email", "social", "phone"):
        expected = ["not_an_electronic_appeal"]
    if kind == "appeal_59" and origin == "phone" and mode == "oral":
        expected = []
    if kind == "message" and origin == "phone" and mode == "consult":
        expected = ["line_consults_only"]
    assert codes(kind, origin, FULL, mode) == expected


@pytest.mark.parametrize("origin", ["email", "social", "phone"])
@pytest.mark.parametrize(
    ("received", "blocked"),
    [(date(2025, 3, 29), False), (date(2025, 3, 30), True), (None, True)],
)
def test_electronic_form_since_547(origin, received, blocked):
    found = blocks("appeal_59", origin, {**FULL, "received_on": received})
    assert found == ["not_an_electronic_appeal"] * blocked


@pytest.mark.parametrize("origin", ["portal", "site"])
def test_portal_appeal_needs_identification(origin):
    """A4: an ordinary login yields a message."""
    assert blocks("appeal_59", origin, {**FULL, "identified": False}) == ["not_identified"]
    assert codes("appeal_59", origin, PERSON) == ["identification_unknown"]
    assert codes("message", origin, {**FULL, "identified": False}) == []
    early = {**PERSON, "received_on": date(2025, 3, 29)}
    assert codes("appeal_59", origin, early) == []


def test_epgu_identifies_by_itself():
    assert codes("appeal_59", "epgu", PERSON) == []


@pytest.mark.parametrize("kind", KINDS)
def test_registration_before_receipt(kind):
    """REG-3: blocked; the same day and any later day are not."""
    early = {**FULL, "registered_on": date(2026, 11, 19)}
    assert blocks(kind, "paper", early) == ["registered_before_received"]
    for later in (date(2026, 11, 20), date(2027, 11, 20), None):
        assert blocks(kind, "paper", {**FULL, "registered_on": later}) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["", "  \n", None, False])
def test_substance(kind, text):
    (problem,) = missing(kind, "paper", {**FULL, "appeal_text": text})
    assert (problem.code, problem.blocks) == ("no_text", True)
    assert problem.article == ("ч. 1 ст. 7 59-ФЗ" if kind == "appeal_59" else "")


@pytest.mark.parametrize("name", ["addressee", "signed", "appeal_date"])
def test_paper_is_asked_only_for_what_the_form_has(name):
    """A4: article 7 part 1; a warning, and only when the form shows the field."""
    assert codes("appeal_59", "paper", {**FULL, name: False}) == [f"no_{name}"]
    assert blocks("appeal_59", "paper", {**FULL, name: False}) == []
    assert codes("appeal_59", "portal", {**FULL, name: False}) == []


@pytest.mark.parametrize(("origin", "article"), [("paper", "ч. 1"), ("portal", "ч. 3")])
def test_given_name(origin, article):
    (problem,) = missing("appeal_59", origin, {**FULL, "applicant_given_name": ""})
    assert (problem.code, problem.blocks) == ("no_given_name", False)
    assert problem.article.startswith(article)


@pytest.mark.parametrize(
    ("origin", "taken", "fields"),
    [
        ("paper", ["applicant_surname"], ("applicant_surname",)),
        ("paper", ["applicant_address"], ("applicant_address",)),
        ("visit", ["applicant_address"], ("applicant_address",)),
        ("forwarded", ["applicant_address"], ("applicant_address",)),
        ("portal", ["applicant_surname"], ("applicant_surname",)),
        ("portal", ["applicant_email"], ("applicant_email", "account_id")),
    ],
)
def test_anonymous(origin, taken, fields):
    """Registered without an answer; whether an unlawful act is told must be said."""
    values = {name: value for name, value in FULL.items() if name not in taken}
    assert is_anonymous("appeal_59", origin, values)
    block, warning = missing("appeal_59", origin, {**values, "unlawful_act": False})
    assert (block.code, block.blocks) == ("unlawful_act_unanswered", True)
    assert (warning.code, warning.fields) == ("anonymous_no_answer", fields)
    assert blocks("appeal_59", origin, values) == []  # the form does not ask yet: a reminder
    assert "unlawful_act_unanswered" in codes("appeal_59", origin, values)
    for answered in ("yes", "no"):
        known = {**values, "unlawful_act": answered}
        assert codes("appeal_59", origin, known) == ["anonymous_no_answer"]


@pytest.mark.parametrize(
    ("kind", "origin", "contact", "anonymous"),
    [
        ("request_8fz", "email", "applicant_email", False),
        ("request_8fz", "phone", "applicant_phone", False),
        ("request_8fz", "paper", None, True),
        ("appeal_59", "paper", "applicant_email", True),
        ("appeal_59", "paper", "applicant_address", False),
        ("appeal_59", "site", "applicant_email", False),
        ("appeal_59", "site", "applicant_address", True),
        ("appeal_59", "email", "applicant_email", False),
        ("appeal_59", "phone", "applicant_phone", True),
        ("message", "phone", None, False),
        ("tech_support", "phone", None, False),
    ],
)
def test_who_can_be_answered(kind, origin, contact, anonymous):
    """ANON: the contact that counts depends on kind and origin."""
    fields = {"applicant_surname": "Иванова"} | ({contact: "есть"} if contact else {})
    assert is_anonymous(kind, origin, fields) is anonymous


def test_electronic_appeal_needs_no_postal_address():
    assert not is_anonymous("appeal_59", "portal", {**FULL, "applicant_address": ""})


def test_account_stands_for_the_email():
    values = {**FULL, "applicant_email": "", "account_id": "100200"}
    assert codes("appeal_59", "portal", values) == []


def test_anonymous_by_wish():
    assert is_anonymous("message", "phone", {**FULL, "is_anonymous": True})
    assert codes("message", "phone", {**FULL, "is_anonymous": True}) == []
    assert not is_anonymous("message", "phone", {})


@pytest.mark.parametrize(
    "name",
    ["act_number", "act_date", "applicant_surname", "applicant_given_name", "applicant_address"],
)
def test_oral_appeal_by_local_act(name):
    """Mode b of a line: the act and the whole author are compulsory."""
    found = missing("appeal_59", "phone", {**FULL, name: False}, "oral")
    assert [(one.code, one.blocks, one.fields) for one in found] == [(f"no_{name}", True, (name,))]
    assert codes("message", "phone", {**FULL, name: False}, "oral") == []


def test_oral_appeal_is_never_anonymous():
    assert blocks("appeal_59", "phone", {**FULL, "is_anonymous": True}, "oral") == [
        "oral_anonymous"
    ]


def test_oral_mode_does_not_open_email():
    assert blocks("appeal_59", "email", FULL, "oral") == ["not_an_electronic_appeal"]


def test_message_without_contact_is_warned():
    bare = {"appeal_text": "Яма на дороге"}
    assert codes("message", "phone", bare) == ["no_contact"]
    assert codes("message", "phone", {**bare, "applicant_phone": "+79130000000"}) == []


def test_8fz_request():
    """Outside the grounds of 59-FZ: no anonymity question, its own article."""
    found = missing("request_8fz", "email", {"appeal_text": "Прошу сведения"})
    assert [one.code for one in found] == ["request_without_name", "no_contact"]
    assert {one.article for one in found} == {"ст. 18 8-ФЗ"}


def test_tech_support_asks_for_the_text_only():
    assert codes("tech_support", "phone", {"appeal_text": "Не входит"}, "consult") == []


def test_collective():
    values = {**FULL, "is_collective": True}
    assert codes("appeal_59", "paper", values) == ["collective_no_recipient"]
    values |= {"recipient": "Иванова", "signature_count": 0}
    assert codes("appeal_59", "paper", values) == ["no_signature_count"]
    assert codes("appeal_59", "paper", {**values, "signature_count": 12}) == []


def test_refusal_to_accept():
    assert codes("appeal_59", "paper", {**FULL, "refused": True}) == ["refused"]
    assert codes("message", "paper", {**FULL, "refused": True}) == []


def test_a_setting_turns_warnings_into_blocks():
    values = {**FULL, "refused": True}
    assert blocks("appeal_59", "paper", values) == []
    assert blocks("appeal_59", "paper", values, strict={"ACCEPT"}) == ["refused"]
    assert blocks("appeal_59", "paper", values, strict={"REQ-W"}) == []


def test_blocks_come_first():
    found = missing("appeal_59", "email", {})
    severities = [one.severity for one in found]
    assert severities == sorted(severities)
    assert set(severities) == {"block", "warn"}


@pytest.mark.parametrize(
    ("kind", "origin", "mode"),
    [("letter", "phone", "message"), ("message", "fax", "message"), ("message", "phone", "d")],
)
def test_unknown_words_are_errors(kind, origin, mode):
    with pytest.raises(ValueError, match="unknown"):
        missing(kind, origin, {}, mode)


def test_the_list_of_codes_is_complete():
    """The add-on has words for each code of the list: none is missing, none is idle."""
    empty = dict.fromkeys([*FULL, "addressee", "signed", "appeal_date", "unlawful_act"])
    empty |= {"is_collective": True, "signature_count": 0, "refused": True, "is_anonymous": True}
    early = {**FULL, "registered_on": date(2026, 1, 1)}
    found = [
        problem
        for choice in product(KINDS, ORIGINS, LINE_MODES)
        for fields in ({}, {**empty, "is_anonymous": False}, empty, early)
        for problem in missing(choice[0], choice[1], fields, choice[2])
    ]
    assert {problem.code for problem in found} == CODES
    assert {problem.way_out for problem in found} == WAYS_OUT


NAMES = st.sampled_from([*FULL, "is_collective", "is_anonymous", "addressee", "signed", "refused"])
CHOICES = (st.sampled_from(KINDS), st.sampled_from(ORIGINS), st.sampled_from(LINE_MODES))


@given(*CHOICES, st.sets(NAMES))
def test_every_block_names_its_rule_fields_and_way_out(kind, origin, mode, taken):
    values = {name: value for name, value in FULL.items() if name not in taken}
    for problem in missing(kind, origin, values, mode):
        assert problem.rule
        assert problem.way_out
        assert problem.fields


@given(*CHOICES, st.sets(NAMES))
def test_filling_in_never_adds_a_block(kind, origin, mode, taken):
    values = {name: value for name, value in FULL.items() if name not in taken}
    assert set(blocks(kind, origin, FULL, mode)) <= set(blocks(kind, origin, values, mode))

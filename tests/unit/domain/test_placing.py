"""Where incoming letters land: a table of cases (B5; practice 9, 10)."""

import dataclasses
from datetime import date

import pytest
from gov_hotline_channels.domain import letterhead, placing
from gov_hotline_channels.domain.placing import Facts, Letter, Reply

LETTER = Letter("anna@citizen.example", "Холодно", "Третий день холодные батареи.")
EXECUTOR = Reply("executor", is_from_addressee=True, is_open=True)
APPLICANT = Reply("applicant", is_from_addressee=True, is_open=True)

ASKED = Reply("asked", is_from_addressee=True, is_open=True)


def _with(headers=None, **changes):
    return dataclasses.replace(LETTER, headers=headers or {}, **changes)


CASES = [
    # what it is, letter, facts, (state, kind, why)
    ("stranger", LETTER, Facts(), "placed message citizens_letter"),
    ("stranger's photo", _with(body="", files=1), Facts(), "placed message citizens_letter"),
    (
        "body unknown to the directory",
        _with(body="Исх. № 7-1247-2026/Он4521 от 20.11.2026\nНаправляется обращение."),
        Facts(),
        "quarantine covering speaks_as_body",
    ),
    (
        "name of a known body, another address",
        LETTER,
        Facts(named_as_body=True),
        "quarantine covering speaks_as_body",
    ),
    ("nothing in it", _with(body=" \n"), Facts(), "quarantine unknown empty"),
    ("nobody", _with(from_address=""), Facts(), "quarantine unknown no_sender"),
    ("8-FZ", _with(subject="Запрос по 8-ФЗ"), Facts(), "quarantine request_8fz request_8fz"),
    (
        "8-FZ in words",
        _with(body="Прошу предоставить информацию о деятельности органов власти."),
        Facts(),
        "quarantine request_8fz request_8fz",
    ),
    ("executor", LETTER, Facts(reply=EXECUTOR), "placed executor_answer executor_replied"),
    ("applicant", LETTER, Facts(reply=APPLICANT), "placed addition applicant_replied"),
    (
        "executor from elsewhere",
        LETTER,
        Facts(reply=Reply("executor", is_open=True)),
        "quarantine executor_answer strange_address",
    ),
    (
        "applicant's neighbour",
        LETTER,
        Facts(reply=Reply("applicant", is_open=True)),
        "quarantine addition strange_address",
    ),
    (
        "executor too late",
        LETTER,
        Facts(reply=Reply("executor", is_from_addressee=True)),
        "quarantine executor_answer executor_too_late",
    ),
    (
        "applicant after closing",
        LETTER,
        Facts(reply=Reply("applicant", is_from_addressee=True)),
        "quarantine addition applicant_too_late",
    ),
    ("reply to a request", LETTER, Facts(reply=ASKED), "placed request_reply asked_replied"),
    (
        "reply to a request from elsewhere",
        LETTER,
        Facts(reply=Reply("asked", is_open=True), sender="agency"),
        "quarantine request_reply strange_address",
    ),
    (
        "reply to a request too late",
        LETTER,
        Facts(reply=Reply("asked", is_from_addressee=True)),
        "quarantine request_reply asked_too_late",
    ),
    (
        "reply to a report",
        LETTER,
        Facts(reply=Reply("higher", is_from_addressee=True, is_open=True), sender="agency"),
        "quarantine report_reply higher_replied",
    ),
    (
        "answer to another letter",
        LETTER,
        Facts(reply=Reply("other", True, True), sender="agency"),
        "quarantine covering reply_to_other",
    ),
    ("case by number", LETTER, Facts(case_named=True), "quarantine addition case_named"),
    (
        "case by number, body",
        LETTER,
        Facts(case_named=True, sender="agency"),
        "quarantine executor_answer case_named",
    ),
    ("body", LETTER, Facts(sender="agency"), "quarantine covering known_body"),
    (
        "our subordinate",
        LETTER,
        Facts(sender="subordinate"),
        "quarantine executor_answer known_executor",
    ),
    (
        "organisation",
        LETTER,
        Facts(sender="organisation"),
        "quarantine unknown known_organisation",
    ),
    ("ourselves", LETTER, Facts(is_own_address=True), "quarantine unknown own_address"),
    ("our letter back", LETTER, Facts(is_ours=True), "noise auto_reply own_letter"),
    (
        "our letter back, even as a reply",
        LETTER,
        Facts(is_ours=True, reply=EXECUTOR),
        "noise auto_reply own_letter",
    ),
    ("twenty an hour", LETTER, Facts(recent=20), "noise auto_reply flood"),
    ("nineteen an hour", LETTER, Facts(recent=19), "placed message citizens_letter"),
    (
        "twenty an hour of a body",
        LETTER,
        Facts(recent=20, sender="agency"),
        "quarantine covering many_from_body",
    ),
    ("spam", _with({"x-spam-flag": "YES"}), Facts(), "quarantine spam marked_spam"),
    (
        "spam filter wrong about the executor",
        _with({"x-spam-flag": "YES"}),
        Facts(reply=EXECUTOR),
        "placed executor_answer executor_replied",
    ),
    (
        "mailing",
        _with({"list-unsubscribe": "<mailto:no@shop.example>"}),
        Facts(),
        "noise auto_reply bulk",
    ),
    (
        "document system, with files",
        _with({"auto-submitted": "auto-generated"}, files=1),
        Facts(),
        "quarantine unknown marked_automatic",
    ),
    (
        "executor's document system",
        _with({"auto-submitted": "auto-generated"}),
        Facts(reply=EXECUTOR),
        "quarantine executor_answer marked_automatic",
    ),
]
AUTOMATIC = [
    {"auto-submitted": "auto-replied"},
    {"auto-submitted": 'Auto-Replied; owner-email="x@y"'},
    {"auto-submitted": "auto-generated"},
    {"precedence": "bulk"},
    {"precedence": "AUTO_REPLY"},
    {"precedence": "list"},
    {"x-autoreply": "yes"},
    {"x-autorespond": "Отпуск"},
    {"x-auto-reply": "1"},
    {"list-id": "<news.example>"},
    {"return-path": "<>"},
]


@pytest.mark.parametrize(("letter", "facts", "verdict"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_place(letter, facts, verdict):
    found = placing.place(letter, facts)
    assert f"{found.state} {found.kind} {found.why}" == verdict


@pytest.mark.parametrize("headers", AUTOMATIC, ids=str)
@pytest.mark.parametrize("facts", [Facts(), Facts(reply=EXECUTOR), Facts(sender="agency")])
def test_no_automaton_makes_a_card(headers, facts):
    """B5: whatever it answers, a letter of a programme never lands by itself."""
    letter = _with(headers)
    assert placing.is_automatic(letter)
    assert placing.place(letter, facts).state != placing.PLACED


@pytest.mark.parametrize("headers", [{"auto-submitted": "no"}, {"precedence": "first-class"},
                                     {"return-path": "<anna@citizen.example>"},
                                     {"x-auto-response-suppress": "All"}], ids=str)  # fmt: skip
def test_a_person_is_no_automaton(headers):
    """«Do not answer me automatically» is what Exchange writes for people too."""
    assert not placing.is_automatic(_with(headers))


@pytest.mark.parametrize(
    ("kind", "why"), [("delivery-status", "bounce"), ("disposition-notification", "auto_reply")]
)
def test_reports_of_mail_servers(kind, why):
    letter = _with(content_type=f'multipart/report; report-type={kind}; boundary="x"')
    assert placing.place(letter, Facts(reply=EXECUTOR)).why == why


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("Re: Поручение по обращению № 15-ОГ/26", ("15-ОГ/26",)),
        ("Ответ на № 7/1, № 7/2.", ("7/1", "7/2")),
        ("No 12-М «срочно»", ("12-М",)),
        ("Школа № пять", ()),
        ("Ново 5", ()),
        ("", ()),
    ],
)
def test_numbers_in_a_subject(subject, found):
    assert placing.numbers(subject) == found


NOVEMBER_20 = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "number", "dated"),
    [
        ("Исх. № 7-12-2026 от 20.11.2026", "7-12-2026", NOVEMBER_20),
        ("от 20 ноября 2026 г. № ГР-15/4", "ГР-15/4", NOVEMBER_20),
        ("20.11.2026 направлено обращение", "", None),
        ("исх.№А26-05-1 от «20» ноября 2026 года", "А26-05-1", NOVEMBER_20),
        ("№ 15/1 от 20.11.2026\nна № 3 от 01.11.2026", "15/1", NOVEMBER_20),
        ("На № 3 от 01.11.2026", "", None),
        ("По обращению № 8 от 01.11.2026", "", None),
        ("№ 1 от 20.11.2026, № 2 от 20.11.2026", "", None),
        ("Исх. № 1 от 20.11.2026, приложен № 2 от 19.11.2026", "1", NOVEMBER_20),
        ("Исх. № 1 от 31.02.2026", "", None),
        ("Исх. № б/н от 20.11.2026", "", None),
    ],
)
def test_outgoing_number_of_a_body(text, number, dated):
    """CONTROL-10: proposed where the letter is clear, else left empty."""
    found = letterhead.read("", text)
    assert (found.number, found.dated) == (number, dated)


@pytest.mark.parametrize(
    ("text", "controlled", "until"),
    [
        ("О результатах рассмотрения сообщить в срок до 15.12.2026.", True, date(2026, 12, 15)),
        ("Обращение взято на контроль.", True, None),
        ("На контроле, не позднее 1 декабря 2026 года", True, date(2026, 12, 1)),
        ("Прошу проинформировать заявителя и нас о результатах.", True, None),
        ("Направляем по компетенции. Ответ до 15.12.2026", False, None),
        ("Контрольная закупка", False, None),
    ],
)
def test_control_of_a_body(text, controlled, until):
    found = letterhead.read("", text)
    assert (found.is_controlled, found.report_by) == (controlled, until)

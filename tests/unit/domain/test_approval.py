"""Approval of answers: what is approved, by which route, in whose place."""

from dataclasses import replace
from datetime import date

import pytest
from gov_hotline.domain import approval, checklist
from gov_hotline.domain.approval import Case, Content, Route, Substitution
from gov_hotline.domain.calendars import WorkCalendar

CONTENT = Content("Дорога отремонтирована.", "post", "Иванова М. П.", "ул. Ленина, 15", ())
FILES = (("a.pdf", b"one"), ("b.pdf", b"two"))


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Дорога отремонтирована!"},
        {"channel": "email"},
        {"name": "Иванова А. П."},
        {"address": "ул. Ленина, 16"},
        {"files": FILES},
        {"certificate": True},
    ],
)
def test_every_part_counts(changed):
    """E6: any change of words, way, addressee or files is another answer."""
    assert approval.digest(replace(CONTENT, **changed)) != approval.digest(CONTENT)


def test_bytes_and_names_of_files_count_their_order_does_not():
    """E6: the same files in another order are the same answer."""
    whole = approval.digest(replace(CONTENT, files=FILES))
    assert approval.digest(replace(CONTENT, files=FILES[::-1])) == whole
    for files in (
        (("a.pdf", b"one"),),
        (("a.pdf", b"ONE"), FILES[1]),
        (("c.pdf", b"one"), FILES[1]),
    ):
        assert approval.digest(replace(CONTENT, files=files)) != whole


def test_line_ends_of_a_browser_change_nothing():
    first = approval.digest(replace(CONTENT, text="Да.\nНет."))
    assert approval.digest(replace(CONTENT, text="Да.\r\nНет.\n")) == first


def test_a_letter_without_the_certificate_keeps_its_digest():
    """E6: approvals from before the flag was counted hold."""
    known = "f867ad15a854"
    assert approval.digest(CONTENT).startswith(known)


def test_no_part_can_be_passed_off_as_another():
    one = approval.digest(replace(CONTENT, name="А", address="Б"))
    assert approval.digest(replace(CONTENT, name="АБ", address="")) != one


ROAD, HOUSING, LAMP = 1, 2, 21
CASE = Case(frozenset({HOUSING, LAMP}), frozenset({7}), "appeal_59")


@pytest.mark.parametrize(
    ("routes", "chosen"),
    [
        ([], None),
        ([Route()], 0),
        ([Route(topics=frozenset({ROAD})), Route(topics=frozenset({HOUSING}))], 1),
        ([Route(agencies=frozenset({8})), Route(agencies=frozenset({7, 9}))], 1),
        ([Route(kind="message"), Route(kind="appeal_59")], 1),
        ([Route(topics=frozenset({HOUSING}), kind="message"), Route()], 1),
        ([Route(), Route(kind="appeal_59")], 0),
        ([Route(topics=frozenset({ROAD}))], None),
    ],
)
def test_the_first_route_that_fits(routes, chosen):
    """E6: by topic with everything below it, by agency, by kind; the order decides."""
    assert approval.choose(routes, CASE) == chosen


HEAD, DEPUTY, CLERK = 10, 11, 12
DAY = date(2026, 11, 20)
STANDS = Substitution(HEAD, DEPUTY, date(2026, 11, 16), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("user", "day", "place"),
    [
        (HEAD, DAY, HEAD),
        (DEPUTY, DAY, HEAD),
        (DEPUTY, date(2026, 11, 16), HEAD),
        (DEPUTY, date(2026, 11, 21), None),
        (DEPUTY, date(2026, 11, 15), None),
        (CLERK, DAY, None),
    ],
)
def test_in_whose_place(user, day, place):
    assert approval.acts_for(user, {HEAD}, [STANDS], day) == place


def test_a_substitute_passes_it_on_to_nobody():
    chain = [STANDS, Substitution(DEPUTY, CLERK, None, None)]
    assert approval.acts_for(CLERK, {HEAD}, chain, DAY) is None
    assert approval.acts_for(CLERK, {DEPUTY}, chain, DAY) == DEPUTY


def test_the_author_stands_for_nobody():
    """Four eyes: the author does not approve in another's place either."""
    assert approval.acts_for(DEPUTY, {HEAD}, [STANDS], DAY, excluded={DEPUTY}) is None


KNOWN = ("Иванова Мария Петровна", "+79135550101", "maria@mail.example", "Кузнецов В. А.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Уважаемая Мария Петровна! Отопление восстановлено.", ()),
        ("Ивановой М. П. по телефону 8 (913) 555-01-01.", ()),
        ("Сосед Сидоров П. И. предупреждён.", ("Сидоров П. И.",)),
        ("Предупреждён П.И. Сидоров.", ("П.И. Сидоров",)),
        ("Жалоба Петрова Сергея Ильича.", ("Петрова Сергея Ильича",)),
        ("Звоните 8 (913) 555-77-77 или a@b.example.", ("8 (913) 555-77-77", "a@b.example")),
        ("Начальник отдела Кузнецов В. А., maria@mail.example", ()),
        ("Письмо № 8913-5557777/12 и приказ от 12.11.2026.", ()),
    ],
)
def test_foreign_personal_data(text, found):
    """Article 6, part 2: somebody else's name, telephone or e-mail is noticed."""
    assert checklist.foreign_data(text, KNOWN) == found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ответ без файлов.", 0),
        ("Текст.\nПриложение: акт на 2 л. в 1 экз.", 1),
        ("Текст.\nПриложения:\n1. Акт на 2 л.\n2. Фото на 1 л.", 2),
        ("Текст.\nПриложение: 1. Акт.\n2. Фото.", 2),
        ("Приложение установлено на телефон.", 0),
    ],
)
def test_named_enclosures(text, named):
    assert checklist.named_enclosures(text) == named


def test_the_list_tells_what_is_wrong():
    """Before signing: questions, addressee, address, foreign data, enclosures."""
    answer = checklist.Answer("Сидоров П. И.\nПриложение: акт.", "post", "", False, 1, 0, KNOWN)
    levels = {sign.code: sign.level for sign in checklist.check(answer)}
    assert levels == {
        "questions": "bad",
        "blank": "ok",
        "addressee": "bad",
        "address": "bad",
        "personal_data": "warn",
        "enclosures": "warn",
        "number": "ok",
        "date": "ok",
        "signature": "ok",
    }
    fine = checklist.Answer("Да.\nПриложение: акт.", "post", "Иванова", True, 0, 1, KNOWN)
    assert {sign.level for sign in checklist.check(fine)} == {"ok"}
    listed = replace(fine, text="Да.", files=2)  # the letterhead names them under the text
    assert {sign.level for sign in checklist.check(listed)} == {"ok"}
    blank = replace(fine, text="Исполнено ________.", files=0)
    assert [s.code for s in checklist.check(blank) if s.level != "ok"] == ["blank"]


def test_letters_approved_together_are_one_digest():
    """One approval for several cases: who is in the list and what each gets counts."""
    other = replace(CONTENT, name="Петров И. С.")
    alone = approval.digest(CONTENT)
    both = approval.digest(CONTENT, [("П-2", other)])
    assert approval.digest(CONTENT, []) == alone != both
    assert approval.digest(CONTENT, [("П-3", other)]) != both
    assert approval.digest(CONTENT, [("П-2", CONTENT)]) != both
    three = [("П-2", other), ("С-3", CONTENT)]
    assert approval.digest(CONTENT, three) == approval.digest(CONTENT, three[::-1]) != both


@pytest.mark.parametrize(
    ("since", "today", "days", "slow"),
    [
        (date(2026, 11, 23), date(2026, 11, 24), 2, False),
        (date(2026, 11, 23), date(2026, 11, 25), 2, True),
        (date(2026, 11, 20), date(2026, 11, 23), 2, False),  # Saturday and Sunday between
        (date(2026, 11, 20), date(2026, 11, 24), 2, True),
        (date(2026, 11, 23), date(2026, 12, 31), 0, False),
        (date(2026, 11, 23), date(2026, 11, 23), 1, False),
    ],
)
def test_a_step_is_slow_after_working_days(since, today, days, slow):
    """E6: days off do not count, the day it came on does not, 0 switches it off."""
    assert approval.is_slow(since, today, days, WorkCalendar({})) is slow

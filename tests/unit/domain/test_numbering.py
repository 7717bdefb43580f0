"""Numbers: letters, templates, series."""

import pytest
from gov_hotline.domain.numbering import (
    DEFAULT_TEMPLATE,
    letter_for,
    render,
    series,
    validate,
)
from hypothesis import given
from hypothesis import strategies as st

CASE = {"kind": "ОГ", "letter": "И", "seq": 401, "year": 2026, "dept": "УБ"}


@pytest.mark.parametrize(
    ("surname", "letter"),
    [
        ("Иванова", "И"),
        ("иванова", "И"),
        ("  Петров", "П"),
        ("Ёлкин", "Е"),
        ("е\u0308лкин", "Е"),
        ("Йовович", "Й"),
        ("Салтыков-Щедрин", "С"),
        ("де Голль", "Д"),
        ("фон Дервиз", "Ф"),
        ("д'Артаньян", "Д"),
        ("Smith", "С"),
        ("Yilmaz", "Й"),
        ("Özil", "О"),
        ("Әхмәтов", "Ә"),
        ("«Ромашка», ООО", "Р"),
        ("Straße", "С"),
        ("", "Аноним"),
        ("—", "Аноним"),
        ("42", "Аноним"),
        (None, "Аноним"),
    ],
)
def test_letter(surname, letter):
    assert letter_for(surname) == letter


def test_collective_and_anonymous():
    assert letter_for("Иванова", collective=True) == "Кол"
    assert letter_for("Иванова", anonymous=True) == "Аноним"
    assert letter_for("Иванова", collective=True, anonymous=True) == "Аноним"


@pytest.mark.parametrize(
    ("template", "number"),
    [
        (DEFAULT_TEMPLATE, "И-401/2026"),
        ("{letter}/{seq}", "И/401"),
        ("{kind}-{seq:06}", "ОГ-000401"),
        ("{letter}{yy}-00-{seq:09}", "И26-00-000000401"),
        ("{dept}.{kind}.{letter}{seq}/{year}", "УБ.ОГ.И401/2026"),
        ("№ {{{seq}}}", "№ {401}"),
    ],
)
def test_render(template, number):
    assert render(template, **CASE) == number


def test_padding_does_not_cut():
    assert render("{seq:04}/{year}", **{**CASE, "seq": 12345}) == "12345/2026"


@pytest.mark.parametrize("template", ["{letter}/{year}", "{seq}{name}", "{seq", ""])
def test_unusable_template_renders_nothing(template):
    with pytest.raises(ValueError, match="cannot number"):
        render(template, **CASE)


def test_seq_starts_with_one():
    with pytest.raises(ValueError, match="seq is below 1"):
        render(DEFAULT_TEMPLATE, **{**CASE, "seq": 0})


@pytest.mark.parametrize(
    ("template", "codes"),
    [
        (DEFAULT_TEMPLATE, []),
        ("{letter}-{year}", ["no_seq"]),
        ("{seq}/{seq}/{year}", ["seq_twice"]),
        ("{seq}/{year}-{name}", ["unknown_token"]),
        ("{seq}/{year}-{}", ["unknown_token"]),
        ("{seq.real}/{year}", ["unknown_token", "no_seq"]),
        ("{seq!r}/{year}", ["unknown_token", "no_seq"]),
        ("{seq:>4}/{year}", ["bad_format"]),
        ("{seq:0100}/{year}", ["bad_format"]),
        ("{seq:{year}}/{year}", ["bad_format"]),
        ("{letter:03}-{seq}/{year}", ["bad_format"]),
        ("{seq/{year}", ["template_broken"]),
        ("seq}/{year}", ["template_broken"]),
        ("{letter}/{seq}", ["no_year"]),
        ("{dept}{seq}/{year}", ["seq_not_separated"]),
        ("{seq}{kind}/{year}", ["seq_not_separated"]),
        ("{letter}{seq}/{year}", []),
    ],
)
def test_validate(template, codes):
    assert [problem.code for problem in validate(template)] == codes


def test_a_risk_does_not_make_a_template_unusable():
    assert [problem.blocks for problem in validate("{letter}/{seq}")] == [False]


@pytest.mark.parametrize(
    ("template", "per_kind", "expected"),
    [
        ("{letter}-{seq}/{year}", False, "all"),
        ("{letter}-{seq}/{year}", True, "all"),
        ("{dept}-{seq}/{year}", False, "dept=УБ"),
        ("{dept}-{kind}-{seq}/{year}", False, "dept=УБ"),
        ("{dept}-{kind}-{seq}/{year}", True, "dept=УБ&kind=ОГ"),
        ("{kind}-{seq}/{year}", True, "kind=ОГ"),
    ],
)
def test_series(template, per_kind, expected):
    assert series(template, kind="ОГ", dept="УБ", per_kind=per_kind) == expected


def test_series_of_the_whole_body():
    assert series("{dept}-{kind}-{seq}", kind="ОГ", dept="УБ") == "dept=УБ"
    assert series("{dept}-{seq}/{year}", kind="ОГ", dept="УБ", per_dept=False) == "all"


TEMPLATES = ["{letter}-{seq}/{year}", "{dept}/{seq:04}-{yy}", "{dept}-{kind}-{seq}/{year}"]
CASES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["ОГ", "С", "1"]),
        "dept": st.sampled_from(["УБ", "1", "11"]),
        "seq": st.integers(1, 12000),
        "year": st.integers(2024, 2027),
    }
)


@given(st.sampled_from(TEMPLATES), st.booleans(), CASES, CASES)
def test_two_places_in_the_series_never_give_one_number(template, per_kind, one, other):
    """B3: what differs in series, year or sequence differs in the number."""
    places, numbers = [], []
    for case in (one, other):
        key = series(template, kind=case["kind"], dept=case["dept"], per_kind=per_kind)
        places.append((key, case["year"], case["seq"]))
        numbers.append(render(template, letter="И", **case))
    assert places[0] == places[1] or numbers[0] != numbers[1]

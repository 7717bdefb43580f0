from gov_hotline.domain import placeholders, resolutions
from gov_hotline.domain.placeholders import Facts

FACTS = Facts(words={"number": "И-401/2026", "address": "ул. Ленина, 15"})


def test_every_name_is_in_the_catalogue_and_none_tells_of_the_applicant():
    assert set(placeholders.CATALOGUE) >= resolutions.NAMES
    assert not [name for name in resolutions.NAMES if name.startswith("заявитель")]
    assert {one.name for one in resolutions.catalogue()} == resolutions.NAMES


def test_fill():
    assert resolutions.fill("По {обращение.номер}: проверить.", FACTS) == (
        "По И-401/2026: проверить."
    )


def test_a_line_of_an_unknown_fact_is_left_out():
    assert resolutions.fill("Проверить.\nСрок {обращение.срок}.", FACTS) == "Проверить."


def test_nothing_of_the_applicant_is_filled_in():
    text = "Ответить: {заявитель.адрес}"
    assert resolutions.strangers(text) == ("заявитель.адрес",)
    assert resolutions.fill(text, FACTS) == text

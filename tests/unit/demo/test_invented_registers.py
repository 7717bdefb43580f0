"""The invented registers: what the import's end-to-end test is fed with (D2)."""

from gov_hotline.demo import registers as demo
from gov_hotline.domain import register_columns, register_files, registers


def test_four_accountants_four_files():
    """D2: each is guessed as it was saved, each row is an account of its own."""
    files = demo.files(houses=8, flats=5)
    keys = set()
    for company in demo.COMPANIES:
        content = files[company.name]
        how = register_files.guess(content, lambda name: bool(register_columns.usual_field(name)))
        assert (how.encoding, how.separator) == (company.encoding, company.separator)
        reader = registers.Reader(register_columns.proposed(how.columns, {}))
        for _line, cells in register_files.rows(content, how):
            account, remarks = reader.account(cells)
            assert remarks == ()
            assert [kind for kind, _name in account.steps] == ["street", "house", "flat"]
            assert len(account.services) == 4
            assert [service for _serial, service in account.meters] == [demo.METERED]
            keys.add((account.key, account.steps))
    assert len(keys) == 8 * 5


def test_the_same_seed_gives_the_same_files():
    """D2: the end-to-end test is the same on every machine."""
    assert demo.files(seed=7, houses=4) == demo.files(seed=7, houses=4)
    assert demo.files(seed=7, houses=4) != demo.files(seed=8, houses=4)


def test_the_whole_town():
    """D2: 200 houses of four companies with 80 flats each, all of them different."""
    files = demo.files()
    lines = [content.count(b"\n") for content in files.values()]
    assert len(files) == 4
    assert sum(lines) - 4 - 1 == 16_000  # four headings, one title
    assert len({demo.where(place) for place in range(demo.HOUSES)}) == 200


def test_the_smallest_town_has_the_house_of_the_instructions():
    """E3: «лен 15 кв 3 иван» is found in every demonstration."""
    content = demo.files(houses=4, flats=3)[demo.COMPANIES[0].name].decode("cp1251")
    assert ";Иванова Мария Петровна;Ленина;15;3;" in content

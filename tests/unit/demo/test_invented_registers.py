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
            keys.add((account.key, account.steps))
    assert len(keys) == 8 * 5


def test_the_same_seed_gives_the_same_files():
    """D2: the end-to-end test is the same on every machine."""
    assert demo.files(seed=7, houses=4) == demo.files(seed=7, houses=4)
    assert demo.files(seed=7, houses=4) != demo.files(seed=8, houses=4)

"""The ZIP parts of the export to ССТУ.РФ."""

import io
import random
import zipfile

from gov_hotline_reports.domain import sstu_parts

FILES = [(f"{number}.json", random.Random(number).randbytes(1000)) for number in range(20)]


def read(part):
    """[(name, bytes)] of a part."""
    with zipfile.ZipFile(io.BytesIO(part.content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def test_one_part_holds_the_files_in_their_order():
    (part,) = sstu_parts.pack(FILES)
    assert read(part) == FILES
    assert part.names == tuple(name for name, _content in FILES)


def test_a_new_part_begins_before_the_limit():
    parts = list(sstu_parts.pack(FILES, limit=6000))
    assert len(parts) > 1
    assert all(len(part.content) <= 6000 for part in parts)
    assert [file for part in parts for file in read(part)] == FILES


def test_a_file_longer_than_a_part_is_not_left_out():
    parts = list(sstu_parts.pack(FILES[:3], limit=100))
    assert [part.names for part in parts] == [(name,) for name, _content in FILES[:3]]


def test_the_same_files_give_the_same_bytes():
    one, two = (list(sstu_parts.pack(FILES)) for _ in range(2))
    assert one == two


def test_nothing_makes_no_part():
    assert not list(sstu_parts.pack([]))

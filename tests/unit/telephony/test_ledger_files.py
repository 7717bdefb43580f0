"""Files the PBX goes on writing, and when they are looked into."""

import asyncio

import pytest
from gov_hotline_telephony.connector import ledger as ledger_loop
from gov_hotline_telephony.connector.ledger import Ledger
from gov_hotline_telephony.connector.ledger_files import Place, read
from gov_hotline_telephony.domain.ami import message


def add(path, *lines):
    with path.open("a", encoding="utf-8") as stream:
        stream.write("".join(lines))


def test_only_what_is_new(tmp_path):
    path = tmp_path / "hotline.csv"
    assert read(path, Place()).lines == []
    add(path, "a\n", "б\n")
    first = read(path, Place())
    assert first.lines == ["a", "б"]
    add(path, "c\n")
    assert read(path, first.place).lines == ["c"]
    assert read(path, read(path, first.place).place).lines == []


def test_half_a_line_and_half_a_letter_wait(tmp_path):
    path = tmp_path / "hotline.csv"
    path.write_bytes("a\nпри".encode()[:-1])
    first = read(path, Place())
    assert first.lines == ["a"]
    path.write_bytes("a\nпривет\n".encode())
    assert read(path, first.place).lines == ["привет"]


def test_several_rotations_at_once(tmp_path):
    """The connector was away for weeks."""
    path = tmp_path / "hotline.csv"
    add(path, "a\n")
    place = read(path, Place()).place
    add(path, "b\n")
    path.rename(tmp_path / "hotline.csv.2")
    add(path, "c\n")
    path.rename(tmp_path / "hotline.csv.1")
    add(path, "d\n")
    (tmp_path / "hotline.csv.3.gz").write_bytes(b"\x1f")
    reading = read(path, place)
    assert (reading.lines, reading.lost) == (["b", "c", "d"], False)


def test_rotated_and_the_new_one_not_begun(tmp_path):
    path = tmp_path / "hotline.csv"
    add(path, "a\n")
    place = read(path, Place()).place
    add(path, "b\n")
    path.rename(tmp_path / "hotline.csv.1")
    reading = read(path, place)
    assert reading.lines == ["b"]
    add(path, "c\n")
    assert read(path, reading.place).lines == ["c"]


@pytest.mark.parametrize("how", ["deleted", "cut short", "another one in its place"])
def test_what_is_gone_is_said(tmp_path, how):
    path = tmp_path / "hotline.csv"
    add(path, "old line\n", "another\n")
    place = read(path, Place()).place
    if how == "deleted":
        path.rename(tmp_path.parent / f"gone-{tmp_path.name}")
    path.write_text("n\n" if how != "another one in its place" else "new line, longer\nb\nc\n")
    reading = read(path, place)
    assert reading.lost
    assert reading.lines[0] in ("n", "new line, longer")


class Fake:
    """What reconciles, counted."""

    def __init__(self, result="ok"):
        self.runs, self.is_due, self.result = 0, False, result

    def due(self):
        return self.is_due

    def run(self):
        self.runs += 1
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


async def ran(fake, times):
    """Wait until it ran so often."""
    while fake.runs < times:
        await asyncio.sleep(0.01)


def play(fake, scene, monkeypatch):
    monkeypatch.setattr(ledger_loop, "LOOK", 0.01)

    async def run():
        made = Ledger(fake, settles=0.05)
        task = asyncio.create_task(made.run())
        async with asyncio.timeout(30):
            await scene(made)
        task.cancel()

    asyncio.run(run())


def test_after_a_start_after_a_login_and_when_it_is_time(monkeypatch):
    fake = Fake()

    async def scene(made):
        await ran(fake, 1)
        await asyncio.sleep(0.15)
        assert fake.runs == 1
        made.hear(message(Event="FullyBooted"))
        await ran(fake, 2)
        fake.is_due = True
        await ran(fake, 4)

    play(fake, scene, monkeypatch)


def test_a_fault_ends_nothing_and_is_tried_again(monkeypatch):
    fake = Fake(OSError("no such folder"))

    async def scene(made):
        await ran(fake, 2)
        told = await made.commands["reconcile"]()
        assert (told.state, told.result) == ("failed", "ledger_fault")
        fake.result = "no_ledger"
        assert (await made.commands["reconcile"]()).result == "no_ledger"
        fake.result = "ok"
        assert (await made.commands["reconcile"]()).state == "done"

    play(fake, scene, monkeypatch)

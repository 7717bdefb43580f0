"""Prompts of the telephone: from a table of texts to sounds that Asterisk plays."""

import io
import itertools
import math
import sys
import wave
from array import array
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from voice import prompts, sound


def tone(frequency: float, rate: int = 22050, seconds: float = 0.5) -> bytes:
    """A WAV file of a sine, as espeak-ng writes it to a pipe: the lengths are not known."""
    count = int(rate * seconds)
    samples = array(
        "h", (round(9000 * math.sin(2 * math.pi * frequency * n / rate)) for n in range(count))
    )
    out = io.BytesIO()
    with wave.open(out, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(rate)
        target.writeframes(samples.tobytes())
    return out.getvalue()


def read(data: bytes) -> tuple[int, array]:
    with wave.open(io.BytesIO(data)) as source:
        assert (source.getnchannels(), source.getsampwidth()) == (1, 2)
        return source.getframerate(), array("h", source.readframes(source.getnframes()))


def power(samples) -> float:
    return sum(one * one for one in samples) / len(samples)


def test_a_sound_keeps_its_pitch_and_its_length():
    rate, samples = read(sound.telephone(tone(1000)))
    assert rate == 8000
    assert len(samples) == pytest.approx(4000, abs=5)
    turns = sum(a < 0 <= b for a, b in itertools.pairwise(samples))
    assert turns == pytest.approx(500, abs=5)


def test_what_a_telephone_cannot_carry_is_taken_away():
    """Above 4 kHz it would be heard as a wrong tone."""
    low, high = (
        power(sound.resample(read(tone(pitch))[1], 22050)[100:-100]) for pitch in (1000, 6000)
    )
    assert high < low / 1000


class Speaker(prompts.Speaker):
    """Says nothing, and writes down what it was asked for."""

    def __init__(self):
        super().__init__(("false",))
        object.__setattr__(self, "said", [])

    def say(self, text, language="ru"):
        self.said.append((language, text))
        return sound.pack([len(text)] * 100)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "tables/ru.txt"
    path.parent.mkdir()
    path.write_text("# note\nhello | Здравствуйте\nbye | До свидания\n", encoding="utf-8")
    return path


def test_only_what_changed_is_made_again(table, tmp_path):
    speaker, folder = Speaker(), tmp_path / "prompts"
    assert prompts.make(folder, speaker, table.parent) == 2
    assert prompts.make(folder, speaker, table.parent) == 0
    table.write_text("hello | Добрый день\nbye | До свидания\n", encoding="utf-8")
    assert prompts.make(folder, speaker, table.parent) == 1
    assert speaker.said[-1] == ("ru", "Добрый день")
    assert (folder / "ru/hello.wav").read_bytes() == sound.pack([len("Добрый день")] * 100)


@pytest.mark.parametrize("suffix", ["wav", "gsm"])
def test_a_recorded_prompt_stays(table, tmp_path, suffix):
    """A body records its own announcer: the next set-up leaves the file alone."""
    speaker, folder = Speaker(), tmp_path / "prompts"
    prompts.make(folder, speaker, table.parent)
    recorded = folder / f"ru/hello.{suffix}"
    recorded.write_bytes(b"recorded")
    table.write_text("hello | Добрый день\nbye | До свидания\n", encoding="utf-8")
    assert prompts.make(folder, speaker, table.parent) == 0
    assert recorded.read_bytes() == b"recorded"


@pytest.mark.parametrize("line", ["Hello | x", "a |", "x", "../a | x", "a | x\na | y"])
def test_a_line_that_is_none_is_told(tmp_path, line):
    path = tmp_path / "ru.txt"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(ValueError, match=r"ru\.txt"):
        prompts.read(path)


def test_what_another_language_has_not_is_lent_by_russian(table, tmp_path):
    """A3: until the other language has its own text, or a recording."""
    speaker, folder = Speaker(), tmp_path / "prompts"
    other = table.with_name("tt.txt")
    other.write_text("hello | Исәнмесез\n", encoding="utf-8")
    assert prompts.make(folder, speaker, table.parent) == 3
    assert (folder / "tt/bye.wav").resolve() == (folder / "ru/bye.wav").resolve()
    assert not (folder / "tt/hello.wav").is_symlink()
    assert prompts.make(folder, speaker, table.parent) == 0
    other.write_text("hello | Исәнмесез\nbye | Сау булыгыз\n", encoding="utf-8")
    assert prompts.make(folder, speaker, table.parent) == 1
    assert speaker.said[-1] == ("tt", "Сау булыгыз")
    assert not (folder / "tt/bye.wav").is_symlink()

"""Recordings: names that stay in their folder, sound, terms, tries; transcripts."""

import io
import wave
from datetime import date, datetime, timedelta

import pytest
from gov_hotline_telephony.domain import recording, transcript


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("2026/11/21/hotline-1795295111.34.raw", True),
        ("2026/11/21/odoo-click-0001.wav", True),
        ("call.wav", True),
        ("../call.wav", False),
        ("/etc/passwd.wav", False),
        ("2026/11/21/../x.raw", False),
        ("2026/11/21/a/b.raw", False),
        ("2026/11/21/a..b.raw", False),
        ("2026/11/21/.raw", False),
        ("2026/11/21/x.raw\n", False),
        ("2026/11/21/x.mp3", False),
    ],
)
def test_names_lead_out_of_no_folder(name, good):
    assert recording.is_name(name) is good


def test_channel_and_day_of_a_name():
    assert recording.uniqueid("2026/11/21/hotline-1.34.raw") == "hotline-1.34"
    assert recording.day("2026/11/21/x.raw") == date(2026, 11, 21)
    assert recording.day("2026/13/21/x.raw") is None


def test_bare_samples_get_a_header_and_stay():
    samples = bytes(range(256)) * 500
    made = recording.sound("2026/11/21/x.raw", samples)
    assert made.content[recording.HEADER :] == samples
    with wave.open(io.BytesIO(made.content)) as opened:
        assert opened.getparams()[:4] == (2, 2, 8000, len(samples) // 4)
    assert (made.seconds, made.channels) == (4, 2)
    again = recording.sound("x.wav", made.content)
    assert again == made


def test_what_is_no_sound():
    with pytest.raises(ValueError, match="RIFF"):
        recording.sound("x.wav", b"<html>nothing</html>" * 10)
    assert recording.is_empty("x.wav", 44)
    assert not recording.is_empty("x.wav", 45)
    assert recording.is_empty("x.raw", 0)
    assert not recording.is_empty("x.raw", 44)


def test_terms_of_whole_years():
    assert recording.kept_until(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert recording.kept_until(date(2026, 11, 21), -5) == date(2021, 11, 21)


def test_tries_become_rarer_and_end():
    waits = [recording.again_after(tries) for tries in range(8)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=6)
    told = datetime(2026, 11, 1)  # noqa: DTZ001  # as the database has it
    assert not recording.is_given_up(told, told + timedelta(days=30))
    assert recording.is_given_up(told, told + timedelta(days=30, seconds=1))


def test_words_of_a_transcript():
    lines = [[0, 1500, [[0, " Добрый"], [700, " день"]]], [2000, 3000, [[2000, " Слушаю."]]]]
    assert transcript.text(lines) == "Добрый день\nСлушаю."
    assert transcript.shown(lines)[1] == {"from": 2.0, "until": 3.0, "words": [[2.0, " Слушаю."]]}
    assert transcript.patience(60, 1) > transcript.patience(60, 2) > 60

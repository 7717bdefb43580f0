"""Recordings of talks: names of their files, their sound, when to look again, how long kept."""

from __future__ import annotations

import io
import re
import struct
import wave
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

# YYYY/MM/DD/UNIQUEID.raw as the dialplan makes it; .wav of an exchange with a dialplan of its own
_NAME: Final = re.compile(r"(?:\d{4}/\d\d/\d\d/)?(?P<unique>[\w-][\w.-]{0,120})\.(?:raw|wav)")
_DAY: Final = re.compile(r"(\d{4})/(\d\d)/(\d\d)/")
RATE: Final = 8000
WIDTH: Final = 2  # bytes of a sample
HEADER: Final = 44  # bytes of a WAV without sound
# Seconds until a file that was not there is looked for again; then every six hours.
_AGAIN: Final = (5, 30, 120, 600, 3600)
_LATER: Final = 6 * 3600
SHOWN_AFTER: Final = 2  # tries: a shared folder may be some seconds late
GIVEN_UP: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording as browsers play it (WAV), and what is told of it."""

    content: bytes
    seconds: int
    channels: int


def is_name(file: str) -> bool:
    """Say whether it is a name that a recording may have: no way out of its folder."""
    return bool(_NAME.fullmatch(file)) and ".." not in file


def uniqueid(file: str) -> str:
    """Return the channel that was recorded."""
    found = _NAME.fullmatch(file)
    return found["unique"] if found else ""


def day(file: str) -> date | None:
    """Return the day in the name of a file, by the clock of the exchange."""
    found = _DAY.match(file)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def is_empty(file: str, size: int) -> bool:
    """Say whether a file of this size has no sound: nobody talked."""
    return size <= (HEADER if file.endswith(".wav") else 0)


def sound(file: str, content: bytes) -> Sound:
    """Return what is played; ValueError for what is none.

    `.raw`: two channels of 8000 samples a second without a header; they get one in front, the
    sound itself stays byte by byte. A WAV stays as it is.
    """
    if file.endswith(".raw"):
        frame = 2 * WIDTH
        seconds = len(content) // (frame * RATE)
        return Sound(_header(len(content)) + content, seconds, 2)
    try:
        with wave.open(io.BytesIO(content)) as opened:
            seconds = opened.getnframes() // (opened.getframerate() or RATE)
            return Sound(content, seconds, opened.getnchannels())
    except (wave.Error, EOFError) as error:
        raise ValueError(str(error)) from error


def _header(size: int) -> bytes:
    frame = 2 * WIDTH
    return (
        struct.pack("<4sI4s", b"RIFF", HEADER - 8 + size, b"WAVE")
        + struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 2, RATE, RATE * frame, frame, WIDTH * 8)
        + struct.pack("<4sI", b"data", size)
    )


def again_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries."""
    return timedelta(seconds=_AGAIN[tries] if tries < len(_AGAIN) else _LATER)


def kept_until(day_of: date, years: int) -> date:
    """Return the last day a recording is kept."""
    try:
        return day_of.replace(year=day_of.year + years)
    except ValueError:  # 29 February
        return day_of.replace(year=day_of.year + years, day=28)


def is_given_up(told: datetime, now: datetime) -> bool:
    """Say whether a file that never came is looked for no more by itself."""
    return now - told > GIVEN_UP

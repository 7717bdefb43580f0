"""Causes of the end of a channel (ITU-T Q.850), grouped as people tell them apart."""

from __future__ import annotations

from typing import Final

CAUSES: Final[dict[str, str]] = {
    **dict.fromkeys(("16", "31"), "normal"),
    "17": "busy",
    **dict.fromkeys(("18", "19"), "no_answer"),
    "20": "offline",
    "21": "rejected",
    "26": "elsewhere",
    "27": "offline",
    **dict.fromkeys(("1", "2", "3", "22", "28"), "no_number"),
    **dict.fromkeys(("34", "38", "41", "42", "44", "47", "58", "88", "102", "111", "127"), "fault"),
}

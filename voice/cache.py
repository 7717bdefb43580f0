"""Sentences as sounds: made once, kept for some days, named by their text's digest."""

import hashlib
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .prompts import Speaker

KEPT = 7 * 86_400  # seconds after the last use
LONGEST = 600  # characters of a sentence


@dataclass
class Cache:
    """A folder of sounds that only the voice writes."""

    folder: Path
    speaker: Speaker
    cleaned: float = 0.0

    def say(self, text: str, language: str = "ru") -> str:
        """Return the sound of a sentence as Playback takes it: the path without the ending."""
        text = " ".join(text.split())[:LONGEST]
        name = hashlib.sha256(f"{language}|{text}".encode()).hexdigest()[:24]
        path = self.folder / f"{name}.wav"
        if path.exists():
            path.touch()
        else:
            self._make(path, text, language)
        return str(path.with_suffix(""))

    def speaks(self) -> bool:
        """Whether sounds can be made at all."""
        try:
            self.say("один")
        except (OSError, ValueError, subprocess.SubprocessError):
            return False
        return True

    def _make(self, path: Path, text: str, language: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._clean()
        draft = path.with_name(f".{path.name}.{time.monotonic_ns()}")
        draft.write_bytes(self.speaker.say(text, language))
        draft.replace(path)

    def _clean(self) -> None:
        """Remove what nobody was told for long; once an hour."""
        now = time.time()
        if now - self.cleaned < 3600:
            return
        self.cleaned = now
        for path in self.folder.iterdir():
            if now - path.stat().st_mtime > KEPT:
                path.unlink(missing_ok=True)

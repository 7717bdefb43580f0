"""Prompts from the tables in asterisk/prompts: ``NAME | text`` becomes LANGUAGE/NAME.wav.

``python3 -m voice.prompts FOLDER`` makes what is missing or was changed in the table. A file that
is not the one made here is a recording of the body's own: it stays.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from . import sound

TABLES = Path(__file__).resolve().parents[1] / "asterisk/prompts"
RUSSIAN = "ru"
MADE = "made.json"
LIMIT = 20.0  # seconds for one text
_NAME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Speaker:
    """espeak-ng: how it is called, and what of its environment is needed."""

    command: tuple[str, ...] = ("espeak-ng",)
    environment: Mapping[str, str] = field(default_factory=dict)

    def say(self, text: str, language: str = "ru") -> bytes:
        """Return the WAV file of a text; OSError or CalledProcessError if there is no speaker."""
        words = (*self.command, "-v", language, "-s", "145", "-p", "45", "--stdout", "--stdin")
        done = subprocess.run(  # noqa: S603  # the command is the administrator's, text is input
            words, input=text.encode(), capture_output=True, check=True, timeout=LIMIT,
            env={**os.environ, **self.environment},
        )  # fmt: skip
        return sound.telephone(_with_length(done.stdout))


def _with_length(data: bytes) -> bytes:
    """Correct the lengths in a header that was written before the end was known."""
    at = data.index(b"data") + 4
    size = len(data) - at - 4
    lengths = (len(data) - 8).to_bytes(4, "little"), size.to_bytes(4, "little")
    return data[:4] + lengths[0] + data[8:at] + lengths[1] + data[at + 4 :]


def read(path: Path) -> dict[str, str]:
    """Return {name: text} of a table; ValueError for a line that is none."""
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, text = (part.strip() for part in line.partition("|"))
        if not _NAME.fullmatch(name) or not text or name in found:
            raise ValueError(f"{path.name}: {line}")
        found[name] = text
    return found


def make(folder: Path, speaker: Speaker, tables: Path = TABLES) -> int:
    """Bring the sounds of all languages up to their tables; return how many were made.

    What another language has no sound for is heard in Russian.
    """
    found = sorted(tables.glob("*.txt"))
    made = [_make_language(folder / one.stem, read(one), speaker, one.stem) for one in found]
    for one in found:
        _lend(folder / RUSSIAN, folder / one.stem)
    return sum(made)


def _make_language(folder: Path, texts: dict[str, str], speaker: Speaker, language: str) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / MADE
    made = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    due = [name for name, text in texts.items() if _is_due(folder, name, text, made.get(name))]
    with ThreadPoolExecutor(2) as pool:
        sounds = pool.map(lambda name: speaker.say(texts[name], language), due)
        for name, data in zip(due, sounds, strict=True):
            _write(folder / f"{name}.wav", data)
            made[name] = [texts[name], hashlib.sha256(data).hexdigest()]
    _write(kept, json.dumps(made, ensure_ascii=False, indent=1).encode())
    return len(due)


def _lend(russian: Path, folder: Path) -> None:
    """Link the Russian sounds that `folder` has not: Asterisk would look for English ones."""
    own = {path.stem for path in folder.iterdir() if not path.is_symlink()}
    for path in sorted(russian.glob("[a-z]*")):
        link = folder / path.name
        if path.name != MADE and path.stem not in own and not link.is_symlink():
            link.symlink_to(Path("..", russian.name, path.name))


def _is_due(folder: Path, name: str, text: str, made: Sequence[str] | None) -> bool:
    path = folder / f"{name}.wav"
    own = [one for one in folder.glob(f"{name}.*") if not one.is_symlink()]
    if any(one.suffix != ".wav" for one in own):
        return False  # recorded in another format
    if path not in own:
        return True
    if not made or hashlib.sha256(path.read_bytes()).hexdigest() != made[1]:
        return False  # recorded
    return made[0] != text


def _write(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(data)
    draft.replace(path)


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), Speaker()), "prompts made")

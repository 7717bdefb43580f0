"""The voice beside one PBX of this clone: its file of options, its process."""

import json
import os
import subprocess
import sys
from pathlib import Path

from . import paths, shell
from .pbx import Pbx
from .steps import write_atomic

MODEL = (
    "HOTLINE_VOICE_MODEL"  # a folder with a model of faster-whisper; without it callers use keys
)


def options(pbx: Pbx, url: str) -> dict:
    """What the voice is told: where the PBX and Odoo are, the keys, the folders."""
    site = pbx.site
    return {
        "ami": {
            "host": site.ami_address, "port": site.ports.ami, "login": "voice",
            "secret": pbx.secrets["VOICE"],
        },
        "odoo": {"url": url, "key": pbx.secrets["IVR"]},
        "speaker": list(pbx.tree.speaker().command),
        "sounds": str(pbx.home / "spool/hotline-said"),
        "heard": str(pbx.home / "spool/hotline-voice"),
        "model": os.environ.get(MODEL, ""),
    }  # fmt: skip


def start(pbx: Pbx, url: str, *, python: Path = Path(sys.executable)) -> subprocess.Popen:
    """Start the voice of a PBX that runs; ``python`` may have faster-whisper."""
    path = pbx.home / "voice.json"
    write_atomic(path, json.dumps(options(pbx, url)), 0o600)
    with (pbx.home / "log/voice").open("ab") as stream:
        return subprocess.Popen(
            [python, "-m", "voice", path], stdout=stream, stderr=stream, cwd=paths.ROOT,
            stdin=subprocess.DEVNULL, start_new_session=True, env=shell.environment(),
        )  # fmt: skip

"""Spoken digits by faster-whisper: one model in memory, one sentence at a time, on the machine.

Without the library or the model's folder nothing is heard, and callers use keys.
"""

import logging
import threading
from pathlib import Path
from typing import Any

_logger = logging.getLogger(__name__)
# What is expected: the base model hears «четыре ноль семь» whole with it, «4. 0.» without.
_PROMPT = "ноль один два три четыре пять шесть семь восемь девять"


class Recogniser:
    """Loaded once, in a thread of its own, while the first caller hears a prompt."""

    def __init__(self, folder: str, threads: int = 2) -> None:
        self.folder, self.threads = folder, threads
        self.model: Any = None
        self.lock = threading.Lock()
        self.loading: threading.Thread | None = None

    @property
    def hears(self) -> bool:
        """Whether there is something to hear with; loading may go on still."""
        return bool(self.folder) and (Path(self.folder) / "model.bin").exists()

    def warm(self) -> None:
        """Begin to load the model, unless that was begun."""
        if self.hears and not self.loading:
            self.loading = threading.Thread(target=self._load, daemon=True)
            self.loading.start()

    def _load(self) -> None:
        try:
            from faster_whisper import WhisperModel  # optional, takes seconds

            self.model = WhisperModel(
                self.folder, device="cpu", compute_type="int8", cpu_threads=self.threads,
                local_files_only=True,
            )  # fmt: skip
        except Exception as error:  # noqa: BLE001  # whatever a foreign library has
            _logger.warning("No recognition: %s", error)
            self.folder = ""

    def hear(self, path: Path) -> str:
        """Return the words of a recording; "" where there is nobody to hear."""
        self.warm()
        if self.loading:
            self.loading.join()
        if not self.model:
            return ""
        with self.lock:
            parts, _about = self.model.transcribe(
                str(path), language="ru", beam_size=1, temperature=0.0, initial_prompt=_PROMPT,
                condition_on_previous_text=False, without_timestamps=True,
            )  # fmt: skip
            return " ".join(part.text.strip() for part in parts)

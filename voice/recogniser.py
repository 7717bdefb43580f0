"""Spoken digits by faster-whisper: one model in memory, one sentence at a time, on the machine.

Without the library or the model's folder nothing is heard, and callers use keys.

Only words of numbers can be heard: of all the model's tokens others are switched off. That and half
of its usual context are what make the base model right about digits, and quick enough on two cores.
"""

import logging
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from . import numbers

_logger = logging.getLogger(__name__)
# What may have been said before: digits one by one, a doubled one among them. Without it the model
# writes a doubled digit once; with all ten in their order it counts on where a caller stops.
_BEFORE = " семь, девять, пять, ноль, ноль, три"
_BEGIN = ("<|startoftranscript|>", "<|ru|>", "<|transcribe|>", "<|notimestamps|>")
_FRAMES = (
    1500  # of 10 ms that the model sees; it was made for 3000, and takes twice as long for them
)
_LONGEST = 36  # tokens of an answer: ten digits and a comma
_DOUBTFUL = -1.3  # mean logarithm of the words' likelihood, below which nothing was understood
_SILENT = 0.01  # of 1: nobody spoke


class Recogniser:
    """Loaded once, in a thread of its own, while the first caller hears a prompt."""

    def __init__(self, folder: str, threads: int = 2) -> None:
        self.folder, self.threads = folder, threads
        self.model: Any = None
        self.before: list[int] = []
        self.switched_off: list[int] = []
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

            model = WhisperModel(
                self.folder, device="cpu", compute_type="int8", cpu_threads=self.threads,
                local_files_only=True,
            )  # fmt: skip
            tokens = model.hf_tokenizer
            end = tokens.token_to_id("<|endoftext|>")
            kept = _tokens(tokens, numbers.WORDS)
            self.switched_off = [one for one in range(end) if one not in kept]
            before = tokens.encode(_BEFORE, add_special_tokens=False).ids
            begin = [tokens.token_to_id(one) for one in _BEGIN]
            self.before = [tokens.token_to_id("<|startofprev|>"), *before, *begin]
            self.model = model
        except Exception as error:  # noqa: BLE001  # whatever a foreign library has
            _logger.warning("No recognition: %s", error)
            self.folder = ""

    def hear(self, path: Path) -> str:
        """Return the words of a recording; "" where nothing was understood, or nobody can hear."""
        self.warm()
        if self.loading:
            self.loading.join()
        if not self.model:
            return ""
        with self.lock:
            words, likely = self._words(path)
        return words if likely > _DOUBTFUL else ""

    def _words(self, path: Path) -> tuple[str, float]:
        import numpy as np  # comes with faster-whisper
        from ctranslate2 import StorageView
        from faster_whisper.audio import decode_audio

        sound = decode_audio(str(path))
        if not sound.size or abs(sound).max() < _SILENT:
            return "", 0.0
        seen = self.model.feature_extractor(sound)[:, :_FRAMES]
        seen = np.pad(seen, ((0, 0), (0, _FRAMES - seen.shape[-1])))
        [heard] = self.model.model.generate(
            StorageView.from_array(np.ascontiguousarray(seen[None])),
            [self.before],
            beam_size=1,
            max_length=len(self.before) + _LONGEST,
            suppress_tokens=self.switched_off,
            return_scores=True,
        )
        return self.model.hf_tokenizer.decode(heard.sequences_ids[0]).strip(), heard.scores[0]


def _tokens(tokens: Any, words: Iterable[str]) -> set[int]:
    """Return the tokens that these words are made of, in all their spellings."""
    spelt = [
        text
        for word in words
        for text in (word, f" {word}", word.capitalize(), f" {word.capitalize()}")
    ]
    found = {one for text in spelt for one in tokens.encode(text, add_special_tokens=False).ids}
    return found | set(tokens.encode(",", add_special_tokens=False).ids)

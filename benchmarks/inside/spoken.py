"""Readings of three to seven digits, said by Debian's Russian prompts digit by digit.

As a caller's recording: 8 kHz, pauses of 0.3 s, noise of a line. The clock runs from the end of
the recording to the digits that are read back; the model is in memory, as it is from the first
caller's first prompt. Beside it the first answer of a cold process, model and all.
"""

import os
import random
import statistics
import sys
import tempfile
import time
import wave
from pathlib import Path

import numpy as np
from faster_whisper.audio import decode_audio

from voice import numbers
from voice.recogniser import Recogniser

RATE, PAUSE, NOISE, MARGIN = 8000, 0.3, 0.002, 0.5  # Hz, s, of 1, s of silence on either side
COUNT = 40
AIM = 8.0  # seconds the dialplan waits


def say(digits: str, folder: Path, path: Path) -> None:
    """Write what a caller says."""
    silence, edge = np.zeros(int(PAUSE * RATE)), np.zeros(int(MARGIN * RATE))
    parts = [edge]
    for digit in digits:
        parts += [decode_audio(str(folder / f"{digit}.gsm"), sampling_rate=RATE), silence]
    sound = np.concatenate([*parts, edge])
    sound += np.random.default_rng(5).normal(0, NOISE, sound.size)
    with wave.open(str(path), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(RATE)
        stream.writeframes((sound.clip(-1, 1) * 32767).astype("<i2").tobytes())


def main(model: str, folder: Path) -> None:
    """Say, hear, print."""
    dice = random.Random(7)  # noqa: S311  # the same each time
    said = ["".join(dice.choices("0123456789", k=dice.randint(3, 7))) for _one in range(COUNT)]
    recogniser, took, right = Recogniser(model), [], 0
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "said.wav"
        say("123", folder, path)
        began = time.perf_counter()
        recogniser.hear(path)
        cold = time.perf_counter() - began
        for digits in said:
            say(digits, folder, path)
            began = time.perf_counter()
            heard = numbers.parse(recogniser.hear(path))
            took.append(time.perf_counter() - began)
            right += heard == digits
    took.sort()
    p95 = statistics.quantiles(took, n=20, method="inclusive")[-1]
    word = "reached" if p95 <= AIM else "missed"
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    sys.stdout.write(
        f"spoken digits, model in memory: p50 {statistics.median(took):.2f} s, p95 {p95:.2f} s, "
        f"longest {took[-1]:.2f} s of {COUNT}; aim {AIM:.0f} s: {word}; {right} of {COUNT} right; "
        f"with the loading of the model {cold:.2f} s; load {load}\n"
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

"""Speech as Asterisk plays it: WAV of 8 kHz, 16 bits, one channel, without silence at the ends."""

import io
import math
import sys
import wave
from array import array
from collections.abc import Sequence
from fractions import Fraction
from operator import mul
from pathlib import Path

RATE = 8000
_HALF = 12  # samples of the source on each side that an output sample is made of
_QUIET = 200  # of 32767: silence
_LOUD = 22000
_PAUSE = RATE // 10  # left at both ends


def telephone(data: bytes) -> bytes:
    """Return a WAV file for the telephone made from one of any rate."""
    with wave.open(io.BytesIO(data)) as source:
        if (source.getnchannels(), source.getsampwidth()) != (1, 2):
            raise ValueError("one channel of 16 bits is needed")
        rate, samples = source.getframerate(), array("h", source.readframes(source.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return pack(_level(_trimmed(resample(samples, rate))))


def pack(samples: Sequence[int]) -> bytes:
    """Return the WAV file of these samples."""
    out = io.BytesIO()
    data = array("h", samples)
    if sys.byteorder == "big":
        data.byteswap()
    with wave.open(out, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(RATE)
        target.writeframes(data.tobytes())
    return out.getvalue()


def resample(samples: Sequence[int], rate: int) -> list[float]:
    """Return the samples at 8 kHz, what is above 3.6 kHz taken away."""
    if rate == RATE:
        return [float(one) for one in samples]
    ratio = Fraction(rate, RATE)
    taps = [_taps(Fraction(phase, ratio.denominator), rate) for phase in range(ratio.denominator)]
    padded = [0] * _HALF + list(samples) + [0] * (_HALF + 1)
    found = []
    for number in range(int(len(samples) / ratio)):
        at = number * ratio.numerator
        begin, phase = divmod(at, ratio.denominator)
        # padded[begin + _HALF] is the sample at or before the moment
        found.append(sum(map(mul, padded[begin + 1 : begin + 2 * _HALF + 1], taps[phase])))
    return found


def _taps(offset: Fraction, rate: int) -> list[float]:
    """Return the weights of a low-pass filter (windowed sinc) around a moment between samples."""
    cut = min(0.45 * RATE, 0.45 * rate) / rate
    places = [one - float(offset) for one in range(1 - _HALF, _HALF + 1)]
    raw = [_sinc(2 * cut * x) * (0.5 + 0.5 * math.cos(math.pi * x / (_HALF + 1))) for x in places]
    whole = sum(raw)
    return [one / whole for one in raw]


def _sinc(x: float) -> float:
    return 1.0 if not x else math.sin(math.pi * x) / (math.pi * x)


def _trimmed(samples: list[float]) -> list[float]:
    loud = [number for number, one in enumerate(samples) if abs(one) > _QUIET]
    if not loud:
        return samples
    return samples[max(0, loud[0] - _PAUSE) : loud[-1] + _PAUSE]


def _level(samples: list[float]) -> list[int]:
    peak = max(map(abs, samples), default=0)
    gain = min(4.0, _LOUD / peak) if peak else 1.0
    return [max(-32768, min(32767, round(one * gain))) for one in samples]


def seconds(path: Path) -> float:
    """Return how long a WAV file is."""
    with wave.open(str(path)) as source:
        return source.getnframes() / source.getframerate()

"""The recogniser itself: one model, asked by lines of JSON, ends when nobody asks for a while.

Run as a file, by a Python that has faster-whisper; it needs neither Odoo nor a network.
"""

import json
import os
import select
import sys

LOOP = 2.4  # a line that compresses better repeats itself: Whisper's own mark of words nobody said


def main(folder: str, threads: str, idle: str) -> None:
    """Answer each line of the standard input by one line, until it ends or falls silent."""
    os.nice(10)
    model = None
    while select.select([sys.stdin], [], [], float(idle))[0]:
        line = sys.stdin.readline()
        if not line:
            return
        try:
            model = model or load(folder, int(threads))
            answer = {"lines": lines(model, json.loads(line)["file"])}
        except ImportError:
            answer = {"fault": "no_package"}
        # whatever a model or a sound is not: the asker writes it down
        except Exception as error:  # noqa: BLE001
            kind = "model" if model is None else "sound"
            answer = {"fault": f"{kind}: {str(error)[:150]}"}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def load(folder: str, threads: int):
    """Return the model of a folder; nothing is fetched from anywhere."""
    from faster_whisper import WhisperModel

    return WhisperModel(
        folder, device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
    )


def lines(model, path: str) -> list:
    """Return the lines of a file: [[from, until, [[at, word], …]], …], milliseconds."""
    segments, _info = model.transcribe(
        path,
        language="ru",
        word_timestamps=True,
        vad_filter=True,  # silence brings forth words that nobody said
        condition_on_previous_text=False,
        temperature=0.0,  # no chance: the same sound gives the same words
    )
    return [
        [_ms(one.start), _ms(one.end), [[_ms(word.start), word.word] for word in one.words or ()]]
        for one in segments
        if one.compression_ratio <= LOOP
    ]


def _ms(seconds: float) -> int:
    return round(float(seconds) * 1000)


if __name__ == "__main__":
    main(*sys.argv[1:])

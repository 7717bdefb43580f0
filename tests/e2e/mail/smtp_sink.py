"""A real mail server in a process of its own: takes letters into a folder, or stalls in the middle.

``python smtp_sink.py FOLDER PORT``. Each letter taken is a file of the folder, one JSON: envelope
and source. While the file ``stall`` is there, a letter is read to its end and then nothing is
answered: the talk hangs where nobody can know whether the letter was taken. ``received`` counts the
letters read to their end, taken or not; ``refuse`` holds the words of a refusal of every recipient.
"""

import asyncio
import itertools
import json
import sys
from pathlib import Path

from aiosmtpd.controller import Controller

NUMBERS = itertools.count(1)


class Taker:
    """What the server does with a letter."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        """Take or refuse a recipient."""
        refuse = self.folder / "refuse"
        if refuse.exists():
            return refuse.read_text(encoding="utf-8")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        """Count the letter, hang while told to, then keep it."""
        with (self.folder / "received").open("a", encoding="utf-8") as counter:
            counter.write("1\n")
        if (self.folder / "stall").exists():
            await asyncio.sleep(3600)
        letter = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "source": envelope.content.decode("utf-8", "replace"),
        }
        draft = self.folder / f".{next(NUMBERS)}"
        draft.write_text(json.dumps(letter), encoding="utf-8")
        draft.rename(self.folder / f"{draft.name[1:]}.json")
        return "250 Taken"


def main(folder: str, port: str) -> None:
    """Serve until the process is ended."""
    controller = Controller(
        Taker(Path(folder)), hostname="127.0.0.1", port=int(port), data_size_limit=64 * 1024 * 1024
    )
    controller.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    controller._thread.join()  # there is no other way to wait for it


if __name__ == "__main__":
    main(*sys.argv[1:])

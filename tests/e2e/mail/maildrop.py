"""A mail server that delivers: what it takes lies in a maildir, byte for byte.

``python maildrop.py MAILDIR PORT``. Letters come into ``tmp`` and are moved into ``new``, as every
maildir wants it, so an IMAP server beside it never sees half a letter.
"""

import itertools
import sys
import time
from pathlib import Path

from aiosmtpd.controller import Controller

NUMBERS = itertools.count(1)


class Deliverer:
    """What the server does with a letter."""

    def __init__(self, maildir: Path) -> None:
        self.maildir = maildir

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        """Put the letter into the mailbox."""
        name = f"{time.time():.6f}.{next(NUMBERS)}.maildrop"
        draft = self.maildir / "tmp" / name
        draft.write_bytes(envelope.original_content)
        draft.rename(self.maildir / "new" / name)
        return "250 Taken"


def main(maildir: str, port: str) -> None:
    """Serve until the process is ended."""
    controller = Controller(
        Deliverer(Path(maildir)),
        hostname="127.0.0.1",
        port=int(port),
        data_size_limit=64 * 1024 * 1024,
    )
    controller.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    controller._thread.join()  # there is no other way to wait for it


if __name__ == "__main__":
    main(*sys.argv[1:])

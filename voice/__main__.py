"""``python3 -m voice FILE.json``: serve one PBX until SIGTERM. The file has keys: its owner's only.

{"ami": {"host", "port", "login", "secret"}, "odoo": {"url", "key"}, "speaker": [command],
 "sounds": folder of made sentences, "heard": folder of recordings, "model": folder or ""}
"""

import json
import logging
import signal
import sys
from functools import partial
from pathlib import Path
from typing import Any

from .ami import Ami
from .cache import Cache
from .odoo import Odoo
from .prompts import Speaker
from .recogniser import Recogniser
from .service import Service


def build(options: dict[str, Any]) -> Service:
    """Return the service of a file of options."""
    ami, odoo = options["ami"], options["odoo"]
    speaker = Speaker(tuple(options.get("speaker") or ("espeak-ng",)))
    return Service(
        partial(Ami, ami["host"], ami["port"], ami["login"], ami["secret"]),
        Odoo(odoo["url"], odoo["key"]),
        Cache(Path(options["sounds"]), speaker),
        Recogniser(options.get("model") or ""),
        Path(options["heard"]),
    )


def main(arguments: list[str]) -> int:
    """Run the service of the file named on the command line."""
    if len(arguments) != 1:
        print("python3 -m voice FILE.json", file=sys.stderr)
        return 2
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    service = build(json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
    signal.signal(signal.SIGTERM, lambda *_told: service.stop())
    service.run()
    service.pool.shutdown(wait=False, cancel_futures=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The commands behind the Makefile, and how their faults are told."""

import signal
import sys

from . import environment, journal, phone_demo, python, running, settings
from .console import Console
from .faults import Fault, from_oserror


def _setup(arguments: list) -> int:
    console = Console()
    environment.prepare(dev="--dev" in arguments, browser="--browser" in arguments, console=console)
    return 0


def _run(_arguments: list) -> int:
    return running.Runner(settings.read(), Console()).run()


COMMANDS = {
    "run": _run,
    "stop": lambda _arguments: running.stop(),
    "clean": lambda _arguments: running.clean(),
    "setup": _setup,
    "verify-journal": journal.verify,
    "phone-demo": phone_demo.run,
}


def main(arguments: list) -> int:
    """Run one command; a fault is one line on the error stream and exit code 1."""
    name = arguments[0] if arguments else ""
    if name not in COMMANDS:
        print(f"python3 -m runtime {' | '.join(COMMANDS)}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it else
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started is ended, too
    try:
        python.check_version()
        return COMMANDS[name](arguments[1:])
    except Fault as fault:
        return _tell(fault)
    except OSError as error:
        if fault := from_oserror(error):
            return _tell(fault)
        raise
    except KeyboardInterrupt:
        print("\nStopped. The next run goes on where it is safe.", file=sys.stderr)
        return 130


def _tell(fault: Fault) -> int:
    print(f"Error: {fault}", file=sys.stderr)
    return 1

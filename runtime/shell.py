"""Run programmes: their output goes to a log, their failure becomes a Fault."""

import os
import shutil
import subprocess
from pathlib import Path

from . import paths
from .faults import Fault, explain

# Debian's own tools call each other (dpkg-deb calls tar) even where the user's PATH is short.
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_TAIL = 20_000


def environment(**extra: str) -> dict:
    """The environment of a child: ours, a PATH that reaches the system, plain messages.

    Python keeps its bytecode in ``.runtime``, also where the user wants none beside the sources:
    without any, each start of Odoo compiles a thousand files anew.
    """
    path = f"{os.environ.get('PATH', '')}:{SYSTEM_PATH}".lstrip(":")
    own = {"PATH": path, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    own["PYTHONPYCACHEPREFIX"] = str(paths.state() / "bytecode")
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **own, **extra}


def find(programme: str) -> "str | None":
    """The programme's path, looked for in PATH and in the system's folders."""
    return shutil.which(programme, path=environment()["PATH"])


def run(
    command: list, *, log: str = "setup.log", on_line=None, check: bool = True, **options
) -> str:
    """Run the command to its end and return its output (both streams together).

    The output is also appended to ``log``; ``on_line`` gets each line as it comes (for progress).
    Fault if it fails, unless ``check`` is False.
    """
    path = paths.logs() / log
    command = [str(part) for part in command]
    options.setdefault("env", environment())
    with path.open("a", encoding="utf-8") as stream:
        stream.write(f"\n$ {' '.join(command)}\n")
        code, output = _follow(command, stream, on_line, options)
    if code and check:
        raise explain(Path(command[0]).name, output, path)
    return output


def _follow(command, stream, on_line, options):
    try:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            text=True, errors="replace", **options,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise Fault(f"{command[0]} is missing", "Install it and run the command again") from error
    tail = ""
    with process.stdout:
        try:
            for line in process.stdout:
                stream.write(line)
                tail = (tail + line)[-_TAIL:]
                if on_line:
                    on_line(line.rstrip())
        except BaseException:
            stop(process)
            raise
    return process.wait(), tail


def pipe(command: list, text: str, *, log: str = "setup.log", **options) -> str:
    """Run a short command with ``text`` as its input; its output. Fault if it fails."""
    command = [str(part) for part in command]
    result = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        **options,
    )
    if result.returncode:
        path = paths.logs() / log
        with path.open("a", encoding="utf-8") as stream:
            stream.write(f"\n$ {' '.join(command)}\n{text}\n{result.stderr}")
        raise explain(Path(command[0]).name, result.stderr, path)
    return result.stdout


def stop(process: subprocess.Popen, seconds: float = 15) -> None:
    """End a child of ours: ask, then insist."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    except KeyboardInterrupt:
        process.kill()
        raise

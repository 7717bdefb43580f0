"""What can go wrong and how it is told: one line with the way out, and exit code 1."""

import errno
from pathlib import Path


class Fault(Exception):  # noqa: N818 - nobody's error in our code
    """A problem of the machine or of the user's settings, not of our code.

    ``what`` is one sentence without a full stop, ``way_out`` tells what to do, ``detail`` is what
    the failed programme said last.
    """

    def __init__(
        self, what: str, way_out: str, log: "Path | None" = None, detail: str = ""
    ) -> None:
        super().__init__(what)
        self.what, self.way_out, self.log, self.detail = what, way_out, log, detail

    def __str__(self) -> str:
        log = f" (log: {self.log})" if self.log else ""
        return f"{self.what}. {self.way_out}{log}"


# (words in the output of a failed programme, what happened, the way out); first match wins
_SIGNS = (
    (
        ("no space left on device", "enospc", "not enough free space"),
        "The disk is full",
        "Free some space (see README, needs) and run the command again",
    ),
    (
        (
            "unable to get local issuer",
            "self-signed certificate",
            "self signed certificate",
            "certificate verify failed",
            "certificate verification failed",
        ),
        "A server's certificate is not trusted",
        "Install ca-certificates; name your proxy's certificate in PIP_CERT, NODE_EXTRA_CA_CERTS",
    ),
    (
        (
            "could not resolve",
            "temporary failure",
            "name or service not known",
            "network is unreachable",
            "failed to establish a new connection",
            "cannot initiate the connection",
            "unable to connect",
            "connection failed",
            "connection timed out",
            "connection refused",
            "enotfound",
            "eai_again",
            "failed to fetch",
        ),
        "There is no network (or a proxy is needed)",
        "Check the connection, set http_proxy/https_proxy if you have a proxy, and run it again",
    ),
    (
        ("is expired (invalid since", "is not valid yet"),
        "The Debian mirror's lists are out of date, or this machine's clock is wrong",
        "Check the clock, or set HOTLINE_DEBIAN_MIRROR to another mirror",
    ),
    (
        ("no matching distribution found",),
        "The Python package index does not have a pinned package",
        "Check pip's index (pip config list); it must carry what requirements/ names",
    ),
    (
        ("permission denied",),
        "A file or folder may not be written",
        "Run the command as the owner of this folder",
    ),
)


def explain(programme: str, output: str, log: "Path | None" = None) -> Fault:
    """Turn the output of a failed programme into a fault that a person can act on."""
    text = output.lower()
    last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "")
    for words, what, way_out in _SIGNS:
        if any(word in text for word in words):
            return Fault(what, f"{way_out}; {programme} failed", log, last)
    way_out = "Run it again; if it stays, see the log"
    return Fault(f"{programme} failed: {last[:300]}", way_out, log, last)


def from_oserror(error: OSError) -> "Fault | None":
    """A fault for the errors of the system a person can do something about, else None."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return explain("Writing a file", "no space left on device")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and error.filename:
        return Fault(f"{error.filename} may not be written", "Run it as the owner of this folder")
    return None

"""What can go wrong between the connector and the PBX: a code for the screens, a text for the log.

The words an operator or an administrator reads are made in Odoo from the code.
"""

from __future__ import annotations


class Fault(Exception):  # noqa: N818  # as in "a fault on the line"
    """A fault with its code."""

    code = "error"

    def __str__(self) -> str:
        """Return code and text: what `last_error` of the PBX holds."""
        return f"{self.code}: {super().__str__()}" if self.args else self.code


class Unreachable(Fault):
    """No host, no route, no answer: is the PBX running, is the address right?"""

    code = "unreachable"


class Refused(Fault):
    """The host is there, nobody listens at the port: is AMI enabled, is the port right?"""

    code = "refused"


class NotAmi(Fault):
    """Something else answers at this port."""

    code = "not_ami"


class WrongSecret(Fault):
    """The PBX knows no such account with this secret from this address."""

    code = "wrong_secret"


class Lost(Fault):
    """The connection ended: closed by the PBX, cut, or silent for too long."""

    code = "lost"


class Denied(Fault):
    """The account lacks the right to this action."""

    code = "denied"


class Failed(Fault):
    """The PBX answered that it will not do this."""

    code = "failed"


class Unknown(Fault):
    """The action was sent and its end is not known: it must never be sent again."""

    code = "unknown"


class Silent(Unknown):
    """The action was sent, the connection stands, no answer came in time."""

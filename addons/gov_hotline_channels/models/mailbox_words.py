"""What a mail server refused with, in words for whoever connects the mailbox."""

import poplib
import re
from imaplib import IMAP4
from socket import gaierror
from ssl import SSLError

from odoo.tools import exception_to_unicode

from .mailbox import NotStoredError

_BYTES = re.compile(r"""^b(['"])(.*)\1$""", re.DOTALL)
_SIGN_IN = re.compile(r"authenticat|credential|login|password|\bauth\b", re.IGNORECASE)


def refusal(env, error):
    """Return what went wrong with a talk, and below it the server's own answer, if it has one."""
    if isinstance(error, NotStoredError):
        return str(error)
    answer = _answer(error)
    return "\n".join(filter(None, [_reason(env, error, answer), answer]))


def _reason(env, error, answer):
    if isinstance(error, gaierror | UnicodeError):
        return env._("There is no server of this name: check the name.")
    if isinstance(error, SSLError):
        return env._("No secure connection: check the port and whether SSL/TLS is to be used.")
    if isinstance(error, IMAP4.error | poplib.error_proto) and _SIGN_IN.search(answer):
        return env._("The server did not accept the login and the password.")
    if isinstance(error, IMAP4.abort | OSError):
        return env._("The server does not answer: check its name and port, and the network.")
    return env._("The server answered with a refusal.")


def _answer(error):
    """Return the server's words without Python's quotes around bytes.

    What this machine's own network says (English, a number) adds nothing to the reason.
    """
    if isinstance(error, OSError | UnicodeError):
        return ""
    text = exception_to_unicode(error).strip()
    found = _BYTES.match(text)
    return found[2] if found else text

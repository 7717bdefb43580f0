"""Headers of a mail on their way: a long Russian subject or name arrives with all its spaces.

The standard library (up to Python 3.13 at least) folds a long header between two encoded words and
puts the space between them as it is: a reader drops white space there (RFC 2047, 6.2), and
«вопросу В-2» arrives as «вопросуВ-2». Here the text is encoded as a whole, spaces inside.
"""

from __future__ import annotations

from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy
from typing import Final

LINE: Final = 76  # characters of a line with encoded words at most (RFC 2047, 2)
# Never folded nor encoded: mail servers rewrite a folded Message-ID and the thread is lost.
IDENTIFIERS: Final = frozenset({"message-id", "in-reply-to", "references", "resent-msg-id"})


class MailPolicy(EmailPolicy):
    """SMTP's policy with subjects and names encoded whole and identifiers kept in one line."""

    def _fold(self, name: str, value: str, refold_binary: bool = False) -> str:
        if name.lower() in IDENTIFIERS:
            return f"{name}: {' '.join(str(value).split())}{self.linesep}"
        if str(value).isascii():
            return super()._fold(name, value, refold_binary)
        if name.lower() == "subject":
            return self._line(name, encoded(str(value), name))
        if getattr(value, "addresses", ()):
            return self._line(name, ",\n ".join(_address(one, name) for one in value.addresses))
        return super()._fold(name, value, refold_binary)

    def _line(self, name: str, value: str) -> str:
        return f"{name}: {value}".replace("\n", self.linesep) + self.linesep


def encoded(text: str, name: str = "Subject") -> str:
    """`text` in encoded words of UTF-8, lines parted by a line feed and a space."""
    return Header(text, "utf-8", LINE, name).encode(linesep="\n")


def _address(address: Address, name: str) -> str:
    """An address with its display name encoded whole, where it is not ASCII."""
    if address.display_name.isascii():
        return str(address)
    return f"{encoded(address.display_name, name)}\n <{address.addr_spec}>"


POLICY: Final = MailPolicy(linesep="\r\n")

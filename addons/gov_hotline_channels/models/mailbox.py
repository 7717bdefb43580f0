"""A mailbox as it is fetched: the size is asked before the content, nothing is marked or deleted
before it is stored.

Odoo's own connection marks a letter as seen by fetching it and again after any failure: a process
that dies in between loses the letter from sight. These stand in its place, with its methods.
"""

import re
from imaplib import IMAP4
from poplib import error_proto

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class NotStoredError(Exception):
    """Letters that were fetched could not be stored: they stay new in the mailbox."""


class Fetched(bytes):
    """A letter as fetched. `size`: at the server; `is_head`: over the limit, only its head is here;
    `mailbox`: the server's record; `stored` is set by whoever has it in the database."""

    size = 0
    is_head = False
    mailbox = None
    stored = False


class Mailbox:
    """One talk with a mail server: `connection` as Odoo made it, `limit` in bytes."""

    def __init__(self, server, connection, limit):
        self._server = server
        self._connection = connection
        self._limit = limit
        self._waiting = []
        self._last = None
        self._lost = 0

    def retrieve_unread_messages(self):
        """Yield (number, Fetched); raise NotStoredError at the end if some could not be stored."""
        for number in self._waiting:
            letter = self._fetch(number)
            if letter is not None:
                self._last = letter
                yield number, letter
        if self._lost:
            raise NotStoredError(
                self._server.env._(
                    "%(count)s letters could not be stored; they are fetched again next time.",
                    count=self._lost,
                )
            )

    def handled_message(self, number):
        """Mark a letter as handled, if it is stored: Odoo calls this after failures too."""
        if self._last.stored:
            self._mark(number, self._last)
        else:
            self._lost += 1

    def _letter(self, content, size, is_head):
        letter = Fetched(content)
        letter.size, letter.is_head, letter.mailbox = size, is_head, self._server
        return letter


class ImapMailbox(Mailbox):
    """IMAP: letters are read without marking them; by UID, as others may delete meanwhile."""

    def check_unread_messages(self):
        """Return how many letters are new."""
        self._ask(self._connection.select())
        found = self._ask(self._connection.uid("SEARCH", None, "UNSEEN"))
        self._waiting = found[0].split() if found and found[0] else []
        return len(self._waiting)

    def _fetch(self, number):
        size = self._size(number)
        if size is None:
            return None  # somebody deleted it meanwhile
        is_head = size > self._limit
        part = "(BODY.PEEK[HEADER])" if is_head else "(BODY.PEEK[])"
        answer = self._ask(self._connection.uid("FETCH", number, part))
        content = next((item[1] for item in answer if isinstance(item, tuple)), None)
        return None if content is None else self._letter(content, size, is_head)

    def _size(self, number):
        answer = self._ask(self._connection.uid("FETCH", number, "(RFC822.SIZE)"))
        text = b" ".join(item for item in answer if isinstance(item, bytes))
        found = _SIZE.search(text)
        return int(found[1]) if found else None

    def _mark(self, number, _letter):
        self._ask(self._connection.uid("STORE", number, "+FLAGS", "(\\Seen)"))

    def _ask(self, answer):
        status, data = answer
        if status != "OK":
            raise IMAP4.error(data)
        return data

    def disconnect(self):
        """Say goodbye."""
        self._connection.logout()


class PopMailbox(Mailbox):
    """POP3: what is stored is deleted there; a letter over the limit stays, its head is taken."""

    def check_unread_messages(self):
        """Return how many letters the mailbox holds."""
        _answer, lines, _octets = self._connection.list()
        self._waiting = [tuple(map(int, line.split()[:2])) for line in lines]
        return len(self._waiting)

    def _fetch(self, number):
        which, size = number
        is_head = size > self._limit
        try:
            answer = self._connection.top(which, 0) if is_head else self._connection.retr(which)
        except error_proto:
            return None  # somebody deleted it meanwhile
        return self._letter(b"\r\n".join(answer[1]) + b"\r\n", size, is_head)

    def _mark(self, number, letter):
        if not letter.is_head:
            self._connection.dele(number[0])

    def disconnect(self):
        """Say goodbye: only now the server deletes."""
        self._connection.quit()

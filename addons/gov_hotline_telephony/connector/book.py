"""What a batch of calls needs to look up: lines, queues, operators, citizens. Read once a batch."""

from __future__ import annotations

from functools import cached_property

from odoo.api import Environment

from odoo.addons.gov_hotline.domain import phones

from ..domain import call_rows
from ..domain.snapshots import Snapshot


class Book:
    """Look-ups of one batch; each table is read at most once, however many calls there are."""

    def __init__(self, env: Environment, pbx_id: int, numbers: set[str]) -> None:
        """Take the numbers of the other side, as the PBX wrote them."""
        self.env = env
        self.pbx = env["hotline.pbx"].browse(pbx_id)
        self._numbers = numbers
        self._operators: dict[str, int | None] = {}

    @cached_property
    def users(self) -> dict[str, int]:
        """{interface: id of the user at this telephone}."""
        return self.pbx._users_by_interface()

    def operator(self, interface: str) -> int | None:
        """Return the operator at a telephone: an expert may talk, the call is not theirs."""
        if interface not in self._operators:
            self._operators[interface] = self._operator(interface)
        return self._operators[interface]

    def _operator(self, interface: str) -> int | None:
        user = self.users.get(interface)
        if user is None:
            return None
        known = self.env["res.users"].browse(user)
        return user if known.has_group("gov_hotline.group_operator") else None

    @cached_property
    def _queues(self) -> dict[str, tuple[int, int, int]]:
        queues = self.env["hotline.queue"].with_context(active_test=False).search([])
        return {one.code: (one.id, one.line_id.id, one.company_id.id) for one in queues}

    @cached_property
    def _lines(self) -> dict[str, tuple[int, int]]:
        lines = self.env["hotline.line"].search_fetch([("phone", "!=", False)], ["company_id"])
        return {call_rows.digits(one.phone): (one.id, one.company_id.id) for one in lines}

    def queue(self, call: Snapshot) -> int | None:
        """Return the queue of a call."""
        return self._queues.get(call.queue, (None,))[0]

    def bodies(self, queue: str) -> set[int]:
        """Return the bodies whose operators see who waits in a queue."""
        _queue, line, company = self._queues.get(queue, (None, None, None))
        of_line = self.env["hotline.line"].browse(line or ()).company_id.id
        return {company or self.pbx.company_id.id, of_line or self.pbx.company_id.id}

    def place(self, call: Snapshot) -> tuple[int | None, int]:
        """Return (line, body): by the number dialled, else by the queue, else of the PBX."""
        line, company = self._lines.get(call_rows.digits(call.line), (None, None))
        if line is None:
            _queue, line, company = self._queues.get(call.queue, (None, None, None))
        if line and not company:
            company = self.env["hotline.line"].browse(line).company_id.id
        return line or None, company or self.pbx.company_id.id

    @cached_property
    def _people(self) -> dict[str, list[tuple[str, int, int]]]:
        """{number: [(kind, citizen, body)]} of the numbers that may be somebody's."""
        known = [phone.e164 for phone in map(phones.normalise, self._numbers) if phone.e164]
        self.env.cr.execute(
            """
            SELECT phone.number, phone.kind, person.id, person.company_id
              FROM hotline_phone phone
         LEFT JOIN res_partner person ON person.id = phone.partner_id
                                     AND person.hotline_kind = 'citizen' AND person.active
             WHERE phone.number = ANY(%s)
            """,
            [known],
        )
        found: dict[str, list[tuple[str, int, int]]] = {}
        for number, kind, person, company in self.env.cr.fetchall():
            found.setdefault(number, []).append((kind, person, company))
        return found

    def citizen(self, call: Snapshot, company: int) -> int | None:
        """Return whose number it is: only a personal one that exactly one person has."""
        rows = self._people.get(phones.normalise(call.citizen_number).e164 or "", [])
        if any(kind != "personal" for kind, _person, _body in rows):
            return None
        people = {person for _kind, person, body in rows if person and body in (None, company)}
        return people.pop() if len(people) == 1 else None

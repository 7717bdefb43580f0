import json
from urllib.parse import parse_qsl, urlsplit

from .fake_service import FakeService

AS_OF = "2026-11-22T09:45:00+03:00"
ITEMS = (
    {
        "key": "a1", "number": "15-01/1", "filed_on": "2026-11-02",
        "applicant_name": "Иванова Мария Петровна", "applicant_address": "Ленина 15-3",
        "state": "На рассмотрении", "due_on": "2026-12-02",
    },
    {"key": "a2", "number": "15-01/2", "filed_on": "2026-11-03", "applicant_name": "Ким Олег",
     "state": "Дан ответ", "outgoing_number": "15-07/8"},
)  # fmt: skip


class DocumentSystem(FakeService):
    """A fake document system on a socket of this machine; it fails the ways that they fail.

    `pages`: {page: items}; `answer`: None for the pages, (status, body), «hang» (no answer), «half»
    (the answer is cut in the middle). `asked`: (query, headers) of all it was asked.
    """

    def __init__(self, token="f1e2d3c4"):
        self.token, self.asked, self.answer = token, [], None
        self.as_of, self.pages, self.gone = AS_OF, {"1": ITEMS}, None
        super().__init__("GET", "appeals?org=7")

    def _serve(self, handler):
        query = dict(parse_qsl(urlsplit(handler.path).query))
        self.asked.append((query, dict(handler.headers)))
        if self.answer == "hang":
            self._hang(handler)
        elif self.answer == "half":
            self._half(handler)
        elif self.answer:
            self._reply(handler, *self.answer)
        elif handler.headers.get("Authorization") != f"Bearer {self.token}":
            self._reply(handler, 401, b"{}")
        else:
            self._reply(handler, 200, self._page(query["page"]))

    def _page(self, page):
        following = str(int(page) + 1)
        told = {"as_of": self.as_of, "items": self.pages.get(page, ())}
        told |= {} if self.gone is None else {"gone": self.gone}
        return json.dumps({**told, "next": following if following in self.pages else None}).encode()

"""What Odoo knows: one POST of JSON with the key of the PBX, two seconds at most."""

import http.client
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

BUDGET = 2.0  # seconds for connection, question and answer together
_MOST = 65_536  # bytes of an answer


class Silent(Exception):  # noqa: N818  # as in "Odoo is silent"
    """Odoo did not answer, or not in time, or not as it should."""


@dataclass(frozen=True)
class Odoo:
    """Where Odoo is and the key it knows the PBX by."""

    url: str
    key: str

    def ask(self, what: str, **values: str) -> dict[str, Any]:
        """Return the answer to a question; Silent where there is none."""
        url = urlsplit(self.url)
        kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        end = time.monotonic() + BUDGET
        connection = kind(url.hostname or "", url.port, timeout=BUDGET)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
        try:
            connection.request(
                "POST", f"{url.path.rstrip('/')}/hotline/ivr/{what}", json.dumps(values), headers
            )
            connection.sock.settimeout(max(0.05, end - time.monotonic()))
            answer = connection.getresponse()
            told = json.loads(answer.read(_MOST)) if answer.status == 200 else None
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise Silent(f"{what}: {error}") from error
        finally:
            connection.close()
        if not isinstance(told, dict) or not told.get("result"):
            raise Silent(f"{what}: HTTP {answer.status}")
        return told

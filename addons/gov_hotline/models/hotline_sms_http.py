import http.client
import json
from urllib.parse import urlsplit

from odoo import api, models

from ..domain import mails, sms
from .hotline_outbox_send import NOT_SET_UP, Outcome

CONNECT, ANSWER = 10, 30  # seconds
MOST = 65_536  # bytes of an answer that are read


class HotlineSmsHttp(models.AbstractModel):
    """A gateway that takes one SMS as JSON by POST and answers with JSON.

    Sent: {"to", "text", "sender", "id"} with «Authorization: Bearer» and «Idempotency-Key».
    Taken: 2xx with {"id": …}. What its answers mean: domain/sms.py.
    """

    _name = "hotline.sms.http"
    _inherit = "hotline.sms.provider"
    _description = "SMS by an HTTP gateway"

    @api.model
    def _send(self, company, to, text, key):
        company = company.sudo()  # sudo: the key of the gateway is the administrator's
        url = urlsplit(company.hotline_sms_url or "")
        if not url.hostname:
            return Outcome("delay", NOT_SET_UP)
        message = {"to": to, "text": text, "sender": company.hotline_sms_sender or "", "id": key}
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        if company.hotline_sms_token:
            headers["Authorization"] = f"Bearer {company.hotline_sms_token}"
        found = _talk(url, json.dumps(message).encode(), headers)
        return Outcome(found.act, found.why, url.hostname, found.wait, found.reference)


def _talk(url, body, headers):
    """Post `body` to `url`; return a Verdict. Once the request has begun to travel, a broken talk
    means that nobody knows its fate; before that nothing left."""
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = None
    try:
        connection = kind(url.hostname, url.port, timeout=CONNECT)
        connection.connect()
    except (OSError, ValueError, http.client.HTTPException) as error:
        return sms.Verdict("delay", _words(error))
    try:
        connection.sock.settimeout(ANSWER)
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        told = answer.read(MOST)
        return sms.verdict(answer.status, told, answer.getheader("Retry-After") or "")
    except (OSError, ValueError, http.client.HTTPException) as error:
        return sms.Verdict("lose", _words(error))
    finally:
        connection.close()


def _words(error):
    return mails.reply_words(str(error) or type(error).__name__)

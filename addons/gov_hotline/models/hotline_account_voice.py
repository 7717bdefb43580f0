from odoo import api, models
from odoo.fields import Domain

from ..domain import search_words
from . import search_sql

LOOKED_AT = 50
SERIAL_END = 3


class HotlineAccount(models.Model):
    """Readings by the keys of a telephone: what a voice menu calls (D8).

    No telephone is joined yet: `gov_hotline_telephony` is to call these as the system. Whoever
    dials a number may be anybody: neither holder nor address nor an earlier reading is told.
    """

    _inherit = "hotline.account"

    @api.model
    def _dialled(self, digits, provider=None):
        """Return the open account whose number has these digits, its other signs apart.

        Empty where there is none, and where several companies have one: the menu then asks for the
        company (`provider`, res.partner) or gives the call to an operator.
        """
        code = "".join(filter(str.isdecimal, digits or ""))
        if len(code) < search_words.LONG_NUMBER:
            return self.browse()
        self.flush_model(["search_words"])
        domain = Domain.custom(
            to_sql=lambda _model, alias, _query: search_sql.condition(
                alias, search_words.search_text([[(code, False)]])
            )
        ) & Domain("state", "=", "open")
        if provider:
            domain &= Domain("provider_id", "child_of", provider.commercial_partner_id.id)
        found = self.sudo().search(domain, limit=LOOKED_AT)  # sudo: the menu has no user
        found = found.filtered(lambda one: "".join(filter(str.isdecimal, one.number)) == code)
        return found if len(found) == 1 else self.sudo().browse()

    @api.model
    def _voice_meters(self, digits, provider=None):
        """Return {account: id or False, meters: [{meter: id, key: 1…, words}]} for the menu to say.

        `words`: service, place and the end of the serial number.
        """
        account = self._dialled(digits, provider)
        meters = [
            {"meter": meter.id, "key": key, "words": meter._voice_words()}
            for key, meter in enumerate(account.meter_ids, 1)
        ]
        return {"account": account.id, "meters": meters}

    @api.model
    def _voice_reading(self, digits, meter, value, *, reason="", call=None, provider=None):
        """Take one reading by account number and meter's id; return a line of `_submit_readings`.

        `value`: digits as keyed, a star for the comma. `call`: hotline.call of the talk. A number
        that fits no account, or a meter of another one: code "unknown", nothing is kept.
        """
        account = self._dialled(digits, provider)
        if meter not in account.meter_ids.ids:
            words = self.env._("There is no such account or meter. Wait for an operator")
            return {
                "meter": meter,
                "accepted": False,
                "code": "unknown",
                "words": words,
                "reasons": [],
                "reading": False,
            }
        line = {
            "meter": meter,
            "value": (value or "").replace("*", ","),
            "source": "ivr",
            "reason": reason,
            "call": call.id if call else False,
        }
        (told,) = account._submit_readings([line])
        return self._said_to_holder(told)


class HotlineMeter(models.Model):
    _inherit = "hotline.meter"

    def _voice_words(self):
        """Return what the menu calls the meter; the serial number by its last signs alone."""
        end = (self.serial or "")[-SERIAL_END:]
        told = self.env._("number ends in %(end)s", end=end) if end else ""
        return ", ".join(filter(None, (self.service_id.name, self.place, told)))

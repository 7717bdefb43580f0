from odoo import api, models
from odoo.tools import SQL

from odoo.addons.gov_hotline.domain import lookup, status_words
from odoo.addons.gov_hotline.models.hotline_status import FOUND, INCOMPLETE, NOT_FOUND, WAIT

from ..domain import ivr

CANDIDATES = 20


class HotlineStatus(models.AbstractModel):
    """A case by the keys of a telephone, which have no letters."""

    _inherit = "hotline.status"

    @api.model
    def _spoken_by_keys(self, typed, code, phone):
        """Return {"result", "words"} as `_spoken_by_code`, for a number keyed by its digits alone.

        Of several cases with these digits the code tells which. Attempts are counted by the digits.
        """
        number, code = ivr.digits(typed), ivr.digits(code)
        if not number or not code:
            return self._refusal(INCOMPLETE)
        who = lookup.phone_key(phone)
        attempts = self.env["hotline.status.attempt"].sudo()  # sudo: the menu has no user
        if attempts._admit(number, who):
            return self._refusal(WAIT)
        case = self._by_digits_and_code(number, code)
        if not case:
            return self._refusal(NOT_FOUND)
        attempts._forgive(number, who)
        return {"result": FOUND, "words": list(status_words.short(self._facts(case)))}

    @api.model
    def _refusal(self, result):
        return {"result": result, "words": list(status_words.REFUSALS[result])}

    @api.model
    def _by_digits_and_code(self, number, code):
        """Return the case, as sudo, or none; as many comparisons whichever is wrong."""
        cases = self.env["helpdesk.ticket"].sudo()  # sudo: number and code are the key
        cases.flush_model(["number_key", "state"])
        rows = self.env.execute_query(
            SQL(
                "SELECT number_key FROM helpdesk_ticket"
                " WHERE number_key = ANY(%s) AND state <> 'draft' LIMIT %s",
                list(ivr.number_keys(number)),
                CANDIDATES,
            )
        )
        found = cases.browse()
        for (key,) in rows or [(number,)]:
            found |= cases._by_number_and_code(key, code)
        return found[:1]

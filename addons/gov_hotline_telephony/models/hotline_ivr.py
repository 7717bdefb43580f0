import hashlib
import secrets

from odoo import api, fields, models

from odoo.addons.gov_hotline.domain import lookup, phones

from ..domain import ivr

FOUND, NOT_FOUND, WAIT = "found", "not_found", "wait"
ACCOUNT = "account"  # set before the digits of an account, so that they are no number of a case


class HotlinePbx(models.Model):
    """What the voice menu of this PBX may ask: its key, and the answers.

    Whoever dials may be anybody: state and term of a case for number and code, hours; never a name,
    an address, the content, an earlier reading.
    """

    _inherit = "hotline.pbx"

    # The digest: whoever reads the database cannot ask with it.
    ivr_key_hash = fields.Char(string="Key of the voice", groups=fields.NO_ACCESS, copy=False)
    ivr_key_made_at = fields.Datetime(
        string="Key of the voice made", readonly=True, copy=False, help="Older ones do not work."
    )

    _ivr_key_uniq = models.UniqueIndex(
        "(ivr_key_hash) WHERE ivr_key_hash IS NOT NULL", "This key is another PBX's."
    )

    def action_make_ivr_key(self):
        """Make a new key of the voice and show it, this once; the old one works no more."""
        self.ensure_one()
        self._require_administrator()
        key = secrets.token_urlsafe(32)
        # sudo: the digest is a column nobody reads or writes
        self.sudo().write(
            {"ivr_key_hash": self._ivr_digest(key), "ivr_key_made_at": fields.Datetime.now()}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Key of the voice"),
            "res_model": "hotline.pbx.key",
            "view_mode": "form",
            "target": "new",
            "context": {"default_key": key},
        }

    @api.model
    def _ivr_digest(self, key):
        """Return the digest of a key; it is long and random, so a plain one is enough."""
        return hashlib.sha256(key.encode()).hexdigest()

    @api.model
    def _by_ivr_key(self, key):
        """Return the PBX of this key, or none."""
        if not key:
            return self.browse()
        return self.search([("ivr_key_hash", "=", self._ivr_digest(key))], limit=1)

    def _ivr_answer(self, what, asked):
        """Return {"result", "words"} of a question, None for one that there is not."""
        self.ensure_one()
        here = self.with_company(self.company_id).with_context(lang="ru_RU")
        answers = {
            "hello": here._ivr_hello,
            "hours": here._ivr_hours,
            "status": here._ivr_status,
            "meters": here._ivr_meters,
            "reading": here._ivr_reading,
            "alive": here._ivr_alive,
        }
        return answers[what](asked) if what in answers else None

    def _ivr_line(self, asked):
        """Return the line that was dialled; the queue's where no line has that number."""
        dialled = phones.normalise(asked.get("line"))
        wanted = {dialled.e164, asked.get("line")} - {None, "", False}
        lines = self.env["hotline.line"].search([("company_id", "=", self.company_id.id)])
        found = lines.filtered(
            lambda one: {one.phone, phones.normalise(one.phone).e164} & wanted if one.phone else 0
        )
        return found[:1] or self.queue_ids.line_id[:1]

    def _ivr_hello(self, asked):
        return self._ivr_line(asked)._voice_hello()

    def _ivr_hours(self, asked):
        return {"result": FOUND, "words": [self._ivr_line(asked)._voice_hours_words()]}

    def _ivr_phone(self, asked):
        return phones.normalise(asked.get("phone")).e164 or ""

    def _ivr_status(self, asked):
        return self.env["hotline.status"]._spoken_by_keys(
            asked.get("number"), asked.get("code"), self._ivr_phone(asked)
        )

    def _ivr_meters(self, asked):
        """Return how many meters the account has, and the choice in words if several.

        Numbers of accounts can be tried one by one: wrong ones are counted as codes are.
        """
        attempts = self.env["hotline.status.attempt"].sudo()  # sudo: the menu has no user
        code, who = ivr.digits(asked.get("account")), lookup.phone_key(self._ivr_phone(asked))
        if attempts._admit(f"{ACCOUNT} {code}", who):
            return {"result": WAIT, "words": []}
        meters = self._ivr_meter_rows(code)
        if not meters:
            return {"result": NOT_FOUND, "words": []}
        attempts._forgive(f"{ACCOUNT} {code}", who)
        words = ivr.meter_choice(one["words"] for one in meters) if len(meters) > 1 else ()
        return {"result": FOUND, "meters": len(meters), "words": list(words)}

    def _ivr_meter_rows(self, code):
        # sudo: the menu has no user; the method tells nothing personal
        return self.env["hotline.account"].sudo()._voice_meters(code)["meters"]

    def _ivr_reading(self, asked):
        """Take a reading by the account's digits and the meter's key.

        One that is less than before, or far more, is asked about: the caller says by a key why it
        is right all the same, and the same question comes again with that key as its reason.
        """
        code, key = ivr.digits(asked.get("account")), asked.get("meter") or ""
        meter = next((one for one in self._ivr_meter_rows(code) if str(one["key"]) == key), None)
        if not meter:
            return {"result": NOT_FOUND, "words": []}
        told = self._ivr_hand_in(code, meter, asked)
        reason = ivr.chosen(asked.get("reason"), self._ivr_reasons(told))
        if reason:
            told = self._ivr_hand_in(code, meter, asked, reason)
        if told["accepted"]:
            return {"result": "accepted", "words": []}
        reasons = self._ivr_reasons(told)
        if reasons:
            return {"result": "asks", "words": list(ivr.reason_choice(told["code"], reasons))}
        return {"result": "refused", "words": list(ivr.reading_words(told["code"]))}

    def _ivr_hand_in(self, code, meter, asked, reason=""):
        accounts = self.env["hotline.account"].sudo()  # sudo: no user; the method checks the meter
        call = self._ivr_call(asked)
        value = asked.get("value")
        return accounts._voice_reading(code, meter["meter"], value, reason=reason, call=call)

    @api.model
    def _ivr_reasons(self, told):
        """Return which reasons would make a refused reading right."""
        return [reason for reason, _words in told["reasons"]]

    def _ivr_call(self, asked):
        """Return the call, where the connector has written it already."""
        domain = [("pbx_id", "=", self.id), ("linkedid", "=", asked.get("call") or "-")]
        return self.env["hotline.call"].sudo().search(domain, limit=1)  # sudo: no user

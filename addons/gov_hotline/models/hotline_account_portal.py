from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..domain import clock
from ..domain import readings as rules


class HotlineAccount(models.Model):
    """A citizen's own accounts at the portal: values for templates (D8).

    Citizens have no access to accounts: the pages take the own ones by `_own_domain` as the
    system, and readings go by `_submit_readings`, as an operator's do.
    """

    _inherit = "hotline.account"

    @api.model
    def _own_domain(self):
        """Return the domain of the accounts of the signed-in citizen's card, and no one else's."""
        return Domain("holder_id", "=", self.env.user.partner_id.id)

    def _own_row(self):
        """Return a line of the citizen's list."""
        last = max((one.last_on for one in self.meter_ids if one.last_on), default=None)
        return {
            "id": self.id,
            "number": self.number,
            "address": self.address or "",
            "provider": self.provider_id.name,
            "is_open": self.state == "open",
            "has_meters": bool(self.meter_ids),
            "last_on": self._day(last),
        }

    def _own_card(self, told=(), typed=None):
        """Return what the citizen's page shows.

        `told`: what `_take_from_holder` returned; `typed`: the form as it was sent.
        """
        by_meter = {one["meter"]: one for one in told}
        return {
            **self._own_row(),
            "services": ", ".join(self.service_ids.mapped("name")),
            "today": self._day(self.env.company._hotline_today()),
            "meters": [
                meter._own_row(by_meter.get(meter.id), typed or {}) for meter in self.meter_ids
            ],
        }

    def _take_from_holder(self, typed):
        """Take the readings of a form sent by the citizen; return what became of each line.

        `typed`: {"value_7": text, "reason_7": code, "corrects_7": anything} for meter 7. Lines
        left empty are passed over. The day is today.
        """
        lines = [
            {
                "meter": meter.id,
                "value": value,
                "source": "portal",
                "reason": typed.get(f"reason_{meter.id}"),
                "corrects": meter._own_last().id if typed.get(f"corrects_{meter.id}") else False,
            }
            for meter in self.meter_ids
            if (value := (typed.get(f"value_{meter.id}") or "").strip())
        ]
        return [self._said_to_holder(one) for one in self._submit_readings(lines)]

    @api.model
    def _said_to_holder(self, told):
        """Return `told` in words for whoever reads the meter at home."""
        if told["code"] != "too_much":
            return told
        words = self.env._(
            "This is more than ten times your usual month. Look at the meter once more; if the "
            "figures are right, say why"
        )
        return {**told, "words": words}

    def _receipt_rows(self, ids):
        """Return what was taken: the readings of `ids` that this user handed in at the portal."""
        domain = [
            ("id", "in", ids),
            ("account_id", "=", self.id),
            ("user_id", "=", self.env.uid),
            ("source", "=", "portal"),
        ]
        return [one._receipt_row() for one in self.env["hotline.reading"].search(domain)]

    @api.model
    def _day(self, day):
        return format_date(self.env, day, date_format="dd.MM.yyyy") if day else ""


class HotlineMeter(models.Model):
    _inherit = "hotline.meter"

    def _own_last(self):
        """Return the last reading if this user handed it in at the portal: it may be corrected."""
        last = self.last_reading_id
        return last if last.source == "portal" and last.user_id.id == self.env.uid else last[:0]

    def _own_row(self, told, typed):
        """Return a line of the citizen's form; what was taken is empty again."""
        taken = bool(told and told["accepted"])
        return {
            "id": self.id,
            "name": self.display_name,
            "unit": self.service_id.unit or "",
            "last": rules.shown(self.last_value) if self.last_on else "",
            "last_on": self.account_id._day(self.last_on),
            "verified_until": self.account_id._day(self.verified_until),
            "is_unverified": bool(
                self.verified_until and self.verified_until < self.env.company._hotline_today()
            ),
            "can_correct": bool(self._own_last()),
            "value": "" if taken else typed.get(f"value_{self.id}") or "",
            "reason": typed.get(f"reason_{self.id}") or "",
            "told": told,
        }


class HotlineReading(models.Model):
    _inherit = "hotline.reading"

    def _receipt_row(self):
        """Return a line of the receipt; the moment is of the body's clock."""
        taken_at = clock.body_time(self.create_date, self.env.company.hotline_tz)
        return {
            "number": self.id,
            "meter": self.meter_id.display_name,
            "value": f"{rules.shown(self.value)} {self.service_id.unit or ''}".strip(),
            "read_on": self.account_id._day(self.read_on),
            "taken_at": taken_at.strftime("%d.%m.%Y %H:%M"),
        }

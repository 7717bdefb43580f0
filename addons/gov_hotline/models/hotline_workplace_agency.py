from odoo import api, models

from ..domain import phones

AGENCIES_SHOWN = 500
PHONES_SHOWN = 3
TYPED = 200  # characters of a question


class ResPartner(models.Model):
    """The directory as the operator's screen shows it."""

    _inherit = "res.partner"

    @api.model
    def _agencies_for_workplace(self):
        """Return [{id, name, names, competence, phone, phones, is_open, hours, week}]."""
        agencies = self.search_fetch(
            [("hotline_kind", "=", "agency")],
            ["name", "phone", "hotline_competence", "hotline_other_names", "hotline_opening_ids"],
            order="name",
            limit=AGENCIES_SHOWN,
        )
        return [agency._agency_vals() for agency in agencies]

    def _agency_vals(self):
        known = bool(self.hotline_hours_now)
        numbers = self._agency_phones()
        return {
            "id": self.id,
            "name": self.name,
            "names": self.hotline_other_names or "",
            "competence": self.hotline_competence or "",
            "phone": numbers[0]["number"] if numbers else "",
            "phones": numbers,
            "is_open": self.hotline_is_open if known else None,
            "hours": self.hotline_hours_now,
            "week": self.hotline_hours_text,
        }

    def _agency_phones(self):
        """Return [{number, note}]: the main one first, then the others of the card."""
        main = phones.normalise(self.phone).e164
        found = [{"number": phones.on_paper(self.phone), "note": ""}] if self.phone else []
        found += [
            {"number": phones.on_paper(one.number), "note": one.note or ""}
            for one in self.hotline_phone_ids
            if one.number != main
        ]
        return found[:PHONES_SHOWN]


class HotlineWorkplace(models.AbstractModel):
    """Whose question the talk is about."""

    _inherit = "hotline.workplace"

    @api.model
    def whose(self, call_id, topic_id=False):
        """Return [{id, why}] of the agencies to send the caller to, best first.

        By the topic on the screen and the place the talk is about, if it is known.
        """
        call = self._own_open_call(call_id)
        topic = self.env["hotline.topic"].browse(topic_id or []).exists()
        found = self.env["hotline.competence"]._whose(topic, place=call.object_id)
        return [{"id": agency.id, "why": why} for agency, why in found]

    @api.model
    @api.readonly
    def whose_words(self, text, object_id=False):
        """Return [{id, why}] of the agencies whose question it is in the caller's own words.

        «Яма на дороге»: the topic that is called so, and who answers for it. `object_id`: what the
        talk is about, if it is known.
        """
        self._check_operator()
        topics = self.env["hotline.topic"]._by_callers_words((text or "")[:TYPED])
        place = self.env["hotline.object"].browse(object_id or []).exists()
        found = self.env["hotline.competence"]._whose_topics(topics, place)
        return [
            {"id": agency.id, "why": self.env._("by topic «%(topic)s»", topic=topic.name)}
            for agency, topic in found
        ]

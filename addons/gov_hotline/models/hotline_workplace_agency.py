from odoo import api, models
from odoo.fields import Domain

from ..domain import phones

AGENCIES_SHOWN = 500
PHONES_SHOWN = 3
TYPED = 200  # characters of a question


class ResPartner(models.Model):
    """The directory as the operator's screen shows it."""

    _inherit = "res.partner"

    @api.model
    def _agencies_for_workplace(self, chosen=()):
        """Return [{id, name, names, competence, phone, phones, is_open, hours, week}].

        `chosen`: ids of companies that open calls are sent to, which are no agencies.
        """
        agencies = self.search_fetch(
            Domain("hotline_kind", "=", "agency") | Domain("id", "in", list(chosen)),
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
        """Return [{id, why, company}] of whom to send the caller to, best first.

        By the topic on the screen and the place the talk is about, if it is known; then who answers
        at the place for some kind of work (D3). `company`: what the directory has of an agency, for
        those that are none; else False.
        """
        call = self._own_open_call(call_id)
        topic = self.env["hotline.topic"].browse(topic_id or []).exists()
        found = dict(self.env["hotline.competence"]._whose(topic, place=call.object_id))
        works = self._works_at(call.object_id)
        for partner, named in works.items():
            words = self.env._("answers here: %(works)s", works=named) if named else ""
            found[partner] = ", ".join(filter(None, (found.get(partner), words)))
        return [
            {"id": one.id, "why": why, "company": self._company_vals(one, works.get(one))}
            for one, why in found.items()
            if why
        ]

    @api.model
    def _works_at(self, place):
        """Return {company: the kinds of work it answers for at `place` today, "" for all}."""
        named = place.answering_ids.grouped("partner_id") if place else {}
        listed = self.env["hotline.competence"]._agency_domain()
        return {
            partner: ", ".join(rows.work_kind_id.mapped("name"))
            for partner, rows in named.items()
            if partner.filtered_domain(listed)
        }

    @api.model
    def _company_vals(self, partner, works):
        """An organisation is found by what it does here, too."""
        if partner.hotline_kind == "agency":
            return False
        vals = partner._agency_vals()
        return {**vals, "names": ", ".join(filter(None, (vals["names"], works)))}

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

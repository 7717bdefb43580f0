from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..domain import addresses, competence
from .res_partner_agency import KINDS

PROPOSED = 5


class HotlineCompetence(models.Model):
    """Whose question it is: an agency answers for a topic, for a territory, or for both."""

    _name = "hotline.competence"
    _description = "Competence of an agency"
    _order = "partner_id, topic_id, territory_id, id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Agency",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('hotline_kind', 'in', ('agency', 'organisation'))]",
    )
    topic_id = fields.Many2one(
        "hotline.topic",
        index=True,
        ondelete="restrict",
        help="With everything below it. Empty: any question of the territory.",
    )
    territory_id = fields.Many2one(
        "hotline.territory",
        index=True,
        ondelete="restrict",
        help="With all its parts. Empty: everywhere.",
    )
    note = fields.Char(help="What to know before sending somebody there.")

    _claim_uniq = models.UniqueIndex(
        "(partner_id, COALESCE(topic_id, 0), COALESCE(territory_id, 0))",
        "This line stands in the directory already.",
    )

    @api.constrains("topic_id", "territory_id")
    def _check_claim(self):
        for one in self:
            if not one.topic_id and not one.territory_id:
                raise ValidationError(
                    self.env._(
                        "«%(agency)s»: choose a topic, a territory, or both.",
                        agency=one.partner_id.name,
                    )
                )

    @api.depends("topic_id.name", "territory_id.name")
    def _compute_display_name(self):
        for one in self:
            told = filter(None, (one.topic_id.name, one.territory_id.name))
            one.display_name = ", ".join(told)

    @api.model
    def _whose(self, topic=None, territory=None, place=None, limit=PROPOSED):
        """Return [(agency, why in words)], best first, that the question may be sent to.

        `topic`, `territory`, `place` (an object): records or nothing; the territory of an object is
        its own. Agencies of the caller's bodies that are not archived.
        """
        territory = territory or (place and place.territory_id) or self.env["hotline.territory"]
        topic = topic or self.env["hotline.topic"]
        words = self._reason_words()
        ranked = self._ranked(topic, territory, place)
        return [(agency, words[reason]) for agency, reason in ranked][:limit]

    @api.model
    def _whose_topics(self, topics, place=None, limit=PROPOSED):
        """Return [(agency, topic)] of those who answer for one of `topics`, best first."""
        territory = (place and place.territory_id) or self.env["hotline.territory"]
        found = {}
        for topic in topics:
            for agency, reason in self._ranked(topic, territory, place):
                if reason in competence.BY_TOPIC:
                    found.setdefault(agency, topic)
        return [*found.items()][:limit]

    @api.model
    def _ranked(self, topic, territory, place):
        """Return [(agency, reason)], best first."""
        responsible = place.responsible_id if place else self.env["res.partner"]
        ranked = competence.rank(
            self._claims(topic), _path(topic), _path(territory), responsible.id or None
        )
        agencies = self.env["res.partner"].browse([one.agency for one in ranked])
        mine = agencies.filtered_domain(self._agency_domain())
        found = zip(agencies, ranked, strict=True)
        return [(one, match.reason) for one, match in found if one in mine]

    @api.model
    def _claims(self, topic):
        """Return the lines that a question of `topic` may fall under."""
        ids = [False, *addresses.above(topic.parent_path)]
        domain = Domain("topic_id", "in", ids) & Domain("partner_id", "any", self._agency_domain())
        rows = self.search_fetch(domain, ["partner_id", "topic_id", "territory_id"])
        return [
            competence.Claim(row.partner_id.id, _path(row.topic_id), _path(row.territory_id))
            for row in rows
        ]

    @api.model
    def _agency_domain(self):
        bodies = [False, *self.env.companies.ids]
        return (
            Domain("hotline_kind", "in", KINDS)
            & Domain("active", "=", True)
            & Domain("company_id", "in", bodies)
        )

    @api.model
    def _reason_words(self):
        """Return {reason: words for an officer or an operator}."""
        return {
            competence.TOPIC_TERRITORY: self.env._("by topic and territory"),
            competence.TOPIC: self.env._("by topic"),
            competence.TOPIC_UNSURE: self.env._("by topic; ask where it is"),
            competence.OBJECT: self.env._("looks after this address"),
            competence.TERRITORY: self.env._("by territory"),
        }


def _path(node):
    """Return the ids from the root to `node`; () for none."""
    return tuple(reversed(addresses.above(node.parent_path)))

import hashlib

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ..domain import similar, transitions

OF_PERSON = 40  # the latest cases of one person that are looked at
OF_TOPIC = 200  # the latest cases of a topic whose words are compared
SHOWN = 5


class HelpdeskTicket(models.Model):
    """«Похожие обращения»: found by citizen, topic and words; proposed, never blocking."""

    _inherit = "helpdesk.ticket"

    similar_cases = fields.Json(compute="_compute_similar_cases")

    @api.depends("partner_id", "topic_id", "appeal_text", "applicant_name", "state")
    @api.depends_context("uid", "lang")
    def _compute_similar_cases(self):
        roles = self._roles()
        for ticket in self:
            wanted = ticket._may_link(roles)
            ticket.similar_cases = ticket._similar_cases() if wanted else []

    def _similar_cases(self):
        """Return [{id, number, name, registered_on, state_label, kind, kind_label, likeness}].

        Best first, at most SHOWN, only cases that the user may see and that are not linked yet.
        """
        self.ensure_one()
        facts = {
            "partner_id": self.partner_id.id,
            "applicant_name": self.applicant_name,
            "topic_id": self.topic_id.id,
            "text": self.appeal_text,
            "company_id": self.company_id.id,
        }
        # A case in creation has a temporary id; a saved one is not proposed to itself.
        linked = self.case_link_ids
        left_out = linked.other_id.ids + linked.ticket_id.ids + self._origin.ids
        return self._find_similar(facts, left_out)

    @api.model
    def _find_similar(self, facts, left_out=()):
        """Return similar registered cases for what is known so far; see `_similar_cases`."""
        rows = self._similar_rows(facts, left_out)
        found = []
        cases = self.browse([row[0] for row in rows])._filtered_access("read")
        likeness = {row[0]: (row[1], row[2]) for row in rows}
        # a converted message lives on in its appeal: the pair is proposed once
        for case in cases.filtered(lambda case: case.state != transitions.CONVERTED):
            same_person, alike = likeness[case.id]
            earlier = similar.Earlier(
                same_person=same_person,
                same_topic=bool(case.topic_id) and case.topic_id.id == facts.get("topic_id"),
                is_final=case.state in transitions.FINAL_STATES,
                likeness=alike,
            )
            kind = similar.proposed(earlier)
            if kind:
                found.append((same_person, alike, case._similar_vals(kind, alike)))
        found.sort(key=lambda one: one[:2], reverse=True)
        return [vals for _person, _alike, vals in found[:SHOWN]]

    def _similar_vals(self, kind, alike):
        Link = self.env["hotline.case.link"]
        kinds = dict(Link._fields["kind"]._description_selection(self.env))
        return {
            "id": self.id,
            "number": self.number,
            "name": self.name or "",
            "registered_on": format_date(self.env, self.registered_on or False),
            "state_label": self._selected("state"),
            "kind": kind,
            "kind_label": kinds[kind],
            "percent": round(alike * 100),
        }

    @api.model
    def _similar_rows(self, facts, left_out):
        """Return [(id, is of the same person, likeness)] by one query whose arms are bounded."""
        self.flush_model()
        key = similar.key(facts.get("text") or "")
        query = SQL(
            """
            WITH near AS (%(arms)s)
            SELECT t.id, bool_or(near.person),
                   COALESCE(similarity(t.similar_key, %(key)s), 0)::float
              FROM near JOIN helpdesk_ticket t ON t.id = near.id
             WHERE t.company_id = %(company)s AND t.id <> ALL(%(left_out)s)
             GROUP BY t.id
             ORDER BY bool_or(near.person) DESC, 3 DESC, t.id DESC
             LIMIT %(limit)s
            """,
            arms=SQL(" UNION ALL ").join(self._similar_arms(facts, key)),
            key=key,
            company=facts.get("company_id") or self.env.company.id,
            left_out=list(left_out) or [0],
            limit=4 * SHOWN,
        )
        return self.env.execute_query(query)

    @api.model
    def _similar_arms(self, facts, key):
        """Yield the ways to an earlier case, each the first rows of one index."""
        yield SQL("SELECT NULL::int AS id, false AS person WHERE false")
        person = SQL(
            "id, true AS person FROM helpdesk_ticket WHERE state <> 'draft' AND",
        )
        if facts.get("partner_id"):
            yield SQL(
                "(SELECT %s partner_id = %s ORDER BY id DESC LIMIT %s)",
                person, facts["partner_id"], OF_PERSON,
            )  # fmt: skip
        elif facts.get("applicant_name"):
            yield SQL(
                "(SELECT %s applicant_name = %s LIMIT %s)",
                person, facts["applicant_name"], OF_PERSON,
            )  # fmt: skip
        if facts.get("topic_id") and key:
            yield SQL(
                "(SELECT id, false FROM (SELECT id, similar_key FROM helpdesk_ticket"
                " WHERE topic_id = %s AND state <> 'draft' ORDER BY id DESC LIMIT %s) recent"
                " WHERE similarity(similar_key, %s) >= %s)",
                facts["topic_id"], OF_TOPIC, key, similar.SAME,
            )  # fmt: skip
        if key:
            yield SQL(
                "(SELECT id, false FROM helpdesk_ticket WHERE text_hash = %s"
                " AND state <> 'draft' ORDER BY id DESC LIMIT %s)",
                hashlib.sha256(facts["text"].encode()).hexdigest(), OF_PERSON,
            )  # fmt: skip

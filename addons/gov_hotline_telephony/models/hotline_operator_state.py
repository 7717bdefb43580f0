from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import presence
from ..domain.presence_rows import Desk

TOLD = "gov_hotline.presence"


class HotlineOperatorState(models.Model):
    """Fed by the screen and by the PBX; what may follow what: domain/presence.py."""

    _inherit = "hotline.operator.state"

    extension_id = fields.Many2one(
        "hotline.pbx.extension", string="Telephone", readonly=True, ondelete="set null"
    )

    @api.model
    def _current(self, user):
        """Return the row of what `user` is doing; none: not on the line."""
        # sudo: the acts and the connector ask of anybody
        return self.sudo().search([("user_id", "=", user.id), ("until", "=", False)], limit=1)

    @api.model
    def _currents(self, users):
        """Return {user: state} of those who have one, by one query."""
        # sudo: as above
        found = self.sudo().search_fetch(
            [("user_id", "in", users.ids), ("until", "=", False)], ["user_id", "state"]
        )
        return {one.user_id.id: one.state for one in found}

    @api.model
    def _presence(self, user):
        """Return what `user` is doing, with what it was before the telephone rang."""
        return self._presences(user)[user]

    @api.model
    def _presences(self, users):
        """Return {user: presence}, however many by the same few queries."""
        desks = self._desks(users)
        return {user: desks[user.id].now for user in users}

    @api.model
    def _desks(self, users):
        """Return {user id: what that one is doing}."""
        # sudo: the acts and the connector ask of anybody
        found = self.sudo().search([("user_id", "in", users.ids), ("until", "=", False)])
        rests = self._rests([one.user_id.id for one in found if not one._is_resting()])
        desks = {user: Desk(user) for user in users.ids}
        for row in found:
            rest = row if row._is_resting() else rests.get(row.user_id.id, self)
            desks[row.user_id.id] = row._desk(rest)
        return desks

    def _is_resting(self):
        return self.state in presence.RESTING

    @api.model
    def _rests(self, users):
        """Return {user id: the last state of the own will} of those whom a call keeps busy."""
        if not users:
            return {}
        self.flush_model(["user_id", "state", "since"])
        query = SQL(
            """SELECT rest.id
                 FROM unnest(%s) AS person(id)
                CROSS JOIN LATERAL (SELECT id
                                      FROM hotline_operator_state
                                     WHERE user_id = person.id AND state IN %s
                                     ORDER BY since DESC, id DESC LIMIT 1) AS rest""",
            users,
            presence.RESTING,
        )
        found = self.sudo().browse(one for [one] in self.env.execute_query(query))  # sudo: as above
        return {one.user_id.id: one for one in found}

    def _desk(self, rest):
        reason = self.reason_id.code or ""
        resting = rest.state or "offline", rest.reason_id.code or ""
        now = presence.Presence(self.state, reason if self._is_resting() else "", *resting)
        return Desk(self.user_id.id, self.id, now, self.since, self.call_id.id or 0)

    @api.model
    def _reasons_by_code(self, codes):
        """Return {code: id} of the reasons of pauses, the archived ones too."""
        named = sorted(filter(None, codes))
        if not named:
            return {}
        # sudo: the connector's, of archived ones too
        reasons = self.env["hotline.pause.reason"].sudo().with_context(active_test=False)
        return {one.code: one.id for one in reasons.search([("code", "in", named)])[::-1]}

    @api.model
    def _tell(self, user, now):
        user._bus_send(TOLD, now._told(user))

    @api.model
    def _vals(self, user):
        """Return {state, words, reason, since, now} of `user` in the own language; moments UTC."""
        return self._current(user)._told(user)

    def _told(self, user):
        now = self.with_context(lang=user.lang)
        state = now.state or "offline"
        return {
            "state": state,
            "words": now.reason_id.name
            or dict(now._fields["state"]._description_selection(now.env))[state],
            "reason": now.reason_id.id or False,
            "since": fields.Datetime.to_string(now.since) or False,
            "now": fields.Datetime.to_string(fields.Datetime.now()),
        }

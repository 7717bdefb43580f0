from odoo import api, fields, models

from odoo.addons.gov_hotline.domain import clock

from ..domain.cause_words import CAUSES

CALL = "gov_hotline.phone_call"


class HotlineCall(models.Model):
    """What the connector tells the browsers of a call, and how its card words it."""

    _inherit = "hotline.call"

    end_words = fields.Char(string="Why it ended", compute="_compute_end_words")
    unknown_words = fields.Char(compute="_compute_unknown_words")

    def action_who_looked(self):
        """Open the list of who heard, read or saw this call; its own rules say who may."""
        return self.env["hotline.sight"]._action_of(self)

    def _tell_phone(self, users):
        """Show this call to `users`, as each may see it: whoever does not talk sees it go."""
        self._note_own_hangup()
        for user in users:
            for call in self.with_user(user).with_context(lang=user.lang):
                user._bus_send(CALL, call._phone_vals() if call._is_on(user) else call._over_vals())

    def _note_own_hangup(self):
        """Say who hung up where the operator did it on the screen: the PBX does not tell it."""
        for call in self.sudo():  # sudo: the system's, told by the connector
            ended = call.phase == "over" and call.fate == "answered" and not call.ended_by
            if ended and call._has_own_hangup():
                call.ended_by = "operator"

    def _has_own_hangup(self):
        asked = [("call_id", "=", self.id), ("kind", "=", "hangup"), ("state", "!=", "failed")]
        return bool(self.env["hotline.pbx.command"].search_count(asked, limit=1))

    def _is_on(self, user):
        """Say whether it is `user`'s and goes on there: whoever handed it on is out of it."""
        return self.operator_id == user and self.phase != "over" and not self._has_left(user)

    def _over_vals(self):
        """Return {call_id, phase, dropped}, and `words` why nobody was reached by a call out.

        dropped: cut in the talk, nobody hung up.
        """
        known = self.sudo()  # sudo: how it ended, for whoever was in it
        dropped = known.phase == "over" and known.fate == "answered" and not known.ended_by
        told = {"call_id": self.id, "phase": "over", "dropped": dropped}
        if known.phase == "over" and known.direction == "out":
            words = self.env["hotline.pbx.command"]._words_of_number().get(known.fate)
            return {**told, "words": words} if words else told
        return told

    @api.depends("end_cause", "ended_by")
    def _compute_end_words(self):
        for call in self:
            call.end_words = self.env["hotline.call.leg"]._cause_words(call.end_cause)

    @api.depends("unknown_from", "unknown_until", "company_id")
    @api.depends_context("lang")
    def _compute_unknown_words(self):
        for call in self:
            call.unknown_words = call._unknown_words() if call.unknown_from else False

    def _unknown_words(self):
        since, until = (
            moment
            and clock.body_time(moment, self.company_id.hotline_tz).strftime("%d.%m %H:%M:%S")
            for moment in (self.unknown_from, self.unknown_until)
        )
        if not until:
            return self.env._(
                "Since %(since)s nothing is received from the PBX: how the call goes on is not "
                "known.",
                since=since,
            )
        return self.env._(
            "From %(since)s to %(until)s nothing was received from the PBX: what happened in the "
            "call meanwhile is not known.",
            since=since,
            until=until,
        )


class HotlineCallLeg(models.Model):
    _inherit = "hotline.call.leg"

    cause_words = fields.Char(string="Why it ended", compute="_compute_cause_words")

    @api.depends("cause")
    def _compute_cause_words(self):
        for leg in self:
            leg.cause_words = self._cause_words(leg.cause)

    @api.model
    def _cause_words(self, cause):
        """Return a cause of Q.850 in words; False where there is none."""
        if not cause:
            return False
        words = {
            "normal": self.env._("Ended as usual"),
            "busy": self.env._("Busy"),
            "no_answer": self.env._("No answer"),
            "rejected": self.env._("Rejected"),
            "offline": self.env._("Telephone is not reachable"),
            "no_number": self.env._("There is no such number"),
            "elsewhere": self.env._("Another telephone answered"),
            "fault": self.env._("Fault of the connection"),
        }
        return words.get(CAUSES.get(cause)) or self.env._("Cause %(number)s", number=cause)

from odoo import api, fields, models

from ..domain import presence

TOLD = "gov_hotline.presence"
# What puts the operator's telephone into the queue and out of it.
OF_QUEUE = ("queue_add", "queue_remove", "pause", "unpause")


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
        now = self._current(user)
        if now.state in (False, *presence.RESTING):
            state, reason = now.state or "offline", now.reason_id.code or ""
            return presence.Presence(state, reason, state, reason)
        rest = now.search(
            [("user_id", "=", user.id), ("state", "in", presence.RESTING)],
            order="id desc",
            limit=1,
        )
        return presence.Presence(now.state, "", rest.state or "offline", rest.reason_id.code or "")

    @api.model
    def _presences(self, users):
        """Return {user: presence}; only those whom a call keeps busy are asked one by one."""
        # sudo: as above
        found = self.sudo().search([("user_id", "in", users.ids), ("until", "=", False)])
        resting = {
            one.user_id.id: presence.Presence(one.state, one.reason_id.code or "")
            for one in found
            if one.state in presence.RESTING
        }
        busy = found.filtered(lambda one: one.state not in presence.RESTING).user_id
        return {
            user: self._presence(user)
            if user in busy
            else resting.get(user.id, presence.Presence())
            for user in users
        }

    @api.model
    def _happened(self, user, event, call=None, reason="", at=None):
        """Let an event of the screen or of the PBX change what `user` is doing.

        `reason`: code of a pause; `at`: UTC, now by default. Return whether anything changed.
        """
        if event in presence.QUEUE and self._is_asked(user):
            return False  # an echo of our own command, maybe of one already taken back
        before = self._presence(user)
        new = presence.after(before, event, reason)
        if new is None:
            self._let_go(user, before, event, reason)
            return False
        if event == "member_added":
            self.env["hotline.pbx.extension"]._of(user)._sit_down(user)
        call = call or self._current(user).call_id
        if new.state == "wrap_up" and call._is_finished(user):
            new = presence.after(new, "finish")
        self._enter(user, new, call, fields.Datetime.to_datetime(at) or fields.Datetime.now())
        self._keep_in_step(user, before, new)
        return True

    @api.model
    def _let_go(self, user, now, event, reason):
        """End a pause of ours that outlived its talk: the PBX was away when the card was closed."""
        if event == "member_paused" and reason == presence.WRAP_UP and now.state == "ready":
            extension = self.env["hotline.pbx.extension"]._at(user)
            self._ask(user, extension, "unpause", {})

    @api.model
    def _ask(self, user, extension, kind, payload):
        if extension.pbx_id.state == "online":
            self.env["hotline.pbx.command"].with_user(user)._ask(
                extension.pbx_id, kind, {"interface": extension.interface, **payload}
            )

    @api.model
    def _is_asked(self, user):
        asked = [
            ("user_id", "=", user.id),
            ("kind", "in", OF_QUEUE),
            ("state", "in", ("new", "sent")),
        ]
        # sudo: commands of anybody
        return bool(self.env["hotline.pbx.command"].sudo().search_count(asked, limit=1))

    @api.model
    def _enter(self, user, new, call, at):
        now = self._current(user)
        since = max(at, now.since) if now else at  # late news do not turn back the clock
        now.until = since
        self.env.flush_all()  # one current row a person
        extension = self.env["hotline.pbx.extension"]._of(user)
        in_call = new.state in ("ringing", "talking", "wrap_up")
        self.sudo().create(  # sudo: nobody writes states but the acts and the connector
            {
                "user_id": user.id,
                "state": new.state,
                "reason_id": self._reason(new.reason).id,
                "since": since,
                "call_id": call.id if in_call and call else False,
                "company_id": extension.company_id.id or user.company_id.id,
                "extension_id": extension.id,
            }
        )
        self._tell(user)

    @api.model
    def _reason(self, code):
        # sudo: the connector's, of archived ones too
        reasons = self.env["hotline.pause.reason"].sudo().with_context(active_test=False)
        return reasons.search([("code", "=", code)], limit=1) if code else reasons.browse()

    @api.model
    def _keep_in_step(self, user, before, new):
        """Keep the queue away while the card of a talk is finished, and let it come afterwards.

        The pause is asked for when the talk begins: between its end and a pause asked for then the
        queue would ring.
        """
        extension = self.env["hotline.pbx.extension"]._at(user)
        if new.state == "offline":
            extension.at_id = False
        elif new.state == "talking" and new.rest == "ready":
            self._ask(user, extension, "pause", {"reason": presence.WRAP_UP})
        elif new.state == "ready" and before.state in ("talking", "wrap_up"):
            self._ask(user, extension, "unpause", {})

    @api.model
    def _tell(self, user):
        user._bus_send(TOLD, self._vals(user))

    @api.model
    def _vals(self, user):
        """Return {state, words, reason, since, now} of `user` in the own language; moments UTC."""
        now = self._current(user).with_context(lang=user.lang)
        state = now.state or "offline"
        return {
            "state": state,
            "words": now.reason_id.name
            or dict(
                self.with_context(lang=user.lang)
                ._fields["state"]
                ._description_selection(self.with_context(lang=user.lang).env)
            )[state],
            "reason": now.reason_id.id or False,
            "since": fields.Datetime.to_string(now.since) or False,
            "now": fields.Datetime.to_string(fields.Datetime.now()),
        }

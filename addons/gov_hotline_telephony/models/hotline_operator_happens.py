from odoo import api, fields, models

from odoo.addons.gov_hotline.models.hotline_live import tell

from ..domain import presence
from ..domain.presence_rows import Happening

# What puts the operator's telephone into the queue and out of it.
OF_QUEUE = ("queue_add", "queue_remove", "pause", "unpause")


class HotlineOperatorState(models.Model):
    """Events change what operators are doing: a batch of them by as many queries as one."""

    _inherit = "hotline.operator.state"

    @api.model
    def _happened(self, user, event, call=None, reason="", at=None):
        """Let an event of the screen or of the PBX change what `user` is doing.

        `reason`: code of a pause; `at`: UTC, now by default. Return whether anything changed.
        """
        at = fields.Datetime.to_datetime(at)
        return bool(self._happen([Happening(user.id, event, call.id if call else 0, reason, at)]))

    @api.model
    def _happen(self, events):
        """Let these events happen in their order; return the users whom they changed.

        Whoever changed twice is told once, what is so in the end.
        """
        batch = _Batch(self, events)
        for one in events:
            batch.take(one)
        batch.settle()
        return batch.changed()


class _Batch:
    """Events of a batch over what their operators are doing."""

    def __init__(self, states, events):
        self.env, self.states = states.env, states
        self.users = self.env["res.users"].browse(dict.fromkeys(one.user for one in events))
        self.desks = states._desks(self.users)
        calls = {one.call for one in events} | {desk.call for desk in self.desks.values()}
        self.calls = {one.id: one for one in self.env["hotline.call"].browse(calls - {0})}
        self.telephones = self.env["hotline.pbx.extension"]._telephones(self.users)
        self.asked, self.waiting = [], self._waiting(events)

    def _waiting(self, events):
        """Return whose commands of the queue are under way: what the PBX says is their echo."""
        if not any(one.event in presence.QUEUE for one in events):
            return set()
        asked = [
            ("user_id", "in", self.users.ids),
            ("kind", "in", OF_QUEUE),
            ("state", "in", ("new", "sent")),
        ]
        # sudo: commands of anybody
        found = self.env["hotline.pbx.command"].sudo().search_fetch(asked, ["user_id"])
        return set(found.user_id.ids)

    def take(self, one):
        """Let one event happen."""
        if one.event in presence.QUEUE and one.user in self.waiting:
            return  # an echo of our own command, maybe of one already taken back
        desk, at = self.desks[one.user], one.at or fields.Datetime.now()
        new = presence.after(desk.now, one.event, one.reason)
        if new is None:
            self._let_go(desk, one)
            return
        if one.event == "member_added":
            self._sit_down(one.user)
        call = one.call or desk.call
        if new.state == "wrap_up" and self._is_finished(call, one.user):
            new = presence.after(new, "finish")
        before = desk.now
        desk.enter(new, call, at, self._telephone(one.user).id)
        self._keep_in_step(one.user, before, new)

    def _is_finished(self, call, user):
        if not call:
            return False
        return self.calls[call]._is_finished(self.env["res.users"].browse(user))

    def _telephone(self, user):
        at, own = self.telephones[user]
        return at or own

    def _sit_down(self, user):
        at, own = self.telephones[user]
        own._sit_down(self.env["res.users"].browse(user))
        self.telephones[user] = (own if own.at_id.id == user else at, own)

    def _let_go(self, desk, one):
        """End a pause of ours that outlived its talk: the PBX was away when the card was closed."""
        is_ours = one.event == "member_paused" and one.reason == presence.WRAP_UP
        if is_ours and desk.now.state == "ready":
            self._ask(one.user, "unpause", {})

    def _keep_in_step(self, user, before, new):
        """Keep the queue away while the card of a talk is finished, and let it come afterwards.

        The pause is asked for when the talk begins: between its end and a pause asked for then the
        queue would ring.
        """
        if new.state == "offline":
            self._stand_up(user)
        elif new.state == "talking" and new.rest == "ready":
            self._ask(user, "pause", {"reason": presence.WRAP_UP})
        elif new.state == "ready" and before.state in ("talking", "wrap_up"):
            self._ask(user, "unpause", {})

    def _stand_up(self, user):
        at, own = self.telephones[user]
        at.at_id = False
        self.telephones[user] = (at.browse(), own)

    def _ask(self, user, kind, payload):
        telephone = self.telephones[user][0]
        if telephone.pbx_id.state == "online":
            payload = {"interface": telephone.interface, **payload}
            self.asked.append((telephone.pbx_id, user, kind, payload))
            self.waiting.add(user)

    def changed(self):
        """Return the users whose state is another one now."""
        return self.users.filtered(lambda user: self.desks[user.id].made)

    def settle(self):
        """Write what changed, ask the PBX for what follows, tell whoever sees it."""
        desks = [self.desks[user.id] for user in self.changed()]
        if desks:
            self._end([desk for desk in desks if desk.stored])
            self._tell(desks, self._begin(desks))
        if self.asked:
            self.env["hotline.pbx.command"]._ask_all(self.asked)

    def _end(self, desks):
        for desk in desks:
            # sudo: nobody writes states but the acts and the connector
            self.states.sudo().browse(desk.stored).until = desk.left
        self.env.flush_all()  # one current row a person

    def _begin(self, desks):
        reasons = self.states._reasons_by_code({row.reason for one in desks for row in one.made})
        rows = [self._vals(desk.user, row, reasons) for desk in desks for row in desk.made]
        return self.states.sudo().create(rows)  # sudo: as above

    def _vals(self, user, row, reasons):
        telephone = self.env["hotline.pbx.extension"].sudo().browse(row.telephone)  # sudo: its body
        return {
            "user_id": user,
            "state": row.state,
            "reason_id": reasons.get(row.reason),
            "since": row.since,
            "until": row.until,
            "call_id": row.call or False,
            "extension_id": row.telephone,
            "company_id": telephone.company_id.id
            or self.env["res.users"].browse(user).company_id.id,
        }

    def _tell(self, desks, made):
        last = {one.user_id.id: one for one in made if not one.until}
        for user in self.changed():
            self.states._tell(user, last[user.id])
        tell(self.env, made.company_id, made._name)

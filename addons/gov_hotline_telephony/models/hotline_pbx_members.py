from odoo import models

from ..domain import presence


class HotlinePbx(models.Model):
    """After a cut the queues of the PBX follow what the operators are doing.

    A PBX that was killed has forgotten who came on the line a moment before, and a restarted queue
    that a card is being finished; who has left the line meanwhile must not be rung.
    """

    _inherit = "hotline.pbx"

    def _keep_members(self, stand):
        """Ask for whatever differs; the connector's.

        `stand`: {queue: {interface: reason of the pause, "" when it takes calls}}. Telephones that
        nobody wrote down in Odoo stay where they are, queues that are not of this PBX too.
        """
        self.ensure_one()
        queues = self.queue_ids.filtered(lambda one: one.code in stand).mapped("code")
        states = self.env["hotline.operator.state"]._presences(self.extension_ids.at_id)
        for extension in self.extension_ids:
            person = extension.at_id
            place = presence.place(states[person]) if person else None
            asked = self.env["hotline.pbx.command"].with_user(person or self.env.user)
            for kind, payload in extension._moves(queues, stand, place):
                asked._ask(self, kind, {"interface": extension.interface, **payload})


class HotlinePbxExtension(models.Model):
    _inherit = "hotline.pbx.extension"

    def _moves(self, queues, stand, place):
        """Return [(kind, payload)] that bring this telephone to its `place` in the queues."""
        there = {queue: stand[queue].get(self.interface) for queue in queues}
        if place is None:
            return [("queue_remove", {"queue": one}) for one in queues if there[one] is not None]
        paused = {"paused": True, "reason": place} if place else {}
        name = {"name": self.at_id.name[:80]}
        moves = [
            ("queue_add", {"queue": one, **name, **paused}) for one in queues if there[one] is None
        ]
        if any(_is_elsewhere(reason, place) for reason in there.values()):
            moves.append(("pause", {"reason": place}) if place else ("unpause", {}))
        return moves


def _is_elsewhere(reason, place):
    """Say whether a member's pause is not the one of its place; any will do for one without."""
    return reason not in (None, place) and not (reason and place == presence.NO_REASON)

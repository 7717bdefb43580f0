from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..domain import presence


class HotlineHandset(models.AbstractModel):
    """On the line, on a pause, finishing a card: the operator's own choice."""

    _inherit = "hotline.handset"

    @api.model
    def sign_in(self, extension_id):
        """Come on the line at an own or a shared telephone."""
        self._check_operator()
        extension = self._extensions().browse(extension_id).exists()
        extension.check_access("read")
        if not extension._may_sit(self.env.user):
            raise AccessError(self.env._("This is not your telephone."))
        self._check_empty(extension)
        extension.pbx_id._check_online()
        before = self._extensions()._at(self.env.user)
        if before and before != extension:
            self.sign_out()
        extension.sudo().at_id = self.env.user  # sudo: where the user sits, set by this act
        self._happened("sign_in")
        return self._of_queues(extension, "queue_add", {"name": self.env.user.name[:80]})

    @api.model
    def _check_empty(self, extension):
        other = extension.sudo().at_id - self.env.user  # sudo: a colleague's name
        if other:
            raise UserError(
                self.env._("%(name)s is on the line at this telephone.", name=other.name)
            )

    @api.model
    def sign_out(self):
        """Leave the line; not in a talk."""
        self._check_operator()
        extension = self._extensions()._at(self.env.user)
        self._act("sign_out", self.env._("Finish the talk first."))
        self.env.flush_all()  # one telephone a person
        return self._of_queues(extension, "queue_remove", {})

    @api.model
    def pause(self, reason_id):
        """Take no calls for a while, for one of the reasons of the body."""
        self._check_operator()
        reason = self.env["hotline.pause.reason"].browse(reason_id).exists()
        if not reason.active:
            raise UserError(self.env._("Choose the reason of the pause."))
        self._act("pause", self.env._("Come on the line and finish the talk first."), reason.code)
        return self._of_member("pause", {"reason": reason.code})

    @api.model
    def resume(self):
        """Take calls again."""
        self._check_operator()
        if self.env["hotline.operator.state"]._current(self.env.user).state == "wrap_up":
            return self.finish_wrap_up()
        self._act("resume", self.env._("You are not on a pause."))
        return self._of_member("unpause", {})

    @api.model
    def finish_wrap_up(self):
        """The card is finished: the next call may come. Nobody measures how long it took (C2)."""
        self._check_operator()
        self._act("finish", self.env._("There is no call to finish."))
        return {"command_id": self._last_asked()}

    @api.model
    def _act(self, event, refusal, reason=""):
        """Let an act of the screen happen, or refuse it; the same pause twice is none."""
        states = self.env["hotline.operator.state"]
        if not presence.may(states._presence(self.env.user), event):
            raise UserError(refusal)
        self._happened(event, reason)

    @api.model
    def _happened(self, event, reason=""):
        self.env["hotline.operator.state"]._happened(self.env.user, event, reason=reason)

    @api.model
    def _of_member(self, kind, payload):
        extension = self._extensions()._at(self.env.user)
        if extension.pbx_id.state != "online":
            return {"command_id": False}
        asked = self.env["hotline.pbx.command"]._ask(
            extension.pbx_id, kind, {"interface": extension.interface, **payload}
        )
        return {"command_id": asked.id}

    @api.model
    def _of_queues(self, extension, kind, payload):
        """Ask for one command a queue of this PBX; return the last of them."""
        pbx, asked = extension.pbx_id, self.env["hotline.pbx.command"]
        if pbx.state == "online":
            for queue in pbx.queue_ids:
                named = {"queue": queue.code, "interface": extension.interface, **payload}
                asked = self.env["hotline.pbx.command"]._ask(pbx, kind, named)
        return {"command_id": asked.id}

    @api.model
    def _last_asked(self):
        # sudo: own commands of the user
        commands = self.env["hotline.pbx.command"].sudo()
        return commands.search(
            [("user_id", "=", self.env.uid), ("kind", "=", "unpause"), ("state", "=", "new")],
            limit=1,
        ).id

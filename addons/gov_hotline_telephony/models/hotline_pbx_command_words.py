from odoo import api, models

# What rings the telephone of who asked, and ends when it is taken.
RINGS_US = ("originate", "listen", "whisper", "barge")


class HotlinePbxCommand(models.Model):
    """How a command ended, in the words of an operator."""

    _inherit = "hotline.pbx.command"

    def _words(self):
        """Return what to say of it; "" where there is nothing to say."""
        if self.state in ("new", "sent"):
            return ""
        if self.state == "done":
            return self._words_done()
        own = self.kind in RINGS_US
        known = self._words_of_call() | (self._words_of_own() if own else self._words_of_number())
        known |= self._words_of_fault()
        return known.get(self.result) or known["error"]

    def _words_done(self):
        return {
            "blind": self.env._("The call is transferred."),
            "complete": self.env._("The call is transferred."),
            "cancel": self.env._("The caller is back with you."),
        }.get(self.kind, "")

    @api.model
    def _words_of_own(self):
        return {
            "busy": self.env._("Your telephone is busy."),
            "no_answer": self.env._("Your telephone rang and nobody took it."),
            "rejected": self.env._("Your telephone rejected the call."),
            "offline": self.env._(
                "Your telephone is not reachable: see whether it is switched on."
            ),
        }

    @api.model
    def _words_of_number(self):
        """Return {fate: words} of who was called."""
        return {
            "busy": self.env._("The number is busy."),
            "no_answer": self.env._("Nobody answers."),
            "rejected": self.env._("The call was rejected."),
            "offline": self.env._("The number is not reachable."),
        }

    @api.model
    def _words_of_call(self):
        return {
            "no_channel": self.env._("The talk is over already."),
            "no_extension": self.env._("The PBX knows no such number."),
            "cancelled": self.env._("Cancelled."),
        }

    @api.model
    def _words_of_fault(self):
        not_known = self.env._("Nobody knows whether the PBX did it. Look at your telephone.")
        return {
            "denied": self.env._(
                "The PBX refused: its account lacks a right. Tell the administrator."
            ),
            "no_queue": self.env._("The PBX has no such queue. Tell the administrator."),
            "no_member": self.env._(
                "The queue does not know your telephone. Come on the line again."
            ),
            "bad_value": self.env._("The PBX does not take this: a faulty value."),
            "expired": self.env._("The PBX is not reachable. Nothing was done."),
            "cut": not_known,
            "restarted": not_known,
            "silent": not_known,
            "error": self.env._("The PBX did not do it. Try again."),
        }

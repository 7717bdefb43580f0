import hashlib

from odoo import fields, models

from ..domain import strictness
from .hotline_task_evidence import PROVED
from .reasons import ReasonNeededError

WARNING = "promise_cancelled"  # its key in the window of the reason


class HotlineTask(models.Model):
    """A promise or a call-back is put away with a reason in words, and its trace (X4).

    The act is repeated with the reason by the window that every act with a warning has.
    """

    _inherit = "hotline.task"

    cancel_reason = fields.Text(string="Why it was put away", readonly=True, copy=False)
    cancelled_by_id = fields.Many2one(
        "res.users", string="Put away by", readonly=True, copy=False, ondelete="set null"
    )
    cancelled_at = fields.Datetime(string="Put away at", readonly=True, copy=False)

    def write(self, vals):
        if self.env.su or vals.get("state") != "cancelled":
            return super().write(vals)
        self._check_own()
        proved = self.filtered(lambda task: task.kind in PROVED and task.state == "open")
        reason = proved and proved._cancel_reason()
        done = super().write(vals)
        for task in proved:
            task._note_cancelled(reason)
        return done

    def _cancel_reason(self):
        """Return the written reason of the context; ask for one where there is none."""
        context = self.env.context
        given = (context.get("hotline_reasons") or {}).get(WARNING) or context.get("hotline_reason")
        if strictness.is_reason(given):
            return given.strip()
        words = self.env._(
            "«%(name)s» was promised to a citizen and is put away without a talk.",
            name=self[0].name,
        )
        message = self.env._("%(warning)s Write why.", warning=words)
        raise ReasonNeededError(message, {WARNING: words}, self[0].ticket_id.id)

    def _note_cancelled(self, reason):
        """Keep who put it away, when and why; the journal has the digest of the reason."""
        self.sudo().write(  # sudo: the trace is nobody's to type
            {
                "cancel_reason": reason,
                "cancelled_by_id": self.env.uid,
                "cancelled_at": fields.Datetime.now(),
            }
        )
        digest = hashlib.sha256(reason.encode()).hexdigest()
        self.env["hotline.journal"]._append("task_cancelled", self, reason=digest)

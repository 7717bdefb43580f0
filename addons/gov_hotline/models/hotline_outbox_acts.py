from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import mails

# What waits without its job is found again after this; a talk with a server lasts less.
FORGOTTEN_AFTER = timedelta(minutes=15)


class HotlineOutbox(models.AbstractModel):
    """What people do with what waits or failed, and what looks after forgotten ones."""

    _inherit = "hotline.outbox"

    can_again = fields.Boolean(compute="_compute_acts")
    can_cancel = fields.Boolean(compute="_compute_acts")
    can_confirm = fields.Boolean(compute="_compute_acts")
    can_now = fields.Boolean(compute="_compute_acts")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_acts(self):
        officer = "officer" in self.env["helpdesk.ticket"]._roles()
        for one in self:
            for act in ("again", "cancel", "confirm", "now"):
                one[f"can_{act}"] = officer and mails.next_state(act, one.state) is not None

    def action_send_again(self):
        """Put what failed, or of which nobody knows, into the queue again; officer.

        The Message-ID of a letter stays: a mail programme that has the first copy shows one.
        """
        self._check_act()
        now = fields.Datetime.now()
        for one in self:
            one._step("again", tries=0, queued_at=now, next_try_at=False, last_error=False)
            one._journal("again")
        self.sudo()._call_sender(urgent=True)  # sudo: the job is the system's

    def action_send_now(self):
        """Try what waits at once, without waiting for the next time; officer."""
        self._check_act()
        for one in self:
            one._step("now", next_try_at=False)
        self.sudo()._call_sender(urgent=True)  # sudo: as above

    def action_confirm_sent(self):
        """The addressee has it: take note that it left; officer."""
        self._check_act()
        for one in self:
            one._step("confirm", sent_at=one.tried_at, last_error=False)
            one._journal("confirmed")
            one.sudo()._tell_source("_mail_sent")  # sudo: the source's hook is the system's

    def action_cancel(self):
        """Give up what has not left; officer."""
        self._check_act()
        self._give_up()

    def _give_up(self):
        """Cancel what did not leave: the letter goes another way. The act has checked who asks."""
        for one in self:
            one._step("cancel", next_try_at=False)
            one._journal("cancelled")

    def action_open_source(self):
        """Open the appeal; who reads appeals."""
        self.ensure_one()
        self.check_access("read")
        self.ticket_id.check_access("read")
        return self.ticket_id.get_formview_action()

    def _check_act(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("read")

    @api.model
    def _cron_find_forgotten(self):
        """Call the sender for what lost its job: a restored copy, a job cancelled by hand.

        What is left «being sent» by a dead process comes to «unknown» by the same way.
        """
        since = fields.Datetime.now() - FORGOTTEN_AFTER
        waiting = fields.Domain("state", "=", mails.QUEUED) & (
            fields.Domain("next_try_at", "<", since)
            | (fields.Domain("next_try_at", "=", False) & fields.Domain("queued_at", "<", since))
        )
        left = fields.Domain("state", "=", mails.SENDING) & fields.Domain("tried_at", "<", since)
        self.sudo().search(waiting | left)._call_sender()  # sudo: a scheduled action

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(
            self.env._("What was put into the queue is not deleted: cancel it while it waits.")
        )

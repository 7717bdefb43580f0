from odoo import models
from odoo.exceptions import UserError

from .hotline_incoming_mail import MODEL
from .mailbox_words import refusal


class FetchmailServer(models.Model):
    """«Fetch now» and the test of a connection end with words, whatever came of them."""

    _inherit = "fetchmail.server"

    def fetch_mail(self):
        """Fetch a mailbox of the hotline and say how many letters came, or what was refused."""
        self.ensure_one()
        if not self.hotline_is_mailbox:
            return super().fetch_mail()
        self.check_access("write")
        # sudo: whoever connects mailboxes reads no letters; they are counted, nothing is told
        letters = self.env[MODEL].sudo()
        if not self.try_lock_for_update(allow_referencing=True):
            return self._fetched_toast("info", self.env._("The mailbox is being fetched already."))
        newest = letters.search([], order="id desc", limit=1).id or 0
        error = self.sudo()._fetch_mail()  # sudo: as the scheduled action does
        self.invalidate_recordset()
        if error is not None:
            return self._fetched_toast("danger", refusal(self.env, error))
        came = letters.search_count([("id", ">", newest), ("mailbox", "=", self.name)])
        words = self.env._("Letters that came: %(count)s.", count=came)
        return self._fetched_toast("success", words if came else self.env._("No new letters."))

    def _fetch_mail(self, *args, **kwargs):
        """Beside what Odoo does: what stands on the mailbox's form is in words, not in codes."""
        error = super()._fetch_mail(*args, **kwargs)
        if error is not None and len(self) == 1 and self.hotline_is_mailbox:
            self.error_message = refusal(self.env, error)
        return error

    def _fetched_toast(self, kind, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "title": self.name,
                "message": message,
                "sticky": kind == "danger",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def button_confirm_login(self):  # pylint: disable=missing-return
        """Test the connection; a refusal is told in words. Raises UserError."""
        try:
            return super().button_confirm_login()
        except UserError as error:
            cause = error.__context__
            if cause is None or not all(self.mapped("hotline_is_mailbox")):
                raise
            raise UserError(refusal(self.env, cause)) from error

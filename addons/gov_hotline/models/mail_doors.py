"""Who may send e-mail past the answers, the notices and the queue of the body: nobody."""

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mail import email_normalize, email_split_and_normalize

# Passed in the context by the system alone: an object cannot be forged over RPC.
_BY_SYSTEM = object()


def told_by_system(records):
    """Return `records` whose notices are Odoo's own: the act behind them has checked who may."""
    return records.with_context(hotline_told_by=_BY_SYSTEM)


def mailing_account(users):
    """Return `users` whose letters are of their own accounts: password, invitation, warning."""
    return users.with_context(hotline_account_mail=_BY_SYSTEM)


class MailThread(models.AbstractModel):
    """Messages of any record stay inside the body: an answer or a notice alone leaves it.

    Both leave by `hotline.mail`, which is no chatter.
    """

    _inherit = "mail.thread"

    def message_post(self, *, message_type="notification", **kwargs):
        """Post internally; a comment of the staff addressed to an outsider is refused."""
        if message_type == "comment" and self.env.user._is_internal():
            self._check_addressed_to_staff(kwargs)
            self._check_own_author(kwargs)
        return super().message_post(message_type=message_type, **kwargs)

    def message_notify(self, **kwargs):
        """Tell colleagues of a record; who calls it must be allowed to write that record."""
        by_system = self.env.context.get("hotline_told_by") is _BY_SYSTEM
        if not self.env.su and not by_system:
            if not self:
                raise AccessError(self.env._("A notification is always about a record."))
            self.check_access("write")
            self._check_addressed_to_staff(kwargs)
            self._check_own_author(kwargs)
        return super().message_notify(**kwargs)

    def _check_own_author(self, kwargs):
        """Refuse to speak in the name of somebody else; not for what the system does."""
        if self.env.su:
            return
        author, address = kwargs.get("author_id"), kwargs.get("email_from")
        me = self.env.user.partner_id
        own = email_normalize(me.email or "") or ""
        if (author and author != me.id) or (address and email_normalize(address) != own):
            raise AccessError(self.env._("A message is written in one's own name."))

    def _check_addressed_to_staff(self, kwargs):
        addressed = self.env["res.partner"].browse(kwargs.get("partner_ids") or [])
        # sudo: only whether they are staff
        outsiders = addressed.sudo().filtered("partner_share")
        if outsiders or kwargs.get("outgoing_email_to"):
            raise UserError(self.env["mail.mail"]._words_of_refusal())

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """The last gate: no notification of any record goes to anybody but staff."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        return [one for one in recipients if one["id"] and not one["share"]]

    def _message_auto_subscribe_notify(self, partner_ids, template):
        told = super(MailThread, told_by_system(self))
        return told._message_auto_subscribe_notify(partner_ids, template)


class MailMail(models.Model):
    """The narrowest door: templates, mass mailing and invitations, too, end in such a letter."""

    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        mails = super().create(vals_list)
        mails._check_to_staff()
        return mails

    def _words_of_refusal(self):
        return self.env._(
            "Messages stay inside the body: they go to its staff only. Citizens, agencies and "
            "others are told by an answer or a notice of an appeal."
        )

    def _check_to_staff(self):
        """Raise UserError where a hand of the staff writes to somebody else.

        What runs by itself, and what a citizen sets off at the portal, passes.
        """
        env = self.env
        if env.uid == SUPERUSER_ID or not env.user._is_internal():
            return
        if env.context.get("hotline_account_mail") is _BY_SYSTEM:
            return
        mails = self.sudo()  # sudo: the letters themselves are the system's; only looked at
        named = ",".join(
            filter(None, [text for one in mails for text in (one.email_to, one.email_cc)])
        )
        if mails.recipient_ids.filtered("partner_share") or not self._are_of_staff(named):
            raise UserError(self._words_of_refusal())

    def _are_of_staff(self, named):
        """Whether all addresses in `named`, "a@b.ru, В <c@d.ru>", are those of users inside."""
        addresses = set(email_split_and_normalize(named))
        domain = [("share", "=", False), ("partner_id.email_normalized", "in", list(addresses))]
        # sudo: only whether they are
        users = self.env["res.users"].sudo().search(domain) if addresses else ()
        return not addresses - {user.partner_id.email_normalized for user in users}


class ResUsers(models.Model):
    _inherit = "res.users"

    def _action_reset_password(self, signup_type="reset"):
        own = super(ResUsers, mailing_account(self))
        return own._action_reset_password(signup_type=signup_type)

    def _notify_security_setting_update(self, subject, content, mail_values=None, **kwargs):
        own = super(ResUsers, mailing_account(self))
        return own._notify_security_setting_update(subject, content, mail_values, **kwargs)

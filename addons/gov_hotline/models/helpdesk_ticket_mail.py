from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ..domain import texts
from .mail_doors import told_by_system

# Passed in the context by the notice alone: an object cannot be forged over RPC.
_OWN_SUBJECT = object()


class HelpdeskTicket(models.Model):
    """The chatter of a case is internal: nothing said in it leaves the body.

    helpdesk_mgmt subscribes the contact, mails comments and stages, and lets every reader post.
    """

    _inherit = "helpdesk.ticket"
    _mail_post_access = "write"

    def _only_staff(self, partners):
        """Return those of `partners` who are staff and none of these cases' applicants."""
        self_sudo, partners_sudo = self.sudo(), partners.sudo()  # asked for by any sender
        staff = partners_sudo.filtered(lambda partner: partner.active and not partner.partner_share)
        return (staff - self_sudo.partner_id).sudo(False)

    @api.model
    def _get_thread_with_access(self, thread_id, *, mode="read", **_tokens):
        """A link's token or hash opens nothing: only the user's own rights do."""
        return super()._get_thread_with_access(thread_id, mode=mode)

    def message_post(
        self, *, message_type="notification", partner_ids=None, outgoing_email_to=False, **kwargs
    ):
        """Post internally. A comment addressed to an outsider is refused, other posts stripped."""
        addressed = self.env["res.partner"].browse(partner_ids or [])
        staff = self._only_staff(addressed)
        if message_type == "comment" and (addressed - staff or outgoing_email_to):
            raise UserError(
                self.env._(
                    "Messages of an appeal stay inside the body. The applicant is told by an "
                    "answer; take %(names)s off the addressees.",
                    names=", ".join((addressed - staff).mapped("display_name"))
                    or outgoing_email_to,
                )
            )
        return super().message_post(message_type=message_type, partner_ids=staff.ids, **kwargs)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """The last gate: no notification of a case goes to anybody but staff."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        partners = self.env["res.partner"].browse(r["id"] for r in recipients if r["id"])
        staff_ids = set(self._only_staff(partners).ids)
        return [recipient for recipient in recipients if recipient["id"] in staff_ids]

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Name the case by its number: the heading of the letter and of the push, too, leave."""
        if self:
            kwargs["force_record_name"] = self._message_compute_subject()
        return super()._notify_thread(message, msg_vals=msg_vals, **kwargs)

    def _message_compute_subject(self):
        """Return the number: the name of a case begins with the words of the appeal."""
        self.ensure_one()
        case = self.sudo()  # sudo: the number alone
        return self.env._("Draft") if case.state == "draft" else case.number

    def _notify_by_email_get_base_mail_values(self, message, recipients_data, **kwargs):
        """Head every letter by the number, but for the words of our own notice."""
        values = super()._notify_by_email_get_base_mail_values(message, recipients_data, **kwargs)
        if self and self.env.context.get("hotline_own_subject") is not _OWN_SUBJECT:
            values["subject"] = self._message_compute_subject()
        return values

    def _message_get_suggested_recipients_batch(self, **kwargs):
        """Propose only staff."""
        # sudo: the applicant's card, which not every reader of a case may see, is looked at and
        # left out
        as_system = super(HelpdeskTicket, self.sudo())
        suggested = as_system._message_get_suggested_recipients_batch(**kwargs)
        ids = {item["partner_id"] for items in suggested.values() for item in items}
        staff_ids = set(self._only_staff(self.env["res.partner"].browse(ids - {False})).ids)
        return {
            case_id: [item for item in items if item["partner_id"] in staff_ids]
            for case_id, items in suggested.items()
        }

    def _message_auto_subscribe_notify(self, partner_ids, template):
        """Tell the new executor the number and the link only; of a draft tell nothing.

        Odoo's own notice carries the words of the appeal into the mail.
        """
        if self.env.context.get("mail_auto_subscribe_no_notify") or not self.env.registry.ready:
            return
        for case in self.filtered(lambda case: case.state != "draft"):
            text = self.env._("Appeal %(number)s is given to you", number=case.number)
            link = Markup('<p>%s: <a href="%s">%s</a></p>') % (
                text, case._notify_get_action_link("view"), case.number,
            )  # fmt: skip
            # whom the case is given to may be told by one who gave it out of his own sight
            told = told_by_system(case).with_context(hotline_own_subject=_OWN_SUBJECT)
            told.message_notify(subject=text, body=link, partner_ids=partner_ids)

    def _track_template(self, changes):
        """A stage mails nobody, even if somebody gives it a template."""
        templates = super()._track_template(changes)
        templates.pop("stage_id", None)
        return templates

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A letter becomes a draft with its text; the sender does not follow it.

        A letter of any length is accepted: what the text does not take stays in the message.
        """
        text = html2plaintext(msg_dict.get("body") or "")
        tail = self.env._("… (the full text is in the letter)")
        values = {
            "origin": "email",
            "appeal_text": texts.clip(text, texts.TEXT_LIMIT, tail),
            **(custom_values or {}),
        }
        return super().message_new(msg_dict, custom_values=values)

    def message_update(self, msg_dict, update_vals=None):
        """A letter that comes to a closed case adds no copy addresses to it: they stand (B4)."""
        if self.is_final:
            msg_dict = {**msg_dict, "cc": ""}
        return super().message_update(msg_dict, update_vals=update_vals)

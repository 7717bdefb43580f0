from odoo import api, fields, models

from ..domain import notices


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _portal_account(self):
        """Return under whose name the letters of the case are read on the portal, "" for nobody."""
        # sudo: users are not read here
        return self.partner_id.sudo().user_ids[:1].name or ""


class HotlineNotice(models.Model):
    """A notice by the portal: in whose personal account it will be read."""

    _inherit = "hotline.notice"

    portal_account = fields.Char(compute="_compute_portal_account", string="Personal account of")

    @api.depends("channel", "ticket_id")
    def _compute_portal_account(self):
        for notice in self:
            by_portal = notice.channel == notices.PORTAL
            notice.portal_account = by_portal and notice.ticket_id._portal_account()


class HotlineAnswer(models.Model):
    _inherit = "hotline.answer"

    def _compute_reply_address(self):  # pylint: disable=missing-return
        """By the portal the account stands where an address would."""
        super()._compute_reply_address()
        for answer in self.filtered(lambda one: one.channel == notices.PORTAL):
            answer.reply_address = answer.ticket_id._portal_account() or False

"""Letters and links in part for whoever has no need of an address: the core's hidden_table.py."""

from odoo import api, fields, models

from odoo.addons.gov_hotline.domain import masking
from odoo.addons.gov_hotline.models import hotline_sight
from odoo.addons.gov_hotline.models.hidden_table import groups

EMAIL = groups("email")
# An unplaced letter is of no case: who looked into it is noted at the letter itself.
hotline_sight.SEEN.add("hotline.incoming.mail")


class HotlineIncomingMail(models.Model):
    """The auditor reads whose letter it is in part; the file as it came leaves a line."""

    _name = "hotline.incoming.mail"
    _inherit = ["hotline.incoming.mail", "hotline.hidden"]
    _whole = ("from_address", "to_addresses")

    from_address = fields.Char(groups=EMAIL)
    to_addresses = fields.Char(groups=EMAIL)
    headers = fields.Text(groups=EMAIL)
    faults = fields.Text(groups=EMAIL)
    last_error = fields.Char(groups=EMAIL)
    why = fields.Char(groups=EMAIL)
    from_part = fields.Char(
        string="Part of the sender's address", compute="_compute_parts", compute_sudo=True
    )
    why_shown = fields.Char(string="Why it is so", compute="_compute_why_shown", compute_sudo=True)

    @api.depends("from_address")
    def _compute_parts(self):
        for mail in self:
            mail.from_part = masking.email(mail.from_address)

    @api.depends("why")
    @api.depends_context("uid")
    def _compute_why_shown(self):
        hidden = self.env["hotline.hidden"].sudo(False)  # of the reader, not of the computation
        for mail in self:
            mail.why_shown = masking.in_words(mail.why) if hidden._hides("email") else mail.why

    @api.depends_context("uid")
    def _compute_display_name(self):
        return super()._compute_display_name()

    def _sender_words(self):
        # sudo: in part where the reader has no need of the whole
        return self.env["hotline.hidden"]._shown(self.sudo().from_address)


class HotlineUploadLink(models.Model):
    """Where a link went, in part."""

    _inherit = "hotline.upload.link"

    email_to = fields.Char(groups=EMAIL)
    email_part = fields.Char(
        string="Sent to, in part", compute="_compute_email_part", compute_sudo=True
    )

    @api.depends("email_to")
    def _compute_email_part(self):
        for link in self:
            link.email_part = masking.email(link.email_to)


class HotlineSight(models.Model):
    _inherit = "hotline.sight"

    subject = fields.Selection(selection_add=[("hotline.incoming.mail", "Incoming letter")])

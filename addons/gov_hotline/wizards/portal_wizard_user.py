from odoo import models

from ..models.mail_doors import mailing_account


class PortalWizardUser(models.TransientModel):
    _inherit = "portal.wizard.user"

    def _send_email(self):
        return super(PortalWizardUser, mailing_account(self))._send_email()

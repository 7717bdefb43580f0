from urllib.parse import urlsplit

from odoo import api, models

# Odoo installs these services by itself; each would carry data to Odoo's servers.
CRONS = (
    "mail.ir_cron_module_update_notification",
    "sms.ir_cron_sms_scheduler_action",
    "snailmail.snailmail_print",
)
ENDPOINTS = (
    "iap.endpoint",
    "iap.partner_autocomplete.endpoint",
    "enrich.endpoint",
    "sms.endpoint",
    "snailmail.endpoint",
    "html_editor.media_library_endpoint",
    "html_editor.olg_api_endpoint",
    "mail.server.gmail.iap.endpoint",
    "mail.server.outlook.iap.endpoint",
)
# Windows that send SMS through Odoo's cloud, offered among the actions of every contact.
SMS_ACTIONS = (
    "sms.res_partner_act_window_sms_composer_multi",
    "sms.res_partner_act_window_sms_composer_single",
)
# Foreign accounts that auth_oauth and auth_oidc ship, Odoo's own switched on.
PROVIDERS = (
    "auth_oauth.provider_openerp",
    "auth_oauth.provider_facebook",
    "auth_oauth.provider_google",
    "auth_oidc.provider_azuread_multi",
    "auth_oidc.provider_azuread_single",
)
FOREIGN = ("odoo.com", "facebook.com", "google.com", "microsoftonline.com")
# The discard port of the machine itself: a call fails at once, nothing leaves.
NOWHERE = "http://127.0.0.1:9"


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _hotline_close_perimeter(self):
        """Switch off what calls Odoo's servers; run at installation and at every update.

        An address that the body itself has set (a gateway of its own) is kept.
        """
        for xmlid in CRONS:
            cron = self.env.ref(xmlid, raise_if_not_found=False)
            if cron and cron.active:
                cron.active = False
        for xmlid in SMS_ACTIONS:
            action = self.env.ref(xmlid, raise_if_not_found=False)
            if action:
                action.binding_model_id = False
        self._hotline_close_foreign_accounts()
        parameters = self.env["ir.config_parameter"].sudo()  # reason: parameters of the system
        for key in ENDPOINTS:
            if not parameters.get_param(key):
                parameters.set_param(key, NOWHERE)
        # base_install_request opens the menu «Apps» to all staff
        self.env.ref("base.menu_management").group_ids = self.env.ref("base.group_system")

    @api.model
    def _hotline_close_foreign_accounts(self):
        """Switch off signing in with foreign accounts; a provider led elsewhere is kept."""
        for xmlid in PROVIDERS:
            provider = self.env.ref(xmlid, raise_if_not_found=False)
            host = urlsplit(provider.auth_endpoint or "").hostname or "" if provider else ""
            if provider and provider.enabled and host.endswith(FOREIGN):
                provider.enabled = False


class PublisherWarrantyContract(models.AbstractModel):
    _inherit = "publisher_warranty.contract"

    def update_notification(self, cron_mode=True):
        """Tell the publisher nothing: the report has the body's name, address and users."""
        return True


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def autocomplete_by_name(self, query, query_country_id, timeout=15):
        """Look up nothing outside: partner_autocomplete sends what is typed in a name's field."""
        return []

    @api.model
    def autocomplete_by_vat(self, vat, query_country_id, timeout=15):
        """As above, for a tax number."""
        return []

    @api.model
    def enrich_by_duns(self, duns, timeout=15):
        """As above, for a company that was chosen."""
        return {}

    @api.model
    def enrich_by_gst(self, gst, timeout=15):
        """As above."""
        return {}


class ResCompany(models.Model):
    _inherit = "res.company"

    def iap_enrich_auto(self):
        """Ask nobody about the body: partner_autocomplete does at the administrator's sign-in."""
        return True


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """As Odoo, but the client is not told to have the body looked up."""
        return {**super().session_info(), "iap_company_enrich": False}


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    def _compute_partner_autocomplete_insufficient_credit(self):
        """The credit at Odoo's servers is not asked for: asking makes an account there."""
        self.partner_autocomplete_insufficient_credit = False

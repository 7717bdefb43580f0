import uuid
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..domain import sms

PROVIDERS = [("http", "Gateway of a mobile operator")]
SETTINGS = (
    "hotline_sms_provider", "hotline_sms_url", "hotline_sms_token", "hotline_sms_sender",
)  # fmt: skip
ADMINISTRATOR = "gov_hotline.group_administrator"


class ResCompany(models.Model):
    """The body's SMS: off until the administrator chooses a gateway."""

    _inherit = "res.company"

    hotline_sms_provider = fields.Selection(
        PROVIDERS, string="SMS gateway", help="Empty: no SMS are sent."
    )
    hotline_sms_url = fields.Char(string="Address of the gateway")
    hotline_sms_token = fields.Char(string="Key of the gateway", groups=ADMINISTRATOR, copy=False)
    hotline_sms_sender = fields.Char(string="Name of the sender")

    def _is_sms_on(self):
        return bool(self.sudo().hotline_sms_provider)  # sudo: whether, not how

    def _sms_provider(self):
        """Return the provider's model; None while SMS are off."""
        self.ensure_one()
        code = self.sudo().hotline_sms_provider  # sudo: as above
        return self.env[f"hotline.sms.{code}"].sudo() if code else None  # sudo: a job sends

    @api.constrains("hotline_sms_url", "hotline_sms_provider")
    def _check_hotline_sms_url(self):
        for company in self.filtered("hotline_sms_provider"):
            url = _split(company.hotline_sms_url)
            if not url or url.scheme not in ("http", "https") or not url.hostname or url.username:
                raise ValidationError(
                    self.env._("The address of the SMS gateway begins with https:// or http://.")
                )

    def _write_sms(self, vals):
        """Write what `vals` change of the SMS at once, as they are checked."""
        self.ensure_one()
        given = {name: vals[name] for name in SETTINGS if name in vals}
        changed = {name: new for name, new in given.items() if (self[name] or "") != (new or "")}
        if changed:
            self.write(changed)

    def write(self, vals):
        done = super().write(vals)
        if "hotline_sms_provider" in vals:
            self.env.registry.clear_cache()  # the menu of SMS comes and goes
        return done


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_sms_provider = fields.Selection(
        related="company_id.hotline_sms_provider", readonly=False
    )
    hotline_sms_url = fields.Char(related="company_id.hotline_sms_url", readonly=False)
    hotline_sms_token = fields.Char(related="company_id.hotline_sms_token", readonly=False)
    hotline_sms_sender = fields.Char(related="company_id.hotline_sms_sender", readonly=False)

    @api.model_create_multi
    def create(self, vals_list):
        """The fields of a company are written one by one: a way without its address is refused."""
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id"))
            (company or self.env.company)._write_sms(vals)
        return super().create(vals_list)

    def write(self, vals):
        for settings in self:
            settings.company_id._write_sms(vals)
        return super().write(vals)

    def action_check_sms(self):
        """Send one SMS to the administrator's own telephone and say how it went."""
        self.ensure_one()
        if "administrator" not in self.env["helpdesk.ticket"]._roles():
            raise AccessError(self.env._("Only an administrator checks the SMS."))
        phone = sms.mobile(self.env.user.phone or "")
        if not phone:
            raise UserError(self.env._("Write a mobile number into your own card first."))
        provider = self.company_id._sms_provider()
        if provider is None:
            raise UserError(self.env._("SMS are off: choose a gateway and save first."))
        text = self.env._("Check of the SMS of «%(name)s»", name=self.company_id.name)
        outcome = provider._send(self.company_id, phone, text, str(uuid.uuid4()))
        return self._sms_told(outcome, phone)

    def _sms_told(self, outcome, phone):
        if outcome.act != "deliver":
            raise UserError(self._sms_fault(outcome))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "sticky": True,
                "title": self.env._("The gateway works"),
                "message": self.env._(
                    "«%(server)s» took a test SMS to %(phone)s under No. %(number)s. See whether "
                    "it has come.",
                    server=outcome.server,
                    phone=phone,
                    number=outcome.reference,
                ),
            },
        }

    def _sms_fault(self, outcome):
        line = {"server": outcome.server, "why": outcome.why}
        if outcome.act == "fail":
            return self.env._("«%(server)s» refused the SMS: %(why)s", **line)
        if outcome.act == "delay":
            return self.env._(
                "«%(server)s» cannot be used now: %(why)s. Check the address and the key.", **line
            )
        return self.env._(
            "«%(server)s» answered so that nobody knows whether the SMS left: %(why)s. A gateway "
            "answers with JSON that holds «id».",
            **line,
        )


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Where no body sends SMS, their menu is not shown; it is while some were sent."""
        hidden = super()._load_menus_blacklist()
        # sudo: whether, of every body; the list itself is of one's own bodies
        on = self.env["res.company"].sudo().search_count(
            [("hotline_sms_provider", "!=", False)], limit=1
        )  # fmt: skip
        menu = self.env.ref("gov_hotline.menu_sms", raise_if_not_found=False)
        # as above
        if menu and not on and not self.env["hotline.sms"].sudo().search_count([], limit=1):
            hidden = [*hidden, menu.id]
        return hidden


def _split(url):
    try:
        return urlsplit(url or "")
    except ValueError:
        return None

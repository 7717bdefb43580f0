from odoo import api, fields, models
from odoo.exceptions import ValidationError

SOURCES = [
    ("operator", "Operator"),
    ("portal", "Portal"),
    ("ivr", "Voice menu"),
    ("register", "Register"),
    ("inspector", "Inspector"),
]
REASONS = [
    ("confirmed", "Checked: it is so"),
    ("turned_over", "The meter turned over its digits"),
    ("replaced", "The meter was replaced"),
]


class HotlineAccount(models.Model):
    """A personal account with a company: whose, where, for what (D2, E2, E3)."""

    _name = "hotline.account"
    _description = "Account"
    _order = "number, id"
    _rec_name = "number"
    _rec_names_search = ["number", "holder_name"]

    number = fields.Char(required=True, index=True)
    provider_id = fields.Many2one(
        "res.partner",
        string="Service company",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('hotline_kind', 'in', ('agency', 'organisation'))]",
    )
    holder_id = fields.Many2one(
        "res.partner",
        string="Citizen",
        index="btree_not_null",
        ondelete="set null",
        domain="[('hotline_kind', '=', 'citizen')]",
    )
    holder_name = fields.Char(string="Holder", help="As the company's register writes it.")
    object_id = fields.Many2one("hotline.object", index="btree_not_null", ondelete="restrict")
    address = fields.Char(related="object_id.address", string="Address")
    service_ids = fields.Many2many("hotline.service", string="Services")
    state = fields.Selection(
        [("open", "Account open"), ("closed", "Account closed")],
        required=True,
        default="open",
        index=True,
    )
    opened_on = fields.Date(string="Account opened on")
    closed_on = fields.Date(string="Account closed on")
    external_key = fields.Char(
        string="Key in the register", index="btree_not_null", copy=False, readonly=True
    )
    meter_ids = fields.One2many("hotline.meter", "account_id", string="Meters")
    reading_ids = fields.One2many("hotline.reading", "account_id", string="Readings")

    _number_uniq = models.Constraint(
        "UNIQUE (provider_id, number)", "This company has an account with this number already."
    )

    @api.depends("number", "provider_id")
    def _compute_display_name(self):
        for account in self:
            # sudo: the company's name is no secret of whoever may read the account
            provider = account.provider_id.sudo().name or ""
            account.display_name = f"{account.number} ({provider})" if provider else account.number

    @api.onchange("holder_id")
    def _onchange_holder_id(self):
        self.holder_name = self.holder_name or self.holder_id.name

    @api.constrains("opened_on", "closed_on")
    def _check_dates(self):
        for account in self:
            if account.opened_on and account.closed_on and account.closed_on < account.opened_on:
                raise ValidationError(
                    self.env._("Account %(number)s: closed before opened.", number=account.number)
                )


class HotlineMeter(models.Model):
    """A meter of an account: what it measures, its number, until when it is verified."""

    _name = "hotline.meter"
    _description = "Meter"
    _order = "account_id, service_id, id"
    _rec_name = "serial"
    _rec_names_search = ["serial", "account_id.number"]

    account_id = fields.Many2one("hotline.account", required=True, index=True, ondelete="cascade")
    service_id = fields.Many2one(
        "hotline.service", string="Utility service", required=True, ondelete="restrict"
    )
    serial = fields.Char(string="Serial number")
    place = fields.Char(help="Where it hangs: kitchen, bathroom.")
    digits = fields.Integer(string="Digits before the comma", default=5, required=True)
    installed_on = fields.Date(string="Installed")
    verified_until = fields.Date(string="Verified until")
    active = fields.Boolean(default=True)
    reading_ids = fields.One2many("hotline.reading", "meter_id", string="Readings")
    last_reading_id = fields.Many2one("hotline.reading", compute="_compute_last_reading_id")
    last_value = fields.Float(
        string="Last reading", digits=(12, 3), compute="_compute_last_reading_id"
    )
    last_on = fields.Date(string="Read on", compute="_compute_last_reading_id")

    _digits_range = models.Constraint(
        "CHECK (digits BETWEEN 1 AND 9)", "A meter has from one to nine digits."
    )

    @api.depends("reading_ids")
    def _compute_last_reading_id(self):
        Readings = self.env["hotline.reading"]
        last = Readings._last_of(self)
        by_meter = dict(zip(last, Readings.browse(last.values()), strict=True))  # read together
        for meter in self:
            reading = by_meter.get(meter.id, Readings)
            meter.last_reading_id = reading
            meter.update({"last_value": reading.value, "last_on": reading.read_on})

    @api.depends("service_id", "serial", "place")
    def _compute_display_name(self):
        for meter in self:
            serial = f"№ {meter.serial}" if meter.serial else ""
            parts = (meter.service_id.name, meter.place, serial)
            meter.display_name = ", ".join(filter(None, parts))

from odoo import fields, models
from odoo.exceptions import UserError

# Files of registers hold names, telephones and addresses in whole: for those who load them.
LOADERS = "gov_hotline.group_supervisor,gov_hotline.group_administrator"
# What a column may hold, in the order of the list.
FIELDS = [
    ("number", "Number of the account"),
    ("holder", "Holder: full name"),
    ("surname", "Surname"),
    ("given_name", "Given name"),
    ("patronymic", "Patronymic"),
    ("phone", "Telephone"),
    ("address", "Address in one line"),
    ("locality", "Settlement"),
    ("street", "Street"),
    ("house", "House"),
    ("building", "Block"),
    ("flat", "Flat"),
    ("postal_code", "Postal code"),
    ("services", "Services"),
    ("opened_on", "Opened on"),
    ("closed_on", "Closed on"),
    ("meter", "Number of the meter"),
    ("meter_service", "Service of the meter"),
    ("key", "Key of the row"),
]


class HotlineRegisterColumn(models.Model):
    """A column of a file and what is read from it."""

    _name = "hotline.register.column"
    _description = "Column of a register"
    _order = "sequence, id"

    run_id = fields.Many2one(
        "hotline.register.run", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    name = fields.Char(string="Column of the file", required=True, readonly=True)
    sample = fields.Char(string="For example", readonly=True, groups=LOADERS)
    field = fields.Selection(FIELDS, string="What it is", help="Empty: not read.")

    def write(self, vals):
        """What a column is does not change while its file is being loaded."""
        if any(run.state not in ("draft", "checked") for run in self.run_id):
            raise UserError(self.env._("This file is loaded already: begin a new load."))
        if "field" in vals:
            # the keys of the rows may be of another column now
            self.run_id._write_by_act({"is_read": False})
        return super().write(vals)

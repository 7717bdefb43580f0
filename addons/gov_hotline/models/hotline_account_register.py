from odoo import models
from odoo.exceptions import UserError

# What says which account it is and whose: the company's register alone changes it.
OF_REGISTER = ("number", "provider_id", "object_id", "holder_name")


class HotlineAccount(models.Model):
    """An account that a register told of is the register's (D2).

    By hand it is linked with a citizen's card, closed, given meters; what the register says of it
    would be set right by the next file, or stand twice under two numbers.
    """

    _inherit = "hotline.account"

    def write(self, vals):
        """Refuse to change by hand what the register tells of an account; UserError."""
        touched = [name for name in OF_REGISTER if name in vals]
        for account in self.filtered("external_key") if touched and not self.env.su else ():
            told = account._convert_to_write({name: account[name] for name in touched})
            if any((told[name] or False) != (vals[name] or False) for name in touched):
                raise UserError(account._register_words())
        return super().write(vals)

    def _register_words(self):
        return self.env._(
            "Account %(number)s stands in the register of %(company)s: its number, company, "
            "address and holder change with the next file of the register. By hand, close the "
            "account or link it with a citizen's card.",
            number=self.number,
            # sudo: the company's name is no secret of whoever may write the account
            company=self.provider_id.sudo().name or "",
        )

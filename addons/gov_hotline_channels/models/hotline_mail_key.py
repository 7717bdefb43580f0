from odoo import fields, models

# What everybody reads in place of the key.
HIDDEN_KEY = "••••••••"


class HotlineMail(models.Model):
    """The key of a link goes out with its letter and is read by nobody here.

    Whoever reads the text of a letter could hand files over for the executor: so the stored text
    shows the address with the key hidden, and the key is put in as the letter leaves.
    """

    _inherit = "hotline.mail"

    link_key = fields.Char(copy=False, groups=fields.NO_ACCESS)

    def _leaving_text(self):  # pylint: disable=missing-return
        text = super()._leaving_text()
        return text.replace(HIDDEN_KEY, self.link_key, 1) if self.link_key else text

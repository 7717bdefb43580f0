from odoo import fields, models


class DocumentPageHistory(models.Model):
    _inherit = "document.page.history"

    # OCA keeps what was typed as it is: a script must not run in the publisher's browser.
    content = fields.Html(sanitize=True)

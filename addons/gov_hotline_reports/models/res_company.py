from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain import sstu


class ResCompany(models.Model):
    _inherit = "res.company"

    hotline_sstu_department = fields.Char(
        string="Code of the body in ССТУ.РФ",
        help="GUID of the body, from its account in ССТУ.РФ.",
    )
    hotline_sstu_skip = fields.Char(
        string="Numbers left out",
        help="Beginnings of numbers, by commas: appeals with covering letters that the sender "
        "itself tells ССТУ.РФ of, for example А26.",
    )
    hotline_public_statistics = fields.Boolean(
        string="Public statistics",
        help="The published quarters are shown to everybody.",
    )

    @api.constrains("hotline_sstu_department")
    def _check_hotline_sstu_department(self):
        for company in self.filtered("hotline_sstu_department"):
            check_guid(self.env, company.hotline_sstu_department)


def check_guid(env, text):
    """Refuse what is no GUID, in words."""
    if not sstu.is_guid(text):
        raise ValidationError(
            env._(
                "«%(text)s» is no code of ССТУ.РФ: it looks like "
                "3f2504e0-4f89-41d3-9a0c-0305e82c3301.",
                text=text,
            )
        )

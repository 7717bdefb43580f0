from odoo import api, fields, models

from .res_company import check_guid


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotline_sstu_department = fields.Char(
        string="Code in ССТУ.РФ",
        help="GUID of the body in ССТУ.РФ: without it a forwarding to it cannot be told.",
    )

    @api.constrains("hotline_sstu_department")
    def _check_hotline_sstu_department(self):
        for partner in self.filtered("hotline_sstu_department"):
            check_guid(self.env, partner.hotline_sstu_department)

    def _sstu_department(self):
        return (self.hotline_sstu_department or "").lower()

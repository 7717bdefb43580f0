"""The own card of whoever is signed in: one page, no addresses of a shop."""

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

# The card of a company is the body's to keep: its people at the portal change their own alone.
NOT_THEIRS = ("company_name", "vat", "parent_id", "partner_id")


class HotlineOwnCard(CustomerPortal):
    """Odoo's pages of billing and delivery addresses lead to the own card."""

    @http.route()
    def my_addresses(self, **_kw):
        """Lead to the own card."""
        return request.redirect("/my/account")

    @http.route()
    def portal_address(self, **_kw):
        """Lead to the own card."""
        return request.redirect("/my/account")

    @http.route()
    def portal_address_submit(self, partner_id=None, **form_data):
        """Change the own card and no other; what it belongs to stays."""
        own = request.env.user.partner_id
        if str(partner_id) != str(own.id):
            raise AccessError(request.env._("Only your own details are changed here."))
        told = {name: value for name, value in form_data.items() if name not in NOT_THEIRS}
        if told.get("callback") in (None, "", "/my/addresses"):
            told["callback"] = "/my"
        return super().portal_address_submit(partner_id=partner_id, **told)

    def _prepare_address_form_values(self, *args, **kwargs):
        values = super()._prepare_address_form_values(*args, **kwargs)
        country = values["country"] or request.env.ref("base.ru")
        # No list of the world's countries; regions are written in the address line.
        return values | {
            "country": country,
            "countries": country,
            "country_states": request.env["res.country.state"],
            "discard_url": "/my",
        }

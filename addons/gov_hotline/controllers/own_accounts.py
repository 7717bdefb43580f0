from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .own_pages import own_record, render

SHOWN = 80


class HotlineOwnAccounts(CustomerPortal):
    """A citizen's accounts and readings of meters (D8).

    A citizen has no access to accounts: the pages take the own ones by `_own_domain`, the templates
    get values, never a record. Odoo makes one class of all portal controllers.
    """

    def _citizen_accounts(self):
        """Return (accounts as the system, the domain of the citizen's own)."""
        accounts = request.env["hotline.account"]
        # sudo: see the class; the domain keeps to the own ones
        return accounts.sudo(), accounts._own_domain()

    def _citizen_account(self, account_id):
        """Return the own account as sudo; 404 for others and for absent ones alike."""
        return own_record(*self._citizen_accounts(), account_id)

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "hotline_account_count" in counters:
            accounts, own = self._citizen_accounts()
            values["hotline_account_count"] = accounts.search_count(own)
        return values

    @http.route("/my/accounts", type="http", auth="user", readonly=True, website=True)
    def my_accounts(self, **_kw):
        """List the accounts of the citizen's card."""
        accounts, own = self._citizen_accounts()
        found = accounts.search(own, order="state desc, number, id", limit=SHOWN)
        values = self._prepare_portal_layout_values() | {
            "page_name": "hotline_accounts",
            "accounts": [one._own_row() for one in found],
        }
        return render("gov_hotline.portal_accounts", values)

    @http.route("/my/accounts/<int:account_id>", type="http", auth="user", website=True)
    def my_account(self, account_id, **_kw):
        """Show one own account with the form of readings."""
        return self._own_account_page(self._citizen_account(account_id))

    @http.route(
        "/my/accounts/<int:account_id>/readings",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def my_account_readings(self, account_id, **typed):
        """Take readings: a receipt when all were taken, else the form with what is asked."""
        account = self._citizen_account(account_id)
        told = account._take_from_holder(typed)
        taken = [str(one["reading"]) for one in told if one["reading"]]
        if taken and all(one["accepted"] for one in told):
            return request.redirect(f"/my/accounts/{account.id}/receipt/{'-'.join(taken)}")
        return self._own_account_page(account, told=told, typed=typed)

    def _own_account_page(self, account, told=(), typed=None):
        values = {
            "page_name": "hotline_accounts",
            "account": account._own_card(told, typed),
            "is_empty": typed is not None and not told,
        }
        return render("gov_hotline.portal_account", values)

    @http.route(
        "/my/accounts/<int:account_id>/receipt/<string:numbers>",
        type="http",
        auth="user",
        readonly=True,
        website=True,
    )
    def my_account_receipt(self, account_id, numbers, **_kw):
        """Show what this user handed in: a page to print or keep."""
        account = self._citizen_account(account_id)
        ids = [int(one) for one in numbers.split("-")[:SHOWN] if one.isdecimal() and len(one) < 10]
        rows = account._receipt_rows(ids)
        if not rows:
            raise request.not_found()
        values = {
            "page_name": "hotline_accounts",
            "account": account._own_row(),
            "receipt": rows,
        }
        return render("gov_hotline.portal_receipt", values)

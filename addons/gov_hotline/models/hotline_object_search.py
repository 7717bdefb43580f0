import re

from odoo import api, fields, models
from odoo.fields import Domain

from ..domain import search_words
from . import search_sql
from .hotline_finder import LOOKED_AT, READ_AT_MOST

_CODE = re.compile(r"[^\W\d_]{0,3}[\s/-]?\d[\d\s/-]*")


class HotlineListed(models.AbstractModel):
    """A list whose own search knows the words as the one box of the operator's screen does."""

    _name = "hotline.listed"
    _inherit = ["hotline.searched"]
    _description = "Found by words in its list"
    _found_kind = ""  # as hotline.finder calls it

    found_by = fields.Char(
        string="Words in any order",
        compute="_compute_found_by",
        search="_search_found_by",
        groups="base.group_user",
        exportable=False,
    )

    def _compute_found_by(self):
        self.found_by = False

    @api.model
    def _search_found_by(self, operator, value):
        if operator != "ilike" or not isinstance(value, str):
            return NotImplemented
        return self.env["hotline.finder"]._fitting(self._found_kind, value)


class HotlineObject(models.Model):
    """Objects are found by their address."""

    _name = "hotline.object"
    _inherit = ["hotline.object", "hotline.listed"]
    _found_kind = "object"

    _search_idx = models.Index(search_sql.index())

    @api.depends("address")
    def _compute_search_words(self):
        return super()._compute_search_words()

    def _search_line(self):
        return search_words.line((self.address,))


class HotlineAccount(models.Model):
    """Accounts are found by number, holder and address."""

    _name = "hotline.account"
    _inherit = ["hotline.account", "hotline.listed"]
    _found_kind = "account"

    _search_idx = models.Index(search_sql.index())

    @api.depends("number", "holder_name", "holder_id.name", "object_id.address")
    def _compute_search_words(self):
        return super()._compute_search_words()

    def _search_line(self):
        holders = (self.holder_name, self.holder_id.name)
        return search_words.account_line(self.number, holders, self.object_id.address)


class HotlineFinder(models.AbstractModel):
    """Objects and accounts in the same list."""

    _inherit = "hotline.finder"

    @api.model
    def _kinds(self):
        kinds = super()._kinds()
        citizen = {"citizen": kinds.pop("citizen")}
        places = {"account": ("hotline.account", []), "object": ("hotline.object", [])}
        return {**citizen, **places, **kinds}

    @api.model
    def _searched_column(self, kind):
        """An account is found by its holder and its address at once: by its number alone then."""
        if kind == "account" and self.env["hotline.hidden"]._hides("holder"):
            return ""
        return super()._searched_column(kind)

    @api.model
    def _by_number(self, text, kinds, limit):
        rows = super()._by_number(text, kinds, limit)
        code = self._code(text)
        if code and "account" in kinds:
            rows += self._rows("account", self._accounts_by_code(code, limit))
        return rows

    @api.model
    def _code(self, text):
        """Return the beginning of an account's number that was typed; "" for none."""
        code = "".join(search_words.code_words(text)[:1])
        is_code = len(code) >= search_words.LONG_NUMBER and _CODE.fullmatch(text)
        return code if is_code else ""

    @api.model
    def _fitting_number(self, kind, text):
        code = kind == "account" and self._code(text)
        if not code:
            return super()._fitting_number(kind, text)
        return Domain("id", "in", self._accounts_by_code(code, LOOKED_AT, LOOKED_AT).ids)

    @api.model
    def _accounts_by_code(self, code, limit, looked_at=READ_AT_MOST):
        """Return accounts whose number begins with `code`, its dashes apart; the shortest first."""
        accounts = self.env["hotline.account"]
        if not accounts.has_access("read"):
            return accounts

        def to_sql(_model, alias, _query):
            return search_sql.condition(alias, search_words.search_text([[(code, True)]]))

        accounts.flush_model(["search_words"])
        found = accounts.browse(
            accounts._search(Domain.custom(to_sql=to_sql), limit=looked_at).get_result_ids()
        )
        return found.sorted(lambda one: (len(one.number), one.number))[:limit]

    @api.model
    def _account_rows(self, accounts):
        in_part = self.env["hotline.hidden"]._hides("holder")
        holder = [] if in_part else ["holder_name", "holder_id"]
        accounts.fetch(["number", "object_id", "provider_id", "state", *holder])
        accounts.object_id.fetch(["address"])
        accounts.provider_id.fetch(["name"])
        if not in_part:
            accounts.filtered(lambda one: not one.holder_name).holder_id.fetch(["name"])
        return [
            {
                "title": one.number,
                "name": "" if in_part else one.holder_name or one.holder_id.name or "",
                "subtitle": one.object_id.address or "",
                "provider": one.provider_id.name or "",
                "is_closed": one.state == "closed",
                "citizen_id": False if in_part else one.holder_id.id,
                "object_id": one.object_id.id,
            }
            for one in accounts
        ]

    @api.model
    def _object_rows(self, objects):
        objects.fetch(["address", "kind_id"])
        objects.kind_id.fetch(["name"])
        return [{"title": one.address or "", "subtitle": one.kind_id.name or ""} for one in objects]

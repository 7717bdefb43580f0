from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import questions

QUESTIONS_A_DAY = 20  # of one address that are counted
PAGES_A_DAY = 100
NEW_A_DAY = 200  # questions of the whole site: more is a script with many addresses


class HotlineKbVisit(models.Model):
    """What a visitor of the site has asked or opened today: counted once, and not without end.

    A visitor is a digest that changes every day; rows of other days are deleted.
    """

    _name = "hotline.kb.visit"
    _description = "What visitors did today"
    _log_access = False
    _rec_name = "day"

    visitor = fields.Char(required=True)
    day = fields.Date(required=True, index=True)
    page_id = fields.Many2one("document.page", index="btree_not_null", ondelete="cascade")
    gap_id = fields.Many2one("hotline.kb.gap", index="btree_not_null", ondelete="cascade")

    _once_uniq = models.UniqueIndex(
        "(visitor, coalesce(page_id, 0), coalesce(gap_id, 0))", "This visit is counted already."
    )

    @api.model
    def _has_left(self, address, name, at_most):
        """Whether the visitor has not used up the day's `at_most`."""
        return len(self._seen(address, name)) < at_most

    @api.model
    def _is_first(self, address, name, record):
        """Note the visit; whether it is the visitor's first of the day, also of two at once."""
        day = self.env.company._hotline_today()
        sql = SQL(
            "INSERT INTO hotline_kb_visit (visitor, day, %s) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING RETURNING id",
            SQL.identifier(name), self._visitor(address, day), day, record.id,
        )  # fmt: skip
        return bool(self.env.execute_query(sql))

    @api.model
    def _seen(self, address, name):
        visitor = self._visitor(address, self.env.company._hotline_today())
        # sudo: what is counted is nobody's to read or to write but through here
        return self.sudo().search([("visitor", "=", visitor), (name, "!=", False)])

    @api.model
    def _visitor(self, address, day):
        return self.env["hotline.kb.mark"]._visitor_key(address, day)

    @api.autovacuum
    def _gc_visits(self):
        self.search([("day", "<", self.env.company._hotline_today())]).unlink()


class HotlineKbGap(models.Model):
    _inherit = "hotline.kb.gap"

    @api.model
    def _of_visitor(self, query, address):
        """Count what a citizen searched on the site in vain; what is too much is let go."""
        text = self._without_people(query, ())
        Visit = self.env["hotline.kb.visit"]
        if not questions.is_told(text):
            return
        if not Visit._has_left(address, "gap_id", QUESTIONS_A_DAY):
            return
        gap = self._known(text, self.env.company) or self._new_of_site(text)
        if gap and Visit._is_first(address, "gap_id", gap):
            gap._asked_again("site_count")

    @api.model
    def _dismiss_chance(self):
        """Fold away what only fingers typed on the site; used by the migration."""
        of_site = [("state", "=", "new"), ("call_count", "=", 0), ("site_count", ">", 0)]
        for gap in self.search(of_site):
            if gap.site_count == gap.asked_count and not questions.is_told(gap.name):
                gap.state = "dismissed"

    @api.model
    def _new_of_site(self, text):
        """Put the question into the list while the site may bring one more today."""
        since = fields.Datetime.now().replace(hour=0, minute=0, second=0)
        domain = [("create_date", ">=", since), ("site_count", ">", 0)]
        gaps = self.sudo()  # sudo: counted alone
        full = gaps.search_count([*domain, ("company_id", "=", self.env.company.id)]) >= NEW_A_DAY
        return gaps.browse() if full else self._new(text, self.env.company)


class DocumentPage(models.Model):
    _inherit = "document.page"

    def _opened_on_site(self, address):
        """Count that a visitor opened the article: once a day, and not a whole site in a row."""
        Visit = self.env["hotline.kb.visit"]
        left = Visit._has_left(address, "page_id", PAGES_A_DAY)
        if left and Visit._is_first(address, "page_id", self):
            self._used_once_more()

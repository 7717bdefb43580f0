from odoo import api, fields, models

from ..domain import notices

# In the database, because many who register at once try many numbers: a transaction does not see
# what was committed after its beginning, and each number that it tries in vain would cost three
# questions over the connection. The insertion waits for a concurrent taker of the same number.
_TAKE = """
CREATE OR REPLACE FUNCTION hotline_take_number(
    company integer, kind text, in_year integer, first integer, ticket integer
) RETURNS integer AS $$
BEGIN
    IF first IS NULL THEN
        SELECT COALESCE(max(n), 0) + 1 INTO first FROM hotline_number
         WHERE company_id = company AND series = kind AND year = in_year;
    END IF;
    FOR number IN first .. 2147483647 LOOP
        BEGIN
            INSERT INTO hotline_number (company_id, series, year, n, ticket_id)
                 VALUES (company, kind, in_year, number, ticket);
            RETURN number;
        EXCEPTION WHEN unique_violation THEN
            NULL;  -- somebody else has committed it: the next one
        END;
    END LOOP;
END $$ LANGUAGE plpgsql;
"""


class HotlineNumber(models.Model):
    """A number taken in a series: gapless, because a rollback frees it."""

    _name = "hotline.number"
    _description = "Number of an appeal"
    _order = "id desc"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    series = fields.Char(required=True, readonly=True)
    series_text = fields.Char(compute="_compute_series_text", string="Series in words")
    year = fields.Integer(required=True, readonly=True)
    n = fields.Integer(required=True, readonly=True)
    ticket_id = fields.Many2one("helpdesk.ticket", readonly=True, index=True, ondelete="restrict")

    _taken_uniq = models.UniqueIndex("(company_id, series, year, n)", "This number is taken.")

    def init(self):
        """Make the function anew at each installation and update."""
        self.env.cr.execute(_TAKE)

    @api.depends("series", "ticket_id")
    @api.depends_context("lang")
    def _compute_series_text(self):
        kinds = dict(self.env["helpdesk.ticket"]._fields["kind"]._description_selection(self.env))
        for number in self:
            if number.series == notices.SERIES:
                number.series_text = self.env._("outgoing letters")
                continue
            # sudo: the kind of the appeal is that of its series, not a part of its contents
            kind = kinds.get(number.ticket_id.sudo().kind)
            number.series_text = number._series_words(kind)

    def _series_words(self, kind):
        """Return the key of the series in words; `kind`: what its appeals are called."""
        parts = dict(part.partition("=")[::2] for part in (self.series or "").split("&"))
        words = [kind] if "kind" in parts and kind else []
        dept = parts.get("dept", "").strip("-")
        if dept:
            words.append(self.env._("department %(code)s", code=dept))
        return ", ".join(words) or self.env._("common to all")

    @api.model
    def _take(self, company, series, year, ticket, is_used=lambda _n: False):
        """Take the next number of `series` in `year` for `ticket` and return it.

        Call it last in the transaction. A concurrent taker of the same number waits here on the
        unique index until the first one commits (then tries the next number in the same
        transaction) or rolls back (then gets the number: no gap).
        """
        key, n = (company.id, series, year), None
        while is_used(taken := self._insert(key, n, ticket)):
            self._let_go((company, series, year), [taken])
            n = taken + 1
            while is_used(n):
                n += 1
        return taken

    def _insert(self, key, first, ticket):
        """Take the first number from `first` on that nobody has committed; return it.

        Without `first`: from the one after the last of the series on.
        """
        values = (*key, first, ticket.id or None)
        self.env.cr.execute("SELECT hotline_take_number(%s, %s, %s, %s, %s)", values)
        return self.env.cr.fetchone()[0]

    @api.model
    def _take_all(self, company, series, year, tickets):
        """Take a number of `series` in `year` for each of `tickets`; return {ticket: number}.

        By one question, in their order, each as `_take` does it. Whether a number stands on a case
        already is for the caller to see: `_let_go` gives it back.
        """
        self.env.cr.execute(
            "SELECT t.id, n FROM unnest(%s) AS t (id),"
            " LATERAL hotline_take_number(%s, %s, %s, NULL, t.id) AS n",
            (tickets.ids, company.id, series, year),
        )
        return {tickets.browse(ticket): n for ticket, n in self.env.cr.fetchall()}

    def _let_go(self, series, numbers):
        """Give back numbers just taken, of which one stands on another case already."""
        company, name, year = series
        self.env.cr.execute(
            "DELETE FROM hotline_number"
            " WHERE company_id = %s AND series = %s AND year = %s AND n = ANY(%s)",
            (company.id, name, year, list(numbers)),
        )

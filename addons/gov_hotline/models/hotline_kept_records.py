from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import retention

# An account that nobody knows to be closed is served yet; a closed one counts from its end.
OPEN_ACCOUNT = SQL(
    "EXISTS (SELECT FROM hotline_account k WHERE k.holder_id = t.id"
    " AND (k.state = 'open' OR k.closed_on IS NULL))"
)
LAST_ACCOUNT = SQL("(SELECT max(k.closed_on) FROM hotline_account k WHERE k.holder_id = t.id)")


class HotlineCall(models.Model):
    """A talk that made no case: consultation, redirect, status, thanks."""

    _name = "hotline.call"
    _inherit = ["hotline.call", "hotline.kept"]
    _kept_kind = retention.CALL

    @api.model
    def _kept_columns(self, company):
        return {
            "number": SQL("t.number"),
            "begun": self._kept_day("started_at", company),
            "ended": SQL(
                "COALESCE(%s, %s)",
                self._kept_day("ended_at", company),
                self._kept_day("started_at", company),
            ),
            "is_ended": SQL("t.state = 'closed'"),
            "task": SQL(
                "EXISTS (SELECT FROM hotline_task k WHERE k.call_id = t.id AND k.state = 'open')"
            ),
            "where": SQL("t.ticket_id IS NULL"),
        }


class HotlineReception(models.Model):
    """A reception at which no appeal was taken."""

    _name = "hotline.reception"
    _inherit = ["hotline.reception", "hotline.kept"]
    _kept_kind = retention.RECEPTION

    @api.model
    def _kept_columns(self, company):
        return {
            "number": SQL("COALESCE(t.number, '№ ' || t.id)"),
            "begun": SQL("t.held_on"),
            "ended": SQL("t.held_on"),
            "is_ended": SQL("t.state <> 'booked'"),
            "where": SQL("t.ticket_id IS NULL"),
        }


class HotlineTask(models.Model):
    """A task of no case: of a call it goes with the call, at the latest."""

    _name = "hotline.task"
    _inherit = ["hotline.task", "hotline.kept"]
    _kept_kind = retention.TASK

    @api.model
    def _kept_columns(self, company):
        return {
            "number": SQL("'№ ' || t.id"),
            "begun": self._kept_day("create_date", company),
            "ended": self._kept_day("write_date", company),
            "is_ended": SQL("t.state <> 'open'"),
            "where": SQL("t.ticket_id IS NULL"),
        }


class ResPartner(models.Model):
    """The card of a citizen: kept while anything of the hotline names them (152-FZ, art. 5)."""

    _name = "res.partner"
    _inherit = ["res.partner", "hotline.kept"]
    _kept_kind = retention.CITIZEN
    _kept_person = SQL("t.id")

    hotline_last_on = fields.Date(
        string="Last dealt with",
        readonly=True,
        copy=False,
        help="The last day of what named the citizen and was destroyed after its term.",
    )

    def _kept_people(self):
        return self.browse()

    @api.model
    def _kept_columns(self, company):
        made = self._kept_day("create_date", company)
        return {
            "number": SQL("'№ ' || t.id"),
            "begun": made,
            "ended": SQL("GREATEST(%s, t.hotline_last_on, %s)", made, LAST_ACCOUNT),
            "is_ended": SQL("TRUE"),
            "named": SQL(" OR ").join(self._kept_traces()),
            "account": SQL("EXISTS (SELECT FROM res_users u WHERE u.partner_id = t.id)"),
            "open_account": OPEN_ACCOUNT,
            "where": SQL("t.hotline_kind = 'citizen'"),
        }

    @api.model
    def _kept_traces(self):
        """Yield the conditions that something which is kept names the citizen."""
        for name, column in self.env["hotline.case.graph"]._keepers():
            table, column = SQL.identifier(self.env[name]._table), SQL.identifier("k", column)
            if name != "res.users":
                yield SQL("EXISTS (SELECT FROM %s k WHERE %s = t.id)", table, column)


class HotlineCaseGraph(models.AbstractModel):
    """With the card of the holder a closed account loses the holder's name."""

    _inherit = "hotline.case.graph"

    def _set_null(self, name, column, ids):
        if (name, column) != ("hotline.account", "holder_id"):
            return super()._set_null(name, column, ids)
        # by the ORM: the words by which it is found are made anew
        self.env[name].browse(ids).write({"holder_id": False, "holder_name": False})
        self.env.flush_all()
        return None

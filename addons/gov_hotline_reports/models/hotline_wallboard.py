import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.gov_hotline.domain.board import Aims
from odoo.addons.gov_hotline.domain.transitions import FINAL_STATES

DECIDERS = ("supervisor", "administrator")
HOLDERS = "gov_hotline.group_supervisor,gov_hotline.group_administrator"
USUAL = Aims()
BYTES = 24  # of chance in a link: nobody guesses it
# What of the board's figures goes to the wall: numbers, and no others.
FIGURES = (
    "waiting", "ringing", "callbacks", "callbacks_late", "lost", "offered", "level", "lost_share",
    "keeps_level", "keeps_lost", "operators",
)  # fmt: skip

_CASES = """
    SELECT count(*) FILTER (WHERE due_on = %(today)s), count(*) FILTER (WHERE due_on < %(today)s)
      FROM helpdesk_ticket
     WHERE company_id = %(company)s AND active AND state NOT IN %(final)s AND state <> 'draft'
       AND due_on <= %(today)s AND (%(line)s IS NULL OR line_id = %(line)s)
"""


class HotlineWallboard(models.Model):
    """A screen on the wall: figures of a body or of one line, to whoever has the secret link.

    Nothing personal is shown: numbers, and the names of the body and of the line.
    """

    _name = "hotline.wallboard"
    _inherit = "hotline.by.act"
    _description = "Screen on the wall"
    _order = "revoked_at desc, id desc"
    _set_by_act = frozenset({"secret", "revoked_at", "revoked_by_id"})
    _editable = frozenset({"name"})

    name = fields.Char(required=True, help="Where the screen hangs.")
    company_id = fields.Many2one(
        "res.company",
        string="Body",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    line_id = fields.Many2one(
        "hotline.line", ondelete="cascade", help="Empty: all lines of the body."
    )
    secret = fields.Char(readonly=True, copy=False, groups=HOLDERS)
    link = fields.Char(compute="_compute_link", groups=HOLDERS)
    revoked_at = fields.Datetime(string="Revoked on", readonly=True, copy=False)
    revoked_by_id = fields.Many2one("res.users", string="Revoked by", readonly=True, copy=False)

    _secret_uniq = models.UniqueIndex("(secret) WHERE secret IS NOT NULL", "Try once more.")

    @api.depends("secret")
    def _compute_link(self):
        for one in self:
            address = f"{one.get_base_url()}/hotline/wallboard/{one.secret}"
            one.link = one.secret and address

    @api.constrains("line_id", "company_id")
    def _check_line(self):
        if any(one.line_id and one.line_id.company_id != one.company_id for one in self):
            raise UserError(self.env._("The line is one of another body."))

    @api.model_create_multi
    def create(self, vals_list):
        self.env["helpdesk.ticket"]._require_role(*DECIDERS)
        made = super().create(vals_list)
        for one in made:
            one._write_by_act({"secret": secrets.token_urlsafe(BYTES)})
            one._journal("wallboard_made")
        return made

    # Acts

    def action_open(self):
        """Open the screen in a new tab."""
        self.ensure_one()
        self._require()
        return {"type": "ir.actions.act_url", "url": self.link, "target": "new"}

    def action_revoke(self):
        """Make the link invalid for good, at once; a new screen gets a new link."""
        self.ensure_one()
        self._require()
        now = fields.Datetime.now()
        self._write_by_act({"secret": False, "revoked_at": now, "revoked_by_id": self.env.uid})
        self._journal("wallboard_revoked")

    def _require(self):
        self.env["helpdesk.ticket"]._require_role(*DECIDERS)
        self.check_access("write")
        if self.revoked_at:
            raise UserError(self.env._("The link was revoked: make a new screen."))

    def _journal(self, event):
        self.env["hotline.journal"]._append(event, self)

    # For the wall

    @api.model
    def _by_secret(self, secret):
        """Return the screen of a link, as the system; empty for a wrong or revoked one."""
        # sudo: whoever holds the link; figures alone are read with it
        found = self.sudo().search([("secret", "=", secret or "-")], limit=1)
        return found.with_context(lang=found.company_id._hotline_lang()) if found else found

    def _figures(self):
        """Return what the wall shows now: numbers and names of states; called as the system."""
        self.ensure_one()
        Board = self.env["hotline.board"]
        row = self._row(Board._figures(self.company_id))
        due_today, overdue = self._cases()
        return {
            **{name: row[name] for name in FIGURES},
            "longest": self._seconds_since(row["longest_since"]),
            "aim_seconds": self._aim_seconds(),
            "due_today": due_today,
            "overdue": overdue,
            "now": self._clock(),
            "troubles": len(Board._troubles(self.company_id)),
        }

    def _row(self, figures):
        """Return the total, or the figures of the line, which may have been archived."""
        if not self.line_id:
            return figures["total"]
        rows = [row for row in figures["lines"] if row["id"] == self.line_id.id]
        return rows[0] if rows else {**dict.fromkeys(FIGURES, 0), "longest_since": False,
                                     "operators": {}}  # fmt: skip

    def _seconds_since(self, moment):
        if not moment:
            return None
        waited = fields.Datetime.now() - fields.Datetime.to_datetime(moment)
        return max(0, int(waited.total_seconds()))

    def _aim_seconds(self):
        lines = self.line_id or self.env["hotline.line"].search(
            [("company_id", "=", self.company_id.id)]
        )
        return min((line._aims().seconds for line in lines), default=USUAL.seconds)

    def _clock(self):
        zoned = self.with_context(tz=self.company_id.hotline_tz)
        return fields.Datetime.context_timestamp(zoned, fields.Datetime.now()).strftime("%H:%M:%S")

    def _cases(self):
        """Return (due today, overdue) of the running appeals."""
        query = SQL(
            _CASES,
            today=self.company_id._hotline_today(),
            company=self.company_id.id,
            final=FINAL_STATES,
            line=self.line_id.id or None,
        )
        return self.env.execute_query(query)[0]

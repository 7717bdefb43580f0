from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import mails

STATES = [
    (mails.QUEUED, "In the queue"),
    (mails.SENDING, "Being sent"),
    (mails.SENT, "Sent"),
    (mails.FAILED, "Not sent"),
    (mails.UNKNOWN, "Unknown whether it left"),
    (mails.CANCELLED, "Cancelled"),
]
CONTENT = ("ticket_id", "company_id", "kind", "res_model", "res_id", "addressee", "body",
           "dedupe_key")  # fmt: skip
COURSE = (
    "state", "tries", "queued_at", "tried_at", "next_try_at", "sent_at", "last_error", "server",
)  # fmt: skip


class HotlineOutbox(models.AbstractModel):
    """What leaves the body by a wire: written once with its act, sent by a background job.

    One transaction with the act puts it in the queue; «being sent» is committed before the talk
    with the server. So a crash loses nothing from sight, and nothing goes twice by itself.

    `_code`: how the journal calls it; `_to`: the column of the address; each model adds `kind`.
    """

    _name = "hotline.outbox"
    _inherit = "hotline.by.act"
    _description = "What leaves the body"
    _order = "id desc"
    _code = ""
    _to = ""

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, index=True, ondelete="cascade"
    )
    ticket_number = fields.Char(related="ticket_id.number", string="Appeal No.")
    company_id = fields.Many2one(
        "res.company", string="Body", required=True, index=True, ondelete="restrict"
    )
    res_model = fields.Char(string="Kind of the record it tells of", required=True)
    res_id = fields.Many2oneReference(
        string="Record it tells of", model_field="res_model", required=True
    )
    addressee = fields.Char()
    body = fields.Text(string="Text", required=True)
    dedupe_key = fields.Char(string="Key against doubles", required=True, copy=False)

    state = fields.Selection(STATES, required=True, default=mails.QUEUED, copy=False)
    tries = fields.Integer(help="In a row, since it was last put into the queue.")
    queued_at = fields.Datetime(
        string="In the queue since", default=lambda self: fields.Datetime.now()
    )
    tried_at = fields.Datetime(string="Last try")
    next_try_at = fields.Datetime(string="Next try")
    sent_at = fields.Datetime(string="Sent on")
    last_error = fields.Char(string="Last error")
    server = fields.Char()
    in_trouble = fields.Boolean(
        string="Needs attention", compute="_compute_in_trouble", search="_search_in_trouble"
    )

    _dedupe_uniq = models.UniqueIndex("(dedupe_key)", "This is in the queue already.")
    _source_idx = models.Index("(res_model, res_id)")
    _under_way_idx = models.Index(
        "(state, next_try_at) WHERE state IN ('queued', 'sending', 'failed', 'unknown')"
    )

    @api.depends("state", "last_error")
    def _compute_in_trouble(self):
        """Not sent, nobody knows, or waiting because of an error."""
        for one in self:
            waits = one.state == mails.QUEUED and bool(one.last_error)
            one.in_trouble = waits or one.state in mails.TROUBLES

    def _search_in_trouble(self, operator, value):
        if operator != "in":
            return NotImplemented
        waits = fields.Domain("state", "=", mails.QUEUED) & fields.Domain("last_error", "!=", False)
        trouble = waits | fields.Domain("state", "in", mails.TROUBLES)
        return trouble if True in value else ~trouble

    @api.model
    def _put(self, source, vals, key):
        """Make the record, in the transaction of the act; return it as the system.

        `source`: the record it tells of, with a `ticket_id`; `key`: the same key again returns the
        first one. The act has checked who asks; the caller journals and calls the sender.
        """
        return self._create_by_act(self._prepare_put(source, vals, key)).sudo()  # sudo: a job sends

    @api.model
    def _prepare_put(self, source, vals, key):
        ticket = source.sudo().ticket_id  # sudo: of any act
        return {
            "ticket_id": ticket.id,
            "company_id": ticket.company_id.id,
            "res_model": source._name,
            "res_id": source.id,
            "addressee": source.sudo()._mail_addressee(),  # sudo: as above
            "dedupe_key": key,
            **vals,
        }

    @api.model
    def _with_key(self, key):
        """Return what was put into the queue with `key` before, as the system."""
        return self.sudo().search([("dedupe_key", "=", key)], limit=1)  # sudo: of any act

    def _source(self):
        """Return the record this tells of, as the system; empty where it is gone."""
        self.ensure_one()
        # sudo: read by the job and by acts that checked
        return self.env[self.res_model].sudo().browse(self.res_id).exists()

    def _step(self, act, **vals):
        """Take `act`'s step by the table; raises UserError where there is none."""
        for one in self:
            state = mails.next_state(act, one.state)
            if state is None:
                raise UserError(
                    self.env._(
                        "«%(name)s»: this cannot be done while it is «%(state)s».",
                        name=one.display_name,
                        state=one._selected_label("state"),
                    )
                )
            one._write_by_act({"state": state, **vals})

    def _selected_label(self, name):
        return dict(self._fields[name]._description_selection(self.env))[self[name]]

    def _journal(self, event):
        """Append `event` («queued», «sent» …) to the journal of the case."""
        told = [
            (one.ticket_id, {self._code: one.id, f"{self._code}_kind": one.kind})
            for one in self.sudo()  # ids only, of whatever the act was allowed on
        ]
        self.env["hotline.journal"]._append_many(f"{self._code}_{event}", told)

    def _answered_for_by(self):
        """Return who is told in the morning of what did not leave, beside the supervisors."""
        return self.ticket_id.user_id

    def _belongs_to(self):
        """Return the number of the appeal, or the name of what is sent beside one."""
        return self.ticket_id.number

    def _trouble_text(self):
        """Return one line: what, to whom, what is wrong."""
        self.ensure_one()
        line = {"what": self._what(), "address": self._to_shown(), "why": self.last_error or ""}
        if self.state == mails.UNKNOWN:
            return self.env._("%(what)s to %(address)s: unknown whether it left", **line)
        if self.state == mails.FAILED:
            return self.env._("%(what)s to %(address)s did not leave: %(why)s", **line)
        return self.env._("%(what)s to %(address)s waits: %(why)s", **line)

    def _what(self):
        """Return what it is, in words."""
        raise NotImplementedError

    def _course_text(self):
        """Return the state in words for a reader of the source; '' for nothing sent."""
        if not self:
            return ""
        course = f"{self._to_shown()}: {self._selected_label('state')}"
        return f"{course} ({self.last_error})" if self.last_error else course

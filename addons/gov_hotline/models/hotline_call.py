from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..domain import calls, phones
from .guards import without_defaults, without_names
from .helpdesk_ticket import ORIGINS
from .hotline_disposition import GROUPS

FIXED_AFTER_CLOSING = frozenset(
    (
        *("group", "disposition_id", "question", "result", "agency_id", "partner_id"),
        *("operator_id", "phone", "started_at", "line_id", "state", "ticket_id", "topic_id"),
        *("direction", "medium", "answered_at", "wait_seconds", "talk_seconds", "ended_at"),
        *("source", "phone_raw", "company_id", "object_id", "account_id"),
    )
)
# What the PBX tells of a call: its acts alone change it, in any state.
BY_PBX = frozenset(
    (
        *("queue_id", "phase", "fate", "ring_seconds", "hold_seconds", "ended_by", "end_cause"),
        *("queued_at", "unknown_from", "unknown_until"),
    )
)
# … and these of a call that it told of: by them reports count the wait, the talk, who is in time.
TOLD_BY_PBX = frozenset(
    (
        *("direction", "medium", "started_at", "answered_at", "ended_at"),
        *("wait_seconds", "talk_seconds"),
    )
)
# Set by the PBX and by the acts: a call does not begin closed.
BY_SYSTEM = BY_PBX | {"number", "source", "state", "ended_at", "emergency_id", "hold_recording"}
SHOWN = 40  # characters of what was typed, in the words of a refusal
TICKET_KIND_OF_LINE = {"message": "message", "oral": "appeal_59", "consult": False}


class HotlineCall(models.Model):
    """One conversation, in or out, by hand or by the PBX. Light: no mail thread."""

    _name = "hotline.call"
    _description = "Call"
    _order = "started_at desc, id desc"
    _rec_name = "number"

    number = fields.Char(required=True, readonly=True, copy=False, default="/", index=True)
    direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing")], required=True, default="in"
    )
    medium = fields.Selection(
        [("phone", "Telephone"), ("visit", "Personal visit")], required=True, default="phone"
    )
    source = fields.Selection(
        [("manual", "By hand"), ("pbx", "PBX")], required=True, default="manual", readonly=True
    )
    started_at = fields.Datetime(required=True, default=fields.Datetime.now, index=True)
    answered_at = fields.Datetime()
    ended_at = fields.Datetime(readonly=True)
    wait_seconds = fields.Integer(string="Waited, s")
    talk_seconds = fields.Integer(string="Talked, s")
    operator_id = fields.Many2one("res.users", default=lambda self: self.env.user, index=True)
    line_id = fields.Many2one("hotline.line", index=True)
    phone = fields.Char(string="Caller's number", index=True, help="E.164")
    phone_raw = fields.Char(string="Number as received")
    phone_kind = fields.Char(compute="_compute_phone_kind")
    partner_id = fields.Many2one("res.partner", string="Citizen")
    group = fields.Selection(GROUPS, index=True)
    disposition_id = fields.Many2one("hotline.disposition", index=True, ondelete="restrict")
    topic_id = fields.Many2one("hotline.topic", index=True, ondelete="restrict")
    question = fields.Text(string="What was asked")
    result = fields.Text(string="What was answered")
    agency_id = fields.Many2one(
        "res.partner",
        domain="[('hotline_kind', '=', 'agency')]",
        help="Where the caller was redirected, or who is thanked.",
    )
    ticket_id = fields.Many2one("helpdesk.ticket", string="Appeal", index=True)
    task_ids = fields.One2many("hotline.task", "call_id", string="Tasks")
    state = fields.Selection(
        [("open", "Open"), ("closed", "Ended")], required=True, default="open", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    _partner_started_idx = models.Index(
        "(partner_id, started_at DESC) WHERE partner_id IS NOT NULL"
    )
    _open_idx = models.Index("(operator_id) WHERE state = 'open'")

    # An add-on adds what its own system sets.
    _by_system = BY_SYSTEM
    _by_pbx = BY_PBX

    @api.depends("phone", "phone_raw")
    def _compute_phone_kind(self):
        special = self._special_kinds(self.mapped("phone"))
        for call in self:
            own = phones.normalise(call.phone or call.phone_raw or "").kind
            call.phone_kind = special.get(call.phone, own)

    @api.model
    def _special_kinds(self, numbers):
        """Return {number: kind} of those that belong to nobody: shared, service."""
        found = self.env["hotline.phone"].search_fetch(
            [("number", "in", list(filter(None, numbers))), ("kind", "!=", "personal")],
            ["number", "kind"],
        )
        return {phone.number: phone.kind for phone in found}

    @api.model_create_multi
    def create(self, vals_list):
        prepared = [self._prepare_new(vals) for vals in vals_list]
        for vals, number in zip(prepared, self._new_numbers(len(prepared)), strict=True):
            vals["number"] = number
        clean = self if self.env.su else without_defaults(self, self._by_system)
        return super(HotlineCall, clean).create(prepared).with_env(self.env)

    def _prepare_new(self, vals):
        self._check_telephone(vals)
        vals = dict(vals) if self.env.su else without_names(vals, self._by_system)
        if vals.get("phone"):
            vals["phone_raw"] = vals.get("phone_raw") or vals["phone"]
            vals["phone"] = phones.normalise(vals["phone"]).e164
        return vals

    @api.model
    def _new_numbers(self, count):
        """Return the next numbers; a batch of calls looks for their sequence once."""
        bodies = [self.env.company.id, False]
        of_calls = [("code", "=", "hotline.call"), ("company_id", "in", bodies)]
        sequence = self.env["ir.sequence"].search(of_calls, order="company_id", limit=1)
        return [sequence._next() if sequence else "/" for _one in range(count)]

    def write(self, vals):
        if not self.env.su:
            self._check_may_write(set(vals))
            self._check_telephone(vals)
        done = super().write(vals)
        if vals.get("state") == "closed":
            for call in self:
                call._check_can_close()
        return done

    def _check_telephone(self, vals):
        """Refuse what a person typed into the telephone and is none; a PBX sends what it sends."""
        for text in (vals.get("phone"), vals.get("phone_raw")):
            if not self.env.su and phones.has_words(text):
                raise UserError(
                    self.env._("This is not a telephone number: %(text)s", text=text[:SHOWN])
                )

    def _check_may_write(self, names):
        if names & {"number", "source"}:
            raise AccessError(self.env._("Number and source of a call are set by the system."))
        told = names & TOLD_BY_PBX and "pbx" in self.mapped("source")
        if told or names & self._by_pbx:
            raise AccessError(self.env._("What the PBX tells of a call is not changed by hand."))
        if names & {"emergency_id", "hold_recording"}:
            raise AccessError(self.env._("The marks of an emergency are set by its button."))
        if names & FIXED_AFTER_CLOSING:
            self._check_not_closed()

    def _check_not_closed(self):
        closed = self.filtered(lambda call: call.state == "closed")
        if closed and not self.env["helpdesk.ticket"]._roles() & {"officer", "supervisor"}:
            raise UserError(
                self.env._(
                    "Call %(number)s is closed. Ask the supervisor to correct it.",
                    number=closed[0].number,
                )
            )

    def action_close(self):
        """Close the call; a disposition is needed (B6)."""
        self.check_access("write")
        now = fields.Datetime.now()
        for call in self:
            call.write({"state": "closed", **call._end(now)})

    def _end(self, now):
        """Return when it ended and how long the talk was; of its own calls the PBX tells that."""
        if self.source != "manual":
            return {}
        began = self.answered_at or self.started_at
        talk = self.talk_seconds or max(0, int((now - began).total_seconds()))
        return {"ended_at": self.ended_at or now, "talk_seconds": talk}

    def _check_can_close(self):
        disposition = self.disposition_id
        if not disposition:
            raise UserError(self.env._("Choose the disposition of the call."))
        if disposition.needs_agency and not self.agency_id:
            raise UserError(self.env._("«%(name)s»: choose the agency.", name=disposition.name))
        if disposition.needs_ticket and not self.ticket_id:
            raise UserError(
                self.env._("«%(name)s»: register the appeal first.", name=disposition.name)
            )

        self._check_question(disposition)

    def _check_question(self, disposition):
        """B6: what exactly was asked, or who was thanked and for what."""
        gaps = {
            "question": self.env._("«%(name)s»: write down what was asked.", name=disposition.name),
            "addressee_or_question": self.env._(
                "«%(name)s»: choose who is thanked or write down what for.", name=disposition.name
            ),
        }
        gap = calls.closing_gap(
            disposition.group, self.question or "", has_addressee=bool(self.agency_id)
        )
        if gap:
            raise UserError(gaps[gap])

    @api.constrains("question", "result")
    def _check_text_length(self):
        for call in self:
            for name in ("question", "result"):
                if len(call[name] or "") > calls.TEXT_LIMIT:
                    raise ValidationError(
                        self.env._(
                            "«%(field)s» is too long: %(length)s characters, at most %(limit)s fit."
                            " Shorten it or attach the whole text to the appeal as a file.",
                            field=call._fields[name]._description_string(self.env),
                            length=len(call[name]),
                            limit=calls.TEXT_LIMIT,
                        )
                    )

    def action_make_ticket(self):
        """Make a draft case from the call (one click); return its form."""
        self.ensure_one()
        ticket = self._make_ticket({})
        return ticket.get_formview_action()

    def _make_ticket(self, vals):
        """Return the draft case of this call; `vals` wins over what the call knows."""
        self.ensure_one()
        if self.ticket_id:
            raise UserError(
                self.env._(
                    "A case was made from this call: %(name)s.", name=self.ticket_id.display_name
                )
            )
        ticket = self.env["helpdesk.ticket"].create({**self._prepare_ticket_vals(), **vals})
        self.write({"ticket_id": ticket.id, "group": "appeal"})
        return ticket

    def _prepare_ticket_vals(self):
        line = self.line_id
        kind = TICKET_KIND_OF_LINE[line.mode or "message"]
        if not kind:
            raise UserError(self.env._("Line «%(name)s» is for consultation only.", name=line.name))
        return {
            "kind": kind,
            "origin": self.medium if self.medium in dict(ORIGINS) else "phone",
            "line_id": line.id,
            "team_id": line.team_id.id,
            "company_id": self.company_id.id,
            "received_at": self.started_at,
            "topic_id": self.topic_id.id,
            "object_id": self.object_id.id,
            "appeal_text": self.question,
            "partner_id": self.partner_id.id,
            **self._applicant_vals(),
        }

    def _applicant_vals(self):
        vals = self.env["helpdesk.ticket"]._applicant_vals(self.partner_id)
        return {**vals, "applicant_phone": self.phone or vals["applicant_phone"]}

    def _talk_text(self):
        """Return what was said in the call, as far as the user may read it: an extension point."""
        self.ensure_one()
        return ""

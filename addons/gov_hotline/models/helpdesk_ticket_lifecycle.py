from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..domain import transitions
from .guards import without_defaults, without_names

# Passed in the context by _transition alone: an object cannot be forged over RPC.
_BY_TRANSITION = object()

INTAKE_FIELDS = frozenset(
    {
        "kind", "origin", "line_id", "appeal_text", "description", "received_at", "partner_id",
        "applicant_surname", "applicant_given_name", "applicant_patronymic", "applicant_address",
        "applicant_phone", "applicant_email", "is_collective", "complaint_against_id", "topic_id",
        "name", "company_id", "unlawful_act", "partner_name", "partner_email",
        "collective_recipient", "signature_count", "coapplicant_ids",
        "identified_by", "lacks_signature", "lacks_date", "lacks_addressee",
    }
)  # fmt: skip
FIXED_AT_REGISTRATION = frozenset(
    {"kind", "track", "appeal_text", "description", "received_at", "received_on", "company_id"}
)
SYSTEM_FIELDS = frozenset(
    {
        "number", "access_code", "registered_on", "closed_on", "text_hash", "is_anonymous",
        "due_on", "registration_warnings", "track", "received_on", "closed_date", "outcome_id",
        "applicant_name", "number_key", "repetition", "stopped_topic_id", "converted_from_id",
        # of a draft with a code: helpdesk_ticket_draft.py
        "draft_number", "draft_key", "draft_phone", "draft_digest", "draft_until",
        "draft_withdrawn_at", "draft_withdrawn_why", "confirmed_by_id",
        "confirmed_at", "confirmed_how", "identified_at",
    }
)  # fmt: skip
# What stays as it was when the case was closed; rating, access tokens and activities live on.
LEGAL_FIELDS = INTAKE_FIELDS | SYSTEM_FIELDS | {
    "state", "stage_id", "team_id", "user_id", "question_ids", "answer_ids", "deadline_ids",
    "attachment_ids", "active", "new_arguments", "overdue_cause",
}  # fmt: skip
# A user's hand leaves these alone too once the case is closed. What the system does lives on: the
# copies of a letter that comes later, a duplicate whose case is destroyed.
CLOSED_FIELDS = LEGAL_FIELDS | {
    "sms_agreed", "duplicate_id", "duplicate_ids", "channel_id", "email_cc", "category_id",
    "tag_ids", "priority", "similar_key", "migration_facts", "properties", "new_addition_on",
    "commercial_partner_id", "assigned_date", "last_stage_update", "object_id",
    # marks of whoever works on it: a new one would look like work done after the end
    "color", "kanban_state",
}  # fmt: skip
# Legally nothing, but the officer's work: after hand-over the operator leaves these alone too.
HANDED_OVER_FIELDS = LEGAL_FIELDS | {
    "priority", "category_id", "channel_id", "tag_ids", "user_ids", "kanban_state", "color",
    "sequence", "duplicate_id", "object_id",
}  # fmt: skip


# Columns of the system that no override of `write` and no tracking looks at.
PLAIN = frozenset({"number", "access_code", "text_hash", "received_on", "registration_warnings"})


class HelpdeskTicket(models.Model):
    """State is the truth, the stage follows; rights move with the state (B3, B4)."""

    _inherit = "helpdesk.ticket"

    stage_id = fields.Many2one(compute="_compute_stage_id", store=True, readonly=False)
    can_register = fields.Boolean(compute="_compute_can")
    can_edit_intake = fields.Boolean(compute="_compute_can")
    can_edit = fields.Boolean(compute="_compute_can")

    @api.depends("state")
    def _compute_stage_id(self):
        """Each state has exactly one stage, common to all teams."""
        stages = self.env["helpdesk.ticket.stage"]._by_state()
        for ticket in self:
            ticket.stage_id = stages.get(ticket.state)

    @api.depends("state", "track")
    @api.depends_context("uid")
    def _compute_can(self):
        roles = self._roles()
        for ticket in self:
            allowed = transitions.allowed(ticket.track, ticket.state, roles)
            ticket.can_register = ticket.state == "draft" and "in_work" in allowed
            ticket.can_edit_intake = ticket.state == "draft" and "operator" in roles
            ticket.can_edit = ticket.state in transitions.WORKING_STATES and "officer" in roles

    @api.model
    def _read_group_stage_ids(self, stages, _domain):
        """Kanban shows our stages, each once, also when empty."""
        return stages.search([("hotline_state", "!=", False)])

    @api.model_create_multi
    def create(self, vals_list):
        """A case begins as a draft, whatever the caller says."""
        names = SYSTEM_FIELDS | {"state", "stage_id", "access_token"}
        clean = super(HelpdeskTicket, without_defaults(self, names))
        tickets = clean.create([without_names(vals, names) for vals in vals_list])
        return tickets.with_env(self.env)

    def write(self, vals):
        if self.env.context.get("hotline_by") is _BY_TRANSITION:
            return super().write(vals)
        if "state" in vals or "stage_id" in vals:
            return self._write_as_transition(vals)
        self._check_write(set(vals), withdraws=vals.get("sms_agreed") is False)
        return super().write(vals)

    def _write_as_transition(self, vals):
        """A stage dropped in kanban, imported or sent over RPC is a transition or is refused."""
        self.check_access("write")
        vals = dict(vals)
        stage = self.env["helpdesk.ticket.stage"].browse(vals.pop("stage_id", False))
        to_state = vals.pop("state", None) or stage.hotline_state
        if vals:
            self.write(vals)
        for ticket in self.filtered(lambda ticket: ticket.state != to_state):
            ticket._go_to(to_state)
        return True

    def _go_to(self, to_state):
        """Bring the appeal to a state by its own act (the button's method)."""
        if to_state not in self._allowed_states():
            self._refuse_transition(to_state)
        if to_state in transitions.FINAL_STATES:
            return self._close_as(to_state)
        if to_state == "deferred":
            return self.action_defer()
        return self.action_register() if self.state == "draft" else self.action_resume()

    def _check_write(self, names, withdraws=False):
        """Refuse what the state and the role forbid (B4). The trigger is the last line.

        `withdraws`: the consent to SMS is taken back, which a person may do at any time.
        """
        if self.env.su:
            names = names & (SYSTEM_FIELDS - {"closed_date"})
        if withdraws:
            names = names - {"sms_agreed"}
        for ticket in self:
            ticket._check_write_one(names)

    def _check_write_one(self, names):
        if names & (SYSTEM_FIELDS | {"access_token"}) and not self.env.su:
            raise AccessError(self.env._("Numbers and dates of an appeal are set by the system."))
        if self.is_final and names & (LEGAL_FIELDS if self.env.su else CLOSED_FIELDS):
            raise UserError(
                self.env._(
                    "Appeal %(number)s is closed and locked. Nothing in it changes any more; "
                    "register a new appeal and refer to this one.",
                    number=self.number,
                )
            )
        if self.state in transitions.WORKING_STATES and not self.env.su:
            self._check_write_in_work(names)

    def _check_write_in_work(self, names):
        if names & FIXED_AT_REGISTRATION:
            raise UserError(
                self.env._(
                    "The registered text, kind and date of appeal %(number)s do not change.",
                    number=self.number,
                )
            )
        if names & HANDED_OVER_FIELDS and "officer" not in self._roles():
            raise AccessError(
                self.env._(
                    "Appeal %(number)s was handed over: only the officer changes it now.",
                    number=self.number,
                )
            )

    def _refuse_transition(self, to_state):
        labels = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "Appeal %(number)s cannot go from «%(before)s» to «%(after)s» in your role.",
                number=self.number,
                before=labels[self.state],
                after=labels.get(to_state, "?"),
            )
        )

    def _transition(self, to_state, **vals):
        """Change the state by the table: the only way (STYLE habit 7). Journals the act."""
        self.ensure_one()
        self._transition_each(to_state, [vals])

    def _transition_each(self, to_state, vals_list, is_told=True):
        """Change the state of each by the table; `vals_list`: what else changes, case by case.

        Without `is_told` the caller writes the journal's line: with another one, at once.
        """
        told = []
        for ticket, vals in zip(self, vals_list, strict=True):
            if to_state not in ticket._allowed_states():
                ticket._refuse_transition(to_state)
            moved = {"source": ticket.state, "target": to_state, **self._journal_vals(vals)}
            told.append((ticket, moved))
        now = fields.Datetime.now()
        self._write_each(
            [{"state": to_state, "last_stage_update": now, **vals} for vals in vals_list]
        )
        if to_state in transitions.FINAL_STATES:
            self.flush_recordset()  # state and stage in one UPDATE: after it the lock is shut
        if is_told:
            self.env["hotline.journal"]._append_many("transition", told)

    def _write_each(self, vals_list):
        """Write what the act sets: what is the same for all these cases at once."""
        if not self:
            return
        first, own = vals_list[0], set()
        for vals in vals_list[1:]:
            own |= {name for name in vals if name not in first or vals[name] != first[name]}
            own |= set(first) - set(vals)
        common = {name: value for name, value in first.items() if name not in own}
        self.with_context(hotline_by=_BY_TRANSITION).write(common)
        for ticket, vals in zip(self, vals_list, strict=True):
            ticket._write_own({name: value for name, value in vals.items() if name in own})

    def _write_own(self, vals):
        """Write what differs from case to case; plain columns past the overrides of `write`.

        Nobody watches those, and of many cases each way through all the overrides is the dearest
        part. The act has been checked.
        """
        plain = {name: vals[name] for name in vals if name in PLAIN}
        rest = {name: value for name, value in vals.items() if name not in PLAIN}
        if rest:
            self.with_context(hotline_by=_BY_TRANSITION).write(rest)
        for name, value in plain.items():
            self._fields[name].write(self, value)
        self.modified(plain)

    @api.model
    def _journal_vals(self, vals):
        """Return what of `vals` may stand in the journal: dates and digests, no names."""
        return {
            name: vals[name] for name in ("registered_on", "closed_on", "text_hash") if name in vals
        }

    def _check_open_for_answer(self):
        for ticket in self:
            if ticket.state not in transitions.WORKING_STATES:
                raise UserError(self.env._("An answer is prepared only for an appeal in work."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered(self):
        for ticket in self:
            if ticket.state != "draft":
                raise UserError(
                    self.env._(
                        "Appeal %(number)s is registered and is never deleted.",
                        number=ticket.number,
                    )
                )

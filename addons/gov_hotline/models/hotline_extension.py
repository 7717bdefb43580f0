from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain.extension import REASON_LENGTH
from .guards import without_names

GROUNDS = [
    ("exceptional", "Exceptional case"),
    ("request", "A request was sent to another body"),
]
STATES = [
    ("draft", "In preparation"),
    ("proposed", "To be decided"),
    ("decided", "Extended"),
    ("refused", "Refused"),
]
OPEN = ("draft", "proposed")


class HotlineExtension(models.Model):
    """The decision to extend the answer: once, in time, with a notice (EXT-30, practice 14)."""

    _name = "hotline.extension"
    _inherit = ["hotline.case.record", "hotline.signature"]
    _description = "Extension of the term"
    _order = "id desc"
    _set_by_act = frozenset(
        {
            "state", "decided_at", "due_before", "due_after", "notice_id", "refusal",
            "proposed_by_id", "dates_settled",
        }
    )  # fmt: skip

    applicant_short = fields.Char(related="ticket_id.applicant_short")
    due_on = fields.Date(related="ticket_id.law_due_on", string="Due now")
    ground = fields.Selection(GROUNDS, required=True, default="exceptional")
    longest = fields.Integer(compute="_compute_longest", string="Days the law allows")
    days = fields.Integer(
        string="Extend by, days", compute="_compute_days", store=True, readonly=False
    )
    reason = fields.Text(help="It stands in the decision and in the notice to the applicant.")
    was_due_on = fields.Date(compute="_compute_was_due_on", string="Was due on")
    new_due_on = fields.Date(compute="_compute_new_due_on", string="New date")
    decision_number = fields.Char(
        string="No. of the decision", help="Of a decision signed on paper."
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Scan of the decision")
    notice_number = fields.Char(
        string="Notice: outgoing No.",
        help="From the journal of outgoing post. Empty: numbered by itself.",
    )
    notice_date = fields.Date(string="Notice: date")
    proposed_by_id = fields.Many2one("res.users", string="Prepared by", readonly=True)
    refusal = fields.Text(string="Why refused", readonly=True)
    notice_id = fields.Many2one("hotline.notice", readonly=True, copy=False, ondelete="restrict")
    decided_at = fields.Datetime(readonly=True, copy=False)
    due_before = fields.Date(string="Date before the extension", readonly=True, copy=False)
    due_after = fields.Date(string="Extended to", readonly=True, copy=False)
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, index=True
    )

    _decided_uniq = models.UniqueIndex(
        "(ticket_id) WHERE state = 'decided'", "The term is extended once."
    )

    @api.depends("ticket_id")
    def _compute_longest(self):
        for one in self:
            one.longest = one.ticket_id._extension_term().length if one.ticket_id else 0

    @api.depends("ticket_id")
    def _compute_days(self):
        for one in self:
            one.days = one.days or one.longest

    @api.depends("due_before", "ticket_id.due_on")
    def _compute_was_due_on(self):
        """The term that is extended: as it was once the decision has moved it."""
        for one in self:
            one.was_due_on = one.due_before or one.due_on

    @api.depends("days", "due_after", "ticket_id")
    def _compute_new_due_on(self):
        for one in self:
            one.new_due_on = one.due_after or one._preview()

    def _preview(self):
        """Return the date that the extension would give, False while it cannot be counted."""
        if not self.ticket_id or not 0 < self.days <= max(self.longest, 0):
            return False
        dates = [vals["due_on"] for _clock, vals in self._extended_clocks()]
        return min(dates, default=False)

    def _extended_clocks(self):
        """Return [(running clock of the answer, its values once extended)]."""
        Deadline = self.env["hotline.deadline"]
        return [
            (
                clock,
                Deadline._prepare_vals(self.ticket_id, clock.term_id, clock.start_on, self.days),
            )
            for clock in self._running()
        ]

    def _running(self):
        """Return the clocks of the answer that still run."""
        clocks = self.ticket_id.deadline_ids
        return clocks.filtered(lambda clock: clock.is_main and not clock.met_on)

    @api.depends("ticket_id", "state")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "Extension: %(number)s", number=one.ticket_id.number or ""
            )

    # Acts

    def action_propose(self):
        """Put the extension before the one who decides. Officer."""
        self._check_officers_act()
        for one in self:
            one._check_state("draft")
            one._enforce(one._problems())
            one._write_by_act({"state": "proposed", "proposed_by_id": self.env.uid})
            one._journal("extension_proposed", days=one.days)

    def action_sign(self):
        """Decide in one click, by the own authority valid today; approver."""
        self.env["helpdesk.ticket"]._require_role("approver")
        self.check_access("read")
        for one in self:
            one._check_state("proposed")
            one._decide(one._own_authority())
        return self._signed_toast()

    def _signed_toast(self):
        """Tell what the signature brought: the new dates and the numbers of the notices."""
        told = [
            self.env._(
                "%(number)s: until %(day)s, notice %(notice)s",
                number=one.ticket_id.number,
                day=one.due_after.strftime("%d.%m.%Y"),
                # sudo: the approver is told the number of the letter just made
                notice=one.sudo().notice_id.outgoing_number or "—",
            )
            for one in self
        ]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("The extension is signed"),
                "message": "\n".join(told),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_record(self):
        """Record a decision signed on paper: signer and date as there. Officer."""
        self._check_officers_act()
        for one in self:
            one._check_state(*OPEN)
            today = one.company_id._hotline_today()
            one._decide(one.authority_id, one.signed_on or today)
        return self.ticket_id.action_offer_dates() if self.ticket_id.offers_dates else None

    def action_refuse(self, reason=""):
        """Refuse the extension with a written `reason`; approver."""
        self.env["helpdesk.ticket"]._require_role("approver")
        self.check_access("read")
        for one in self:
            one._check_state("proposed")
            if len((reason or "").strip()) < REASON_LENGTH:
                raise UserError(self.env._("Write why the extension is refused."))
            one._write_by_act({"state": "refused", "refusal": reason.strip()})
            one._journal("extension_refused")

    def action_ask_refusal(self):
        """Open the small window where the approver writes why."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("approver")
        return self.env["hotline.refusal"]._ask(self, self.env._("Refuse the extension"))

    def action_open(self):
        """Open the extension in a dialog."""
        self.ensure_one()
        return self.ticket_id._act_dialog(self._name, self.env._("Extension of the term"), self.id)

    def action_open_case(self):
        """Open the case, to read it before deciding."""
        self.ensure_one()
        self.ticket_id.check_access("read")
        return self.ticket_id._open_form()

    def _decide(self, authority, signed_on=None):
        """Sign, notify and move the date: everything in this transaction or nothing."""
        day = self.company_id._hotline_today()
        self._write_by_act({"authority_id": authority.id, "signed_on": signed_on or day})
        self._enforce([*self._signer_problems(), *self._problems(has_right=bool(authority))])
        before, after = self.ticket_id.law_due_on, self._preview()
        notice = self._notify(authority, after)
        self._enforce(self._problems(is_notified=notice is None or notice._is_told()))
        self._move_dates()
        self._write_by_act(
            {
                "state": "decided",
                "decided_at": fields.Datetime.now(),
                "notice_id": notice.id if notice else False,
                "due_before": before,
                "due_after": after,
            }
        )
        self._journal("extended", days=self.days, due_before_on=before, due_on=after)

    def _notify(self, authority, after):
        """Make and issue the notice; None where there is nobody to notify (ANON)."""
        ticket = self.ticket_id.sudo()  # the approver decides, the notice is a part of the act
        if ticket.is_anonymous:
            return None
        kind = "postponement" if ticket.kind == "request_8fz" else "extension"
        facts = {"new_due_on": after.strftime("%d.%m.%Y"), "reason": self.reason.strip()}
        if ticket.kind == "request_8fz":
            started = ticket._start_deadlines("registered", ticket.registered_on, "postponed")
            ticket._meet_deadlines(started, self.company_id._hotline_today())
        notice = ticket._new_notice(kind, authority_id=authority.id, facts=facts)
        if not self.notice_number:
            notice._issue()
            return notice
        notice.write({"outgoing_number": self.notice_number, "outgoing_date": self.notice_date})
        notice._enter_by_post()
        return notice

    def _move_dates(self):
        """Count every running clock of the answer anew, from its unshifted date (X1)."""
        for clock, vals in self._extended_clocks():
            moved = without_names(vals, ("ticket_id", "term_id"))
            recounts = (clock.certificate or {}).get("recounts", [])
            moved["certificate"] = {**vals["certificate"], "recounts": recounts}
            clock.sudo().write(moved)  # clocks are set by acts, not by users

    # Guards of acts

    def _enforce(self, problems):
        self.ticket_id._enforce(problems, subject=self._subject())

    def _check_officers_act(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        self.ticket_id._check_open_for_acts()

    def _check_state(self, *states):
        self.ticket_id._check_open_for_acts()
        if self.state not in states:
            raise UserError(
                self.env._("«%(name)s»: this was done already.", name=self.display_name)
            )

    def _journal(self, event, **payload):
        self.env["hotline.journal"]._append(event, self.ticket_id, extension=self.id, **payload)

    # Guards

    def _check_editable(self, names):  # pylint: disable=missing-return
        super()._check_editable(names)
        if any(one.state not in OPEN for one in self):
            raise UserError(self.env._("A decision on extension does not change."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(one.state not in OPEN for one in self):
            raise UserError(self.env._("A decision on extension is not deleted."))

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gov_hotline.domain import assignments as assignment_rules
from odoo.addons.gov_hotline.domain import strictness, transitions

from ..domain import letterhead, placing
from .hotline_incoming_mail import NOISE, PLACED, QUARANTINE, REJECTED
from .hotline_incoming_mail_place import ACTIVITY

DRAFT_KINDS = ("message", "request_8fz")


class HotlineIncomingMail(models.Model):
    """What an officer decides about a letter. Nobody places it where the case is not the own."""

    _inherit = "hotline.incoming.mail"

    can_decide = fields.Boolean(compute="_compute_acts")
    can_finish = fields.Boolean(compute="_compute_acts")
    can_reopen = fields.Boolean(compute="_compute_acts")

    @api.depends("state", "kind", "res_model", "assignment_id.state", "ticket_id.state")
    @api.depends_context("uid")
    def _compute_acts(self):
        officer = "officer" in self.env["helpdesk.ticket"]._roles()
        for mail in self:
            mail.can_decide = officer and mail.state == QUARANTINE
            mail.can_finish = officer and mail._awaits_final()
            mail.can_reopen = officer and mail._may_reopen()

    def _awaits_final(self):
        """Whether it is an executor's answer that nobody has called final yet."""
        answers = self.state == PLACED and self.res_model == "hotline.assignment.answer"
        return answers and self.assignment_id.state == assignment_rules.SENT

    def _may_reopen(self):
        if self.state in (NOISE, REJECTED):
            return True
        made_draft = self.state == PLACED and self.res_model == "helpdesk.ticket"
        return made_draft and self.ticket_id.state == transitions.DRAFT

    # Dialogs

    def action_open_answer(self):
        """Open the dialog «attach to an assignment»; officer."""
        return self._open_dialog("answer", self.env._("Attach to an assignment"))

    def action_open_final(self):
        """Open the dialog «this is the final answer»; officer."""
        return self._open_dialog("final", self.env._("Final answer of the executor"))

    def action_open_addition(self):
        """Open the dialog «attach to the appeal as an addition»; officer."""
        return self._open_dialog("addition", self.env._("Attach to an appeal as an addition"))

    def action_open_covering(self):
        """Open the dialog «register the letter of a body»; officer."""
        return self._open_dialog("covering", self.env._("Register the letter of a body"))

    def action_open_reject(self):
        """Open the dialog «not for us»; officer."""
        return self._open_dialog("reject", self.env._("Not for us"))

    def _open_dialog(self, act, title):
        self.ensure_one()
        self._check_may_decide(self._waits_in(act))
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "hotline.incoming.placement",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_mail_id": self.id, "default_act": act, **self._proposals(act)},
        }

    def _waits_in(self, act):
        """Return the state in which `act` is done."""
        return PLACED if act == "final" else QUARANTINE

    def _proposals(self, act):
        """Return what a dialog begins with: proposed by the letter, decided by the person."""
        head = self._letterhead()
        if act == "covering":
            return {
                "default_sender_id": (self.sender_id or self._body_by_name()).id,
                "default_outgoing_number": head.number,
                "default_outgoing_date": head.dated,
                "default_is_controlled": head.is_controlled,
                "default_report_by": head.report_by,
            }
        proposed = {"default_ticket_id": self.ticket_id.id}
        if act in ("answer", "final"):
            proposed |= {
                "default_assignment_id": self._assignment_awaiting().id,
                "default_outgoing_number": head.number,
                "default_outgoing_date": head.dated,
                "default_signer_name": letterhead.signer(self.body or ""),
            }
        return proposed

    def _assignment_awaiting(self):
        return self.assignment_id.filtered(lambda one: one.state == assignment_rules.SENT)

    def action_open_source(self):
        """Open the appeal of the letter; who reads it."""
        self.ensure_one()
        self.check_access("read")
        self.ticket_id.check_access("read")
        return self.ticket_id.get_formview_action()

    # Decisions

    def action_make_message(self):
        """Make a draft of a message, or of a request under 8-FZ, and open it; officer."""
        self.ensure_one()
        self._check_may_decide()
        kind = self.kind if self.kind in DRAFT_KINDS else "message"
        case = self._land_message(kind)
        self._decided(kind=kind, why=self.env._("A draft was made by hand."))
        return case.get_formview_action()

    def action_reopen(self):
        """Take a letter back for a decision; the draft made of it goes. Officer."""
        for mail in self:
            mail._check_officer()
            if not mail._may_reopen():
                raise UserError(
                    self.env._(
                        "Only a draft, a rejected letter and an automatic one are taken back for a "
                        "decision. What was attached to a case is taken off it with a reason."
                    )
                )
            mail._reopen(self.env._("Taken back for a decision by hand."))

    def _reopen(self, why):
        draft = self.ticket_id if self.state == PLACED else self.ticket_id.browse()
        self._write_by_act(
            {
                "state": QUARANTINE,
                "why": why,
                "res_model": False,
                "res_id": False,
                **({"ticket_id": False} if draft else {}),
                "decided_by": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )
        self._journal_letter("incoming_reopened")
        draft.unlink()

    def _decide_answer(self, assignment, is_final, **vals):
        """Attach the letter to `assignment` as the executor's answer; officer who reads the case.

        `vals`: outgoing_number, outgoing_date, signer_name.
        """
        self._check_may_decide()
        assignment.ticket_id.check_access("read")
        self._land_answer(assignment, is_final, **vals)
        self._decided(
            kind=placing.EXECUTOR_ANSWER, why=self.env._("Attached to the assignment by hand.")
        )

    def _decide_final(self, **vals):
        """Take an attached letter as the executor's final answer; officer."""
        self._check_may_decide(PLACED)
        self.ticket_id.check_access("read")
        self._land_answer(self.assignment_id, True, **vals)
        self._decided(why=self.env._("Called the final answer by hand."))

    def _decide_addition(self, ticket):
        """Attach the letter to `ticket`; officer who reads the case, also after closing."""
        self._check_may_decide()
        ticket.check_access("read")
        of_applicant = self._is_of_applicant(ticket)
        self._land_addition(ticket, of_applicant)
        kept = self.kind not in (placing.ADDITION, placing.MESSAGE)
        kind = placing.ADDITION if of_applicant else self.kind if kept else placing.UNKNOWN
        self._decided(kind=kind, why=self.env._("Attached to the appeal by hand."))

    def _decide_covering(self, **letter):
        """Make a draft with a covering letter; officer. Returns the draft."""
        self._check_may_decide()
        case = self._land_covering(**letter)
        self._decided(
            kind=placing.COVERING, why=self.env._("The body's letter was registered by hand.")
        )
        return case

    def _decide_reject(self, is_spam, reason):
        """Put the letter aside with a reason: it stays in the list. Officer."""
        self._check_may_decide()
        self._check_reason(reason)
        self._decided(
            state=REJECTED, kind=placing.SPAM if is_spam else placing.UNKNOWN, why=reason.strip()
        )
        self._journal_letter("incoming_rejected", spam=bool(is_spam))

    def _decided(self, **vals):
        """Note who decided and when; the officer's activity goes once no letter waits."""
        self._write_by_act(
            {"decided_by": self.env.uid, "decided_on": fields.Datetime.now(), **vals}
        )
        self._tell_no_more(self.ticket_id)

    @api.model
    def _tell_no_more(self, case):
        """Take the activity about letters off `case`, once none waits."""
        waiting = [("ticket_id", "=", case.id), ("state", "=", QUARANTINE)]
        if case and not self.search_count(waiting, limit=1):
            # sudo: also the activities that colleagues were given for the same letter
            case.sudo().activity_unlink([ACTIVITY])

    def _check_reason(self, reason):
        if not strictness.is_reason(reason):
            raise UserError(
                self.env._(
                    "A reason is written in words: at least %(count)s characters.",
                    count=strictness.REASON_LENGTH,
                )
            )

    def _check_officer(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("read")

    def _check_may_decide(self, state=QUARANTINE):
        self._check_officer()
        # two officers at one letter: the second is told, not both done
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        if any(mail.state != state for mail in self):
            raise UserError(
                self.env._("This letter has been decided on already. Refresh the page.")
            )


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    incoming_mail_ids = fields.One2many(
        "hotline.incoming.mail", "ticket_id", string="Incoming mail",
        groups="gov_hotline.group_officer,gov_hotline.group_auditor",
    )  # fmt: skip

    def unlink(self):
        """A deleted draft gives its letter back: what came is never out of sight."""
        domain = [("ticket_id", "in", self.ids), ("state", "=", PLACED)]
        # sudo: operators delete drafts and do not read the incoming mail
        letters = self.env["hotline.incoming.mail"].sudo().search(domain)
        done = super().unlink()
        for letter in letters:
            letter._reopen(self.env._("The draft made of this letter was deleted."))
        return done

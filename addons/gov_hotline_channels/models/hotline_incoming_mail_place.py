from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.gov_hotline.domain import transitions

from ..domain import placing
from .hotline_incoming_mail import NOISE, PLACED, QUARANTINE
from .placing_texts import why_words

ACTIVITY = "gov_hotline_channels.mail_activity_type_incoming"


class HotlineIncomingMail(models.Model):
    """A letter lands by the rules of `domain.placing`, or waits for a person with words why."""

    _inherit = "hotline.incoming.mail"

    def _place(self):
        """Land the letter, or hold it. Called as the system, once read; again: nothing changes."""
        self.ensure_one()
        if self.state in (PLACED, QUARANTINE, NOISE) or self.decided_by:
            return
        letter = self._as_system()
        letter._write_by_act(
            {"our_mail_id": letter._find_our_mail().id, "sender_id": letter._find_sender().id}
        )
        verdict = placing.place(letter._placing_letter(), letter._placing_facts())
        letter._keep_verdict(verdict)
        if verdict.state == placing.PLACED:
            letter._try_to_land()
        letter._tell_of_letter()

    def _keep_verdict(self, verdict):
        """Write what the letter is and why; where it belongs is a proposal until it lands."""
        case = self.our_mail_id.ticket_id or self._named_case()
        assignment = self._proposed_assignment(case)
        params = {
            "number": case.number or "",
            "address": self.from_address or "",
            "addressee": self.our_mail_id.email_to or "",
            "sender": self.sender_id.name or "",
            "limit": str(placing.HOURLY_LIMIT),
        }
        state = QUARANTINE if verdict.state == placing.PLACED else verdict.state
        self._write_by_act(
            {
                "state": state,
                "kind": verdict.kind,
                "why": why_words(self.env, verdict.why, **params),
                "ticket_id": case.id,
                "assignment_id": assignment.id,
            }
        )

    def _proposed_assignment(self, case):
        if self.our_mail_id.res_model == "hotline.assignment":
            return self._replied_record()
        return self._open_assignment(case)

    def _try_to_land(self):
        """Land by the rules; what a case does not take waits for a person, with its own words."""
        try:
            with self.env.cr.savepoint():
                self._land()
        except UserError as error:  # a lock, a limit, an act of the same minute
            self.invalidate_recordset()
            self._write_by_act({"why": " ".join(str(error.args[0]).split())})

    def _land(self):
        if self.kind == placing.EXECUTOR_ANSWER:
            self._land_answer(self.assignment_id, author_id=False)
        elif self.kind == placing.ADDITION:
            self._land_addition(self.ticket_id)
        else:
            self._land_message("message")

    # What a letter becomes; whoever calls has checked the rights

    def _land_answer(self, assignment, is_final=False, **vals):
        """Make the letter an answer of the executor; return it. Not final: the officer decides.

        `vals`: outgoing_number, outgoing_date, signer_name, author_id.
        """
        text, full = self._clipped(self._signed_text())
        answer = assignment._take_answer(
            text, self._copies() | full, is_final, came_by="email",
            received_on=self._received_on(), **vals,
        )  # fmt: skip
        # sudo: as the act
        self._placed_with(answer.sudo(False), assignment.sudo().ticket_id, assignment)
        return answer

    def _land_addition(self, ticket, is_of_applicant=True):
        """Make the letter an addition to `ticket`; return it. Refused files are named in it.

        Of anybody else than the applicant it is a letter in the case, which the citizen never
        sees (practice 6).
        """
        files, refused = self._taken_files()
        text, full = self._clipped(self._with_refused(self.body or "", refused))
        vals = {
            "ticket_id": ticket.id,
            "origin": "email",
            "text": text.strip() or self.env._("The addition is in the files."),
            "attachment_ids": [fields.Command.set((self._copies(files) | full).ids)],
        }
        Addition = self.env["hotline.addition"]
        # after closing every addition is the officer's, unseen by the citizen already
        is_shown = is_of_applicant or ticket.state in transitions.FINAL_STATES
        addition = Addition.create(vals) if is_shown else Addition._letter_in_case(vals)
        self._placed_with(addition, ticket)
        return addition

    def _is_of_applicant(self, ticket):
        """Return whether the letter came from an address of the applicant of `ticket`."""
        case = ticket.sudo()  # sudo: an address is compared, nothing is told
        known = {(case.applicant_email or "").strip().lower()}
        our_mail = self.sudo().our_mail_id  # sudo: as above
        if our_mail.ticket_id == case and self.sudo()._replied() == placing.APPLICANT:
            known.add((our_mail.email_to or "").strip().lower())
        return bool(self.from_address) and self.from_address in known

    def _land_message(self, kind):
        """Make a draft of the letter, received when it came; return it (practice 9)."""
        text, full = self._clipped(self.body or "")
        case = self._new_draft(kind=kind, origin="email", appeal_text=text, **self._person_vals())
        self._give_files(case, full)
        self._placed_with(case, case)
        return case

    def _land_covering(self, **letter):
        """Make a draft of an appeal that a body forwarded, with its covering letter; return it.

        `letter`: columns of hotline.covering.letter. The words of the letter are the body's; the
        applicant's are in its files, or below, so they are typed or cut out by a person.
        """
        text, full = self._clipped("" if self.attachment_ids else self.body or "")
        case = self._new_draft(kind="appeal_59", origin="forwarded", appeal_text=text)
        self._give_files(case, full)
        files = [fields.Command.set(self._copies().ids)]
        self.env["hotline.covering.letter"].create(
            {"ticket_id": case.id, "attachment_ids": files, **letter}
        )
        self._placed_with(case, case)
        return case

    def _new_draft(self, **vals):
        summary = (self.subject or "").strip()[:120]
        return (
            self.env["helpdesk.ticket"]
            .with_company(self.company_id)
            .create(
                {
                    "company_id": self.company_id.id,
                    "received_at": self.received_at,
                    **({"name": summary} if summary else {}),
                    **vals,
                }
            )
        )

    def _placed_with(self, record, ticket, assignment=None):
        """Note where the letter landed, in the letter and in the journal of the case."""
        self._write_by_act(
            {
                "state": PLACED,
                "res_model": record._name,
                "res_id": record.id,
                "ticket_id": ticket.id,
                "assignment_id": assignment.id if assignment else False,
            }
        )
        # sudo: ids only, of the case that the act was allowed on
        self._journal_letter("incoming_placed", ticket.sudo(), placed_as=self.kind)

    def _journal_letter(self, event, record=None, **payload):
        record = self if record is None else record
        self.env["hotline.journal"]._append(event, record, incoming=self.id, **payload)

    # Who is told

    def _tell_of_letter(self):
        """Plan an activity for the officer of the case: a letter is there, or waits. No mail."""
        case, summary = self.ticket_id, self._telling()
        if not case or not summary:
            return
        case = case.with_context(mail_activity_quick_update=True, hotline_only_told=True)
        told = case.activity_search([ACTIVITY]).user_id
        for user in case._told_of_additions() - told:
            case.activity_schedule(ACTIVITY, summary=summary, user_id=user.id)

    def _telling(self):
        """Return the words of the activity; an addition and a draft have their own ways."""
        if self.state == QUARANTINE:
            return self.env._("A letter on this appeal waits for a decision in the incoming mail")
        if self.state == PLACED and self.kind == placing.EXECUTOR_ANSWER:
            return self.env._("The executor's answer came by e-mail")
        if self.state == PLACED and self.kind == placing.REQUEST_REPLY:
            return self.env._("The reply to our request came by e-mail")
        if self.state == NOISE and placing.is_bounce(self._placing_letter()):
            return self.env._("Our letter was not delivered: see the incoming mail")
        return ""

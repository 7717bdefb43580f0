from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import approval, strictness
from .hotline_signed_letter import UNSIGNED_ROADS
from .problem_texts import problem_text
from .reasons import ReasonNeededError


class HotlineAnswer(models.Model):
    """A joint answer is approved once and given at once: all its letters or none."""

    _inherit = "hotline.answer"

    is_joint = fields.Boolean(compute="_compute_is_joint")
    is_writer = fields.Boolean(compute="_compute_is_writer", string="Mine to write")
    can_join = fields.Boolean(compute="_compute_can_join")
    joint_note = fields.Char(compute="_compute_joint_note", string="About the joint answer")
    lacking = fields.Text(compute="_compute_lacking", string="What it lacks")
    lacking_short = fields.Char(compute="_compute_lacking", string="Lacks")

    @api.depends("companion_ids")
    def _compute_is_joint(self):
        for answer in self:
            answer.is_joint = bool(answer.companion_ids)

    @api.depends("can_edit")
    @api.depends_context("uid")
    def _compute_is_writer(self):
        """Whether the common text is theirs to write; all others read the letter itself."""
        is_officer = "officer" in self.env["helpdesk.ticket"]._roles()
        for answer in self:
            # `can_edit` comes from the case whoever looks: the role is asked here
            answer.is_writer = is_officer and answer.can_edit

    @api.depends("state", "lead_id", "companion_ids")
    @api.depends_context("uid")
    def _compute_can_join(self):
        for answer in self:
            free = answer.id and answer.state == approval.DRAFT and not answer.lead_id
            linked = free and answer.can_edit and answer._linked_cases()
            answer.can_join = bool(linked and linked - answer.companion_ids.ticket_id)

    @api.depends("lead_id.state", "companion_ids.state")
    @api.depends_context("lang")
    def _compute_joint_note(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        for answer in self:
            lead = answer.lead_id
            answer.joint_note = lead and self.env._(
                "One answer together with %(number)s: %(state)s",
                number=lead.case_number,
                state=states[lead.state].lower(),
            )

    @api.depends("text", "channel", "state", "lead_id.state", "scan_file", "signature_file",
                 "ticket_id.question_ids.outcome_id", "outgoing_date", "signer_name")  # fmt: skip
    @api.depends_context("lang", "uid")
    def _compute_lacking(self):
        for answer in self:
            on = answer.ticket_id and answer.state != approval.GIVEN
            found = answer._lacking() if on else []
            bare = [replace(one, article="", way_out="") for one in found]
            closed = [answer._why_not_any_more()] if on and answer.lead_id else []
            answer.lacking = "\n".join(filter(None, [*closed, *answer._problem_words(found)]))
            answer.lacking_short = " ".join(filter(None, [*closed, *answer._problem_words(bare)]))

    def _lacking(self):
        """Return the domain problems that stand in the way of this letter."""
        return self.ticket_id._applied(self._give_problems())

    def _problem_words(self, problems):
        return list(dict.fromkeys(problem_text(self.env, problem) for problem in problems))

    def _why_not_any_more(self):
        """Return what changed in the case since its letter was joined, "" for nothing."""
        ticket, lead = self.ticket_id, self.lead_id.ticket_id
        if ticket.is_final:
            return self.env._("closed and locked")
        routes = self.env["hotline.approval.route"]
        route = routes._for_ticket(ticket)
        if route and route != routes._for_ticket(lead):
            return self.env._("is approved by another route: «%(route)s»", route=route.name)
        return ""

    def _refuse_lacking(self, found):
        """Refuse with everything that blocks any letter, each by the number of its case.

        `found`: {letter: its domain problems}. Raises UserError.
        """
        lines = []
        for letter, problems in found.items():
            ticket = letter.ticket_id
            blocks = [one for one in ticket._applied(problems) if one.blocks]
            words = [problem_text(self.env, one) for one in blocks]
            words += [letter._why_not_any_more()] if letter.lead_id else []
            lines += [f"{ticket.number}: {word}" for word in filter(None, words)]
        if lines:
            raise UserError("\n".join(lines))

    def _enforce_together(self, problems_of):
        """Refuse what blocks any letter; each warning of each letter has a reason of its own.

        One applicant's wish is no reason for another's letter: a warning is named by its case.
        Raises UserError (ReasonNeededError) with the warnings of all letters at once.
        """
        found = {letter: problems_of(letter) for letter in self | self.companion_ids}
        self._refuse_lacking(found)
        self._ask_together(found)
        reasons = self.env.context.get("hotline_reasons") or {}
        for letter, problems in found.items():
            mark = f"{letter.id} "
            own = {key.removeprefix(mark): reasons[key] for key in reasons if key.startswith(mark)}
            letter.with_context(hotline_reasons=own)._enforce_here(problems)

    def _ask_together(self, found):
        asked = {
            f"{letter.id} {strictness.key(one)}": f"{letter.case_number}: {words}"
            for letter, problems in found.items()
            for one, words in letter._without_reason(problems)
        }
        context = self.env.context
        left = asked.keys() - (context.get("hotline_reasons") or {}).keys()
        if context.get("hotline_reason") or not left:
            return
        head = self.env._("A written reason is needed to go on:")
        message = "\n".join([head, *asked.values()])
        raise ReasonNeededError(message, asked, self.ticket_id.id, f"{self._name},{self.id}")

    def _without_reason(self, problems):
        """Return [(warning that this letter has no recorded reason for, its words)]."""
        ticket = self.ticket_id
        given = ticket._reasons_given(f"{self._name},{self.id}")
        left = strictness.without_reason(ticket._applied(problems), given)
        return list(zip(left, ticket._problem_lines(left), strict=True))

    # Sending and giving

    def action_send_for_approval(self):
        """Send for approval; a joint answer with all its letters. Officer."""
        self._refuse_companions()
        for answer in self.filtered("companion_ids"):
            answer._enforce_together(lambda letter: letter._sending_problems())
        return super().action_send_for_approval()

    def action_give(self):
        """Record the answer as given; a joint one with all its letters, or none. Officer."""
        self._refuse_companions()
        joint = self.filtered("companion_ids")
        if joint:
            self.env["helpdesk.ticket"]._require_role("officer")
        for answer in joint:
            answer._number_letters()
            answer._enforce_together(lambda letter: letter._give_problems())
        return super(HotlineAnswer, self | self.companion_ids).action_give()

    def action_number(self):
        """Give every letter its outgoing number before it is printed and signed; officer."""
        self._require_author()
        self._refuse_companions()
        for answer in self:
            answer._check_act_any("give", "take_back")
            answer._number_letters()

    def _number_letters(self):
        """Number the letters that have no number yet: the next of the year's series, dated today.

        A number that was written by hand stays.
        """
        for letter in self | self.companion_ids:
            if not letter.outgoing_number:
                number, day = letter.ticket_id._next_outgoing()
                letter._by_act({"outgoing_number": number, "outgoing_date": day})
            elif not letter.outgoing_date:
                letter._by_act({"outgoing_date": letter.company_id._hotline_today()})

    def _check_act_any(self, *acts):
        """Refuse where none of `acts` may be done now."""
        if not any(self.state in approval.ACTS[act] for act in acts):
            self._check_act(acts[0])

    def action_take_back(self):
        """Take back; what was exported of the other letters goes with it. Officer."""
        self._refuse_companions()
        done = super().action_take_back()
        self.companion_ids._drop_export()
        return done

    def action_print_sheet(self):
        """Print the sheet of approval: that of the joint answer."""
        return super(HotlineAnswer, self.lead_id or self).action_print_sheet()

    def _refuse_companions(self):
        for answer in self.filtered("lead_id"):
            raise UserError(
                self.env._(
                    "This letter is given together with the answer to %(number)s: do it there.",
                    number=answer.lead_id.case_number,
                )
            )

    # What is approved

    def _content_digest(self):
        """In place of the one letter's: every letter counts, with its text, address and case."""
        others = [(one.case_number or "", one._content()) for one in self.companion_ids]
        return approval.digest(self._content(), others)

    def _check_approved(self):
        return super(HotlineAnswer, self.lead_id or self)._check_approved()

    def _decide(self, review, place, decision, reason):  # pylint: disable=missing-return
        """Whoever is complained of in any of the cases decides nothing."""
        for letter in self.companion_ids:
            found = letter.ticket_id._self_no_problems(place | self.env.user, "approver")
            letter._enforce_here(found)
        super()._decide(review, place, decision, reason)

    def _void(self):  # pylint: disable=missing-return
        super()._void()
        self.companion_ids._drop_export()

    def _signing_problems(self):
        """A letter is signed as the joint answer is: each on its own sheet or in its own file."""
        found = super()._signing_problems()
        unsigned = self.lead_id and not self.signature_kind and self.channel not in UNSIGNED_ROADS
        lead = self.lead_id
        if unsigned and lead.approved_at and lead.state in (approval.APPROVED, approval.GIVEN):
            missing = self._unsigned("no_signature_kind", "choose_signature", "signature_kind")
            found = [*found, missing]
        return found

    # Screens

    def _together_words(self):
        """Return the other cases of a joint answer, for the sheet: number and addressee."""
        names = ((one.case_number, one.ticket_id.applicant_name) for one in self.companion_ids)
        return "; ".join(", ".join(filter(None, pair)) for pair in names)

    def action_open_letter(self):
        """Open one letter of the joint answer: how it will look, its number, road and scan."""
        self.ensure_one()
        self.check_access("read")
        view = self.env.ref("gov_hotline.hotline_answer_view_form_one_letter")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Letter to %(number)s", number=self.case_number),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_open_lead(self):
        """Open the joint answer this letter belongs to."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": (self.lead_id or self).id,
            "views": [(False, "form")],
        }

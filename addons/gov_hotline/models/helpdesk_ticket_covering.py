from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..domain import clock, covering

# Who reads the letters of higher bodies; the press service sees the case without them.
READERS = ",".join(
    f"gov_hotline.group_{role}" for role in ("operator", "approver", "supervisor", "auditor")
)


class HelpdeskTicket(models.Model):
    """Covering letters of the case: the earlier date leads, control ends with the report."""

    _inherit = "helpdesk.ticket"

    covering_letter_ids = fields.One2many(
        "hotline.covering.letter", "ticket_id", string="Covering letters", groups=READERS
    )
    law_due_on = fields.Date(
        compute="_compute_law_due_on", help="Due date by the law alone: what the applicant is told."
    )
    due_reason_html = fields.Html(
        compute="_compute_due_reason_html",
        sanitize=False,
        string="Which date leads",
        groups=READERS,
    )
    same_text_html = fields.Html(
        compute="_compute_same_text_html", sanitize=False, string="The same text", groups=READERS
    )

    may_be_joined = fields.Boolean(
        compute="_compute_may_be_joined", compute_sudo=True, groups=READERS
    )

    @api.depends(
        "earlier_link_ids.kind", "earlier_link_ids.is_undone", "later_link_ids.kind",
        "later_link_ids.is_undone", "covering_letter_ids",
    )  # fmt: skip
    def _compute_may_be_joined(self):
        """Whether another case may have the same text: asked for a whole page at once."""
        domain = Domain("kind", "=", "same_text") & Domain("is_undone", "=", False)
        ids = self._origin.ids
        ours = Domain("ticket_id", "in", ids) | Domain("other_id", "in", ids)
        links = self.env["hotline.case.link"].search_fetch(domain & ours, ["ticket_id", "other_id"])
        letters = self.env["hotline.covering.letter"].search_fetch(
            [("ticket_id", "in", ids)], ["ticket_id"]
        )
        joined = links.ticket_id | links.other_id | letters.ticket_id
        self.may_be_joined = False
        self.filtered(lambda ticket: ticket._origin in joined).may_be_joined = True

    @api.depends("deadline_ids.due_on", "deadline_ids.term_id")
    def _compute_law_due_on(self):
        for ticket in self:
            main = ticket.deadline_ids.filtered("is_main")
            ticket.law_due_on = min(main.mapped("due_on"), default=False)

    @api.depends("covering_letter_ids.report_by", "covering_letter_ids.state")
    def _compute_due_on(self):  # pylint: disable=missing-return
        """The earlier of the law's date and the letters' (practice 10)."""
        super()._compute_due_on()
        for ticket in self:
            ticket.due_on = ticket._lead().due or False

    def _lead(self):
        """Return the domain's Lead: the date that leads, and whose."""
        waiting = self.covering_letter_ids.filtered(lambda letter: letter.state == "control")
        letters = [letter._domain_letter() for letter in waiting]
        return covering.leading(self.law_due_on or None, letters)

    @api.depends("law_due_on", "covering_letter_ids.report_by", "covering_letter_ids.state")
    @api.depends_context("lang")
    def _compute_due_reason_html(self):
        """Both dates with their reason, the leading one in bold; nothing where only one is."""
        for ticket in self:
            lines = ticket._due_reasons()
            items = [Markup("<li>%s</li>") % line for line in lines]
            html = Markup('<ul class="mb-0 ps-3">%s</ul>') % Markup("").join(items)
            ticket.due_reason_html = html if lines else False

    def _due_reasons(self):
        waiting = self.covering_letter_ids.filtered(
            lambda letter: letter.state == "control" and letter.report_by
        )
        if not waiting:
            return []
        lead = self._lead()
        reasons = [
            (letter.report_by, self.env._("report to %(sender)s", sender=letter.sender_id.name))
            for letter in waiting
        ]
        if self.law_due_on:
            reasons.append((self.law_due_on, self.env._("answer to the applicant by the law")))
        line = {True: Markup("<b>%s</b>: %s"), False: Markup("%s: %s")}
        return [
            line[day == lead.due] % (format_date(self.env, day), reason)
            for day, reason in sorted(reasons)
        ]

    # Buttons and rules

    def action_add_covering_letter(self):
        """Open a new covering letter in a dialog."""
        self.ensure_one()
        self._check_may_enter_letters()
        return self._act_dialog("hotline.covering.letter", self.env._("Covering letter"))

    def action_report_letters(self):
        """Open the wizard that makes the report to each sender."""
        self.ensure_one()
        self._require_role("officer")
        return self._act_dialog("hotline.covering.report", self.env._("Reports to the senders"))

    def _more_acts(self):
        acts = super()._more_acts()
        if self.id and (self.can_edit or self.can_edit_intake):
            label = self.env._("Enter a covering letter")
            acts.append(self._act("action_add_covering_letter", label, step=False))
        if self.can_edit and self._letters_to_report():
            label = self.env._("Report to the senders")
            acts.append(self._act("action_report_letters", label, step=False))
        return acts

    def _intake_problems(self):
        found = covering.intake(self.origin, len(self.covering_letter_ids))
        return [*super()._intake_problems(), *found]

    def _closing_problems(self):
        letters = [
            (letter._domain_letter(), bool(letter.off_control_on))
            for letter in self.covering_letter_ids
        ]
        return [*super()._closing_problems(), *covering.off_control(letters)]

    def action_register(self):
        results = super().action_register()
        for ticket in self:
            for letter in ticket.covering_letter_ids:
                letter._journal_entered()
        return results

    # What the applicant is told: the law's date, never the senders' control

    def _registration_result(self):
        return {**super()._registration_result(), "due_on": self.law_due_on}

    def _status_public(self):
        return {**super()._status_public(), **self._public_due()}

    def _portal_row(self):
        return {**super()._portal_row(), **self._public_due()}

    def _public_due(self):
        if self.due_on == self.law_due_on:
            return {}
        left, words = self._law_days_left(), ""
        if self._due_text():
            words = self._law_due_words(left)
        level = self.due_level if self.due_level == "done" else clock.level(left)
        return {"due_on": self.law_due_on, "due_text": words, "due_level": level}

    def _law_days_left(self):
        today = self.company_id._hotline_today()
        calendar = self.env["hotline.day"]._calendar(self.company_id)
        return clock.days_left(self.law_due_on, today, calendar)

    def _law_due_words(self, left):
        if left < 0:
            return self.env._("%(days)s d. overdue", days=-left)
        if left:
            return self.env._("%(days)s working d. left", days=left)
        is_today = self.law_due_on == self.company_id._hotline_today()
        return self.env._("the last day is today") if is_today else ""

    # One text from several senders: several numbers, one answer, a report to each

    def _same_text_cases(self):
        """Return other registered cases with the same words that several senders sent us.

        Found by the digest of the text, taken at registration (drafts have none), where each case
        has a covering letter, and by the links that a person made: a text typed anew has another
        digest. Without letters equal words prove nothing: two people of one name may write them.
        """
        self.ensure_one()
        if not self.sudo().may_be_joined:  # sudo: only whether to look, as whoever asks
            return self.browse()
        linked = self._linked_same_text()
        if not self._came_through_a_sender():
            return linked
        domain = [
            ("company_id", "=", self.company_id.id),
            ("text_hash", "=", self.text_hash),
            ("applicant_name", "=", self.applicant_name),
            ("covering_letter_ids", "!=", False),
            ("id", "!=", self.id),
        ]
        return self.search(domain, order="id") | linked

    def _came_through_a_sender(self):
        words = self.text_hash and self.applicant_name and (self.appeal_text or "").strip()
        return bool(words and self.covering_letter_ids)

    def _linked_same_text(self):
        # sudo: who may read the links is not who may read the cases, checked right after
        links = self.sudo().case_link_ids.filtered(lambda link: link.kind == "same_text")
        others = (links.ticket_id | links.other_id).with_env(self.env) - self
        return others._filtered_access("read").filtered("registered_on")

    def _letters_to_report(self):
        """Return the letters on control of this case and of those with the same text."""
        cases = self | self._same_text_cases().filtered(lambda ticket: not ticket.is_final)
        return cases.covering_letter_ids.filtered(lambda letter: letter.state == "control")

    def _needs_answer(self):
        """One text has one answer: given in one case, it answers the others too."""
        return super()._needs_answer() and not self._same_text_cases()._given_answers()

    def _meet_main_deadline(self, day):  # pylint: disable=missing-return
        super()._meet_main_deadline(day)
        for other in self._same_text_cases().filtered(lambda ticket: not ticket.is_final):
            self._meet_deadlines(other.deadline_ids.filtered("is_main"), day)

    @api.depends("text_hash", "applicant_name")
    @api.depends_context("lang")
    def _compute_same_text_html(self):
        link = Markup('<a href="/odoo/hotline-appeals/%s">%s</a>')
        for ticket in self:
            others = ticket._same_text_cases() if ticket.id else self.browse()
            html = Markup(", ").join(link % (other.id, other.number) for other in others)
            ticket.same_text_html = html or False

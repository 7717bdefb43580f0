from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..domain import desk
from ..domain.persons import PersonName
from ..domain.transitions import CLOSED, FINAL_STATES, WORKING_STATES
from .helpdesk_ticket import NOT_FINAL
from .helpdesk_ticket_registration import SPOKEN
from .problem_texts import problem_text

SOON = 3  # working days: from here on a due date is amber


def _term(ticket):
    """Return all that the words of what is left follow from: a page has few of these."""
    return ticket.due_on, ticket.state in FINAL_STATES, ticket.company_id, ticket.track


class HelpdeskTicket(models.Model):
    """What the officer's screen shows: the next lawful step, what is left, how it was counted."""

    _inherit = "helpdesk.ticket"

    acts = fields.Json(compute="_compute_acts", help="Buttons: method, label, primary, blocked.")
    applicant_short = fields.Char(compute="_compute_applicant_short", string="Applicant in short")
    topic_name = fields.Char(related="topic_id.name", string="Name of the topic")
    due_text = fields.Char(compute="_compute_due_text", string="Left")
    is_due_today = fields.Boolean(compute="_compute_due_text", search="_search_is_due_today")
    is_due_soon = fields.Boolean(compute="_compute_due_text", search="_search_is_due_soon")
    files_html = fields.Html(compute="_compute_files_html", sanitize=False, string="Files")
    certificate_html = fields.Html(
        compute="_compute_certificate_html", sanitize=False, string="How the term was counted"
    )

    @api.depends("applicant_surname", "applicant_given_name", "applicant_patronymic")
    def _compute_applicant_short(self):
        for ticket in self:
            parts = (
                ticket.applicant_surname,
                ticket.applicant_given_name,
                ticket.applicant_patronymic,
            )
            ticket.applicant_short = PersonName(*(part or "" for part in parts)).short

    @api.depends("due_on", "state", "track", "company_id")
    @api.depends_context("lang")
    def _compute_due_text(self):
        for (due_on, final, company, track), same in self.grouped(_term).items():
            first, open_case = same[:1], due_on and not final
            # the law lets the term of an appeal be extended on its last day, no other
            appeal = track == "appeal"
            last = self.env._("decision needed today") if appeal else self.env._("due today")
            soon = bool(open_case) and 0 <= first.days_left <= SOON and not first.is_overdue
            same.update(
                {
                    "due_text": first._due_words(last) if open_case else False,
                    "is_due_today": bool(open_case) and due_on == company._hotline_today(),
                    "is_due_soon": soon,
                }
            )

    def _due_words(self, on_last_day):
        """Say what is left of an open case's term; `on_last_day` once no working day is left."""
        if self.is_overdue:
            return self.env._("%(days)s d. overdue", days=-self.days_left)
        if not self.days_left:
            return on_last_day
        return self.env._("%(days)s working d. left", days=self.days_left)

    def _search_is_due_today(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._due_between_domain(0, True in value)

    def _search_is_due_soon(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._due_between_domain(SOON, True in value)

    def _due_between_domain(self, working_days, wanted):
        """Return the domain of open cases due from today to `working_days` ahead."""
        company = self.env.company
        today = company._hotline_today()
        calendar = self.env["hotline.day"]._calendar(company)
        last = desk.last_within(today, working_days, calendar) if working_days else today
        due = NOT_FINAL & Domain("due_on", ">=", today)
        due &= Domain("due_on", "<=", last)
        return due if wanted else ~due

    # Buttons

    @api.depends(
        "state", "kind", "origin", "line_id", "appeal_text", "applicant_surname",
        "applicant_given_name", "applicant_address", "applicant_email", "is_collective",
        "unlawful_act", "answer_ids.state", "question_ids.outcome_id",
    )  # fmt: skip
    @api.depends_context("uid", "lang")
    def _compute_acts(self):
        for ticket in self:
            acts = ticket._step_acts() + ticket._more_acts() + ticket._paper_acts()
            lawful = [act for act in acts if act.get("step") and not act["blocked"]]
            for act in lawful[:1]:
                act["primary"] = True
            ticket.acts = acts

    def _step_acts(self):
        """Return the steps the role may take from this state, the next one first."""
        if self.state == "draft" and self.can_register:
            return [
                self._act("action_register_here", self.env._("Register"), self._why_not_register())
            ]
        if self.state in WORKING_STATES and self.can_edit:
            answer = self._act("action_answer", self.env._("Give the answer"))
            blocked = self._why_not_close()
            close = self._act("action_close", self._close_label(), blocked)
            return [close, answer] if self._has_answer() else [answer, close]
        return []

    def _why_not_close(self):
        """Return what the rules block of closing; a mere warning asks for its reason on the way."""
        if self._final_state() not in self._allowed_states():
            return self.env._("Your role does not close appeals.")
        return self._why_blocked(self._closing_problems())

    def _close_label(self):
        """Say what closing will make of the case: its final state follows from the questions."""
        final = self._final_state()
        if final == CLOSED:
            return self.env._("Close with the outcome")
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._("Close: «%(state)s»", state=states[final])

    def _more_acts(self):
        """Return what may be done beside the next steps, under «More»: an extension point.

        A room calls super and adds `self._act(method, label, blocked, step=False)`.
        """
        if not self.can_edit:
            return []
        if self.state == "deferred":
            return [self._act("action_resume", self.env._("Back to work"), step=False)]
        blocked = self._why_blocked(self._deferring_problems())
        label = self.env._("Defer: wait for the addressees")
        return [self._act("action_defer", label, blocked, step=False)]

    def _paper_acts(self):
        """Return what is done beside the steps: printing, tasks."""
        roles, acts = self._roles(), []
        if self.state != "draft" and roles & {"operator", "approver", "supervisor", "auditor"}:
            acts.append(self._act("action_print_card", self.env._("Print the card"), step=False))
        if self.state != "draft" and "operator" in roles:
            label = self.env._("Print for the applicant, with the code")
            acts.append(self._act("action_print_card_citizen", label, step=False))
        if self.id and "operator" in roles:
            acts.append(self._act("action_add_task", self.env._("Add a task"), step=False))
        return acts

    def _act(self, method, label, blocked=False, step=True):
        return {"method": method, "label": label, "blocked": blocked, "step": step}

    def _has_answer(self):
        return not self._needs_answer() or "given" in self.answer_ids.mapped("state")

    def _why_not_register(self):
        problems = [problem for problem in self._intake_problems() if problem.blocks]
        return "\n".join(problem_text(self.env, problem) for problem in problems) or False

    def _why_not(self, check):
        """Return what `check` refuses with, or False."""
        try:
            check()
        except UserError as refusal:
            return str(refusal)
        return False

    def action_register_here(self):
        """Register from the form and show what is read out to the applicant."""
        self.ensure_one()
        result = self.action_register()
        is_told = self.origin in SPOKEN
        lines = [self.env._("Number: %(number)s", number=result["number"])]
        if is_told:
            code = self.env._("Code for the status: %(code)s", code=result["access_code"])
            lines.append(code)
        day = format_date(self.env, result["due_on"], date_format="dd.MM.yyyy")
        lines.append(self.env._("Answer by %(day)s", day=day))
        lines += [warning.rstrip(".") for warning in result["warnings"]]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "sticky": True,
                "title": self._registered_title(is_told),
                "message": ". ".join(lines),
            },
        }

    def _registered_title(self, is_told):
        if is_told:
            return self.env._("Registered: read this out to the applicant")
        return self.env._("Registered")

    def action_answer(self):
        """Open the answer in preparation, or a new one, on its own page."""
        self.ensure_one()
        self._require_role("officer")
        draft = self.answer_ids.filtered(lambda answer: answer.state != "given")[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer to the applicant"),
            "res_model": "hotline.answer",
            "res_id": draft.id,
            "views": [(False, "form")],
            "context": {"default_ticket_id": self.id},
        }

    def action_add_task(self):
        """Open a new task about this case in a dialog."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Task"),
            "res_model": "hotline.task",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_ticket_id": self.id,
                "default_partner_id": self.partner_id.id,
                # sudo: the whole stays in the task, whose field masks it
                "default_phone": self.sudo().applicant_phone,
            },
        }

    # Files and certificate

    @api.depends("attachment_ids.name")
    def _compute_files_html(self):
        """The files of the case as links; the chatter is where they are added."""
        link = Markup('<li><a href="/web/content/%s?download=1">%s</a></li>')
        for ticket in self:
            links = [link % (file.id, file.name) for file in ticket.attachment_ids]
            ticket.files_html = links and Markup("<ul>%s</ul>") % Markup("").join(links)

    @api.depends("deadline_ids.certificate")
    @api.depends_context("lang")
    def _compute_certificate_html(self):
        """One closed line for each term; opened, it tells the counting (X1)."""
        for ticket in self:
            parts = [ticket._certificate_part(deadline) for deadline in ticket.deadline_ids]
            ticket.certificate_html = Markup("").join(parts)

    def _certificate_part(self, deadline):
        lines = [Markup("<li>%s</li>") % line for line in deadline._staff_certificate_lines()]
        return Markup("<details><summary>%s: <b>%s</b>%s</summary><ul>%s</ul></details>") % (
            deadline.term_id.name,
            format_date(self.env, deadline.due_on),
            self._certificate_met(deadline),
            Markup("").join(lines),
        )

    def _certificate_met(self, deadline):
        if not deadline.met_on:
            return ""
        return self.env._(" (done on %(day)s)", day=format_date(self.env, deadline.met_on))

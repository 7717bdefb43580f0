import hashlib

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date, format_datetime

from ..domain import approval

ICONS = {
    "approved": ("fa-check-circle", "text-success"),
    "pending": ("fa-hourglass-half", "text-warning-emphasis"),
    "waiting": ("fa-circle-o", "text-muted"),
}


class HotlineAnswer(models.Model):
    """One screen: the case on the left, the answer in the middle, approval and files right."""

    _inherit = "hotline.answer"

    case_number = fields.Char(related="ticket_id.number", string="No. of the appeal")
    case_name = fields.Char(related="ticket_id.name", string="What it is about")
    applicant_name = fields.Char(related="ticket_id.applicant_name", string="Addressee")
    applicant_short = fields.Char(related="ticket_id.applicant_short")
    reply_address = fields.Char(compute="_compute_reply_address", string="Where to")
    appeal_text = fields.Text(related="ticket_id.appeal_text", string="Words of the appeal")
    due_text = fields.Char(related="ticket_id.due_text")
    due_level = fields.Selection(related="ticket_id.due_level")
    due_on = fields.Date(related="ticket_id.due_on")
    can_edit = fields.Boolean(related="ticket_id.can_edit", related_sudo=False)
    question_ids = fields.One2many(related="ticket_id.question_ids", readonly=False)
    ledger = fields.Json(related="ticket_id.ledger", string="Answers of executors")
    route_name = fields.Char(compute="_compute_route_name", string="Route of approval")
    approval_html = fields.Html(
        compute="_compute_approval_html", sanitize=False, string="Course of approval"
    )

    @api.depends("ticket_id", "channel")
    def _compute_reply_address(self):
        for answer in self:
            roads = answer.ticket_id._reply_addresses() if answer.ticket_id else {}
            key = {"post": "postal", "email": "email"}.get(answer.channel)
            answer.reply_address = roads.get(key) or False

    @api.depends("ticket_id", "ticket_id.topic_id", "ticket_id.question_ids", "state")
    def _compute_route_name(self):
        routes = self.env["hotline.approval.route"]
        for answer in self:
            answer.route_name = answer.ticket_id and routes._for_ticket(answer.ticket_id).name

    @api.depends("state", "route_name", "review_ids.status", "approval_ids")
    @api.depends_context("lang", "tz")
    def _compute_approval_html(self):
        for answer in self:
            answer.approval_html = answer._approval_steps() + answer._approval_past()

    def _approval_steps(self):
        """Return the steps of the round that is on, or what the route has ahead."""
        # sudo: who approves what is told to every reader of the answer
        reviews = self.sudo().review_ids.sorted("sequence")
        if reviews:
            lines = [self._step_line(one.status, one.name, self._step_who(one)) for one in reviews]
        elif self.state == approval.DRAFT and self.ticket_id:
            route = self.env["hotline.approval.route"]._for_ticket(self.ticket_id)
            lines = [
                self._step_line("waiting", step.name, step.hotline_who) for step in route.step_ids
            ]
        else:
            lines = []
        listed = Markup('<ol class="list-unstyled mb-2">%s</ol>') % Markup("").join(lines)
        return listed if lines else Markup("")

    def _step_line(self, status, name, who):
        icon, colour = ICONS.get(status, ICONS["waiting"])
        line = Markup(
            '<li class="d-flex gap-2 mb-1"><i class="fa %s %s mt-1"/><span>%s'
            '<span class="d-block small text-muted">%s</span></span></li>'
        )
        return line % (icon, colour, name, who or "")

    def _step_who(self, review):
        """Return who decided and when, or whose turn it is."""
        if review.status != "approved":
            return ", ".join(review.reviewer_ids.mapped("name"))
        when = self._moment(review.reviewed_date)
        who = review.done_by.name
        if review.hotline_for_id:
            place = self.env["hotline.approval"]._instead_of(review.hotline_for_id.name)
            who = self.env._("%(who)s for %(place)s", who=who, place=place)
        return " · ".join(filter(None, [who, when, review.comment]))

    def _approval_past(self):
        """Return earlier events as one closed line: refusals and lapses stay in sight."""
        lines = [Markup("<li>%s</li>") % one._in_words() for one in self.approval_ids]
        if not lines:
            return Markup("")
        return Markup("<details><summary>%s</summary><ul>%s</ul></details>") % (
            self.env._("History of approval"),
            Markup("").join(lines),
        )

    def _moment(self, at):
        """Return a moment in the body's time: «20.11.2026 14:05»."""
        tz = (self.company_id or self.env.company).hotline_tz
        return format_datetime(self.env, at, tz=tz, dt_format="dd.MM.yyyy HH:mm") if at else ""

    @api.depends("ticket_id", "outgoing_number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for answer in self:
            number = answer.ticket_id.number
            answer.display_name = (
                self.env._("Answer to %(number)s", number=number) if number else False
            ) or self.env._("Answer to the applicant")

    def _outgoing_words(self):
        """Return «№ 15-04/1 от 20.11.2026», empty without a number."""
        if not self.outgoing_number:
            return ""
        day = self.outgoing_date and format_date(self.env, self.outgoing_date)
        return self.env._("No. %(number)s of %(day)s", number=self.outgoing_number, day=day or "—")

    def _is_signed(self):
        """Whether the answer bears a signature: given, or its scan or its .sig is there."""
        return self.state == approval.GIVEN or bool(self.scan_file or self.signature_file)

    def _signed_words(self):
        kinds = dict(self._fields["signature_kind"]._description_selection(self.env))
        return kinds.get(self.signature_kind, "")

    def _file_digests(self):
        """Return [(name, SHA-256)] of the files as they are now."""
        return [
            (file.name, hashlib.sha256(file.raw or b"").hexdigest()) for file in self.attachment_ids
        ]

    def action_print_sheet(self):
        """Print the sheet of approval."""
        self.check_access("read")
        return self.env.ref("gov_hotline.action_report_approval").report_action(self)

    def action_open_case(self):
        """Open the case of the answer."""
        self.ensure_one()
        self.ticket_id.check_access("read")
        return self.ticket_id._open_form()


class HotlineApproval(models.Model):
    _inherit = "hotline.approval"

    def _in_words(self):
        """Return the line of the history: when, who, what, why."""
        decision = dict(self._fields["decision"]._description_selection(self.env))[self.decision]
        words = [self.answer_id._moment(self.at), self.who, decision, self.reason]
        return " · ".join(filter(None, words))

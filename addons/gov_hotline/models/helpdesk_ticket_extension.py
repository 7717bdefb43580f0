from odoo import api, fields, models
from odoo.fields import Domain

from ..domain import closing, extension
from ..domain.problems import Problem

ALERTS = [
    ("soon", "Three working days or less"),
    ("last_day", "Today is the last day"),
    ("too_late", "Overdue"),
]


class HelpdeskTicket(models.Model):
    """The extension of the case, and who must decide on it today (practice 14)."""

    _inherit = "helpdesk.ticket"

    extension_ids = fields.One2many("hotline.extension", "ticket_id", string="Extensions")
    extension_alert = fields.Selection(ALERTS, compute="_compute_extension_alert")
    extension_alert_text = fields.Char(
        compute="_compute_extension_alert", string="What to decide on the term"
    )
    needs_decision_today = fields.Boolean(
        compute="_compute_extension_alert", search="_search_needs_decision_today"
    )
    is_late = fields.Boolean(
        compute="_compute_extension_alert", help="The answer was not given in term."
    )
    overdue_cause = fields.Text(
        string="Cause of the delay",
        help="Once the term has passed it is not extended: the cause is written down.",
    )

    @api.depends(
        "state", "deadline_ids.due_on", "deadline_ids.met_on", "extension_ids.state",
        "overdue_cause",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_extension_alert(self):
        # sudo: colours of dates; whoever opens the case need not read its clocks (press service)
        for ticket, ticket_sudo in zip(self, self.sudo(), strict=True):
            alert = ticket_sudo._extension_alert()
            ticket.extension_alert = alert or False
            ticket.extension_alert_text = ticket_sudo._extension_alert_words(alert)
            ticket.needs_decision_today = alert == extension.LAST_DAY
            ticket.is_late = ticket_sudo._answer_is_late()

    def _answer_is_late(self):
        """Whether a term of the answer passed before the answer was given (or until today)."""
        if not self.deadline_ids:
            return False
        today = self.company_id._hotline_today()
        main = self.deadline_ids.filtered("is_main")
        return any((clock.met_on or today) > clock.due_on for clock in main)

    def _extension_alert(self):
        running = self._running_main()
        if self.is_final or self.state == "draft" or not running:
            return extension.NOTHING
        due, today = min(running.mapped("due_on")), self.company_id._hotline_today()
        alert = extension.alert(due, today, self.env["hotline.day"]._calendar(self.company_id))
        if alert == extension.TOO_LATE:
            return alert
        return alert if self._may_be_extended() else extension.NOTHING

    def _running_main(self):
        return self.deadline_ids.filtered(lambda clock: clock.is_main and not clock.met_on)

    def _may_be_extended(self):
        """Whether the law allows an extension that was not decided yet."""
        extended = "decided" in self.extension_ids.mapped("state")
        return not extended and bool(self._extension_term())

    def _extension_alert_words(self, alert):
        if alert == extension.TOO_LATE:
            if self.overdue_cause:
                return False
            return self.env._("The term has passed: it is not extended any more. Write the cause.")
        if alert == extension.LAST_DAY:
            return self.env._(
                "Decision needed today by 23:59. Decided by: %(who)s", who=self._deciders()
            )
        if alert == extension.SOON:
            return self.env._(
                "If the answer is not ready: decision on extension and notice by %(day)s, 23:59.",
                day=min(self._running_main().mapped("due_on")).strftime("%d.%m.%Y"),
            )
        return False

    def _deciders(self):
        """Name who may extend today, those acting for the head first."""
        today = self.company_id._hotline_today()
        valid = self.env["hotline.authority"]._with_right(self.company_id, "extend", today)
        # sudo: who decides is told to every reader of the case
        names = valid.sudo().sorted("is_acting", reverse=True).mapped("display_name")
        return "; ".join(names) or self.env._("nobody has the right, see «Authorities»")

    def _search_needs_decision_today(self, operator, value):
        if operator != "in":
            return NotImplemented
        running = Domain("met_on", "=", False) & Domain("is_main", "=", True)
        running &= Domain("due_on", "=", self.env.company._hotline_today())
        wanted = Domain("deadline_ids", "any", running) & Domain("is_final", "=", False)
        wanted &= ~Domain("extension_ids.state", "=", "decided")
        wanted &= Domain("track", "=", "appeal")  # no term of a message is extended by the law
        return wanted if True in value else ~wanted

    # Buttons and rules

    def action_extend(self):
        """Open the extension in preparation, or a new one, in a dialog. Officer."""
        self.ensure_one()
        self._require_role("officer")
        begun = self.extension_ids.filtered(lambda one: one.state in ("draft", "proposed"))[:1]
        title = self.env._("Extension of the term")
        sent = self.request_ids.filtered(lambda one: one.state in ("sent", "answered"))
        ground = {"default_ground": "request"} if sent else {}
        return self._act_dialog("hotline.extension", title, begun.id, **ground)

    def _more_acts(self):
        acts = super()._more_acts()
        if self.can_edit and self._may_be_extended():
            late = self._extension_alert() == extension.TOO_LATE
            why = self._extension_alert_words(extension.TOO_LATE) if late else False
            acts.append(self._act("action_extend", self.env._("Extend the term"), why, step=False))
        return acts

    def _closing_problems(self):
        found = super()._closing_problems()
        if "proposed" in self.extension_ids.mapped("state"):
            found.append(
                Problem("extension_undecided", extension.ARTICLE, way_out="decide_or_delete")
            )
        if self._answer_is_late() and not (self.overdue_cause or "").strip():
            found.append(closing.no_cause(self.kind))
        return found

    # What the applicant sees: the extension and its notice

    def _portal_card(self):
        return {**super()._portal_card(), "extensions": self._public_extensions()}

    def _public_extensions(self):
        decided = self.extension_ids.filtered(lambda one: one.state == "decided")
        return [
            {
                "until": one.due_after,
                "number": one.notice_id.outgoing_number,
                "date": one.notice_id.outgoing_date,
                "text": one.notice_id.text or "",
            }
            for one in decided
        ]

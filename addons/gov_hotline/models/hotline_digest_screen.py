from odoo import models
from odoo.fields import Domain


class HotlineOutboxDigest(models.Model):
    """What opens from a digest: the very cases that it counts, as they are now."""

    _inherit = "hotline.outbox.digest"

    def action_open_overdue(self):
        """Open the overdue appeals of the digest's scope; its user."""
        return self._open_cases(self.env._("Overdue"), Domain("is_overdue", "=", True))

    def action_open_today(self):
        """Open the appeals due today; its user."""
        return self._open_cases(self.env._("Due today"), Domain("is_due_today", "=", True))

    def action_open_soon(self):
        """Open the appeals due within three working days; its user."""
        return self._open_cases(self.env._("3 days"), Domain("is_due_soon", "=", True))

    def action_open_decisions(self):
        """Open the appeals whose term must be decided on today; its user."""
        words = self.env._("To be decided today")
        return self._open_cases(words, Domain("needs_decision_today", "=", True))

    def action_open_awaited(self):
        """Open the assignments whose answers are awaited; its user."""
        scope = self._scope_domain("ticket_id.")
        return self._open(
            "gov_hotline.hotline_assignment_action",
            self.env._("Answers awaited"),
            scope & Domain("is_waiting", "=", True),
        )

    def action_open_escalated(self):
        """Open the appeals escalated this morning to the reader; its user."""
        self.check_access("read")
        marks = self.env["hotline.step.mark"].sudo()  # sudo: numbers of cases, shown by access
        done = marks.search(
            [("sweep", "=", "late"), ("run_id.day", "=", self.day), ("mark", ">", 1)]
        )
        domain = Domain("id", "in", done.ticket_id.ids)
        return self._open_cases(self.env._("Escalated"), domain)

    def action_open_approvals(self):
        """Open the answers that wait for the reader's approval; its user."""
        self.check_access("read")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "gov_hotline.hotline_answer_action_approval"
        )

    def action_open_steps(self):
        """Open the scheduled steps; its user."""
        self.check_access("read")
        return self.env["ir.actions.act_window"]._for_xml_id("gov_hotline.hotline_step_action")

    def action_open_unregistered(self):
        """Open the drafts that wait for registration; its user."""
        words = self.env._("Wait for registration")
        waiting = Domain("state", "=", "draft") & (
            Domain("draft_number", "=", False) | Domain("confirmed_at", "!=", False)
        )
        return self._open_cases(words, waiting)

    def _open_cases(self, name, domain):
        return self._open("gov_hotline.helpdesk_ticket_action", name, self._scope_domain() & domain)

    def _open(self, action, name, domain):
        self.ensure_one()
        self.check_access("read")
        opened = self.env["ir.actions.act_window"]._for_xml_id(action)
        domain &= Domain("company_id", "=", self.company_id.id)
        return {**opened, "name": name, "domain": list(domain), "context": {}, "path": False}

    def _scope_domain(self, path=""):
        """Return whose cases the digest counts."""
        own = Domain(f"{path}user_id", "=", self.user_id.id)
        if self.scope == "department":
            return own | Domain(f"{path}team_id.hotline_head_id", "=", self.user_id.id)
        return own if self.scope == "own" else Domain.TRUE

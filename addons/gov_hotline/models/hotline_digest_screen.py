from odoo import api, models
from odoo.fields import Domain


class HotlineOutboxDigest(models.Model):
    """What opens from a digest: the very cases that it counts, as they are now."""

    _inherit = "hotline.outbox.digest"

    @api.model
    def action_open_newest(self):
        """Open the reader's newest digest: the bell leads to it, not to a list of one row."""
        found = self.search([("user_id", "=", self.env.uid)], order="day desc, id desc", limit=1)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gov_hotline.hotline_outbox_digest_action"
        )
        return {**action, "res_id": found.id, "views": [(False, "form")]} if found else action

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
        """Open the appeals where an executor's answer is awaited; its user."""
        return self._open_cases(self.env._("Answers awaited"), Domain("is_waiting", "=", True))

    def action_open_escalated(self):
        """Open the appeals escalated that morning to the reader, those that run yet; its user."""
        self.check_access("read")
        counts = self.env["hotline.digest.counts"].sudo()  # sudo: ids of cases, shown by access
        cases = counts._escalated_to_one(self.company_id, self.day, self.env.user)
        return self._open_cases(self.env._("Escalated"), Domain("id", "in", cases))

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
        """Open the drafts that wait too long for registration; its user."""
        self.check_access("read")
        counts = self.env["hotline.digest.counts"].sudo()  # sudo: ids of cases, shown by access
        waiting = Domain("id", "in", counts._unregistered(self.company_id))
        return self._open_cases(self.env._("Wait for registration"), waiting)

    def _open_cases(self, name, domain):
        return self._open("gov_hotline.helpdesk_ticket_action", name, self._scope_domain() & domain)

    def _open(self, action, name, domain):
        self.ensure_one()
        self.check_access("read")
        opened = self.env["ir.actions.act_window"]._for_xml_id(action)
        domain &= Domain("company_id", "=", self.company_id.id)
        shown = {"name": name, "display_name": name, "context": {}, "path": False}
        return {**opened, **shown, "domain": list(domain)}

    def _scope_domain(self, path=""):
        """Return whose cases the digest counts."""
        own = Domain(f"{path}user_id", "=", self.user_id.id)
        if self.scope == "department":
            return own | Domain(f"{path}team_id.hotline_head_id", "=", self.user_id.id)
        return own if self.scope == "own" else Domain.TRUE

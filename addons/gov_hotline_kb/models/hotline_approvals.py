from markupsafe import Markup

from odoo import api, models

WAITS = [("awaits_me", "=", True)]
ACTION = "gov_hotline_kb.hotline_kb_version_action_mine"


class HotlineAnswer(models.Model):
    """What waits for an approver: answers and articles alike (A2, E5)."""

    _inherit = "hotline.answer"

    @api.model
    def _count_awaiting_me(self):
        return super()._count_awaiting_me() + self._count_articles_awaiting_me()

    @api.model
    def _count_articles_awaiting_me(self):
        Version = self.env["hotline.kb.version"]
        return Version.search_count(WAITS) if Version.has_access("read") else 0

    @api.model
    def awaiting_articles_help(self):
        """Return what an empty list of answers says while articles wait for the reader, or ""."""
        count = self._count_articles_awaiting_me()
        if not count:
            return ""
        return Markup(
            "<p class='o_view_nocontent_smiling_face'>%s</p><p>%s <a href='/odoo/%s'>%s</a></p>"
        ) % (
            self.env._("No answer waits for your approval"),
            self.env._("Articles of the knowledge base wait for you: %(count)s.", count=count),
            # sudo: an address, the same for everybody
            self.env.ref(ACTION).sudo().path,
            self.env._("Open the articles"),
        )

    def _after_decision(self):
        """As before; where articles alone wait, their list follows."""
        told = super()._after_decision()
        if self._count_articles_awaiting_me() and not self.search_count(WAITS, limit=1):
            action = self.env["ir.actions.act_window"]._for_xml_id(ACTION)
            told["params"]["next"] = {**action, "target": "main"}
        return told


class HotlineDigestCounts(models.AbstractModel):
    _inherit = "hotline.digest.counts"

    @api.model
    def _approvals(self, company):
        """Answers and articles together, as the approver's list has both."""
        found = super()._approvals(company)
        for user, count in self.env["hotline.kb.version"]._count_by_approver(company).items():
            found[user] = found.get(user, 0) + count
        return found


class HotlineOutboxDigest(models.Model):
    _inherit = "hotline.outbox.digest"

    def action_open_approvals(self):
        """Open what waits for the reader's approval: the answers, else the articles; its user."""
        opened = super().action_open_approvals()
        answers = self.env["hotline.answer"]
        if answers.search_count(WAITS, limit=1) or not answers._count_articles_awaiting_me():
            return opened
        return self.env["ir.actions.act_window"]._for_xml_id(ACTION)

from odoo import api, fields, models
from odoo.fields import Domain

BY_HAND = (Domain("is_chosen", "=", True) & Domain("is_proposed", "=", False)) | (
    Domain("is_chosen", "=", False) & Domain("is_proposed", "=", True)
)


class HotlineRecalculation(models.Model):
    """What the manager reads before and after: how many of which dates, each number named."""

    _inherit = "hotline.recalculation"

    untouched_count = fields.Integer(
        compute="_compute_untouched_count",
        string="Not touched by the change",
        help="Terms and control dates that were looked at: the changed days are not theirs.",
    )
    is_by_hand = fields.Boolean(
        compute="_compute_question",
        help="The ticks are not as the programme proposed them.",
    )
    question = fields.Text(compute="_compute_question", string="What is moved")
    editions_text = fields.Char(compute="_compute_editions_text")

    @api.depends("total", "moved_count", "renewed_count", "kept_count")
    def _compute_untouched_count(self):
        for one in self:
            named = one.moved_count + one.renewed_count + one.kept_count
            one.untouched_count = max(one.total - named, 0)

    @api.depends("line_ids.is_chosen", "line_ids.state")
    @api.depends_context("lang")
    def _compute_question(self):
        for one in self:
            offered = Domain("recalculation_id", "=", one.id) & Domain("state", "=", "proposed")
            one.is_by_hand = bool(one.line_ids.search_count(offered & BY_HAND, limit=1))
            one.question = "\n".join(one._question_lines(offered))

    def _question_lines(self, offered):
        """Return a line for the terms and one for the control dates, where there are any."""
        terms = self._ticked(offered & Domain("assignment_id", "=", False))
        controls = self._ticked(offered & Domain("assignment_id", "!=", False))
        lines = []
        if terms["all"]:
            lines.append(
                self.env._("Due dates of appeals to be moved: %(chosen)s of %(all)s.", **terms)
            )
        if controls["all"]:
            lines.append(
                self.env._("Control dates to be moved: %(chosen)s of %(all)s.", **controls)
            )
        return lines

    def _ticked(self, domain):
        """Return how many of the lines there are, how many with a tick; the list may be long."""
        counts = dict(self.line_ids._read_group(domain, ["is_chosen"], ["__count"]))
        return {"chosen": counts.get(True, 0), "all": sum(counts.values())}

    @api.depends("version_before", "version_after")
    @api.depends_context("lang")
    def _compute_editions_text(self):
        for one in self:
            one.editions_text = self.env._(
                "Edition of the calendar in the certificates of terms:"
                " before — %(before)s, after — %(after)s.",
                before=one.version_before or "—",
                after=one.version_after or "—",
            )

    def action_ask(self):
        """Ask before the ticked dates are moved: how many of which; supervisor or approver."""
        self._check_decider()
        self._check_ticked()
        view = self.env.ref("gov_hotline.hotline_recalculation_view_form_question")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move the ticked dates?"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

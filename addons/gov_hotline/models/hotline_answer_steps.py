from odoo import api, fields, models

from ..domain import approval

NAMED = 3  # names of approvers in a list; the rest are counted


class HotlineAnswer(models.Model):
    """The step that is on: whose turn it is, since when, and whether it takes too long."""

    _inherit = "hotline.answer"

    step_name = fields.Char(compute="_compute_step", string="Step that is on")
    step_who = fields.Char(compute="_compute_step", string="Whose turn it is")
    step_text = fields.Char(compute="_compute_step_text", string="Step, in whose place")
    step_since = fields.Datetime(compute="_compute_step", string="On since")
    is_step_slow = fields.Boolean(
        compute="_compute_is_step_slow", search="_search_is_step_slow", string="Takes too long"
    )

    @api.depends("state", "review_ids.status", "review_ids.reviewer_ids", "approval_ids")
    @api.depends_context("lang")
    def _compute_step(self):
        for answer in self:
            review = answer._current_review() if answer.state == approval.APPROVAL else None
            answer.step_name = review and review.name
            answer.step_who = review and answer._step_names(review)
            answer.step_since = bool(review) and answer.approval_ids[-1:].at

    @api.depends("step_name", "place_words")
    @api.depends_context("lang", "uid")
    def _compute_step_text(self):
        for answer in self:
            answer.step_text = ", ".join(filter(None, (answer.step_name, answer.place_words)))

    def _step_names(self, review):
        names = review.reviewer_ids.mapped("name")
        if len(names) <= NAMED:
            return ", ".join(names)
        return self.env._(
            "%(names)s and %(count)s more",
            names=", ".join(names[:NAMED]),
            count=len(names) - NAMED,
        )

    @api.depends("step_since")
    def _compute_is_step_slow(self):
        for answer in self:
            answer.is_step_slow = bool(answer.step_since) and answer._is_slow()

    def _is_slow(self):
        """Whether the step has been on for as many working days as the body allows, or more."""
        company = self.company_id
        since = company._hotline_date(self.step_since)
        calendar = self.env["hotline.day"].sudo()._calendar(company)  # sudo: the calendar
        today = company._hotline_today()
        return approval.is_slow(since, today, company.sudo().hotline_approval_days, calendar)

    def _search_is_step_slow(self, operator, value):
        if operator != "in":
            return NotImplemented
        waiting = self.search([("state", "=", approval.APPROVAL)]).filtered("is_step_slow")
        return fields.Domain("id", "in" if True in value else "not in", waiting.ids)

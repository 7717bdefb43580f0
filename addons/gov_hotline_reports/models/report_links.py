"""From a record to its row of the analysis: how a total opens what it was counted from."""

from odoo import fields, models

from .hotline_report_case import STAFF

SHIFT_READERS = "gov_hotline.group_operator,gov_hotline.group_supervisor,gov_hotline.group_auditor"
READERS = (
    "gov_hotline.group_officer,gov_hotline.group_supervisor,"
    "gov_hotline.group_approver,gov_hotline.group_auditor"
)


def _rows(code, behind, groups):
    """Return the field of a record that leads to its rows of the analysis."""
    return fields.One2many(
        f"hotline.report.{code}", behind, string="Rows of the report", copy=False, groups=groups
    )


class HotlineCall(models.Model):
    _inherit = "hotline.call"

    report_call_ids = _rows("call", "call_id", STAFF)


class HotlineQuestion(models.Model):
    _inherit = "hotline.question"

    report_question_ids = _rows("question", "question_id", READERS)


class HotlineAssignment(models.Model):
    _inherit = "hotline.assignment"

    report_assignment_ids = _rows("assignment", "assignment_id", READERS)

    _sent_idx = models.Index("(sent_on) WHERE sent_on IS NOT NULL")


class HotlineOperatorState(models.Model):
    _inherit = "hotline.operator.state"

    report_shift_ids = _rows("shift", "state_id", SHIFT_READERS)


class HotlineDeadline(models.Model):
    _inherit = "hotline.deadline"

    _due_idx = models.Index("(due_on)")

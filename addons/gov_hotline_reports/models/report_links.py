"""From a record to its row of the analysis: how a total opens what it was counted from."""

from odoo import fields, models

from .hotline_report_case import STAFF

SHIFT_READERS = "gov_hotline.group_operator,gov_hotline.group_supervisor,gov_hotline.group_auditor"
READERS = (
    "gov_hotline.group_officer,gov_hotline.group_supervisor,"
    "gov_hotline.group_approver,gov_hotline.group_auditor"
)


class HotlineCall(models.Model):
    _inherit = "hotline.call"

    report_call_ids = fields.One2many(
        "hotline.report.call", "call_id", string="Row of the report", copy=False, groups=STAFF
    )


class HotlineQuestion(models.Model):
    _inherit = "hotline.question"

    report_question_ids = fields.One2many(
        "hotline.report.question",
        "question_id",
        string="Row of the report",
        copy=False,
        groups=READERS,
    )


class HotlineAssignment(models.Model):
    _inherit = "hotline.assignment"

    _sent_idx = models.Index("(sent_on) WHERE sent_on IS NOT NULL")

    report_assignment_ids = fields.One2many(
        "hotline.report.assignment",
        "assignment_id",
        string="Row of the report",
        copy=False,
        groups=READERS,
    )


class HotlineDeadline(models.Model):
    _inherit = "hotline.deadline"

    _due_idx = models.Index("(due_on)")


class HotlineOperatorState(models.Model):
    _inherit = "hotline.operator.state"

    report_shift_ids = fields.One2many(
        "hotline.report.shift",
        "state_id",
        string="Rows of the report",
        copy=False,
        groups=SHIFT_READERS,
    )

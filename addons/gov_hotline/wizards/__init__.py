from . import (
    hotline_answer_refusal,
    hotline_assignment_act,
    hotline_assignment_dates,
    hotline_draft_accept,
    hotline_ground_statement,
    hotline_covering_report,
    hotline_extension_refusal,
    hotline_reason_wizard,
    hotline_resolution,
    hotline_task_takeover,
    hotline_topic_import,
)

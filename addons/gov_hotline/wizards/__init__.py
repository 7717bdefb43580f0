from . import (
    hotline_draft_accept,
    hotline_ground_statement,
    hotline_reason_wizard,
    hotline_task_takeover,
    hotline_topic_import,
)

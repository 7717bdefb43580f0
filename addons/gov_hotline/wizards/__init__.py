from . import hotline_reason_wizard, hotline_task_takeover, hotline_topic_import

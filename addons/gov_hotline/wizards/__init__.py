from . import hotline_task_takeover, hotline_topic_import

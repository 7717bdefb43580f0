from . import hotline_topic_import

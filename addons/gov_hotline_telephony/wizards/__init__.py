from . import hotline_line_announcement, hotline_pbx_import, hotline_pbx_key

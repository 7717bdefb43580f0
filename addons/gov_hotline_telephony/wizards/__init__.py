from . import hotline_line_announcement, hotline_pbx_import

from . import hotline_pbx_import

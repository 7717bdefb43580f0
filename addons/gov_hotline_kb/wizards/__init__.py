from . import hotline_refusal

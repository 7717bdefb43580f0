from . import hotline_call, hotline_call_pop

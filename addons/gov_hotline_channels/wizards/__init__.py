from . import hotline_incoming_placement

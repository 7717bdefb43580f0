from . import ivr

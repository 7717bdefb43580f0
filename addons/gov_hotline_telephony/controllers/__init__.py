from . import ivr, recordings

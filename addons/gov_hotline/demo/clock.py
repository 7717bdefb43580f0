"""Odoo's clock, turned back while a year of history is acted out."""

from contextlib import contextmanager

from odoo import fields


@contextmanager
def at(moment):
    """Let `fields.Datetime.now()` say `moment` (naive UTC) in this process.

    For the generator only: the acts are the real ones, so whatever reads the clock (date of
    registration, deadlines, numbers of a year, the journal) gets the moment they are acted out for.
    """
    real = fields.Datetime.__dict__["now"]
    fields.Datetime.now = staticmethod(lambda *_args: moment)
    try:
        yield
    finally:
        fields.Datetime.now = real

"""Loaded server-wide by the test bench, never installed in a database: see reporting.py."""

import os

# Odoo complains when its test framework is imported by a run that tests nothing.
if os.environ.get("HOTLINE_TEST_REPORT"):
    from . import reporting

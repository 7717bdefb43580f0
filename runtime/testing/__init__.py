"""The test bench: ``python3 -m runtime.testing`` behind ``make test`` and its parts.

Every kind of test leaves the same record (results.py), whoever ran it: lint checks, plain pytest,
Odoo's own runner, Hoot in the browser, pytest against a running system. The summary adds them up.
"""

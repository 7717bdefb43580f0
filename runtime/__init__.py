"""The embedded runtime: Odoo, PostgreSQL and tools for ``make run`` and ``make test``.

Only the standard library: it is the bare Python of the machine that runs it.
"""

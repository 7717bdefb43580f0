"""The service between Asterisk and Odoo: one process, one event loop, one connector a PBX."""

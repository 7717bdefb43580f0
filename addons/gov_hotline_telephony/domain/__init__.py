"""The telephone in pure Python: no Odoo, no sockets, no clock."""

"""Reports in pure Python: no Odoo, no database, no clock."""

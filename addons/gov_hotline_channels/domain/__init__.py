"""What a letter says and where it belongs: pure Python, no Odoo, no clock, no database."""

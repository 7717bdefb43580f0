"""The law and the arithmetic of the hotline: pure Python, no Odoo, no clock, no database."""

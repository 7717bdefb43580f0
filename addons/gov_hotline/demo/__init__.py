"""The demonstration data: a year of an invented region's hotline.

`names`, `places`, `subjects`, `texts` and `plan` are pure Python and decide everything from a
seed; `writer` brings the plan into Odoo through the same methods that people's buttons call.
"""

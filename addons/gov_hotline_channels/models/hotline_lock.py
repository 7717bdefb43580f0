from odoo import models


class HotlineLock(models.AbstractModel):
    """The triggers are made anew with this add-on's tables: its lists of locked records too (B4).

    The core makes them before these tables are there; inheriting runs its `init` once more.
    """

    _inherit = "hotline.lock"

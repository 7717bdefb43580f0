from odoo import fields, models


class HotlineRegisterLine(models.Model):
    """What a source has delivered under a key: the digest of its row and what it became (D2).

    Written in sets by the loads alone; nobody reads it on a screen.
    """

    _name = "hotline.register.line"
    _description = "Delivered row of a register"
    _log_access = False

    source_id = fields.Many2one("hotline.register.source", required=True, ondelete="cascade")
    key = fields.Char(required=True)
    digest = fields.Char(required=True)
    account_id = fields.Many2one("hotline.account", index=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="set null")
    is_card_made = fields.Boolean(help="The holder's card was made by this source.")
    is_gone = fields.Boolean()

    _key_uniq = models.Constraint("UNIQUE (source_id, key)", "This row is known already.")

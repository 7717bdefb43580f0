"""Who of the staff made or changed a record of a register: not told to companies and citizens."""

from odoo import models

MAKERS = frozenset({"create_uid", "write_uid"})


class HotlineHiddenMakers(models.AbstractModel):
    _name = "hotline.hidden.makers"
    _description = "Record whose makers are the staff's own"

    def _has_field_access(self, field, operation):
        """Odoo gives these two fields to every reader; they hold names of operators."""
        if field.name in MAKERS and not self.env.su and not self.env.user._is_internal():
            return False
        return super()._has_field_access(field, operation)


class HotlineObject(models.Model):
    _name = "hotline.object"
    _inherit = ["hotline.object", "hotline.hidden.makers"]


class HotlineAccount(models.Model):
    _name = "hotline.account"
    _inherit = ["hotline.account", "hotline.hidden.makers"]


class HotlineMeter(models.Model):
    _name = "hotline.meter"
    _inherit = ["hotline.meter", "hotline.hidden.makers"]


class HotlineReading(models.Model):
    _name = "hotline.reading"
    _inherit = ["hotline.reading", "hotline.hidden.makers"]

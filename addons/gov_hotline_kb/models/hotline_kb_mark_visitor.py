import hashlib
import hmac

from odoo import api, fields, models

from odoo.addons.gov_hotline.domain import lookup

MARKS_A_DAY = 20  # of one address: a family reads that much, a script more


class HotlineKbMark(models.Model):
    """What visitors of the site say: without a name, once a day an article from one address."""

    _inherit = "hotline.kb.mark"

    visitor = fields.Char(
        readonly=True, groups=fields.NO_ACCESS, help="A digest that changes every day."
    )

    _visitor_uniq = models.UniqueIndex(
        "(visitor, page_id, day) WHERE visitor IS NOT NULL",
        "You have said so about this article today already.",
    )
    _someone = models.Constraint(
        "CHECK (user_id IS NOT NULL OR visitor IS NOT NULL)", "Somebody says whether it helped."
    )

    @api.model
    def _of_visitor(self, page, helped, address):
        """Note what a visitor says of `page`; said again it is corrected. Returns if it counted."""
        day = self.env.company._hotline_today()
        own = [("visitor", "=", self._visitor_key(address, day)), ("day", "=", day)]
        said = self.search(own)
        mark = said.filtered(lambda one: one.page_id == page)
        if not mark and len(said) >= MARKS_A_DAY:
            return False
        if mark:
            mark.helped = helped
        else:
            vals = {name: value for name, _equal, value in own}
            self.create({**vals, "page_id": page.id, "helped": helped})
        page._count_marks()
        return True

    @api.model
    def _visitor_key(self, address, day):
        """Return whom an address stands for today: tomorrow it is somebody else."""
        # sudo: the secret of the database is nobody's to read
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret") or ""
        text = f"kb mark {day}:{lookup.address_key(address)}"
        return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()

from odoo import api, fields, models
from odoo.tools import format_date

from ..domain import persons
from .hotline_assignment import STAFF


class HotlineLetterSheet(models.AbstractModel):
    """Who printed an issued letter last, and when: what is printed waits for its posting alone."""

    _inherit = "hotline.letter.sheet"

    printed_at = fields.Datetime(string="Printed on", readonly=True, copy=False)
    printed_by_id = fields.Many2one(
        "res.users", string="Printed by", readonly=True, copy=False, ondelete="set null"
    )
    printed_text = fields.Char(compute="_compute_printed_text", string="Printed")

    @api.depends("printed_at", "printed_by_id")
    @api.depends_context("lang")
    def _compute_printed_text(self):
        for letter in self:
            letter.printed_text = printed_words(letter)

    def _mark_printed(self):
        """Note that the signed-in user printed these; of a draft nobody needs to know."""
        mark = {"printed_at": fields.Datetime.now(), "printed_by_id": self.env.uid}
        for letter in self.filtered(lambda one: one._has_issued_letter()):
            letter._store_letter(mark)


class HotlineAssignment(models.Model):
    _inherit = "hotline.assignment"

    printed_at = fields.Datetime(groups=STAFF)
    printed_by_id = fields.Many2one(groups=STAFF)
    printed_text = fields.Char(groups=STAFF)


def printed_words(letter):
    """Return «22.11.2026, Образцов Т. Л.», False for what nobody printed."""
    if not letter.printed_at:
        return False
    # sudo: colleagues are named to every reader
    name = persons.split_name(letter.printed_by_id.sudo().name).short
    local = letter.company_id._hotline_date(letter.printed_at)
    day = format_date(letter.env, local, date_format="dd.MM.yyyy")
    return ", ".join(filter(None, (day, name)))

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..domain import articles, measures

# What a citizen is told, in the order it is asked; `form` is the blank to fill in.
PARTS = ("what", "how", "where", "documents", "form")


class HotlineKbMeasure(models.Model):
    """A measure of support: what is due, how and where to get it, and to whom: as data (C6)."""

    _name = "hotline.kb.measure"
    _description = "Measure of support"
    _order = "sequence, name, id"

    name = fields.Char(string="Measure", required=True)
    sequence = fields.Integer(default=10)
    what = fields.Text(string="What is due", required=True)
    how = fields.Text(string="How to get it", required=True)
    where = fields.Text(string="Where to apply", required=True)
    documents = fields.Text()
    form = fields.Text(string="Form to fill in")
    source = fields.Text(required=True, help="The law with its article.")
    checked_on = fields.Date(
        string="Checked on",
        help="When it was compared with the law; empty: nobody has, and that is told with it.",
    )
    valid_from = fields.Date(string="In force from")
    valid_to = fields.Date(string="In force until")
    territory_ids = fields.Many2many(
        "hotline.territory", string="Districts", help="Empty: everywhere."
    )
    situation_ids = fields.Many2many("hotline.kb.situation", string="Life situations")
    page_id = fields.Many2one("document.page", string="Article", index="btree_not_null")
    condition_ids = fields.One2many(
        "hotline.kb.condition", "measure_id", string="Conditions", copy=True
    )
    company_id = fields.Many2one("res.company", string="Body", help="Empty: every body.")
    active = fields.Boolean(default=True)
    is_example = fields.Boolean(
        string="Example", copy=False, help="Ships with the system: check it with a lawyer first."
    )
    is_in_force = fields.Boolean(compute="_compute_is_in_force")
    check_words = fields.Char(string="Checked", compute="_compute_check_words")

    _validity = models.Constraint(
        "CHECK (valid_to >= valid_from)", "A measure cannot end before it begins."
    )

    @api.depends("valid_from", "valid_to")
    def _compute_is_in_force(self):
        today = fields.Date.context_today(self)
        for measure in self:
            measure.is_in_force = articles.is_in_force(today, measure.valid_from, measure.valid_to)

    @api.depends("checked_on", "is_example")
    @api.depends_context("lang")
    def _compute_check_words(self):
        """An example was compared with the law by nobody, whatever date stands in it."""
        for measure in self:
            day = not measure.is_example and measure.checked_on
            told = day and format_date(self.env, day, "ru_RU", "dd.MM.yyyy")
            measure.check_words = told or self.env._("not checked")

    def action_mark_checked(self):
        """Note that the measure was compared with the law and holds; officer."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.write({"checked_on": fields.Date.context_today(self), "is_example": False})

    @api.model
    def _in_force(self):
        """Return the measures that are proposed today, by the rights of whoever asks."""
        today = fields.Date.context_today(self)
        begun = Domain("valid_from", "=", False) | Domain("valid_from", "<=", today)
        running = Domain("valid_to", "=", False) | Domain("valid_to", ">=", today)
        return self.search(begun & running)

    def _rule(self):
        """Return the measure as the pure rules see it."""
        self.ensure_one()
        return measures.Measure(
            self.id,
            tuple(one._rule() for one in self.condition_ids),
            frozenset(self.territory_ids.ids),
        )

    def _told(self):
        """Return what is told of a measure: {id, name, parts: [{title, text}], source, checked}."""
        self.ensure_one()
        parts = [
            {"title": self._fields[name]._description_string(self.env), "text": self[name]}
            for name in PARTS
            if (self[name] or "").strip()
        ]
        return {
            "id": self.id,
            "name": self.name,
            "parts": parts,
            "source": self.source,
            "checked": self.check_words,
            "caution": self._caution(),
        }

    def _caution(self):
        """Return the warning that goes with the measure wherever it is shown; "" for none."""
        if self.is_example:
            return self.env._("Example. Check with the source.")
        return "" if self.checked_on else self.env._("Not checked. Check with the source.")

from odoo import api, fields, models

from ..domain import caller_words


class HotlineTopic(models.Model):
    """The all-Russian thematic classifier. The full code is the key: short ones repeat."""

    _name = "hotline.topic"
    _description = "Topic"
    _order = "code"
    _parent_name = "parent_id"
    _parent_store = True
    _rec_names_search = ["name", "code", "keywords"]

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, index="trigram")
    level = fields.Integer(required=True, readonly=True, index=True)
    parent_id = fields.Many2one("hotline.topic", readonly=True, index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("hotline.topic", "parent_id")
    note = fields.Char()
    keywords = fields.Char(help="Everyday words by which callers name it.")
    edition = fields.Date(help="Date of the edition of the classifier it came with.")
    valid_from = fields.Date()
    valid_to = fields.Date(help="Date of the edition that no longer has it.")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "A topic with this code exists already.")

    @api.model
    def _seed_keywords(self, words):
        """Give shipped topics their everyday words, {code: words}; a body's own words stay."""
        for topic in self.search([("code", "in", list(words)), ("keywords", "=", False)]):
            topic.keywords = words[topic.code]

    @api.model
    def _by_callers_words(self, text, limit=3):
        """Return the topics whose everyday words hold what a caller says, the narrow ones first."""
        known = self.search_fetch(
            [("keywords", "!=", False)], ["keywords"], order="level desc, code"
        )
        ids = caller_words.best(text, {topic.id: topic.keywords for topic in known})
        return self.browse(ids[:limit])

    @api.depends("code", "name")
    @api.depends_context("hotline_topic_name_only")
    def _compute_display_name(self):
        name_only = self.env.context.get("hotline_topic_name_only")
        for topic in self:
            topic.display_name = topic.name if name_only else f"{topic.code} {topic.name}"

import re
from pathlib import Path

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.tools import SQL, file_path

from ..domain import questions

GROUP, TERM = 2000, 100  # characters
SHIPPED = "gov_hotline_kb/data/examples/synonyms.txt"


class HotlineKbSynonym(models.Model):
    """Words that callers use for one thing: «квартплата, коммуналка, плата за жильё»."""

    _name = "hotline.kb.synonym"
    _description = "Synonyms"
    _order = "words, id"
    _rec_name = "words"

    words = fields.Char(
        required=True, help="Words or short phrases, separated by commas. Any ending will do."
    )
    active = fields.Boolean(default=True)

    def _check_length(self):
        terms = re.split(r"[,;\n]", self.words or "")
        if len(self.words or "") > GROUP or any(len(one.strip()) > TERM for one in terms):
            raise ValidationError(
                self.env._(
                    "Too long: a group of synonyms has at most %(group)s characters, each of its "
                    "words and phrases at most %(term)s.",
                    group=GROUP,
                    term=TERM,
                )
            )

    @api.constrains("words", "active")
    def _check_words(self):
        """One word, one group: else two groups would be one without anybody having said so."""
        for group in self:
            group._check_length()
            if len(questions.listed(group.words)) < 2:
                raise ValidationError(
                    self.env._("«%(words)s»: name at least two words, separated by a comma.",
                               words=group.words)
                )  # fmt: skip
        groups = {one.id: questions.listed(one.words) for one in self.search([])}
        for word, first, second in questions.doubles(groups):
            raise ValidationError(
                self.env._(
                    "«%(word)s» stands in two groups: «%(first)s» and «%(second)s». Keep it in "
                    "one of them, or join the groups.",
                    word=word,
                    first=self.browse(first).words,
                    second=self.browse(second).words,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def _load_shipped(self):
        """Create the groups that ship, but for those with a word a body has in a group already."""
        taken = {word for one in self.search([]) for word in questions.listed(one.words)}
        lines = Path(file_path(SHIPPED)).read_text(encoding="utf-8").splitlines()
        self.create([{"words": one} for one in lines if not taken & set(questions.listed(one))])

    @api.model
    def _thesaurus(self):
        return questions.thesaurus(self._stemmed_groups())

    @api.model
    @tools.ormcache()
    def _stemmed_groups(self):
        """Return every group as a tuple of terms, each a tuple of stems."""
        # sudo: what words mean is the same for every caller, citizens of the site too
        groups = [questions.listed(one.words) for one in self.sudo().search([])]
        terms = sorted({term for group in groups for term in group})
        rows = self.env.execute_query(
            SQL(
                "SELECT term, tsvector_to_array(to_tsvector('russian', term))"
                " FROM unnest(%s::text[]) AS term",
                terms,
            )
        )
        stems = {term: tuple(found) for term, found in rows}
        return tuple(tuple(stems[term] for term in group) for group in groups)

import tomllib
from pathlib import Path

from odoo import api, fields, models
from odoo.tools import file_path

from odoo.addons.gov_hotline.models.guards import without_names

from .document_page import DRAFT_FIELDS

FOLDER = "gov_hotline_kb/data/examples"
FILES = ("appeals", "social", "housing", "utility", "daily")
ADDON = "gov_hotline_kb"


class DocumentPage(models.Model):
    """Articles that ship: general knowledge to begin with, marked as examples to be checked."""

    _inherit = "document.page"

    @api.model
    def _load_examples(self):
        """Create and publish the shipped articles that are not there; what a body has stays."""
        self.env["hotline.kb.situation"]._load_shipped()
        self.env["hotline.kb.synonym"]._load_shipped()
        quiet = self.with_context(tracking_disable=True, mail_create_nolog=True)
        made = quiet.browse()
        for article in self._shipped():
            made |= quiet._load_example(article)
        for page in made:
            page._new_version("published")._publish()
        return made

    @api.model
    def _shipped(self):
        """Return the articles that ship, file by file."""
        return [
            article
            for name in FILES
            for article in tomllib.loads(
                Path(file_path(f"{FOLDER}/{name}.toml")).read_text(encoding="utf-8")
            )["article"]
        ]

    @api.model
    def _refresh_examples(self, titles, topics):
        """Bring the examples that nobody touched to what ships now; used by the migration.

        `titles` and `topics`: {id: what an earlier version had}, where it was other.
        """
        quiet = self.with_context(tracking_disable=True, mail_create_nolog=True)
        for article in self._shipped():
            key = article["id"]
            page = quiet.env.ref(f"{ADDON}.page_{key}", raise_if_not_found=False)
            if page and page._is_as_shipped({article["title"], titles.get(key)}):
                page._refresh_example(article, topics.get(key, ()))

    def _is_as_shipped(self, titles):
        """Whether the article is shown as it came: no person wrote, renamed or published it."""
        version = self.version_id
        return (
            self.active and self.is_example and self.state == "published"
            and self.name in titles and not self.awaiting_version_id
            and not version._is_of_person() and version.digest == self._draft_digest()
        )  # fmt: skip

    def _refresh_example(self, article, topics):
        vals = {**dict.fromkeys(DRAFT_FIELDS, False), **self._prepare_example_vals(article)}
        # a body may have set its own
        kept = {"company_id", "audience"}
        kept |= {one for one in ("situation_ids", "review_on", "search_hints") if self[one]}
        if self.topic_ids != self._topics(topics):
            kept.add("topic_ids")
        before = self._draft_digest()
        self.write({**without_names(vals, kept), "draft_base": self.draft_revision})
        if self._draft_digest() != before:
            self._new_version("published")._publish()

    @api.model
    def _topics(self, codes):
        """Return the topics of these codes, in any edition of the classifier."""
        codes = [f"{code}.0000" for code in codes]
        return self.env["hotline.topic"].search([("code", "in", codes)])

    @api.model
    def _load_example(self, article):
        name = f"page_{article['id']}"
        if self.env.ref(f"{ADDON}.{name}", raise_if_not_found=False):
            return self.browse()
        page = self.create(self._prepare_example_vals(article))
        self.env["ir.model.data"].create(
            {
                "module": ADDON, "name": name, "model": self._name, "res_id": page.id,
                "noupdate": True,
            }
        )  # fmt: skip
        # sudo: a column that nobody sets by hand
        page.sudo().is_example = True
        return page

    @api.model
    def _example_review(self, article):
        return fields.Date.add(article["written"], months=6)

    @api.model
    def _prepare_example_vals(self, article):
        situations = [
            self.env.ref(f"{ADDON}.situation_{one}").id for one in article.get("situations", ())
        ]
        parts = {f"part_{name}": text.strip() for name, text in article.get("parts", {}).items()}
        return {
            "name": article["title"],
            "company_id": False,
            "audience": article.get("audience", "both"),
            "topic_ids": self._topics(article.get("topics", ())).ids,
            "situation_ids": situations,
            "short_form": " ".join(article["short"].split()),
            "staff_note": article.get("operator", "").strip(),
            "search_hints": article.get("hints", ""),
            "sources": article["sources"].strip(),
            "checked_on": False,  # nobody of the body has compared it with its sources
            "review_on": self._example_review(article),
            **parts,
        }

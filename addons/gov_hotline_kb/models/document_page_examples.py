import tomllib
from pathlib import Path

from odoo import api, fields, models
from odoo.tools import file_path

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
        for name in FILES:
            text = Path(file_path(f"{FOLDER}/{name}.toml")).read_text(encoding="utf-8")
            articles = tomllib.loads(text).get("article", ())
            for article in articles:
                made |= quiet._load_example(article)
        for page in made:
            page._new_version("published")._publish()
        return made

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
    def _prepare_example_vals(self, article):
        codes = [f"{code}.0000" for code in article.get("topics", ())]
        situations = [
            self.env.ref(f"{ADDON}.situation_{one}").id for one in article.get("situations", ())
        ]
        parts = {f"part_{name}": text.strip() for name, text in article.get("parts", {}).items()}
        return {
            "name": article["title"],
            "company_id": False,
            "audience": article.get("audience", "both"),
            "topic_ids": self.env["hotline.topic"].search([("code", "in", codes)]).ids,
            "situation_ids": situations,
            "short_form": " ".join(article["short"].split()),
            "search_hints": article.get("hints", ""),
            "sources": article["sources"].strip(),
            "checked_on": article["checked"],
            "review_on": fields.Date.add(article["checked"], months=6),
            **parts,
        }

from odoo import fields, models
from odoo.exceptions import UserError

from ..domain import articles
from .document_page import GUARDED, TEXTS, WRITERS, WRITTEN
from .draft_parts import TEXT


class DocumentPage(models.Model):
    """Two who write at once: nobody writes over what he has not seen, nothing written is lost."""

    _inherit = "document.page"

    draft_ids = fields.One2many(
        "hotline.kb.draft", "page_id", string="Texts beside the draft", groups=WRITERS
    )

    def web_save(self, vals, specification, next_id=None):
        """As Odoo's; a page that is being closed hears no refusal: its text is kept instead."""
        if not (self and self.env.context.get("hotline_leaving")):
            return super().web_save(vals, specification, next_id=next_id)
        try:
            with self.env.cr.savepoint():
                return super().web_save(vals, specification, next_id=next_id)
        except UserError:
            self._keep_unsaved(vals)
            return []

    def keep_unsaved(self, vals):
        """Keep the text that a colleague's newer draft does not let be saved; whoever writes."""
        self.check_access("write")
        base = vals.get("draft_base")
        late = self.filtered(
            lambda page: any(
                page._is_overtaken(name, base) for name in {TEXT} | self._shelf_names(vals)
            )
        )
        return bool(late._keep_unsaved(vals))

    def write(self, vals):
        if not GUARDED & set(vals):
            return super().write(vals)
        self.check_access("write")
        self._check_seen(vals.get("draft_base"))
        self._keep_replaced(vals)
        return super().write(vals)

    def _overtaken(self, base):
        """Return the articles with a newer text than the writer says to have seen."""
        return self.filtered(lambda page: page._is_overtaken(TEXT, base))

    def _check_seen(self, base):
        """Refuse to write over a draft that the writer has not seen."""
        newer = self._overtaken(base)[:1]
        if newer:
            raise UserError(
                self.env._(
                    "While you were writing, %(who)s changed article «%(name)s». Copy your text, "
                    "open the article anew and add it to the new draft.",
                    who=newer.sudo().draft_author_id.name or "",  # sudo: the colleague is named
                    name=newer.name,
                )
            )

    def _keep_unsaved(self, vals):
        """Keep what a form could not save; it tells only the parts that were changed."""
        self.check_access("write")
        self._check_length(vals)
        kept = self.env["hotline.kb.draft"]
        if WRITTEN & set(vals):
            for page in self:
                kept |= kept._keep(page._prepare_unsaved_vals(vals))
        return kept

    def _prepare_unsaved_vals(self, vals):
        parts = {name: vals.get(f"part_{name}") or "" for name in articles.PARTS}
        return {
            "page_id": self.id,
            "kind": "unsaved",
            "author_id": self.env.uid,
            "name": vals.get("name") or self.name,
            "short_form": vals.get("short_form") or False,
            "staff_note": vals.get("staff_note") or False,
            "html": articles.html(parts, vals.get("content") or "", vals.get("sources") or ""),
        }

    def _keep_replaced(self, vals):
        """Keep a colleague's draft that another one writes over and that is no version."""
        for page in self.sudo():  # sudo: the draft is its author's, whoever replaces it
            if page._is_colleague(page.draft_author_id.id) and page._is_unkept_by(vals):
                self.env["hotline.kb.draft"]._keep(page._prepare_replaced_vals())

    def _is_unkept_by(self, vals):
        changed = any((vals[name] or "") != (self[name] or "") for name in TEXTS & set(vals))
        kept = self.version_ids.mapped("digest")
        return changed and not self._is_draft_empty() and self._draft_digest() not in kept

    def _prepare_replaced_vals(self):
        return {
            "page_id": self.id,
            "kind": "replaced",
            "author_id": self.draft_author_id.id,
            "name": self.name,
            "short_form": self.short_form,
            "staff_note": self.staff_note,
            "html": self._draft_html(),
        }

    def _create_history(self, vals):
        """As OCA's; rows of the history are written through the article alone."""
        # sudo: who writes the article was checked by its write
        return super(DocumentPage, self.sudo())._create_history(vals)

from odoo import api, fields, models
from odoo.exceptions import UserError

from .document_page import GUARDED, SHOWN_FIELDS
from .draft_parts import BY_ARTICLE, TEXT

# What stands beside the text, each by itself: two may change different ones at once.
SHELF = SHOWN_FIELDS - GUARDED - {"active", "type"}


class DocumentPage(models.Model):
    """Two who write at once: different things beside the text are both kept, the same is told.

    Which part was written last, by whom and as which revision of the draft stands in
    `draft_marks`: {name: [revision, user]}.
    """

    _inherit = "document.page"

    draft_marks = fields.Json(readonly=True, copy=False, groups=fields.NO_ACCESS)

    def write(self, vals):
        names = self._shelf_names(vals)
        if not names:
            return super().write(vals)
        self.check_access("write")
        self._check_may_write(set(vals))
        self._check_shelf_seen(names, vals.get("draft_base"))
        page = self.with_context(hotline_kb_shelf=BY_ARTICLE)
        done = super(DocumentPage, page).write(vals)
        self._mark_written(names)
        return done

    def _shelf_names(self, vals):
        """Return which things beside the text `vals` change on any of the articles."""
        pages = self.sudo()  # sudo: that it is changed is no secret to whoever says the new value
        return {
            name
            for name in SHELF & vals.keys()
            if any(page._is_shelf_changed(name, vals[name]) for page in pages)
        }

    def _is_shelf_changed(self, name, value):
        field = self._fields[name]
        if field.type in ("many2many", "one2many"):
            return value not in ([], ())
        return field.convert_to_cache(value, self) != field.convert_to_cache(self[name], self)

    def _last_written(self, name):
        """Return (revision, user id or None) of a part of the draft; unknown is the creator's."""
        page = self.sudo()  # sudo: who wrote it binds whoever writes
        marks = page.draft_marks or {}
        if name == TEXT and TEXT not in marks:
            return page.draft_revision, page.draft_author_id.id
        return marks.get(name) or (0, page.create_uid.id)

    def _is_overtaken(self, name, base):
        """Whether somebody wrote this part since what the writer says to have seen.

        Who says nothing has seen what he wrote himself and what the system wrote.
        """
        revision, user_id = self._last_written(name)
        if base is None or base is False:
            return not self.env.su and self._is_colleague(user_id)
        return not revision <= base <= self.sudo().draft_revision  # sudo: as above

    @api.model
    def _is_colleague(self, user_id):
        user = self.env["res.users"].browse(user_id or ())
        return bool(user) and user != self.env.user and not user._is_superuser()

    def _check_shelf_seen(self, names, base):
        """Refuse to change what a colleague has changed meanwhile and the writer has not seen."""
        for page in self:
            late = sorted(name for name in names if page._is_overtaken(name, base))
            if late:
                raise UserError(page._shelf_refusal(late))

    def _shelf_refusal(self, names):
        told = [self._fields[name]._description_string(self.env) for name in names]
        _revision, user_id = self._last_written(names[0])
        return self.env._(
            "Meanwhile %(who)s changed «%(what)s» of article «%(name)s». Open the article anew and "
            "look at it before you change it.",
            # sudo: the colleague is named
            who=self.env["res.users"].sudo().browse(user_id).name or "",
            what="», «".join(told),
            name=self.name,
        )

    def _mark_owners(self):
        """Note who changed the owner agencies row by row; the article's own write notes it once."""
        if self.env.context.get("hotline_kb_shelf") is not BY_ARTICLE:
            self._mark_written({"owner_ids"})

    def _mark_written(self, names, **more):
        """Note whose these parts of the draft are now: a revision of the draft; with `more`."""
        for page in self.sudo():  # sudo: whose draft it is, set by the draft itself
            revision = page.draft_revision + 1
            page.write(
                {
                    **more,
                    "draft_revision": revision,
                    "draft_marks": {
                        TEXT: list(page._last_written(TEXT)),
                        **(page.draft_marks or {}),
                        **{name: [revision, self.env.uid] for name in names},
                    },
                }
            )

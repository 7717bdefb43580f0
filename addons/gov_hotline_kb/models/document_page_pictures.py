from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.fields import Domain

from ..domain import pictures
from .document_page import WRITERS

ADDRESS = pictures.NUMBER
# Whose files leave the body with what citizens are shown alone.
OURS = ("hotline.kb.",)


class DocumentPage(models.Model):
    """Pictures in the text: whoever is no employee sees those of what citizens are shown today."""

    _inherit = "document.page"

    has_foreign_pictures = fields.Boolean(compute="_compute_has_foreign_pictures", groups=WRITERS)

    @api.depends("content")
    def _compute_has_foreign_pictures(self):
        """Whether the draft has what readers will not be shown: the author is told before."""
        for page in self:
            page.has_foreign_pictures = page._own_only(page.content) != (page.content or "")

    @api.model
    def _own_only(self, html):
        """Return a text without what a reader's browser would fetch from other sites."""
        html = html or ""
        numbers = self._picture_ids(html)
        # sudo: whether a file only sends the browser on, whoever may read it
        files = self.env["ir.attachment"].sudo()
        on = Domain("id", "in", list(numbers)) & Domain("type", "=", "url")
        # files of fields too: the search hides them unless they are asked for
        away = files.search(on & Domain("res_field", "in", [False, "content"])).ids
        return pictures.own_only(str(html), away) if html else html

    @api.model_create_multi
    def create(self, vals_list):
        pages = super().create(vals_list)
        for page, vals in zip(pages, vals_list, strict=True):
            page._own_pictures(vals)
        return pages

    def write(self, vals):
        done = super().write(vals)
        self[:1]._own_pictures(vals)
        return done

    def _own_pictures(self, vals):
        """Make the pictures the writer has just put into a new article the article's own."""
        numbers = self._picture_ids(vals.get("content"))
        if not numbers:
            return
        loose = Domain("res_model", "=", self._name) & Domain("res_id", "in", [False, 0])
        own = Domain("id", "in", list(numbers)) & Domain("create_uid", "=", self.env.uid)
        # sudo: the writer's own uploads, which nobody else could read
        self.env["ir.attachment"].sudo().search(loose & own).write({"res_id": self.id})

    @api.model
    def _picture_ids(self, html):
        return {int(number) for number in ADDRESS.findall(html or "")}

    @api.model
    def _is_picture_public(self, picture):
        """Whether an article that citizens are shown has this picture in its text."""
        pages = self._public_pages()
        near = Domain("published_html", "like", f"/{picture.id}")
        shown = pages.search(pages._public_domain() & near)
        return any(picture.id in self._picture_ids(page.published_html) for page in shown)

    def _fixed_files(self):
        """Return the pictures of texts that were sent or shown: they are what was approved."""
        # sudo: versions are kept whoever writes the article
        texts = self.sudo().version_ids.mapped("html")
        numbers = set().union(*map(self._picture_ids, texts))
        # sudo: as above
        return self.env["ir.attachment"].sudo().browse(numbers).exists()


class IrBinary(models.AbstractModel):
    """A picture's address holds a token that outlives the article: here it is asked again."""

    _inherit = "ir.binary"

    def _find_record(self, *args, **kwargs):
        record = super()._find_record(*args, **kwargs)
        if not self.env.su and not self.env.user._is_internal():
            self._check_shown_to_citizens(record)
        return record

    def _check_shown_to_citizens(self, record):
        owner = record.sudo()  # sudo: whose it is decides, whoever may read it
        if record._name == "ir.attachment":
            model, res_id = owner.res_model or "", owner.res_id
        else:
            model, res_id = record._name, record.id
        if model != "document.page" and not model.startswith(OURS):
            return
        if res_id and self.env[model].browse(res_id).has_access("read"):
            return  # an executor of the portal reads articles by role
        is_picture = record._name == "ir.attachment" and model == "document.page"
        if not (is_picture and self.env["document.page"]._is_picture_public(owner)):
            raise MissingError(self.env._("This file is not shown any more."))

import hashlib
from base64 import b64decode

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from odoo.addons.gov_hotline.domain import uploads

from ..domain import articles
from .document_page import VERSION_READERS, WRITERS

LENGTHS = {"name": 200, "title": 200}  # characters


class HotlineKbFileBase(models.AbstractModel):
    """A file for citizens: a form to fill in, a sample; of a draft, or of a version for ever."""

    _name = "hotline.kb.file.base"
    _description = "File of an article"
    _order = "sequence, id"

    title = fields.Char(string="What it is", help="Citizens read it; empty: the file's name.")
    name = fields.Char(string="File name")
    content = fields.Binary(string="File", required=True, attachment=True)
    sequence = fields.Integer(default=10)
    size = fields.Integer(readonly=True)
    digest = fields.Char(readonly=True)

    @api.depends("title", "name")
    def _compute_display_name(self):
        for file in self:
            file.display_name = file.title or file.name

    def _told(self):
        """Return the file as the rules see it."""
        self.ensure_one()
        return articles.File(self.title or self.name or "", self.name or "", self.digest or "")

    def _public_vals(self):
        """Return what a reader is told of the file before it is fetched."""
        self.ensure_one()
        return {
            "id": self.id,
            "title": self.title or self.name,
            "kind": articles.file_kind(self.name or "", self.size),
        }


class HotlineKbFile(models.Model):
    """A file of a draft: its writers' alone until it is sent with the text."""

    _name = "hotline.kb.file"
    _inherit = ["hotline.kb.file.base", "hotline.kb.bounded"]
    _description = "File of a draft"
    _lengths = LENGTHS

    page_id = fields.Many2one(
        "document.page", string="Article", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="page_id.company_id", store=True, index=True)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._prepared(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._prepared(vals))

    @api.model
    def _prepared(self, vals):
        """Return the values with what follows from the bytes."""
        vals = {name: value for name, value in vals.items() if name not in ("size", "digest")}
        if vals.get("content"):
            raw = self._bytes(vals["content"])
            vals |= {"size": len(raw), "digest": hashlib.sha256(raw).hexdigest()}
        return vals

    @api.model
    def _bytes(self, content):
        try:
            return b64decode(content, validate=True)
        except ValueError as fault:
            raise UserError(self.env._("The file was sent damaged: choose it again.")) from fault

    @api.constrains("name", "content", "page_id")
    def _check_taken(self):
        """Refuse what the body does not take of anybody: kinds, sizes, how many."""
        for file in self.with_context(bin_size=False):
            raw = b64decode(file.content or b"")
            offered = uploads.File(file.name or "", len(raw), uploads.content_kind(raw))
            company = file.company_id or self.env.company
            company.sudo()._check_hotline_files([offered])  # sudo: the body's limits bind everybody
        for page in self.page_id:
            self._check_count(page)

    @api.model
    def _check_count(self, page):
        # sudo: the body's limits bind everybody
        most = (page.company_id or self.env.company).sudo().hotline_file_count
        if self.search_count([("page_id", "=", page.id)]) > most:
            raise ValidationError(self.env._("An article has at most %(most)s files.", most=most))

    def _prepare_version_vals(self):
        self.ensure_one()
        return {
            "title": self.title,
            "name": self.name,
            "content": self.with_context(bin_size=False).content,
            "size": self.size,
            "digest": self.digest,
            "sequence": self.sequence,
        }


class HotlineKbVersionFile(models.Model):
    """A file as it was sent with a version: nobody changes it, whoever approves sees it."""

    _name = "hotline.kb.version.file"
    _inherit = ["hotline.kb.file.base", "hotline.by.act"]
    _description = "File of a version"

    version_id = fields.Many2one(
        "hotline.kb.version", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="version_id.company_id", store=True, index=True)
    state = fields.Selection(related="version_id.state", store=True)


class HotlineKbVersion(models.Model):
    _inherit = "hotline.kb.version"

    file_ids = fields.One2many("hotline.kb.version.file", "version_id", string="Files")

    def _told_files(self):
        # sudo: whoever reads the version is told what became of its files
        return [file._told() for file in self.sudo().file_ids]

    def _files_difference(self, later):
        """Return as HTML what became of the files in the version `later`; "" for nothing."""
        words = {
            articles.ADDED: self.env._("File added"),
            articles.REMOVED: self.env._("File removed"),
            articles.REPLACED: self.env._("File replaced"),
        }
        changes = articles.files_difference(self._told_files(), later._told_files())
        return Markup().join(
            Markup("<p><strong>%s:</strong> %s</p>") % (words[what], title)
            for what, title in changes
        )


class DocumentPage(models.Model):
    """The files that go with an article: of the draft, and of the version that is shown."""

    _inherit = "document.page"

    file_ids = fields.One2many(
        "hotline.kb.file", "page_id", string="Files", groups=WRITERS, copy=True
    )
    published_file_ids = fields.Many2many(
        "hotline.kb.version.file", string="Files to give", compute="_compute_published_file_ids"
    )
    file_hint = fields.Char(compute="_compute_file_hint", groups=VERSION_READERS)

    @api.depends("state", "version_id.file_ids")
    def _compute_published_file_ids(self):
        for page in self:
            # sudo: versions are not the reader's, files of the one that is shown are
            shown = page.state == "published" and page.sudo().version_id.file_ids
            page.published_file_ids = shown or False

    @api.depends("company_id")
    def _compute_file_hint(self):
        for page in self:
            # sudo: the body's limits are told to whoever attaches
            company = (page.company_id or self.env.company).sudo()
            page.file_hint = company._hotline_file_hint()

    def _told_files(self):
        # sudo: whether the draft differs is no secret
        return [file._told() for file in self.sudo().file_ids]

    def _new_version_files(self):
        """Return the files of the draft as commands for a new version."""
        return [Command.create(file._prepare_version_vals()) for file in self.file_ids]

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext, is_html_empty

from odoo.addons.gov_hotline.models.guards import without_defaults, without_names

# Set by publishing alone.
PUBLISHED_FIELDS = frozenset(
    {
        "state", "published_html", "published_text", "published_short", "published_at",
        "published_by_id", "published_version_id",
    }
)  # fmt: skip
# They act at once on what readers see: of a published article only a publisher changes them.
SHOWN_FIELDS = frozenset({"name", "active", "audience", "topic_ids", "company_id", "type"})


class DocumentPage(models.Model):
    """An article: a draft that officers write, and the text an administrator published.

    Operators read the published text only; the draft lives in the page's history, which they cannot
    read.
    """

    _inherit = "document.page"

    content = fields.Html(sanitize=True)
    topic_ids = fields.Many2many("hotline.topic", string="Topics")
    audience = fields.Selection(
        [("internal", "Internal"), ("public", "Public")],
        string="For whom",
        required=True,
        default="internal",
        help="Internal: staff only. Public: may also be shown to citizens.",
    )
    short_form = fields.Text(help="Two or three sentences to read out to the caller.")
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    published_html = fields.Html(string="Article", readonly=True, copy=False)
    published_text = fields.Text(string="Plain text", readonly=True, copy=False)
    published_short = fields.Text(string="To read out", readonly=True, copy=False)
    published_at = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one(
        "res.users", string="Published by", readonly=True, copy=False, index=False
    )
    published_version_id = fields.Many2one(
        "document.page.history", string="Published version", readonly=True, copy=False
    )
    has_changes = fields.Boolean(string="Unpublished changes", compute="_compute_has_changes")

    @api.depends("state", "history_head", "published_version_id", "short_form", "published_short")
    def _compute_has_changes(self):
        for page in self:
            page.has_changes = page.state == "published" and (
                page.history_head != page.published_version_id
                or (page.short_form or "") != (page.published_short or "")
            )

    @api.model_create_multi
    def create(self, vals_list):
        clean = super(DocumentPage, without_defaults(self, PUBLISHED_FIELDS))
        pages = clean.create([without_names(vals, PUBLISHED_FIELDS) for vals in vals_list])
        return pages.with_env(self.env)

    def write(self, vals):
        self._check_may_write(set(vals))
        return super().write(vals)

    def _check_may_write(self, names):
        """Officers write drafts; what is published changes by publishing."""
        if self.env.su:
            return
        if names & PUBLISHED_FIELDS:
            raise AccessError(self.env._("Use the buttons «Publish» and «Withdraw»."))
        published = self.filtered(lambda page: page.state == "published")
        if published and names & SHOWN_FIELDS and not self._is_publisher():
            raise AccessError(
                self.env._(
                    "Article «%(name)s» is published: only the administrator changes its title, "
                    "topics and readers. Edit the text; it is shown after publishing.",
                    name=published[0].name,
                )
            )

    @api.model
    def _is_publisher(self):
        return self.env.user.has_group("gov_hotline.group_administrator")

    def _check_publisher(self):
        if not self._is_publisher():
            raise AccessError(self.env._("Articles are published by the administrator."))
        self.check_access("write")

    def action_publish(self):
        """Show the draft to the readers; administrator."""
        self._check_publisher()
        for page in self:
            # sudo: the rights were checked above; nobody writes these columns by hand
            page.sudo().write(page._prepare_publish_vals())

    def action_withdraw(self):
        """Take the article away from the readers; administrator."""
        self._check_publisher()
        self.sudo().write({"state": "draft"})  # sudo: as above

    def _prepare_publish_vals(self):
        if is_html_empty(self.content):
            raise UserError(self.env._("Article «%(name)s» has no text yet.", name=self.name))
        return {
            "state": "published",
            "published_html": self.content,
            "published_text": html2plaintext(self.content, include_references=False),
            "published_short": (self.short_form or "").strip(),
            "published_at": fields.Datetime.now(),
            # What ships is published by nobody in particular.
            "published_by_id": not self.env.user._is_superuser() and self.env.uid,
            "published_version_id": self.history_head.id,
        }

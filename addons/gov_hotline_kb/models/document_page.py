from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from odoo.addons.gov_hotline.models.guards import without_defaults, without_names

from ..domain import articles
from .draft_parts import TEXT

PART_FIELDS = tuple(f"part_{name}" for name in articles.PARTS)
# What is sent for approval and shown after it.
DRAFT_FIELDS = frozenset(
    {"content", "short_form", "staff_note", "sources", "checked_on", *PART_FIELDS}
)
# Characters of what stands beside the text: a title, not a page.
SHORT = {"name": 300, "draft_name": 300, "draft_summary": 300, "search_hints": 2000}
TEXTS = DRAFT_FIELDS - {"checked_on"}
LONG = TEXTS | {"template"}
# What two may write at once: the second is told.
WRITTEN = DRAFT_FIELDS | {"name", "search_hints"}
GUARDED = WRITTEN | {"file_ids"}
# Set by publishing alone.
PUBLISHED_FIELDS = frozenset(
    {
        "state", "published_html", "published_text", "published_short", "published_note",
        "published_at", "published_by_id", "version_id", "draft_revision", "draft_author_id",
        "draft_at", "draft_marks", "is_example", "helped_count", "not_helped_count", "used_count",
        "last_used_on",
    }
)  # fmt: skip
# They act at once on what readers see: of a published article only a publisher changes them.
SHOWN_FIELDS = frozenset(
    {
        "name", "active", "audience", "topic_ids", "company_id", "type", "territory_ids",
        "situation_ids", "valid_from", "valid_to", "review_on", "owner_ids", "search_hints",
    }
)  # fmt: skip
WRITERS = "gov_hotline.group_officer"
# What was sent for approval and shown; an unsent draft is its writers' alone.
VERSION_READERS = f"{WRITERS},gov_hotline.group_approver,gov_hotline.group_auditor"


def _part(string):
    return fields.Text(string=string, groups=WRITERS)


# Whoever may read territories at all: the press service and executors may not.
PLACE_READERS = ",".join(
    f"gov_hotline.group_{role}"
    for role in ("operator", "approver", "auditor", "supervisor", "administrator")
)


class DocumentPage(models.Model):
    """An article: a draft that officers write, and the text that was approved and published.

    Readers have the published text only; the draft is closed to them column by column, and so is
    the page's history.
    """

    _inherit = "document.page"

    content = fields.Html(string="In detail", sanitize=True, groups=WRITERS)
    draft_name = fields.Char(groups=WRITERS)
    draft_summary = fields.Char(groups=WRITERS)
    topic_ids = fields.Many2many("hotline.topic", string="Topics")
    territory_ids = fields.Many2many(
        "hotline.territory",
        string="Territories",
        help="Empty: everywhere.",
        groups=PLACE_READERS,
    )
    situation_ids = fields.Many2many("hotline.kb.situation", string="Life situations")
    owner_ids = fields.One2many("hotline.kb.owner", "page_id", string="Owner agencies", copy=True)
    audience = fields.Selection(
        [
            ("internal", "Staff only"),
            ("both", "Staff and citizens"),
            ("public", "Citizens only"),
        ],
        string="For whom",
        required=True,
        default="internal",
        help="Staff only: never leaves the body. Citizens only: stands on the site and is not "
        "suggested to operators.",
    )
    valid_from = fields.Date(string="In force from")
    valid_to = fields.Date(string="In force until")
    review_on = fields.Date(string="Check again on", index="btree_not_null")
    is_in_force = fields.Boolean(
        string="In force", compute="_compute_is_in_force", search="_search_is_in_force"
    )
    is_review_due = fields.Boolean(compute="_compute_is_in_force")
    search_hints = fields.Char(
        string="Asked in other words",
        groups=WRITERS,
        help="Words by which callers ask for it and which are not in its text.",
    )
    part_who = _part("Who is entitled")
    part_what = _part("What is due")
    part_how = _part("How to get it")
    part_where = _part("Where to apply")
    part_term = _part("Term")
    part_documents = _part("Documents")
    part_form = _part("Form to fill in")
    sources = fields.Text(groups=WRITERS, help="Laws and decisions, with their articles.")
    checked_on = fields.Date(
        string="Checked on", groups=WRITERS, help="When the text was compared with its sources."
    )
    short_form = fields.Text(
        groups=WRITERS, help="Two or three sentences to read out to the caller."
    )
    staff_note = fields.Text(
        string="For the operator",
        groups=WRITERS,
        help="What to ask the caller and what to do; staff only, never shown to citizens.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    is_example = fields.Boolean(
        string="Example", readonly=True, copy=False, help="Ships with the system: check it first."
    )
    published_html = fields.Html(string="Article", readonly=True, copy=False)
    published_text = fields.Text(string="Plain text", readonly=True, copy=False)
    published_short = fields.Text(string="To read out", readonly=True, copy=False)
    published_note = fields.Text(string="Told to the operator", readonly=True, copy=False)
    published_at = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one(
        "res.users", string="Published by", readonly=True, copy=False, index=False
    )
    draft_revision = fields.Integer(readonly=True, copy=False)
    draft_base = fields.Integer(store=False, help="Which draft the writer had before the eyes.")
    draft_author_id = fields.Many2one(
        "res.users", string="Draft by", readonly=True, copy=False, index=False, groups=WRITERS
    )
    draft_at = fields.Datetime(string="Draft of", readonly=True, copy=False, groups=WRITERS)

    _validity = models.Constraint(
        "CHECK (valid_to >= valid_from)", "An article cannot end before it begins."
    )

    @api.depends("valid_from", "valid_to", "review_on")
    def _compute_is_in_force(self):
        today = fields.Date.context_today(self)
        for page in self:
            page.is_in_force = articles.is_in_force(today, page.valid_from, page.valid_to)
            page.is_review_due = bool(page.review_on and page.review_on <= today)

    def _search_is_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._in_force_domain()
        return domain if True in value else ~domain

    @api.model
    def _in_force_domain(self):
        today = fields.Date.context_today(self)
        begun = Domain("valid_from", "=", False) | Domain("valid_from", "<=", today)
        return begun & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", today))

    @api.model
    def _check_length(self, vals):
        """Refuse a book before it is read through for scripts: that alone would take minutes."""
        if articles.too_long(vals[name] for name in LONG & vals.keys()):
            raise ValidationError(
                self.env._(
                    "The article is too long (over two million characters). Attach large documents "
                    "as files and keep what people ask in the text."
                )
            )
        for name in SHORT.keys() & vals.keys():
            if len(vals[name] or "") > SHORT[name]:
                raise ValidationError(
                    self.env._(
                        "«%(field)s» is too long: at most %(most)s characters.",
                        field=self._fields[name]._description_string(self.env),
                        most=SHORT[name],
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        clean = super(DocumentPage, without_defaults(self, PUBLISHED_FIELDS))
        made = [without_names(vals, PUBLISHED_FIELDS | {"draft_base"}) for vals in vals_list]
        for vals in made:
            self._check_length(vals)
        pages = clean.create(made)
        pages.sudo().write(self._draft_mark())  # sudo: whose draft it is, set by the draft itself
        return pages.with_env(self.env)

    def write(self, vals):
        self._check_may_write(set(vals))
        self._check_length(vals)
        if not GUARDED & set(vals):
            return super().write(without_names(vals, {"draft_base"}))
        done = super().write(without_names(vals, {"draft_base"}))
        self._mark_written({TEXT}, **self._draft_mark())
        return done

    def _draft_mark(self):
        return {"draft_author_id": self.env.uid, "draft_at": fields.Datetime.now()}

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
        if names & SHOWN_FIELDS:
            self._check_not_awaiting()

    @api.model
    def _is_publisher(self):
        return self.env.user.has_group("gov_hotline.group_administrator")

from odoo import api, fields, models

from ..domain import articles

STATES = [
    ("approval", "Awaits approval"),
    ("refused", "Sent back"),
    ("taken_back", "Taken back"),
    ("published", "Shown"),
    ("replaced", "Replaced by a newer one"),
    ("withdrawn", "Withdrawn"),
]


class HotlineKbVersion(models.Model):
    """What an article said: fixed when it was sent for approval, shown after it, kept for ever."""

    _name = "hotline.kb.version"
    _inherit = ["hotline.by.act", "tier.validation"]
    _description = "Version of an article"
    _order = "page_id, number desc, id desc"
    _state_from = ["approval"]
    _state_to = ["published"]
    _cancel_state = "refused"

    page_id = fields.Many2one(
        "document.page", string="Article", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="page_id.company_id", store=True, index=True)
    number = fields.Integer(string="No.", required=True)
    name = fields.Char(string="Title", required=True)
    short_form = fields.Text(string="To read out")
    staff_note = fields.Text(string="For the operator")
    html = fields.Html(string="Shown text")
    text = fields.Text(string="Plain text")
    digest = fields.Char(groups=fields.NO_ACCESS)
    checked_on = fields.Date(string="Checked on", help="Stated by whoever wrote the text.")
    state = fields.Selection(STATES, required=True)
    author_id = fields.Many2one("res.users", string="Sent by", index=False)
    approved_by_id = fields.Many2one("res.users", string="Approved by", index=False)
    published_at = fields.Datetime(string="Shown since")
    refusal = fields.Text(string="Why sent back")
    # What is shown with the text; on the article it does not change while the version waits.
    audience = fields.Selection(related="page_id.audience")
    topic_ids = fields.Many2many(related="page_id.topic_ids")
    situation_ids = fields.Many2many(related="page_id.situation_ids")
    territory_ids = fields.Many2many(related="page_id.territory_ids")
    valid_from = fields.Date(related="page_id.valid_from")
    valid_to = fields.Date(related="page_id.valid_to")
    review_on = fields.Date(related="page_id.review_on")
    owner_names = fields.Text(string="Owner agencies", compute="_compute_owner_names")

    previous_id = fields.Many2one(
        "hotline.kb.version", string="Compared with", compute="_compute_difference"
    )
    difference = fields.Html(string="What changed", compute="_compute_difference")

    _number_uniq = models.Constraint(
        "UNIQUE (page_id, number)", "This version exists already: open the article anew."
    )
    _awaiting_uniq = models.UniqueIndex(
        "(page_id) WHERE state = 'approval'", "The article awaits approval already."
    )

    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(name)s, version %(number)s", name=version.name, number=version.number
            )

    @api.depends("page_id.owner_ids.agency_id", "page_id.owner_ids.part")
    def _compute_owner_names(self):
        for version in self:
            # sudo: an approver may not read the owners of an article that is not shown yet
            owners = version.sudo().page_id.owner_ids
            version.owner_names = "\n".join(
                ": ".join(filter(None, (one.agency_id.name, one.part))) for one in owners
            )

    @api.depends(
        "name", "short_form", "staff_note", "text", "file_ids", "page_id.version_ids.published_at"
    )
    def _compute_difference(self):
        """Compare with what readers were shown before this version."""
        for version in self:
            before = version._shown_before()
            version.previous_id = before
            told = before and articles.difference(before._told(), version._told())
            files = before and before._files_difference(version)
            version.difference = f"{files or ''}{told or ''}" or False

    def _shown_before(self):
        domain = [
            ("page_id", "in", self.page_id.ids), ("published_at", "!=", False),
            ("number", "<", self.number),
        ]  # fmt: skip
        return self.search(domain, order="number desc", limit=1)

    def _told(self):
        told = [self.name, self.short_form, self.staff_note, self.text]
        return "\n\n".join(filter(None, told))

    def _is_of_person(self):
        """Whether somebody answers for the text: what ships is nobody's."""
        return bool(self.author_id or self.approved_by_id)

    def _publish(self):
        for version in self:
            # sudo: an approver may not read an article that is not shown yet
            version.sudo().page_id._show(version)

    @api.model
    def _tell_plainly(self):
        """Tell the plain texts anew from the shown ones; used by the migration."""
        for version in self.search([("html", "!=", False)]):
            version._write_by_act({"text": articles.plain(version.html)})
        pages = self.env["document.page"].with_context(active_test=False)
        # sudo: a column that nobody writes by hand
        for page in pages.sudo().search([("version_id", "!=", False)]):
            page.published_text = page.version_id.text

    @api.model
    def _drop_foreign_pictures(self):
        """Take other sites' pictures out of the texts of before; used by the migration."""
        pages = self.env["document.page"].with_context(active_test=False)
        for version in self.search([("html", "!=", False)]):
            clean = pages._own_only(version.html)
            if clean != version.html:
                version._write_by_act({"html": clean})
        # sudo: a column that nobody writes by hand
        for page in pages.sudo().search([("published_html", "!=", False)]):
            clean = page._own_only(page.published_html)
            if clean != page.published_html:
                page.published_html = clean

    def action_open_article(self):
        """Open the article of this version; whoever reads it."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "document.page",
            "res_id": self.page_id.id,
            "views": [(self.env.ref("gov_hotline_kb.document_page_view_form").id, "form")],
        }

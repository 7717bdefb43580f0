from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, is_html_empty

from odoo.addons.gov_hotline.domain import depersonal

from ..domain import articles
from .document_page import DRAFT_FIELDS, PART_FIELDS, TEXTS, VERSION_READERS

REVIEW_MONTHS = 6


class DocumentPage(models.Model):
    """From a draft to what readers see: a version, approved where the body asks for it."""

    _inherit = "document.page"

    version_ids = fields.One2many(
        "hotline.kb.version", "page_id", string="Versions", groups=VERSION_READERS
    )
    version_id = fields.Many2one(
        "hotline.kb.version",
        string="Version shown",
        readonly=True,
        copy=False,
        index=False,
        groups=VERSION_READERS,
    )
    awaiting_version_id = fields.Many2one(
        "hotline.kb.version",
        string="Awaits approval",
        compute="_compute_awaiting_version_id",
        groups=VERSION_READERS,
    )
    has_changes = fields.Boolean(string="Unpublished changes", compute="_compute_has_changes")
    is_approval_needed = fields.Boolean(compute="_compute_is_approval_needed")
    is_publisher = fields.Boolean(compute="_compute_is_shelf_closed")
    # the title, readers, topics, places and dates: closed to this user at this moment
    is_shelf_closed = fields.Boolean(compute="_compute_is_shelf_closed")

    @api.depends("history_ids")
    def _compute_history_head(self):
        """As OCA's, which takes an old draft for the newest where the list is in the cache."""
        for page in self:
            drafts = page.history_ids.sorted(lambda one: one._origin.id or 0, reverse=True)
            page.history_head = drafts[:1]

    @api.depends("version_ids.state")
    def _compute_awaiting_version_id(self):
        for page in self:
            waiting = page.version_ids.filtered(lambda one: one.state == "approval")
            page.awaiting_version_id = waiting[:1]

    @api.depends("state", "version_id", "file_ids.title", "file_ids.digest", *DRAFT_FIELDS)
    def _compute_has_changes(self):
        for page in self:
            # sudo: whether the draft differs is no secret, its words are
            shown, draft = page.sudo().version_id.digest, page.sudo()._draft_digest()
            page.has_changes = page.state == "published" and shown != draft

    @api.depends("state", "version_ids.state")
    @api.depends_context("uid")
    def _compute_is_shelf_closed(self):
        publisher = self._is_publisher()
        for page in self:
            waits = page.sudo().awaiting_version_id  # sudo: that it waits binds whoever writes
            page.is_publisher = publisher
            page.is_shelf_closed = waits or (page.state == "published" and not publisher)

    @api.depends("company_id")
    def _compute_is_approval_needed(self):
        for page in self:
            page.is_approval_needed = bool(page._approval_steps())

    def _approval_steps(self):
        """Return the steps an article of this body goes through, in their order."""
        company = self.company_id or self.env.company
        # sudo: the steps bind whoever publishes, the list is the administrator's
        return self.env["tier.definition"].sudo()._of_articles(company)

    # Acts

    def action_publish(self):
        """Show the draft to the readers at once; administrator, where no approval is set up."""
        self._check_publisher()
        for page in self:
            if page.is_approval_needed and not self.env.su:
                raise UserError(
                    self.env._("Articles are published after approval: send «%(name)s» for it.",
                               name=page.name)
                )  # fmt: skip
            page._check_marks()
            page._new_version("published")._publish()

    def action_send_for_approval(self):
        """Send the draft to those who approve articles; officer. Its text is fixed by this."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        for page in self:
            if not page.is_approval_needed:
                raise UserError(
                    self.env._("Nobody is set to approve articles: the administrator publishes.")
                )
            if page.awaiting_version_id:
                raise UserError(
                    self.env._("Article «%(name)s» awaits approval already.", name=page.name)
                )
            page._check_marks()
            page._new_version("approval")._start_reviews(page._approval_steps())
            # sudo: nothing changes; whoever writes the title at this moment runs into the new row,
            # tries again and finds the article waiting
            page.sudo().write({"state": page.state})

    def action_withdraw(self):
        """Take the article away from the readers; administrator."""
        self._check_publisher()
        for page in self:
            page.version_id._write_by_act({"state": "withdrawn"})
        self.sudo().write({"state": "draft"})  # sudo: the rights were checked above
        self._forget_words()

    def action_still_right(self):
        """Note that the published text was checked and holds; administrator."""
        self._check_publisher()
        today = fields.Date.context_today(self)
        again = fields.Date.add(today, months=REVIEW_MONTHS)
        # sudo: as above; what a person has checked is an example no more
        self.sudo().write({"review_on": again, "is_example": False})
        for page in self:
            page._state_check(today)
            page.message_post(body=self.env._("Checked: the published text still holds."))

    def _state_check(self, day):
        """Show the day of the check with the text; a draft that was changed waits for its own."""
        # sudo: the rights were checked by the act; the text that was approved stays word for word
        page = self.sudo()
        if page.state == "published" and not (page.has_changes or page.awaiting_version_id):
            page.write({"checked_on": day, "draft_base": page.draft_revision})
            page._new_version("published")._publish()

    def _check_not_awaiting(self):
        """What was sent for approval is what readers will see: nobody changes it meanwhile."""
        # sudo: that it waits binds whoever writes
        waiting = self.filtered(lambda page: page.sudo().awaiting_version_id)
        if waiting:
            raise UserError(
                self.env._(
                    "Article «%(name)s» awaits approval: its title, readers, topics, territories, "
                    "dates and owners do not change. Take it back (page «Versions», open the one "
                    "that waits, «Take back»), correct it and send it again.",
                    name=waiting[0].name,
                )
            )

    def _check_marks(self):
        """Refuse a text with what stands where a person was left out: somebody is to mend it."""
        titles = self.file_ids.mapped("display_name")
        told = (self.name, *titles, *(self[name] for name in TEXTS))
        if any(depersonal.MARK in (text or "") for text in told):
            raise UserError(
                self.env._(
                    "Article «%(name)s» has the mark %(mark)s, where personal data was left out. "
                    "Write the title and the text without it.",
                    name=self.name,
                    mark=depersonal.MARK,
                )
            )

    def _check_publisher(self):
        if not self._is_publisher():
            raise AccessError(self.env._("Articles are published by the administrator."))
        self.check_access("write")

    # Versions

    def _new_version(self, state):
        """Return a version with what the draft says now."""
        if self._is_draft_empty():
            raise UserError(self.env._("Article «%(name)s» has no text yet.", name=self.name))
        html = self._draft_html()
        # one awaits at a time, says the database: it must know of the one sent back before
        self.env["hotline.kb.version"].flush_model(["state"])
        # sudo: the last number, whoever sends the next one
        last = max(self.sudo().version_ids.mapped("number"), default=0)
        return self.env["hotline.kb.version"]._create_by_act(
            {
                "page_id": self.id,
                "number": 1 + last,
                "name": self.name,
                "short_form": (self.short_form or "").strip(),
                "staff_note": (self.staff_note or "").strip(),
                "html": html,
                "text": articles.plain(html),
                "digest": self._draft_digest(),
                "checked_on": self.checked_on,
                "file_ids": self._new_version_files(),
                "state": state,
                # What ships is published by nobody in particular.
                "author_id": not self.env.user._is_superuser() and self.env.uid,
            }
        )

    def _is_draft_empty(self):
        return is_html_empty(self.content) and not any(
            (self[name] or "").strip() for name in PART_FIELDS
        )

    def _parts(self):
        return {name: self[f"part_{name}"] or "" for name in articles.PARTS}

    def _draft_html(self):
        checked = self.checked_on and format_date(self.env, self.checked_on, "ru_RU", "dd.MM.yyyy")
        body = "" if is_html_empty(self.content) else self._own_only(self.content)
        return articles.html(self._parts(), body, self.sources or "", checked or "")

    def _draft_digest(self):
        body = "" if is_html_empty(self.content) else self.content
        # texts of before have no such part and keep their fingerprint
        note = {"note": self.staff_note} if self.staff_note else {}
        files = self._told_files()
        added = {"files": articles.files_digest(files)} if files else {}
        return articles.digest(
            {
                **self._parts(), "content": body, "short": self.short_form,
                "sources": self.sources, "checked": self.checked_on or "", **note, **added,
            }
        )  # fmt: skip

    def _show(self, version):
        """Show `version` to the readers in place of what they saw."""
        self.ensure_one()
        self.version_id._write_by_act({"state": "replaced"})
        version._write_by_act({"state": "published", "published_at": fields.Datetime.now()})
        # sudo: the version was approved, nobody writes these columns by hand
        self.sudo().write(
            {
                "state": "published",
                # an edit is no check: the mark goes with the day that a person states
                "is_example": self.is_example and not version.checked_on,
                "version_id": version.id,
                "published_html": version.html,
                "published_text": version.text,
                "published_short": version.short_form,
                "published_note": version.staff_note,
                "published_at": version.published_at,
                "published_by_id": version.approved_by_id.id or version.author_id.id,
            }
        )
        self._index_words()

from odoo import api, fields, models
from odoo.exceptions import UserError


class HotlineKbMark(models.Model):
    """Whether an article helped: one word a day of each who used it (A2)."""

    _name = "hotline.kb.mark"
    _description = "Whether an article helped"
    _order = "day desc, id desc"
    _rec_name = "page_id"

    page_id = fields.Many2one(
        "document.page", string="Article", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", string="Who", index=False, help="Empty: a visitor.")
    day = fields.Date(required=True)
    helped = fields.Boolean()

    _once_uniq = models.UniqueIndex(
        "(page_id, user_id, day)", "You have said so about this article today already."
    )


class DocumentPage(models.Model):
    _inherit = "document.page"

    own_mark = fields.Selection(
        [("yes", "Helped"), ("no", "Did not help")], compute="_compute_own_mark"
    )

    @api.depends("helped_count", "not_helped_count")
    @api.depends_context("uid")
    def _compute_own_mark(self):
        """What the reader has said today."""
        today = fields.Date.context_today(self)
        own = [("page_id", "in", self.ids), ("user_id", "=", self.env.uid), ("day", "=", today)]
        marks = self.env["hotline.kb.mark"].sudo().search(own)  # sudo: the reader's own alone
        said = {mark.page_id.id: "yes" if mark.helped else "no" for mark in marks}
        for page in self:
            page.own_mark = said.get(page.id, False)

    def action_mark_helped(self):
        """Say that the article helped."""
        self.ensure_one()
        self.mark_helped(self.id, True)

    def action_mark_not_helped(self):
        """Say that the article did not help."""
        self.ensure_one()
        self.mark_helped(self.id, False)

    @api.model
    def mark_helped(self, page_id, helped):
        """Note whether the article helped its reader; said again the same day, it is corrected."""
        page = self.browse(page_id)
        page.check_access("read")
        if page.state != "published":
            raise UserError(self.env._("Article «%(name)s» is not published.", name=page.name))
        # sudo: marks are nobody's to write but through here, for oneself
        Mark = self.env["hotline.kb.mark"].sudo()
        own = {
            "page_id": page.id,
            "user_id": self.env.uid,
            "day": fields.Date.context_today(self),
        }
        mark = Mark.search([(name, "=", value) for name, value in own.items()])
        if mark:
            mark.helped = bool(helped)
        else:
            Mark.create({**own, "helped": bool(helped)})
        page._count_marks()

    def _count_marks(self):
        # sudo: of all who marked; the counters are shown to every reader
        marks = self.env["hotline.kb.mark"].sudo()
        groups = marks._read_group(
            [("page_id", "in", self.ids)], ["page_id", "helped"], ["__count"]
        )
        counts = {(page.id, helped): count for page, helped, count in groups}
        for page in self.sudo():  # sudo: as above
            page.helped_count = counts.get((page.id, True), 0)
            page.not_helped_count = counts.get((page.id, False), 0)

from odoo import api, fields, models
from odoo.exceptions import UserError


class HotlineKbUse(models.Model):
    """That an article was opened or inserted: one row a day of each who used it (A2)."""

    _name = "hotline.kb.use"
    _description = "Use of an article"
    _order = "day desc, id desc"
    _rec_name = "page_id"

    page_id = fields.Many2one(
        "document.page", string="Article", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", string="Who", required=True, index=False)
    day = fields.Date(required=True)
    times = fields.Integer(default=1)

    _once_uniq = models.UniqueIndex("(page_id, user_id, day)", "This use is counted already.")


class DocumentPage(models.Model):
    """Which articles are used and which nobody ever opened."""

    _inherit = "document.page"

    used_count = fields.Integer(
        string="Used", default=0, readonly=True, copy=False,
        help="How often it was opened beside a talk or on the site, inserted or sent.",
    )  # fmt: skip
    last_used_on = fields.Date(readonly=True, copy=False)

    @api.model
    def note_used(self, page_id):
        """Count that the user opened or inserted a published article."""
        page = self.browse(page_id)
        page.check_access("read")
        if page.state != "published":
            raise UserError(self.env._("Article «%(name)s» is not published.", name=page.name))
        page._count_use()

    def _count_use(self):
        # sudo: uses are nobody's to write but through here, for oneself
        Use, today = self.env["hotline.kb.use"].sudo(), fields.Date.context_today(self)
        for page in self:
            own = {"page_id": page.id, "user_id": self.env.uid, "day": today}
            use = Use.search([(name, "=", value) for name, value in own.items()])
            if use:
                use.times += 1
            else:
                Use.create(own)
            page._used_once_more()

    def _used_once_more(self):
        today = fields.Date.context_today(self)
        for page in self.sudo():  # sudo: the counter is shown to every reader
            page.write({"used_count": page.used_count + 1, "last_used_on": today})

    def action_insert_into_answer(self):  # pylint: disable=missing-return
        super().action_insert_into_answer()
        self._count_use()

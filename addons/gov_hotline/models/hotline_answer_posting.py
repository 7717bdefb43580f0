from odoo import api, fields, models

from ..domain import approval, post
from .hotline_posting import ON_PAPER


class HotlineAnswer(models.Model):
    """An answer on paper: given on the day of its number, «to be posted» until it is marked.

    The term of 59-FZ is met by the answer that was signed and numbered (practice 14): the mark says
    when it was handed to the post and under which identifier, and keeps no case open.
    """

    _name = "hotline.answer"
    _inherit = ["hotline.answer", "hotline.posting"]

    # empty for answers given before posting was marked: of them nobody waits for anything
    awaits_posting = fields.Boolean(string="Goes on paper", readonly=True, copy=False)
    is_to_post = fields.Boolean(compute="_compute_is_to_post", string="To be printed and posted")

    @api.depends("state", "awaits_posting", "posted_on", "post_state")
    def _compute_is_to_post(self):
        for answer in self:
            answer.is_to_post = (
                answer.state == approval.GIVEN
                and answer.awaits_posting
                and not answer.posted_on
                and not answer.post_state  # what came back had left
            )

    def _mark_given(self):  # pylint: disable=missing-return
        super()._mark_given()
        if self.channel in ON_PAPER:
            self._by_act({"awaits_posting": True})

    def _can_post(self):
        return self.filtered("is_to_post")

    def _course(self):
        if self.is_to_post:
            return post.TO_POST
        return post.COURSE_OF_MAIL.get(self._mails()[:1].state, post.SENT)

    def _what_and_whom(self):
        return self.env._("Answer"), self._addressee()

    def _write_mark(self, vals):
        self._by_act(vals)

from odoo import api, fields, models

from ..domain import post
from .hotline_body_letter import EMAIL
from .hotline_posting import TO_MARK


class HotlineBodyLetter(models.AbstractModel):
    """A request or a report on paper: to be printed and posted until somebody marks it.

    The terms of the law run by other days (its number, its receipt there): the mark says when it
    was handed over and under which identifier, and keeps no case open.
    """

    _name = "hotline.body.letter"
    _inherit = ["hotline.body.letter", "hotline.posting"]

    # empty for letters sent before posting was marked: of them nobody waits for anything
    awaits_posting = fields.Boolean(string="Goes on paper", readonly=True, copy=False)
    is_to_post = fields.Boolean(compute="_compute_is_to_post", string="To be printed and posted")

    def _compute_is_to_post(self):
        for letter in self:
            letter.is_to_post = bool(letter._can_post())

    def _send_letter(self):  # pylint: disable=missing-return
        super()._send_letter()
        if self.channel != EMAIL:
            self._write_by_act({"awaits_posting": True})

    def _can_post(self):
        """On paper, or astray by e-mail; what got there another way may still be marked."""
        return self.filtered(
            lambda one: (
                one._course() in TO_MARK
                or (one.awaits_posting and one._has_arrived() and not one.posted_on)
            )
        )

    def _course(self):
        self.ensure_one()
        if self.posted_on:
            return post.SENT
        by_mail = post.COURSE_OF_MAIL.get(self._mails()[:1].state, "")
        if self._is_withdrawn_letter() and self.awaits_posting and by_mail != post.SENT:
            return post.DROPPED
        on_paper = self.awaits_posting and not self._has_arrived()
        return by_mail or (post.TO_POST if on_paper else post.SENT)

    def _is_withdrawn_letter(self):
        """Whether the letter was taken back: an extension point."""
        return False

    def _has_arrived(self):
        """Whether the addressee is known to have the letter: an extension point."""
        return False

    def _what_and_whom(self):
        return self.env._("Letter"), self._body().sudo().name  # sudo: named to every reader

    def _write_mark(self, vals):
        self._write_by_act(vals)


class HotlineRequest(models.Model):
    _inherit = "hotline.request"

    @api.depends("state", "awaits_posting", "posted_on", "received_on")
    def _compute_is_to_post(self):
        return super()._compute_is_to_post()

    def _is_withdrawn_letter(self):
        return self.state == "withdrawn"

    def _has_arrived(self):
        return bool(self.received_on) or self.state == "answered"

    def _what_and_whom(self):
        return self.env._("Request"), super()._what_and_whom()[1]


class HotlineCoveringLetter(models.Model):
    _inherit = "hotline.covering.letter"

    @api.depends("state", "awaits_posting", "posted_on")
    def _compute_is_to_post(self):
        return super()._compute_is_to_post()

    def _outgoing_mark(self):
        return self.report_number or "", self.report_date or None

    def _what_and_whom(self):
        return self.env._("Report"), super()._what_and_whom()[1]

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..domain import post, postal, strictness

MARK = ("posted_on", "posted_way", "posted_number")


class HotlinePosting(models.AbstractModel):
    """A slip in the mark of a posting: corrected with a reason, both stand in the journal."""

    _inherit = "hotline.posting"

    def action_correct_posting(self):
        """Open the correction of when and how this letter was handed to the post; officer."""
        self.ensure_one()
        self._check_may_correct()
        correction = self.env["hotline.posting.correction"].create(
            {"res_model": self._name, "res_id": self.id, **{name: self[name] for name in MARK}}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correction of the posting"),
            "res_model": correction._name,
            "res_id": correction.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _check_may_correct(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("read")
        if not self.posted_on:
            raise UserError(self.env._("This letter is not marked as posted yet."))

    def _correct_posting(self, vals, reason):
        """Write the mark anew; officer. `reason`: why, in words; none where a number is added.

        Raises UserError: nothing changes, no reason, a day or an identifier that cannot be.
        """
        self.ensure_one()
        self._check_may_correct()
        vals = self._clean_mark(vals)
        changed = [name for name in MARK if (self[name] or False) != (vals[name] or False)]
        if not changed:
            raise UserError(self.env._("Nothing is changed."))
        self._check_correction(vals, changed, reason)
        was, before = self._mark_words(), {name: self[name] or None for name in MARK}
        self._note_correction(vals, "posted_on" in changed)
        self.env["hotline.journal"]._append(
            "posting_corrected", self.ticket_id, letter=f"{self._name},{self.id}",
            happened_on=self.posted_on, way=self.posted_way, track=self.posted_number or None,
            was_on=before["posted_on"], was_way=before["posted_way"],
            was_track=before["posted_number"],
        )  # fmt: skip
        self._tell_correction(was, (reason or "").strip())

    def _clean_mark(self, vals):
        """Return `vals` as they are kept: identifiers without spaces, none where none is given."""
        number = (vals.get("posted_number") or "").strip()
        if vals["posted_way"] == postal.REGISTERED:
            number = postal.cleaned(number)
        without = vals["posted_way"] in (postal.PLAIN, post.HAND)
        return {**vals, "posted_number": False if without else number or False}

    def _check_correction(self, vals, changed, reason):
        is_added = changed == ["posted_number"] and not self.posted_number
        if not is_added and not strictness.is_reason(reason or ""):
            raise UserError(
                self.env._(
                    "Write why the posting is corrected: at least %(count)s characters.",
                    count=strictness.REASON_LENGTH,
                )
            )
        if "posted_on" in changed:
            self._check_day(vals["posted_on"])
            if self.ticket_id.is_final:
                raise UserError(
                    self.env._(
                        "The appeal is closed: the day of the posting is not corrected any more, "
                        "the kind and the identifier are."
                    )
                )
        if vals["posted_way"] == postal.REGISTERED:
            self._check_identifiers({self: vals["posted_number"]})

    def _note_correction(self, vals, is_day_changed):
        """Write the mark; a day of another moment moves what was counted by it."""
        self._write_mark(vals)

    def _tell_correction(self, was, reason):
        """Leave a note on the case: the journal holds no words of people, the reason is one."""
        words = self.env._(
            "Posting of letter %(number)s corrected. It was: %(was)s. It is: %(now)s.",
            number=self._outgoing_mark()[0] or "–",
            was=was,
            now=self._mark_words(),
        )
        if reason:
            words = f"{words} {self.env._('Reason: %(reason)s', reason=reason)}"
        # sudo: the note is the act's, also of a closed case that the officer only reads
        self.ticket_id.sudo()._message_log(body=words, author_id=self.env.user.partner_id.id)

    def _mark_words(self):
        """Return «20.11.2026, Заказное письмо, 80080000000008»."""
        ways = dict(self._fields["posted_way"]._description_selection(self.env))
        day = format_date(self.env, self.posted_on, date_format="dd.MM.yyyy")
        return ", ".join(filter(None, (day, ways.get(self.posted_way), self.posted_number)))


class HotlineAssignment(models.Model):
    _inherit = "hotline.assignment"

    def _note_correction(self, vals, is_day_changed):  # pylint: disable=missing-return
        """The term of the forwarding is met on the day the letter left (art. 8, p. 3)."""
        super()._note_correction(vals, is_day_changed)
        if is_day_changed:
            clocks = self.ticket_id._forwarding_clocks()
            clocks.sudo().write({"met_on": False})  # sudo: clocks are set by acts, not by users
            self.ticket_id._settle_forwarding()

from markupsafe import Markup

from odoo import fields, models


class HotlineAnswer(models.Model):
    """What an approval leaves behind: the sheet, the journal, the word to colleagues."""

    _inherit = "hotline.answer"

    def _mark(self, decision, **vals):
        """Append a line to the sheet of approval and to the journal."""
        # sudo: the sheet is nobody's to write
        self.env["hotline.approval"].sudo().create(
            {
                "answer_id": self.id,
                "round": self.approval_round,
                "decision": decision,
                "user_id": self.env.uid,
                "user_name": self.env.user.name,
                "at": fields.Datetime.now(),
                "content_hash": self.content_hash,
                **vals,
            }
        )
        self._journal(f"approval_{decision}")

    def _journal(self, event):
        self.env["hotline.journal"]._append(
            event,
            self.ticket_id,
            answer=self.id,
            round=self.approval_round,
            content_hash=self.content_hash,
        )

    def _asked(self):
        """Return whoever was asked so far: the steps that are done or on."""
        reviews = self.sudo().review_ids  # sudo: as above
        return reviews.filtered(lambda one: one.status != "waiting").reviewer_ids.sudo(False)

    def _tell_next(self):
        users = self._current_review().reviewer_ids.sudo(False)
        rules = self.env["hotline.substitute"]._in_force(self.company_id)
        instead = [one.substitute for one in rules if one.user in users.ids]
        told = self.env._("Answer to appeal %(number)s waits for your approval")
        self._tell(users | users.browse(instead), told)

    def _tell(self, users, words):
        """Notify colleagues by number and link: no word of the appeal leaves by mail."""
        if self.env.context.get("hotline_tell_nobody"):
            return  # a demonstration writes to nobody
        ticket = self.ticket_id.sudo()  # an approver does not write to the case
        text = words % {"number": ticket.number}
        told = users.sudo() - self.env.user  # sudo: names of colleagues
        author = told & self.sent_by_id  # the own list of answers stands above the page
        for people, path in ((author, "hotline-answers"), (told - author, "hotline-approval")):
            link = Markup('<p><a href="/odoo/%s/%s">%s</a></p>') % (path, self.id, text)
            if people:
                ticket.message_notify(
                    subject=text, body=link, partner_ids=people.partner_id.ids,
                    force_record_name=ticket.number, author_id=self.env.user.partner_id.id,
                )  # fmt: skip

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import approval
from ..domain.approval import Content


class HotlineAnswer(models.Model):
    """What is approved: the digest of words, way, addressee and bytes; any change voids it."""

    _inherit = "hotline.answer"

    content_hash = fields.Char(
        string="SHA-256 of the content",
        readonly=True,
        copy=False,
        help="Of text, way of sending, addressee, files and the counting of the term, as they were "
        "sent for approval.",
    )

    def _content(self):
        """Return what the addressee gets, for the digest."""
        self.ensure_one()
        ticket = self.ticket_id.sudo()  # whoever approves, the addressee is the case's
        roads = ticket._reply_addresses()
        address = {"post": roads["postal"], "email": roads["email"]}.get(self.channel, "")
        files = self.sudo().attachment_ids  # by bytes, whoever may read the files
        return Content(
            text=self.text or "",
            channel=self.channel or "",
            name=ticket.applicant_name or "",
            address=address,
            files=tuple((file.name or "", file.raw or b"") for file in files),
            certificate=self.with_certificate,
        )

    def _content_digest(self):
        return approval.digest(self._content())

    def _is_changed(self):
        """Whether the answer differs from what was sent for approval."""
        return bool(self.content_hash) and self._content_digest() != self.content_hash

    def _void_if_changed(self):
        """Void the approval of what has changed: the author sends it again."""
        pending = self.filtered(lambda one: one.state in (approval.APPROVAL, approval.APPROVED))
        for answer in pending:
            if answer._is_changed():
                answer._void()

    def _check_approved(self):
        """Refuse to give what its route has not approved, or what has changed since (E6)."""
        if self.state == approval.APPROVED:
            if self._is_changed():
                raise UserError(
                    self.env._(
                        "The answer, its files or its addressee were changed after the approval. "
                        "Take it back and send it for approval again."
                    )
                )
            return
        if self.state == approval.APPROVAL:
            raise UserError(self.env._("The answer is still in approval: wait for the last step."))
        route = self.env["hotline.approval.route"]._for_ticket(self.ticket_id)
        if self.state == approval.DRAFT and route:
            raise UserError(
                self.env._(
                    "This answer is given after approval by the route «%(route)s». Send it for "
                    "approval.",
                    route=route.name,
                )
            )


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _approval_case(self):
        """Return what a route looks at: topics with all above, agencies, kind."""
        self.ensure_one()
        topics = self.topic_id | self.question_ids.topic_id
        path = {int(part) for topic in topics for part in topic.parent_path.split("/") if part}
        agencies = self.assignment_ids.partner_id | self.question_ids.competent_body_id
        return approval.Case(frozenset(path), frozenset(agencies.ids), self.kind)


class IrAttachment(models.Model):
    """The file of an answer changed past the answer's form: its approval lapses all the same."""

    _inherit = "ir.attachment"

    def write(self, vals):
        done = super().write(vals)
        if {"raw", "datas", "db_datas", "name", "res_model", "res_id"} & set(vals):
            self._hotline_answers()._void_if_changed()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_void_approval(self):
        """Checked before the deletion: the file is left out by hand."""
        for answer in self._hotline_answers():
            if answer.state in (approval.APPROVAL, approval.APPROVED):
                answer._void()

    def _hotline_answers(self):
        """Return the answers that carry these files."""
        mine = self.filtered(lambda file: file.res_model == "hotline.answer" and not file.res_field)
        # sudo: an approval lapses whoever changed the file
        return self.env["hotline.answer"].sudo().browse(mine.mapped("res_id")).exists()

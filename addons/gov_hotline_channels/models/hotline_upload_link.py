from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from odoo.addons.gov_hotline.domain import transitions
from odoo.addons.gov_hotline.domain.assignments import SENT

from ..domain import upload_link
from .hotline_mail_key import HIDDEN_KEY

SET = (
    "company_id", "assignment_id", "incoming_id", "token_hash", "email_to", "valid_until",
    "megabytes", "attachment_ids", "handed_at", "closed_at", "answer_id", "addition_id",
)  # fmt: skip
STATES = [
    (upload_link.OPEN, "Open"),
    (upload_link.USED, "Files handed over"),
    (upload_link.EXPIRED, "Expired"),
    (upload_link.CLOSED, "Closed"),
]


class HotlineUploadLink(models.Model):
    """A page without a login for files that no letter carries: one case, one address, some days.

    Whoever has the link may hand files over and read nothing. Of its token only a digest is stored;
    the token itself stays with the letter alone, out of its text, while the link lives.
    """

    _name = "hotline.upload.link"
    _inherit = ["hotline.by.act", "hotline.mail.source"]
    _description = "Link for large files"
    _order = "id desc"
    _rec_name = "ticket_id"
    _set_by_act = frozenset({*SET, "ticket_id"})

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", string="Body", required=True, index=True, ondelete="restrict"
    )
    assignment_id = fields.Many2one(
        "hotline.assignment", index="btree_not_null", ondelete="cascade"
    )
    incoming_id = fields.Many2one(
        "hotline.incoming.mail", string="Letter over the limit", index="btree_not_null"
    )
    token_hash = fields.Char(required=True, copy=False, groups=fields.NO_ACCESS)
    email_to = fields.Char(string="Sent to", required=True)
    valid_until = fields.Datetime(required=True)
    megabytes = fields.Integer(string="Megabytes taken at most", required=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    file_count = fields.Integer(string="Number of files", compute="_compute_file_count")
    handed_at = fields.Datetime(string="Handed over on", copy=False)
    closed_at = fields.Datetime(string="Closed on", copy=False)
    answer_id = fields.Many2one("hotline.assignment.answer", copy=False)
    addition_id = fields.Many2one("hotline.addition", copy=False)
    state = fields.Selection(STATES, compute="_compute_state")

    _token_uniq = models.UniqueIndex("(token_hash)", "This link exists already.")
    _incoming_uniq = models.UniqueIndex(
        "(incoming_id) WHERE incoming_id IS NOT NULL", "One link is sent for a letter."
    )

    @api.depends("handed_at", "closed_at", "valid_until")
    def _compute_state(self):
        now = fields.Datetime.now()
        for link in self:
            known = {"used": bool(link.handed_at), "closed": bool(link.closed_at)}
            link.state = upload_link.state(now, link.valid_until or now, **known)

    @api.depends("attachment_ids")
    def _compute_file_count(self):
        for link in self:
            link.file_count = len(link.sudo().attachment_ids)  # sudo: a number, no file

    # Making and sending

    @api.model
    def _send_new(self, ticket, address, assignment=None, incoming=None):
        """Make a link and put its letter into the queue; return the link.

        Whoever calls has checked who asks. Raises UserError for what takes no files now or has no
        address. For one `incoming` letter one link is made, however often this is called.
        """
        # sudo: whoever calls has checked
        found = incoming and self.sudo().search([("incoming_id", "=", incoming.id)], limit=1)
        if found:
            return found
        address = email_normalize(address or "")
        if not address:
            raise UserError(self.env._("The addressee has no e-mail address."))
        token, company = upload_link.new_token(), ticket.company_id.sudo()  # sudo: settings
        link = self._create_by_act(
            {
                "ticket_id": ticket.id,
                "company_id": company.id,
                "assignment_id": assignment.id if assignment else False,
                "incoming_id": incoming.id if incoming else False,
                "token_hash": upload_link.digest(token),
                "email_to": address,
                "valid_until": fields.Datetime.now() + timedelta(days=company.hotline_upload_days),
                "megabytes": company.hotline_upload_megabytes,
            }
        )
        link._check_takes()
        link._mail(token)
        link._journal("upload_link_sent")
        return link

    def _told_of_sending(self, following):
        """Return the words that tell the officer where the links go, and the action `following`."""
        addresses = ", ".join(self.mapped("email_to"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The link goes to %(address)s.", address=addresses),
                "next": following,
            },
        }

    def _mail(self, token):
        letter = self.with_context(lang=self.company_id._hotline_lang())
        mail = self.env["hotline.mail"]._enqueue(
            self, "upload_link", self.email_to, letter._mail_subject(), letter._mail_body(),
            [], f"{self._name},{self.id}",
        )  # fmt: skip
        mail._write_by_act({"link_key": token})

    def _forget_key(self):
        """Drop the key from the letter: the link takes nothing any more, however often it goes."""
        self._mails()._write_by_act({"link_key": False})

    def _mail_subject(self):
        return self.env._(
            # sudo: the number stands in the letter
            "Link for large files: appeal No. %(number)s",
            number=self.sudo().ticket_id.number,
        )

    def _mail_body(self):
        """Return the letter: nothing of the case but its number, and no key to read in it."""
        link = self.sudo()  # sudo: number and dates, whoever the act's user is
        until = link.company_id._hotline_date(link.valid_until)
        first = self.env._("Files for appeal No. %(number)s can be handed over by this link.",
                           number=link.ticket_id.number)  # fmt: skip
        if link.incoming_id:
            first = self.env._(
                "Your letter about appeal No. %(number)s is larger than our mail takes: it was not "
                "read. Please hand the files over by this link.",
                number=link.ticket_id.number,
            )
        rest = self.env._(
            "The link is valid until %(day)s and takes up to %(size)s MB. No login is needed; "
            "do not pass it on.",
            day=f"{until:%d.%m.%Y}",
            size=link.megabytes,
        )
        url = f"{self.get_base_url()}/hotline/upload/{HIDDEN_KEY}"
        return f"{first}\n\n{url}\n\n{rest}\n\n{link.company_id.name}"

    def _mail_sent(self, mail):  # pylint: disable=missing-return
        """What has left never leaves again: its key is needed no more."""
        super()._mail_sent(mail)
        mail._write_by_act({"link_key": False})

    def _mail_addressee(self):
        return self.assignment_id.partner_id.name or self.ticket_id.applicant_name or ""

    # Who may still hand over

    def _check_takes(self):
        """Refuse where neither the assignment nor the case takes anything more."""
        link = self.sudo()  # sudo: the state of the case binds everybody
        if link.assignment_id:
            takes = link.assignment_id.state == SENT
        else:
            takes = link.ticket_id.state in transitions.WORKING_STATES
        if not takes:
            raise UserError(
                self.env._("Files are not taken any more: the answer was given or withdrawn.")
            )

    def action_close(self):
        """Close the link: nothing more is taken by it; officer. What was taken stays."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("read")
        for link in self:
            if link.state != upload_link.OPEN:
                raise UserError(self.env._("This link is not open any more."))
            link._write_by_act({"closed_at": fields.Datetime.now()})
            link._forget_key()
            link._journal("upload_link_closed")

    def _journal(self, event):
        link = self.sudo()  # sudo: ids only
        self.env["hotline.journal"]._append(
            event, link.ticket_id, upload_link=self.id, assignment=link.assignment_id.id
        )

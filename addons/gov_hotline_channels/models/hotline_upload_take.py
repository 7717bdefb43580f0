from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gov_hotline.domain import texts, uploads

from ..domain import upload_link

# The form around the files: boundaries, names, the text.
FORM_BYTES = 256 * 1024


class HotlineUploadLink(models.Model):
    """Taking files by a link: each checked by its content, all within the link's room."""

    _inherit = "hotline.upload.link"

    @api.model
    def _by_token(self, token):
        """Return the link of `token` as the system; none for a wrong one."""
        wanted = upload_link.digest(token or "")
        # the system takes: a visitor has no rights, and the token is the key
        found = self.with_user(SUPERUSER_ID).search([("token_hash", "=", wanted)], limit=1)
        return found if found and upload_link.matches(token or "", found.token_hash) else found[:0]

    def _body_room(self):
        """Return how many bytes one request to this link may carry; next to nothing without one."""
        if not self or self.state != upload_link.OPEN:
            return FORM_BYTES
        return self._room() + FORM_BYTES

    def _room(self):
        return upload_link.room(self.megabytes, sum(self.attachment_ids.mapped("file_size")))

    def _check_open(self):
        if self.state == upload_link.USED:
            self._refuse_used()
        if self.state != upload_link.OPEN:
            raise UserError(self.env._("This link takes no files any more."))
        self._check_takes()

    def _refuse_used(self):
        raise UserError(
            self.env._(
                "This link is used: files were handed over by it on %(day)s. Nothing of what you "
                "sent now was taken. Ask the officer in charge for a new link.",
                day=f"{self.company_id._hotline_date(self.handed_at):%d.%m.%Y}",
            )
        )

    def _is_repeat(self, text, is_final):
        """Whether it is the same handing over once more, as by a second click: nothing is lost."""
        landed = self.answer_id or self.addition_id
        return text in (landed.text or "") and (not is_final or self.answer_id.is_final)

    def _take(self, name, content):
        """Take one file (`content`: bytes); raises UserError in words for the page."""
        self.ensure_one()
        self.lock_for_update()
        self._check_open()
        self._check_file(name, content)
        file = self.env["ir.attachment"].create(
            {"name": name, "raw": content, "res_model": self._name, "res_id": self.id}
        )
        self._write_by_act({"attachment_ids": [fields.Command.link(file.id)]})
        return file

    def _check_file(self, name, content):
        """Refuse what the body does not take; the size is the link's, not that of one letter."""
        company, files = self.company_id, self.attachment_ids
        if len(content) > self._room():
            raise UserError(
                self.env._(
                    "«%(name)s» does not fit: by this link %(size)s MB are taken in all.",
                    name=name,
                    size=self.megabytes,
                )
            )
        offered = uploads.File(name, len(content), uploads.content_kind(content))
        known = [uploads.File(file.name, file.file_size) for file in files]
        allowed = uploads.types(company.hotline_file_types or "")
        for problem in uploads.refused(
            [*known, offered], allowed, self.megabytes, upload_link.COUNT
        ):
            raise UserError(company._hotline_file_words(problem))

    def _drop(self, file_id):
        """Take a file back that was chosen by mistake, before the handing over."""
        self.ensure_one()
        self.lock_for_update()
        self._check_open()
        self.attachment_ids.filtered(lambda file: file.id == file_id).unlink()

    def _hand_over(self, text="", is_final=False):
        """Put the files into the case: the executor's answer or the applicant's addition."""
        self.ensure_one()
        self.lock_for_update()
        text = (text or "").strip()[: texts.TEXT_LIMIT]
        if self.handed_at:
            if not self._is_repeat(text, is_final):
                self._refuse_used()
            return
        self._check_takes()
        if not self.attachment_ids:
            raise UserError(self.env._("Choose at least one file."))
        if self.assignment_id:
            landed = {"answer_id": self._answer(text, is_final).id}
        else:
            landed = {"addition_id": self._addition(text).id}
        self._write_by_act({**landed, "handed_at": fields.Datetime.now()})
        self._forget_key()
        self._journal("upload_link_used")

    def _answer(self, text, is_final):
        return self.assignment_id._take_answer(text, self.attachment_ids, is_final, came_by="link")

    def _addition(self, text):
        return self.env["hotline.addition"].create(
            {
                "ticket_id": self.ticket_id.id,
                "origin": "link",
                "text": text or self.env._("Files handed over by the link."),
                "attachment_ids": [fields.Command.set(self.attachment_ids.ids)],
            }
        )

    @api.autovacuum
    def _gc_forgotten(self):
        """Files that were taken and never handed over are not lost: the end of the term does it."""
        now = fields.Datetime.now()
        domain = [("handed_at", "=", False), ("attachment_ids", "!=", False),
                  ("valid_until", "<", now)]  # fmt: skip
        for link in self.with_user(SUPERUSER_ID).search(domain, limit=100):
            try:
                with self.env.cr.savepoint():
                    link._hand_over()
            except UserError:  # the case went on: the files stay with the link, seen there
                continue

    @api.autovacuum
    def _gc_keys(self):
        """The key of a link that expired opens nothing: its letter keeps it no longer."""
        mails = self.env["hotline.mail"].sudo()  # sudo: a scheduled action
        for mail in mails.search([("link_key", "!=", False)]):
            link = mail._source()
            if not link or link.state != upload_link.OPEN:
                mail._write_by_act({"link_key": False})

    # The page

    def _page_state(self):
        """Return the state as the visitor meets it: a finished assignment takes nothing."""
        try:
            self._check_takes()
        except UserError:
            return upload_link.CLOSED if self.state == upload_link.OPEN else self.state
        return self.state

    def _page_values(self):
        """Return what the page shows: plain values, nothing of the case but its number."""
        self.ensure_one()
        company = self.company_id
        return {
            "state": self._page_state(),
            "number": self.ticket_id.number,
            "body": company.name,
            "until": company._hotline_date(self.valid_until),
            "room": self._room(),
            "megabytes": self.megabytes,
            "types": ", ".join(sorted(uploads.types(company.hotline_file_types or ""))),
            "accept": ",".join(
                f".{one}" for one in sorted(uploads.types(company.hotline_file_types or ""))
            ),
            "is_assignment": bool(self.assignment_id),
            "files": [
                {"id": file.id, "name": file.name, "size": size_words(self.env, file.file_size)}
                for file in self.attachment_ids.sorted("id")
            ],
        }


class HotlineAssignmentAnswer(models.Model):
    _inherit = "hotline.assignment.answer"

    came_by = fields.Selection(
        selection_add=[("link", "By a link for large files")], ondelete={"link": "set null"}
    )


class HotlineAddition(models.Model):
    _inherit = "hotline.addition"

    origin = fields.Selection(
        selection_add=[("link", "By a link for large files")], ondelete={"link": "set null"}
    )

    def _own_files(self):  # pylint: disable=missing-return
        """What came by a link was checked there, file by file, within the room of the link."""
        by_link = self.filtered(lambda one: one.origin == "link" and one.env.su)
        for addition in by_link:
            addition.attachment_ids.write({"res_model": self._name, "res_id": addition.id})
        super(HotlineAddition, self - by_link)._own_files()


def size_words(env, size):
    """Return a size for people: «18,2 МБ»."""
    if size < upload_link.MEGABYTE:
        return env._("%(size)s KB", size=max(round(size / 1024), 1))
    return env._("%(size)s MB", size=f"{size / upload_link.MEGABYTE:.1f}".replace(".", ","))

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError

from ..domain import uploads

# Where a file is before it hangs on its record: the composer, or nothing yet.
LOOSE = (False, "", "mail.compose.message")
CONTENT = {"raw", "datas", "db_datas", "name", "res_model", "type"}
OWNER = {"res_model", "res_id"}
FIXED = CONTENT | {"res_id", "res_field", "url", "mimetype", "store_fname", "checksum"}


class IrAttachment(models.Model):
    """Files of cases keep to the body's types and size, whichever screen or call brings them."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._check_hotline_files()
        files._check_no_closed_case()
        return files

    def write(self, vals):
        if FIXED & set(vals):
            self._check_not_fixed()
        done = super().write(vals)
        if CONTENT & set(vals):
            self._check_hotline_files()
        if OWNER & set(vals):
            self._check_no_closed_case()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_fixed(self):
        self._check_not_fixed()

    def _check_not_fixed(self):
        """Refuse to change what has gone out, or lies with a card that is kept."""
        if self.env.su:  # a record's own files go with it; what is closed has its lock
            return
        # sudo: a file is fixed, whoever may read its record
        for model, files in self.sudo().grouped("res_model").items():
            owners = self.env.get(model)
            if owners is None or not hasattr(owners, "_fixed_files"):
                continue
            # as above
            fixed = files & owners.sudo().browse(files.mapped("res_id")).exists()._fixed_files()
            if fixed:
                raise UserError(
                    self.env._(
                        "«%(name)s» has gone out or lies with a card that is kept: it is neither "
                        "changed nor deleted.",
                        name=fixed[0].name,
                    )
                )

    def _check_no_closed_case(self):
        """Refuse a paper that a user puts into a closed case: it is an addition (practice 15).

        What the system does as itself is no such paper: a letter that comes, a transcript. A file
        behind a field is a column of its record, and locked as one.
        """
        if self.env.uid == SUPERUSER_ID:
            return
        # sudo: the state of the case alone, whoever may read it
        loose = self.sudo().filtered(lambda file: file.res_id and not file.res_field)
        for model, files in loose.grouped("res_model").items():
            self._refuse_closed(self._cases_of(model, files.mapped("res_id")))

    @api.model
    def _refuse_closed(self, cases):
        """Raise UserError where one of `cases` is closed: it takes no more files."""
        closed = cases.filtered("is_final")[:1]
        if closed:
            raise UserError(
                self.env._(
                    "Appeal %(number)s is closed: no file is put into it any more. Use "
                    "«Addition to the closed case»: words and files are kept beside it.",
                    number=closed.number,
                )
            )

    @api.model
    def _cases_of(self, model, ids):
        """Return the cases that files of these records lie in: of the case itself or its lines."""
        cases = self.env["helpdesk.ticket"]
        if model == cases._name:
            return cases.sudo().browse(ids).exists()  # sudo: as above
        if model in self.env["hotline.lock"]._lines():
            return self.env[model].sudo().browse(ids).exists().ticket_id  # sudo: as above
        return cases

    def _check_hotline_files(self):
        """Refuse what the body does not take.

        What the system makes itself (reports, mail that has come in) is no upload; files behind a
        field (an image, a list to import) have their own checks.
        """
        if self.env.uid == SUPERUSER_ID:
            return
        # sudo: a file is checked by its content, whoever may read it
        for file in self.sudo().filtered(lambda file: file._is_hotline_upload()):
            offered = self._hotline_offer(file.name, file.raw or b"")
            file._hotline_company()._check_hotline_files([offered])

    @api.model
    def _hotline_offer(self, name, content):
        return uploads.File(name, len(content), uploads.content_kind(content))

    @api.model
    def _hotline_refusal(self, model, res_id, name, content):
        """Say why the body does not take this file for that record; '' where it does."""
        # sudo: only offered, never kept; whose upload it is may hang on a closed column
        offered = self.sudo()
        file = offered.new({"name": name, "res_model": model, "res_id": res_id, "type": "binary"})
        if not file._is_hotline_upload():
            return ""
        try:
            file._hotline_company()._check_hotline_files([self._hotline_offer(name, content)])
        except UserError as refusal:
            return str(refusal)
        return ""

    def _is_hotline_upload(self):
        if self.type != "binary" or self.res_field:
            return False
        model = self.res_model or False
        return model in LOOSE or model == "helpdesk.ticket" or model.startswith("hotline.")

    def _hotline_company(self):
        """Return the body the file is for: its record's, the user's while it is loose."""
        if self.res_model in self.env and self.res_id:
            record = self.env[self.res_model].browse(self.res_id).exists()
            if record and "company_id" in record and record.company_id:
                return record.company_id
        return self.env.company


class MailMessage(models.Model):
    """A note of a closed case brings no file either."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        if any(vals.get("attachment_ids") for vals in vals_list):
            messages._check_no_late_files()
        return messages

    def write(self, vals):
        done = super().write(vals)
        if vals.get("attachment_ids"):
            self._check_no_late_files()
        return done

    def _check_no_late_files(self):
        if self.env.uid == SUPERUSER_ID:
            return
        # sudo: the state of the case alone
        with_files = self.sudo().filtered("attachment_ids")
        about = with_files.filtered(lambda one: one.model == "helpdesk.ticket")
        files = self.env["ir.attachment"]
        files._refuse_closed(files._cases_of("helpdesk.ticket", about.mapped("res_id")))

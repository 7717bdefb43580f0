from odoo import SUPERUSER_ID, api, models

from ..domain import uploads

# Where a file is before it hangs on its record: the composer, or nothing yet.
LOOSE = (False, "", "mail.compose.message")
CONTENT = {"raw", "datas", "db_datas", "name", "res_model", "type"}


class IrAttachment(models.Model):
    """Files of cases keep to the body's types and size, whichever screen or call brings them."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._check_hotline_files()
        return files

    def write(self, vals):
        done = super().write(vals)
        if CONTENT & set(vals):
            self._check_hotline_files()
        return done

    def _check_hotline_files(self):
        """Refuse what the body does not take.

        What the system makes itself (reports, mail that has come in) is no upload; files behind a
        field (an image, a list to import) have their own checks.
        """
        if self.env.uid == SUPERUSER_ID:
            return
        # sudo: a file is checked by its content, whoever may read it
        for file in self.sudo().filtered(lambda file: file._is_hotline_upload()):
            kind = uploads.content_kind(file.raw or b"")
            offered = uploads.File(file.name, file.file_size, kind)
            file._hotline_company()._check_hotline_files([offered])

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

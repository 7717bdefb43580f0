"""Files of a case: whoever downloads one has seen the case, by whichever road the file goes."""

from odoo import models

CONTENT = frozenset({"raw", "datas", "db_datas"})
CASE = "helpdesk.ticket"


class IrBinary(models.AbstractModel):
    """Every download (page of a file, picture, archive, our own pages) ends here."""

    _inherit = "ir.binary"

    def _get_stream_from(self, record, *args, **kwargs):
        stream = super()._get_stream_from(record, *args, **kwargs)
        if not self.env.su and self.env.user._is_internal():
            # the line is written last: on a cursor that only reads it ends the transaction
            self.env["hotline.sight"]._note_file(record)
        return stream


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _read_format(self, fnames, load="_classic_read"):
        read = super()._read_format(fnames, load=load)
        if (
            not self.env.su
            and CONTENT.intersection(fnames)
            and not self.env.context.get("bin_size")
        ):
            self.env["hotline.sight"]._note_file(self)
        return read


class HotlineRegisterRun(models.Model):
    """A register names people with telephones and addresses: its files leave a line too."""

    _name = "hotline.register.run"
    _inherit = ["hotline.register.run", "hotline.sight.doors"]

    def _read_format(self, fnames, load="_classic_read"):
        read = super()._read_format(fnames, load=load)
        if not self.env.su and "file" in fnames and not self.env.context.get("bin_size"):
            self._note_downloaded()
        return read

    def _note_downloaded(self):
        self.env["hotline.sight"]._note(self, "downloaded")


class HotlineRegisterRow(models.Model):
    """Its rows are people, too: who carries them off has carried off a part of the register."""

    _inherit = "hotline.register.row"

    def _seen_as(self):
        return self.run_id


class HotlineRegisterColumn(models.Model):
    """A column shows what stands in the first rows."""

    _inherit = "hotline.register.column"

    def _seen_as(self):
        return self.run_id


class HotlineAssignment(models.Model):
    """Its form tells of the case."""

    _name = "hotline.assignment"
    _inherit = ["hotline.assignment", "hotline.sight.doors"]


class HotlineSight(models.Model):
    _inherit = "hotline.sight"

    def _note_file(self, records, outside=False):
        """Note that the current user got the content of `records`: attachments, or their owners."""
        for owner in self._owners(records):
            self._note(owner, "downloaded", outside=outside)

    def _owners(self, records):
        """Yield the cases and citizens whose files these are; nothing for other files."""
        # sudo: whose a file is, whoever may read the owner
        for record in records.sudo():
            if record._name == "ir.attachment":
                model, res_id = record.res_model, record.res_id
                if model not in self.env or not res_id:
                    continue
                # sudo: which citizen's it is; the right was checked
                record = self.env[model].sudo().browse(res_id).exists()
            if record._name == "mail.message" and record.model in self.env:
                record = self.env[record.model].sudo().browse(record.res_id).exists()  # as above
            field = record._fields.get("ticket_id")
            if field is not None and field.comodel_name == CASE:
                record = record.ticket_id or record
            if record:
                yield record

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .hotline_register_folder import LARGEST, _is_file

FOLDER = "files"
BATCH = 50  # folders in one transaction
_KEY_FOLDER = SQL("btrim(translate(%s, '\\/:*?\"<>|', '_________'), '. ')", SQL("key"))
_NUMBER_FOLDER = SQL("btrim(translate(%s, '\\/:*?\"<>|', '_________'), '. ')", SQL("number"))


class HotlineExternalCase(models.Model):
    """Files of old appeals: taken from folders beside the table, read and downloaded only (A3)."""

    _inherit = "hotline.external.case"

    file_ids = fields.Many2many(
        "ir.attachment", string="Files of the appeal", compute="_compute_files"
    )

    def _compute_files(self):
        files = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], order="name, id"
        )
        owned = files.grouped("res_id")
        for case in self:
            case.file_ids = owned.get(case.id, files.browse())


class HotlineExternalSource(models.Model):
    """`files/<key or number of the appeal>/…` beside the tables of a folder."""

    _inherit = "hotline.external.source"

    files_error = fields.Char(string="Files that were not taken", readonly=True)

    def _went_well(self, as_of):  # pylint: disable=missing-return
        super()._went_well(as_of)
        if self.kind == "folder" and self._file_folders():
            self._call_files()

    def _call_files(self):
        job = self.with_user(SUPERUSER_ID).with_delay(
            description=self.env._("Files of %(name)s", name=self.name),
            identity_key=f"{self._name},{self.id},files",
        )
        job._take_files()

    def _file_folders(self):
        """Return the folders of files that wait, in the order of their names."""
        path = self.register_id._folder_path()
        folder = path and path / FOLDER
        if not folder or folder.is_symlink() or not folder.is_dir():
            return []
        return sorted(one for one in folder.iterdir() if one.is_dir() and not one.is_symlink())

    def _take_files(self, after=""):
        """Take the files of the next folders after the name `after`; called by the job.

        Killed in the middle nothing is lost nor taken twice: a folder is put away once it is
        committed, and a file that is there already is passed over.
        """
        self.ensure_one()
        folders = [one for one in self._file_folders() if one.name > after]
        batch, refused = folders[:BATCH], []
        cases = self._cases_of_folders([one.name for one in batch])
        for folder in batch:
            if case := cases.get(folder.name):
                refused += self._take_folder(case, folder)
                self._put_away_later(folder)
            else:
                refused.append(folder.name)
        self._tell_refused(refused, is_first=not after)
        if len(folders) > BATCH:
            job = self.with_user(SUPERUSER_ID).with_delay(
                description=self.env._("Files of %(name)s", name=self.name)
            )
            job._take_files(batch[-1].name)

    def _cases_of_folders(self, names):
        """Return {name of a folder: its appeal}; a number that two appeals have is of none."""
        self.env.flush_all()
        query = SQL(
            """SELECT id, %(key)s, %(number)s FROM hotline_external_case
                WHERE source_id = %(source)s AND (%(key)s = ANY(%(names)s::text[])
                      OR %(number)s = ANY(%(names)s::text[]))""",
            key=_KEY_FOLDER,
            number=_NUMBER_FOLDER,
            source=self.id,
            names=names,
        )
        rows = self.env.execute_query(query)
        by_number, by_key = {}, {}
        for case_id, key, number in rows:
            by_key.setdefault(key, set()).add(case_id)
            by_number.setdefault(number, set()).add(case_id)
        found = {**_single(by_number), **_single(by_key)}
        return {
            name: self.env["hotline.external.case"].browse(found[name])
            for name in names
            if name in found
        }

    def _take_folder(self, case, folder):
        """Attach the files of `folder`; return the names of those that the body does not take."""
        known = {(one.name, one.checksum) for one in case.file_ids}
        attachments, refused = self.env["ir.attachment"], []
        for file in sorted(filter(_is_file, folder.iterdir())):
            if not self._is_taken(file):
                refused.append(f"{folder.name}/{file.name}")
                continue
            content = file.read_bytes()
            if (file.name, attachments._compute_checksum(content)) not in known:
                attachments.create(
                    {"name": file.name, "raw": content, "res_model": case._name, "res_id": case.id}
                )
        case.invalidate_recordset(["file_ids"])
        return refused

    def _is_taken(self, file):
        if file.stat().st_size > LARGEST:
            return False
        offered = self.env["ir.attachment"]._hotline_offer(file.name, file.read_bytes())
        try:
            self.company_id._check_hotline_files([offered])
        except UserError:
            return False
        return True

    @api.model
    def _put_away_later(self, folder):
        """Move a folder to done/files once its files are committed."""
        target = folder.parent.parent / "done" / FOLDER
        stamp = f"{fields.Datetime.now():%Y%m%d-%H%M%S}"

        def move():
            if folder.is_dir():
                target.mkdir(parents=True, exist_ok=True)
                folder.rename(target / f"{stamp}-{folder.name}")

        self.env.cr.postcommit.add(move)

    def _tell_refused(self, refused, is_first):
        before = [] if is_first else list(filter(None, [self.files_error]))
        self.files_error = ", ".join([*before, *refused])[:2000] or False


def _single(found):
    return {name: ids.copy().pop() for name, ids in found.items() if len(ids) == 1}

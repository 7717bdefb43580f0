import base64
import logging
import time
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import register_files, uploads

_logger = logging.getLogger(__name__)
PARAMETER = "gov_hotline.registers_folder"
LARGEST = 300 * uploads.MEGABYTE
OPEN = ("checking", "loading", "asking", "leaving")


class HotlineRegisterSource(models.Model):
    """Files that companies put into a folder of the server, loaded by the schedule (D2)."""

    _inherit = "hotline.register.source"

    @api.model
    def _cron_folders(self):
        """Look into every folder; one that cannot be read holds up no other."""
        for source in self.search([("folder", "!=", False)]):
            try:
                source._look_into_folder()
            except OSError as error:
                _logger.info("folder of registers %s: %s", source.folder, error.strerror)
                source._folder_wrong(error.strerror or str(error))
            self.env["ir.cron"]._commit_progress(1)

    def _folder_path(self):
        """Return the folder of this source; None where the administrator has named none."""
        # sudo: the parameter is the system administrator's, the schedule reads it
        root = self.env["ir.config_parameter"].sudo().get_param(PARAMETER)
        if not root or not register_files.is_plain_name(self.folder or ""):
            return None
        path = Path(root) / self.folder
        return path if path.is_dir() and not path.is_symlink() else None

    def _look_into_folder(self):
        """Put away what was loaded, take the oldest file that is written to its end."""
        self.ensure_one()
        path = self._folder_path()
        if path is None:
            self._folder_wrong()
            return
        self._folder_right()
        self._put_away(path)
        seen = {one.name: _seen(one) for one in path.iterdir() if _is_file(one)}
        before, now = self.folder_seen or {}, time.time()
        taken = self._being_loaded().mapped("folder_file")
        ready = [
            name
            for name, facts in sorted(seen.items(), key=lambda item: item[1][1])
            if name not in taken
            and register_files.is_finished(name, now, facts, before.get(name))
        ]  # fmt: skip
        self.folder_seen = {name: list(facts) for name, facts in seen.items()}
        if ready and not self._is_busy():
            self._take_file(path / ready[0])

    # What is wrong with the folder itself

    def _folder_wrong(self, why=""):
        """Say on the source, and once as a failed load, that nothing can be taken (D2).

        A failed load is seen by administrators and supervisors; the schedule looks every few
        minutes, so the same fault is told once.
        """
        words = self._folder_words(why)
        if words == self.folder_error:
            return
        self.folder_error = words
        runs = self.env["hotline.register.run"]
        vals = {"source_id": self.id, "filename": self.folder, "folder_file": self.folder}
        runs._create_by_act(vals)._fail(words)

    def _folder_words(self, why):
        own = self.with_context(lang=self.company_id._hotline_lang())  # a schedule has no reader
        if why:
            return own.env._("The folder cannot be read: %(why)s.", why=why)
        return own.env._(
            "The folder «%(name)s» is not there, or the folder of registers is not set.",
            name=self.folder,
        )

    def _folder_right(self):
        """The folder is there again: whoever was told need not look any more."""
        if self.folder_error:
            self.folder_error = False
            self.run_ids.filtered(lambda run: run.filename == self.folder)._forget_told()

    def _being_loaded(self):
        return self.env["hotline.register.run"].search(
            [("source_id", "=", self.id), ("folder_file", "!=", False)]
        )

    def _is_busy(self):
        runs = self.env["hotline.register.run"]
        return runs.search_count([("source_id", "=", self.id), ("state", "in", OPEN)], limit=1)

    def _take_file(self, file):
        """Begin to load a file; what cannot be loaded says why on its load."""
        runs = self.env["hotline.register.run"]
        vals = self._prepare_file_vals(file)
        if file.stat().st_size > LARGEST:
            runs._create_by_act(vals)._fail(self.env._("The file is larger than 300 MB."))
            return
        content = base64.b64encode(file.read_bytes())
        run = runs._create_by_act(vals)
        try:
            with self.env.cr.savepoint():
                run._write_by_act({"file": content})
                run._look()
                run._begin("loading")
        except UserError as error:
            run._fail(str(error))

    def _prepare_file_vals(self, file):
        return {"source_id": self.id, "filename": file.name, "folder_file": file.name}

    def _put_away(self, path):
        """Move the files whose load is over to «done» or «failed»."""
        for run in self._being_loaded():
            if run.state in ("done", "failed", "asking"):
                _move(path, run.folder_file, "failed" if run.state == "failed" else "done")
                run._write_by_act({"folder_file": False})


def _is_file(path):
    return path.is_file() and not path.is_symlink()


def _seen(path):
    facts = path.stat()
    return facts.st_size, facts.st_mtime


def _move(folder, name, where):
    """Move a file into a folder below; the time before its name keeps two of one name apart."""
    file = folder / name
    if not _is_file(file):
        return
    target = folder / where
    target.mkdir(exist_ok=True)
    file.rename(target / f"{fields.Datetime.now():%Y%m%d-%H%M%S}-{name}")

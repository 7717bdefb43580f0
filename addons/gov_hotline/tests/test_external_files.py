import os
import tempfile
import time
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import hotline_external_files
from ..models.hotline_register_folder import PARAMETER
from .external_common import HEADING, ROWS, ExternalCommon

PDF = b"%PDF-1.4 old answer"


@tagged("post_install", "-at_install")
class TestExternalFiles(ExternalCommon):
    """A3: exports put into a folder of the server, and the files of old appeals beside them."""

    def setUp(self):
        super().setUp()
        self.root = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.folder = self.root / "sed1"
        self.folder.mkdir()
        self.env["ir.config_parameter"].set_param(PARAMETER, str(self.root))
        self.source.folder = "sed1"

    def _put(self, name="выгрузка.csv", rows=ROWS, age=3600):
        file = self.folder / name
        file.write_bytes("\r\n".join((HEADING, *rows)).encode("cp1251"))
        then = int(time.time()) - age
        os.utime(file, (then, then))
        return then

    def _put_file(self, folder, name, content=PDF):
        path = self.folder / "files" / folder
        path.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)

    def _look(self, times=1):
        """What the schedule does, with the jobs it calls."""
        for _time in range(times):
            with trap_jobs() as queue:
                self.source.register_id._look_into_folder()
                for run in self.source.run_ids:
                    job = run.with_user(self.env.ref("base.user_root"))
                    while job.is_running:
                        job._do_part()
                done = 0
                while done < len(queue.enqueued_jobs):
                    job = queue.enqueued_jobs[done]
                    done += 1
                    if job.method_name == "_take_files":
                        job.recordset._take_files(*job.args)
            self.env.flush_all()
            self.env.cr.postcommit.run()

    def test_a_file_is_loaded_with_its_moment(self):
        """A3: from a folder on schedule; the data are of the moment the file was written."""
        then = self._put()
        self._look(2)
        self.assertEqual(len(self._cases()), 3)
        self.assertEqual(int(self.source.as_of.timestamp()), then)
        self.assertTrue(self.source.success_at)
        self.assertFalse(self.source.last_error)

    def test_what_goes_wrong_is_told(self):
        """A3: a folder that is gone, a file that is no table: in words, with growing pauses."""
        self.folder.rmdir()
        register = self.source.register_id
        register._look_into_folder()
        self.assertIn("sed1", self.source.last_error)
        first = self.source.next_try_at
        register._look_into_folder()  # the pause is not over
        self.assertEqual((self.source.failures, self.source.next_try_at), (1, first))
        self.source.with_user(self.supervisor).action_try_now()
        self.folder.mkdir()
        (self.folder / "фото.csv").write_bytes(b"%PDF-1.7")
        os.utime(self.folder / "фото.csv", (1, 1))
        self._look(2)
        self.assertEqual(self.source.failures, 2)
        self.assertGreater(self.source.next_try_at, first)
        self.source.with_user(self.supervisor).action_try_now()
        self._put()
        self._look(3)
        self.assertFalse(self.source.last_error or self.source.failures)
        self.assertEqual(len(self._cases()), 3)

    def test_files_of_old_appeals(self):
        """A3: closed appeals come with their files: by the key or the number, once; put away."""
        self._put(rows=[ROWS[1]])
        self._put_file("15-01_2 03.11.2026", "ответ.pdf")
        self._put_file("15-01_2", "письмо.pdf")
        self._look(2)
        case = self._cases()
        self.assertEqual(case.file_ids.mapped("name"), ["ответ.pdf", "письмо.pdf"])
        self.assertFalse(any((self.folder / "files").iterdir()))
        self.assertEqual(len(list((self.folder / "done" / "files").iterdir())), 2)
        self._put_file("15-01_2", "письмо.pdf")
        self._put(rows=[ROWS[1]], age=1800)
        self._look(2)
        self.assertEqual(len(case.file_ids), 2)

    def test_files_that_are_not_taken(self):
        """A3: no appeal of this name, or a programme: told on the source, the others come in."""
        self._put()
        self._put_file("нет такого", "ответ.pdf")
        self._put_file("15-01_1", "ответ.pdf")
        self._put_file("15-01_1", "вирус.pdf", b"MZ\x90\x00" * 20)
        self._look(2)
        self.assertEqual(self._cases()[0].file_ids.mapped("name"), ["ответ.pdf"])
        self.assertIn("вирус.pdf", self.source.files_error)
        self.assertIn("нет такого", self.source.files_error)
        self.assertTrue((self.folder / "files" / "нет такого").is_dir())

    def test_a_kill_among_the_files_resumes(self):
        """A3: what was committed is there, the rest is taken next time, nothing twice."""
        self.patch(hotline_external_files, "BATCH", 1)
        self._put()
        for number in ("15-01_1", "15-01_2", "15-01_3"):
            self._put_file(number, "ответ.pdf")
        with trap_jobs():
            self.source.register_id._look_into_folder()
            self.source.register_id._look_into_folder()
            job = self.source.run_ids.with_user(self.env.ref("base.user_root"))
            while job.is_running:
                job._do_part()
            self.source._take_files()
        self.env.cr.postcommit.clear()  # killed before the folder was put away
        self.assertEqual([len(one.file_ids) for one in self._cases()], [1, 0, 0])
        self._put("следующая.csv", age=1800)
        self._look(3)
        self.assertEqual([len(one.file_ids) for one in self._cases()], [1, 1, 1])

    def test_files_are_read_only_and_looks_noted(self):
        """A3: read by who reads the appeal, changed by nobody; a download leaves a line."""
        self._put()
        self._put_file("15-01_1", "ответ.pdf")
        self._look(2)
        case = self._cases()[0]
        file = case.file_ids
        for role in ("operator", "supervisor", "auditor"):
            own = file.with_user(getattr(self, role))
            self.env.invalidate_all()
            self.assertEqual(own.read(["raw"])[0]["raw"], PDF)
            for act in (
                lambda own=own: own.write({"name": "x"}),
                lambda own=own: own.unlink(),
                lambda own=own: own.create(
                    {"name": "y", "raw": PDF, "res_model": case._name, "res_id": case.id}
                ),
            ):
                with self.assertRaises(AccessError):
                    act()
        looks = self.env["hotline.sight"].search(
            [("model", "=", case._name), ("res_ref", "=", case.id), ("kind", "=", "downloaded")]
        )
        self.assertEqual(len(looks), 3)
        for role in ("press", "executor", "approver"):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                file.with_user(getattr(self, role)).read(["raw"])

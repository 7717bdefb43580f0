import os
import tempfile
import time
from pathlib import Path
from unittest.mock import Mock

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import hotline_register_folder
from ..models.hotline_register_folder import PARAMETER
from .register_common import HEADING, ROWS, RegisterCommon


@tagged("post_install", "-at_install")
class TestRegisterFolder(RegisterCommon):
    """Registers put into a folder of the server: taken whole, loaded by themselves, put away."""

    def setUp(self):
        super().setUp()
        root = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.folder = root / "zhek1"
        self.folder.mkdir()
        self.env["ir.config_parameter"].set_param(PARAMETER, str(root))
        self.source.folder = "zhek1"

    def _put(self, name, rows=ROWS, age=3600):
        file = self.folder / name
        file.write_bytes("\r\n".join((HEADING, *rows)).encode("cp1251"))
        then = time.time() - age
        os.utime(file, (then, then))
        return file

    def _look(self, times=1):
        """What the schedule does, with the jobs it calls."""
        for _time in range(times):
            with trap_jobs():
                self.source._look_into_folder()
            for run in self.source.run_ids:
                while run.is_running:
                    run._do_part()

    def _there(self, where="."):
        folder = self.folder / where
        return sorted(one.name for one in folder.iterdir() if one.is_file())

    def test_a_file_is_loaded_and_put_away(self):
        """D2: on schedule from a folder; at the second look, when it has not changed since."""
        self._put("реестр.csv")
        self._look()
        self.assertFalse(self.source.run_ids)
        self._look(2)
        self.assertRecordValues(self.source.run_ids, [{"state": "done", "created_count": 3}])
        self.assertEqual(self._there(), [])
        self.assertTrue(self._there("done")[0].endswith("-реестр.csv"))
        self.assertEqual(len(self._accounts()), 3)

    def test_a_file_that_is_being_written_is_left_alone(self):
        """D2: never loaded while it grows, nor under the name of an unfinished one."""
        self._put("реестр.csv.part")
        self._put("свежий.csv", age=0)
        growing = self._put("растёт.csv")
        self._look()
        with growing.open("ab") as stream:
            stream.write(b"\r\n")
        os.utime(growing, (time.time() - 3600,) * 2)
        self._look()
        self.assertFalse(self.source.run_ids)
        self.assertEqual(len(self._there()), 3)

    def test_what_is_no_register_is_put_among_the_failed(self):
        """D2: with the reason on its load."""
        file = self._put("фото.csv")
        file.write_bytes(b"%PDF-1.7")
        os.utime(file, (time.time() - 3600,) * 2)
        self._look(3)
        run = self.source.run_ids
        self.assertEqual(run.state, "failed")
        self.assertTrue(run.failure)
        self.assertEqual(len(self._there("failed")), 1)

    def test_a_failed_file_is_told(self):
        """D2: the administrator and the supervisor see it among what they have to do, in words;
        it goes by itself once a later file is loaded.
        """
        file = self._put("фото.csv")
        file.write_bytes(b"%PDF-1.7")
        os.utime(file, (time.time() - 3600,) * 2)
        self._look(3)
        told = self._told()
        self.assertLessEqual({self.supervisor, self.administrator}, set(told.user_id))
        self.assertNotIn(self.operator, told.user_id)
        for user in (self.supervisor, self.administrator):
            own = told.with_user(user).filtered(lambda one, user=user: one.user_id == user)
            self.assertIn(self.source.run_ids.failure, own.summary)
            self.assertIn(f"/odoo/register-loads/{self.source.run_ids.id}", own.note)
        self._put("реестр.csv")
        self._look(2)
        self.assertEqual(self.source.run_ids.mapped("state"), ["done", "failed"])
        self.assertFalse(self._told())

    def test_a_file_that_asks_is_told(self):
        """D2: nobody would know that a load of the night waits for an answer."""
        self._put("1.csv", age=7200)
        self._put("2.csv", rows=ROWS[:1])
        self._look(4)
        run = self.source.run_ids[0]
        self.assertEqual(run.state, "asking")
        self.assertIn(self.supervisor, self._told().user_id)
        run.with_user(self.supervisor).action_keep_left()
        self.assertFalse(self._told())

    def _told(self):
        return self.env["mail.activity"].search(
            [("hotline_register_run_id.source_id", "=", self.source.id)]
        )

    def test_files_wait_for_one_another(self):
        """D2: the oldest first; none is taken while a person has to answer."""
        self._put("1.csv", age=7200)
        self._put("2.csv", rows=ROWS[:1])
        self._put("3.csv")
        self._look(5)
        self.assertEqual(self.source.run_ids.mapped("state"), ["asking", "done"])
        self.assertEqual(self._there(), ["3.csv"])
        self.source.run_ids[0].action_keep_left()
        self._look(2)
        self.assertEqual(self._there(), [])

    def test_a_folder_leads_nowhere_else(self):
        """D2: a name, not a way out of the folder of registers."""
        for name in ("../etc", "/etc", "a/b", "..", ".ssh"):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.source.folder = name

    def test_an_absent_folder_is_a_fault(self):
        """D2: not a line in a log: on the source, and one failed load that people are told of."""
        self.folder.rename(self.folder.with_name("elsewhere"))
        self._look(3)
        self.assertIn("zhek1", self.source.folder_error)
        self.assertRecordValues(
            self.source.run_ids, [{"state": "failed", "failure": self.source.folder_error}]
        )
        self.assertLessEqual({self.supervisor, self.administrator}, set(self._told().user_id))
        self.folder.with_name("elsewhere").rename(self.folder)
        self._look()
        self.assertFalse(self.source.folder_error or self._told())
        self.assertEqual(len(self.source.run_ids), 1)

    def test_a_folder_that_cannot_be_read_is_a_fault(self):
        """D2: what the system says, in words; the other sources are looked into."""
        refuse = PermissionError(13, "Permission denied")
        self.patch(hotline_register_folder, "_is_file", Mock(side_effect=refuse))
        self._put("реестр.csv")
        with self.enter_registry_test_mode():
            self.env.ref("gov_hotline.cron_register_folders").method_direct_trigger()
        self.assertIn("Permission denied", self.source.folder_error)

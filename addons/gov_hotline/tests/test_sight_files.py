import base64

from odoo.tests import HttpCase, tagged

from .assignment_common import AssignmentCommon

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@tagged("post_install", "-at_install")
class TestSightFiles(AssignmentCommon, HttpCase):
    """X5: a download of a case's file and an executor's reading are looks at the case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._registered()
        cls.file = cls.env["ir.attachment"].create(
            {"name": "жалоба.pdf", "raw": PDF, "res_model": cls.ticket._name,
             "res_id": cls.ticket.id}
        )  # fmt: skip

    def _looks(self, user):
        self.env.cr.execute(
            "SELECT kind, model, res_ref FROM hotline_sight WHERE user_ref = %s ORDER BY id",
            [user.id],
        )
        return self.env.cr.fetchall()

    def _forget(self):
        self.env.cr.cache.pop("hotline_sight", None)

    def test_a_download(self):
        """X5: /web/content and the page's picture of a file: one line, who else's is another."""
        look = ("downloaded", "helpdesk.ticket", self.ticket.id)
        for user in (self.officer, self.auditor):
            user.password = user.login
            self.authenticate(user.login, user.login)
            for url in (f"/web/content/{self.file.id}?download=1", f"/web/content/{self.file.id}"):
                answer = self.url_open(url)
                self.assertEqual((answer.status_code, answer.content), (200, PDF))
            self.assertEqual(self._looks(user), [look], user.login)

    def test_by_rpc(self):
        """X5: the content read by RPC is a download, the name in a list is none."""
        file = self.file.with_user(self.auditor)
        file.read(["name", "mimetype"])
        file.with_context(bin_size=True).read(["raw"])
        self.assertEqual(self._looks(self.auditor), [])
        file.read(["raw"])
        self.assertEqual(
            self._looks(self.auditor), [("downloaded", "helpdesk.ticket", self.ticket.id)]
        )

    def test_files_of_what_hangs_on_a_case(self):
        """X5: an answer's file counts for its case; a colleague's picture for nobody."""
        answer = self._answer(self.ticket)
        file = self.file.copy({"res_model": answer._name, "res_id": answer.id})
        own = self.file.copy({"res_model": "res.partner", "res_id": self.auditor.partner_id.id})
        self.auditor.password = self.auditor.login
        self.authenticate(self.auditor.login, self.auditor.login)
        for one in (file, own):
            self.assertEqual(self.url_open(f"/web/content/{one.id}").status_code, 200)
        self.assertEqual(
            self._looks(self.auditor), [("downloaded", "helpdesk.ticket", self.ticket.id)]
        )

    def _run(self):
        source = self.env["hotline.register.source"].create(
            {"name": "Выгрузка", "partner_id": self.agency.id}
        )
        return self.env["hotline.register.run"].create(
            {"source_id": source.id, "filename": "x.csv", "file": base64.b64encode(b"a;b\n1;2\n")}
        )

    def test_rows_of_a_register(self):
        """X5: rows and columns of a load carried off to a file are a look at the load."""
        run = self._run()
        rows = self.env["hotline.register.row"].create(
            {"run_id": run.id, "line": 2, "cells": ["1", "2"], "is_told": True}
        )
        self.administrator.group_ids += self.env.ref("base.group_allow_export")
        look = [("exported", "hotline.register.run", run.id)]
        for records, path in ((rows, "text"), (run, "row_ids/text"), (run.column_ids, "name")):
            self._forget()
            records.with_user(self.administrator).export_data([path])
            self.assertLessEqual(set(self._looks(self.administrator)), set(look), path)
        self.assertEqual(self._looks(self.administrator), look)

    def test_the_file_of_a_register(self):
        """X5: by its address, as a field and as an attachment: each is a look at the load."""
        run = self._run()
        user = self.administrator
        user.password = user.login
        self.authenticate(user.login, user.login)
        answer = self.url_open(f"/web/content/hotline.register.run/{run.id}/file")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self._looks(user), [("downloaded", "hotline.register.run", run.id)])

    def test_an_executor(self):
        """X5: the executor's form of an assignment is a look at the case; so is staff's."""
        assignment = self._resolve(self._case(), self.department)
        case = assignment.sudo().ticket_id
        for user in (self.executor, self.supervisor):
            self._forget()
            assignment.with_user(user).web_read({"case_text": {}, "state": {}})
            self.assertIn(("opened", "helpdesk.ticket", case.id), self._looks(user), user.login)

    def test_an_executor_of_the_portal(self):
        """X5: the page of an assignment and its file, by an account that is not staff."""
        outside = self.portal_user
        assignment = self._resolve(self._case(), self.agency)
        case = assignment.sudo().ticket_id
        self.authenticate(outside.login, outside.login)
        self.assertEqual(self.url_open(f"/my/assignments/{assignment.id}").status_code, 200)
        self.assertEqual(self._looks(outside), [("opened", "helpdesk.ticket", case.id)])

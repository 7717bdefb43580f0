import io
import json
import zipfile

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .sstu_common import BODY, SstuCommon


@tagged("post_install", "-at_install")
class TestSstuExport(SstuCommon):
    """The monthly export: checked, made, sent, and the next one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done = cls._closed()
        cls.open = cls._registered()
        cls.themeless = cls._registered(topic_id=cls._theme().id)

    @classmethod
    def _theme(cls):
        return cls.env["hotline.topic"].create({"code": "9999.0002", "name": "Вода", "level": 2})

    def _files(self, export):
        found = {}
        for part in export.part_ids:
            content = part.with_user(self.officer)._download()
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                found.update({name: json.loads(archive.read(name)) for name in archive.namelist()})
        return found

    def _lines(self, export):
        return {line.ticket_id.id: line for line in export.line_ids}

    def test_check_names_what_is_missing(self):
        export = self._checked()
        lines = self._lines(export)
        self.assertEqual(export.state, "checked")
        self.assertEqual((export.total, export.done), (3, 3))
        self.assertEqual((export.new_count, export.faulty_count), (3, 1))
        self.assertFalse(lines[self.done.id].missing_text)
        russian = lines[self.themeless.id].with_context(lang="ru_RU").missing_text
        self.assertEqual(russian, "Вопрос 1: не выбран вопрос классификатора: темы недостаточно")

    def test_files_hold_what_lacks_nothing(self):
        export = self._made()
        files = self._files(export)
        self.assertEqual(export.state, "made")
        self.assertEqual(
            {told["number"] for told in files.values()}, {self.done.number, self.open.number}
        )
        self.assertEqual(set(files), set(export.line_ids.filtered("part_id").mapped("file_name")))
        self.assertEqual(export.packed_count, 2)

    def test_period_takes_what_was_in_hand_or_ended_in_it(self):
        earlier = self._checked(date_from="2020-01-01", date_to="2020-01-31")
        later = self._checked(date_from="2099-01-01", date_to="2099-01-31")
        self.assertFalse(earlier.line_ids)
        self.assertEqual(later.line_ids.ticket_id, self.open | self.themeless)

    def test_other_kinds_are_not_told(self):
        self._registered(kind="message", origin="phone")
        self.assertEqual(self._checked().line_ids.ticket_id, self.done | self.open | self.themeless)

    def test_next_export_tells_what_has_changed(self):
        self._sent()
        self._answer(self.open)
        self._close(self.open)
        following = self._checked()
        self.assertEqual(following.to_tell_count, 2)
        changes = {key: line.change for key, line in self._lines(following).items()}
        self.assertEqual(
            changes,
            {self.done.id: "same", self.open.id: "changed", self.themeless.id: "new"},
        )
        following.action_make()
        following.sudo()._run_to_end()
        (told,) = self._files(following).values()
        self.assertEqual(told["number"], self.open.number)

    def test_everything_once_more_where_it_is_asked_for(self):
        self._sent()
        self.assertEqual(self._made(only_changes=False).packed_count, 2)

    def test_what_was_made_but_not_sent_is_new_still(self):
        self._made()
        self.assertEqual(self._checked().new_count, 3)

    def test_numbers_that_the_sender_tells_of_are_left_out(self):
        self.env.company.hotline_sstu_skip = "A26"
        self.env["hotline.covering.letter"].with_user(self.officer).create(
            {
                "ticket_id": self.open.id,
                "sender_id": self.agency.id,
                "sender_number": "А26-01-7",
                "sender_date": "2020-01-09",
            }
        )
        export = self._made()
        self.assertEqual(export.skipped_count, 1)
        self.assertEqual(export.line_ids.filtered("part_id").ticket_id, self.done)

    def test_a_case_that_has_changed_since_the_check_is_told_as_it_is(self):
        export = self._checked()
        self._answer(self.open)
        self._close(self.open)
        export.action_make()
        export.sudo()._run_to_end()
        statuses = [told["questions"][0]["status"] for told in self._files(export).values()]
        self.assertEqual(statuses, ["Supported", "Supported"])
        self.assertEqual(self._checked().new_count, 3)
        export.action_sent()
        self.assertEqual(self._lines(self._checked())[self.open.id].change, "same")

    def test_parts_are_made_one_by_one(self):
        export = self._checked()
        export.action_make()
        self.patch(self.env.registry["hotline.sstu.export"], "_part_limit", 10)
        export.sudo()._make_part()
        self.assertEqual((export.state, len(export.part_ids), export.done), ("making", 1, 1))
        export.sudo()._make_part()
        self.assertEqual((export.state, len(export.part_ids), export.done), ("made", 2, 2))
        self.assertEqual(len(self._files(export)), 2)

    def test_sent_stands(self):
        export = self._sent()
        part = export.part_ids
        before = part.with_user(self.auditor)._download()
        self.assertEqual(part.with_user(self.auditor)._download(), before)
        for act in ("action_check", "action_make", "action_again", "action_sent"):
            with self.assertRaises(UserError, msg=act):
                getattr(export, act)()
        for record, vals in (
            (export, {"date_from": "2021-01-01"}),
            (export, {"state": "draft"}),
            (part, {"name": "x"}),
            (export.line_ids[0], {"digest": "x"}),
        ):
            with self.assertRaises(UserError, msg=str(vals)):
                record.with_user(self.officer).write(vals)
        with self.assertRaises(UserError):
            export.unlink()

    def test_begin_anew_drops_what_was_not_sent(self):
        export = self._made()
        export.action_again()
        self.assertRecordValues(export, [{"state": "draft", "total": 0, "made_by_id": False}])
        self.assertFalse(export.part_ids | export.part_ids.search([("export_id", "=", export.id)]))

    def test_every_step_leaves_its_line(self):
        export = self._sent()
        export.part_ids.with_user(self.auditor)._download()
        lines = self.env["hotline.journal"].search(
            [("model", "=", "hotline.sstu.export"), ("res_ref", "=", export.id)], order="id"
        )
        self.assertEqual(lines.mapped("event"), ["sstu_made", "sstu_sent", "sstu_downloaded"])
        self.assertEqual(
            lines.mapped("user_ref"), [self.officer.id, self.officer.id, self.auditor.id]
        )

    def test_without_the_code_of_the_body_it_says_what_to_do(self):
        self.env.company.hotline_sstu_department = False
        with self.assertRaises(UserError) as refused:
            self._export().with_context(lang="ru_RU").action_check()
        self.assertIn("Настройки", str(refused.exception))

    def test_bad_input(self):
        with self.assertRaises(ValidationError):
            self.env.company.hotline_sstu_department = "не код"
        with self.assertRaises(ValidationError):
            self.agency.hotline_sstu_department = BODY.replace("-", "")
        with self.assertRaises(ValidationError):
            self._export(date_from="2026-02-01", date_to="2026-01-01")
        with self.assertRaises(UserError):
            self._checked(date_from="2020-01-01", date_to="2020-01-02").action_make()

    def test_destroyed_case_leaves_the_line(self):
        export = self._checked()
        self._lines(export)[self.open.id]._write_by_act({"ticket_id": False})
        export.action_make()
        export.sudo()._run_to_end()
        gone = export.line_ids.filtered(lambda line: not line.ticket_id)
        self.assertTrue(gone.is_faulty)
        self.assertEqual(export.packed_count, 1)

    # Rights

    def test_roles(self):
        export = self._made()
        self._export(user=self.supervisor).action_check()
        for user in (self.operator, self.executor, self.press, self.approver):
            with self.assertRaises(AccessError, msg=user.login):
                export.with_user(user).read(["state"])
            with self.assertRaises(AccessError, msg=user.login):
                export.part_ids.with_user(user).action_download()
        mine = export.with_user(self.auditor)
        self.assertEqual(mine.state, "made")
        for act in (
            "action_check",
            "action_sent",
            "action_again",
            "action_make",
            "action_continue",
        ):
            with self.assertRaises(AccessError, msg=act):
                getattr(mine, act)()

    def test_bytes_are_nobodys_column(self):
        part = self._made().part_ids
        for user in (self.officer, self.auditor, self.administrator):
            with self.assertRaises(AccessError):
                part.with_user(user).read(["file"])

    def test_another_body_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Другой орган"})
        stranger = self._new_role_user("officer", "auditor")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        export = self._made()
        for record in (export, export.part_ids, export.line_ids[0]):
            with self.assertRaises(AccessError):
                record.with_user(stranger).read(["display_name"])

    def test_no_caller_sets_what_acts_set(self):
        export = self._export(state="sent", total=5)
        self.assertRecordValues(export, [{"state": "draft", "total": 0}])
        Line = self.env["hotline.sstu.line"].with_user(self.officer)
        with self.assertRaises(AccessError):
            Line.create({"export_id": export.id, "number": "1"})

    def test_check_of_many_takes_no_more_queries_than_of_few(self):
        self.env.flush_all()
        counts = [self._queries_of_check()]
        for _number in range(6):
            self._registered()
        counts.append(self._queries_of_check())
        # 6 appeals more: their lines are inserted, nothing is asked one by one
        self.assertLessEqual(counts[1], counts[0] + 1)

    def _queries_of_check(self):
        export = self._export()
        export.action_check()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        export.sudo()._run_to_end()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestSstuDownload(SstuCommon, HttpCase):
    """The address of a file: the role is checked there too."""

    def test_file_by_its_address(self):
        self._closed()
        part = self._made().part_ids
        url = f"/hotline/sstu/{part.id}.zip"
        self.assertIn("/web/login", self.url_open(url, allow_redirects=False).headers["Location"])
        for user, status in ((self.auditor, 200), (self.operator, 403), (self.press, 403)):
            self.authenticate(user.login, user.login)
            with mute_logger("odoo.http"):  # the refusals
                answer = self.url_open(url)
            self.assertEqual(answer.status_code, status, user.login)
        self.authenticate(self.officer.login, self.officer.login)
        answer = self.url_open(url)
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        self.assertIn(part.name, answer.headers["Content-Disposition"])
        self.assertEqual(self.url_open("/hotline/sstu/0.zip").status_code, 404)

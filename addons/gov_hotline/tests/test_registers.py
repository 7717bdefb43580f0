import io

from openpyxl import Workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import hotline_register_run_part
from .register_common import HEADING, ROWS, RegisterCommon


@tagged("post_install", "-at_install")
class TestRegisters(RegisterCommon):
    """Registers of accounts: loaded in sets, checked before; the same file changes nothing."""

    def test_what_was_guessed_is_told(self):
        """D2: encoding, separator, heading and columns stand in the form before a load."""
        run = self._run()
        self.assertRecordValues(
            run,
            [{"encoding": "cp1251", "separator": "semicolon", "header": 1, "state": "draft"}],
        )
        self.assertEqual(
            run.column_ids.mapped("field"),
            ["number", "holder", "street", "house", "flat", "phone"],
        )
        self.assertIn("<td>Ёлкина Анна Юрьевна</td>", run.preview)
        self.assertFalse(run.lacks)

    def test_what_is_not_read_is_named(self):
        """D2: nobody finds out a year later that the area was never taken."""
        heading = "Л/с;ФИО;Улица;Дом;Площадь;Долг"
        rows = ["1;Иванова Мария Петровна;Ленина;15;;", "2;Ёлкина Анна;Ленина;17;54,3;-"]
        run = self._to_end(self._run(rows, heading=heading), "action_check")
        self.assertEqual(run.not_taken, "«Площадь», «Долг»")
        self.assertEqual(run.column_ids.mapped("sample")[-2:], ["54,3", "-"])
        self.assertEqual(
            run.with_context(lang="en_US").guessed,
            "CSV: encoding Windows-1251, separator: semicolon; heading in row 1.",
        )
        self.assertFalse(self._run().not_taken)

    def test_the_sheet_that_is_read_is_told(self):
        """D2: a workbook of several sheets: which one is read, which are not."""
        book = Workbook()
        book.active.title = "Счета"
        for row in (HEADING, *ROWS):
            book.active.append(row.split(";"))
        book.create_sheet("Архив")
        book.create_sheet("Служебный").sheet_state = "hidden"
        buffer = io.BytesIO()
        book.save(buffer)
        run = self._run(content=buffer.getvalue()).with_context(lang="en_US")
        self.assertEqual(run.guessed, "XLSX: sheet «Счета»; not read: Архив; heading in row 1.")
        self.assertFalse(run.not_taken)

    def test_columns_are_remembered_without_a_load(self):
        """D2: a mapping is saved from the form; one that lacks something is not."""
        heading, rows = "Код;Кто;Где;Долг", ["1;Иванова Мария Петровна;Ленина 15-3;0"]
        run = self._run(rows, heading=heading)
        self.assertEqual(run.action_remember_columns()["params"]["type"], "warning")
        self.assertFalse(self.source.mapping)
        for column, field in zip(run.column_ids, ("number", "holder", "address"), strict=False):
            column.field = field
        self.assertEqual(run.action_remember_columns()["params"]["type"], "success")
        again = self._run(rows, heading=heading)
        self.assertEqual(again.column_ids.mapped("field"), ["number", "holder", "address", False])
        with self.assertRaises(AccessError):
            run.with_user(self._user("auditor")).action_remember_columns()

    def test_a_check_changes_nothing(self):
        """D2: dry run with a report."""
        run = self._to_end(self._run(), "action_check")
        self.assertRecordValues(run, [{"state": "checked", "created_count": 3, "total": 3}])
        summary = run.with_context(lang="en_US").summary
        self.assertEqual(summary, "Nothing is changed yet: this is what loading would do.")
        self.assertFalse(self._accounts())
        self.assertFalse(self.env["hotline.object"].search([("territory_id", "=", self.town.id)]))

    def test_accounts_objects_and_cards(self):
        """D2: an account with its flat and its holder, whom a call finds by the number."""
        run = self._load()
        self.assertRecordValues(
            run, [{"state": "done", "created_count": 3, "bad_count": 0, "progress": 100}]
        )
        accounts = self._accounts()
        self.assertRecordValues(
            accounts,
            [
                {
                    "number": "4410-0001",
                    "holder_name": "Иванова Мария Петровна",
                    "address": "Приозёрск-Тестовый, ул. Ленина, д. 15, кв. 1",
                    "state": "open",
                },
                {
                    "number": "4410-0002",
                    "holder_name": "Кузнецов Олег Ильич",
                    "address": "Приозёрск-Тестовый, ул. Ленина, д. 15, кв. 2",
                    "state": "open",
                },
                {
                    "number": "4410-0003",
                    "holder_name": "Ёлкина Анна Юрьевна",
                    "address": "Приозёрск-Тестовый, пр-кт Мира, д. 7, кв. 3",
                    "state": "open",
                },
            ],
        )
        flats = accounts.object_id
        self.assertEqual(flats[0].parent_id, flats[1].parent_id)
        card = accounts[0].holder_id
        self.assertRecordValues(
            card,
            [
                {
                    "surname": "Иванова",
                    "given_name": "Мария",
                    "hotline_kind": "citizen",
                    "city": "Приозёрск-Тестовый",
                    "street": "ул. Ленина, д. 15, кв. 1",
                    "commercial_partner_id": card.id,
                    "active": True,
                }
            ],
        )
        self.assertEqual(card.hotline_phone_ids.mapped("number"), ["+79135550101"])

    def test_computed_columns_are_what_the_models_compute(self):
        """D2: what SQL goes around is as if the records were made by hand."""
        self._load()
        accounts = self._accounts()
        for records in (accounts, accounts.object_id, accounts.holder_id):
            names = [
                name
                for name, field in records._fields.items()
                if field.store and field.compute and field.type != "many2many"
            ]
            before = [{name: one[name] for name in names} for one in records]
            for name in names:
                self.env.add_to_compute(records._fields[name], records)
            after = [{name: one[name] for name in names} for one in records]
            self.assertEqual(before, after)
        for place in accounts.object_id:
            self.assertEqual(place.parent_path, f"{place.parent_id.parent_path}{place.id}/")

    def test_the_same_file_twice_changes_nothing(self):
        """D2: nor does what people have mended by hand go lost."""
        self._load()
        accounts = self._accounts()
        accounts[0].holder_name = "Иванова Мария Петровна (по доверенности)"
        self.env.flush_all()
        self.env.cr.execute("SELECT max(id) FROM res_partner")
        before = self.env.cr.fetchone()
        again = self._load(encoding="utf-8")
        self.assertRecordValues(
            again, [{"same_count": 3, "created_count": 0, "changed_count": 0, "gone_count": 0}]
        )
        self.env.cr.execute("SELECT max(id) FROM res_partner")
        self.assertEqual(self.env.cr.fetchone(), before)
        self.assertEqual(accounts[0].holder_name, "Иванова Мария Петровна (по доверенности)")

    def test_a_mended_name_and_another_person(self):
        """D2: a slip is mended on the card; a stranger gets a card, the former's is archived."""
        self._load()
        first, second, third = self._accounts().mapped("holder_id")
        rows = [
            ROWS[0].replace("Иванова", "Иваннова"),
            ROWS[1].replace("КУЗНЕЦОВ ОЛЕГ ИЛЬИЧ", "Мартынова Ольга Львовна"),
            ROWS[2],
        ]
        run = self._load(rows)
        self.assertEqual((run.changed_count, run.same_count), (2, 1))
        self.assertRecordValues(
            first | second | third,
            [
                {"name": "Иваннова Мария Петровна", "active": True},
                {"name": "Кузнецов Олег Ильич", "active": False},
                {"name": "Ёлкина Анна Юрьевна", "active": True},
            ],
        )
        self.assertEqual(self._accounts()[1].holder_id.name, "Мартынова Ольга Львовна")

    def test_who_left_is_archived_and_comes_back(self):
        """D2: closed and archived, never deleted; whoever is in the file again is open again."""
        self.source.gone_percent = 50
        self._load()
        account = self._accounts()[2]
        card = account.holder_id
        run = self._load(ROWS[:2])
        self.assertRecordValues(run, [{"state": "done", "gone_count": 1}])
        self.assertRecordValues(account, [{"state": "closed", "holder_id": card.id}])
        self.assertFalse(card.active)
        self._load(ROWS)
        self.assertRecordValues(account, [{"state": "open", "closed_on": False}])
        self.assertTrue(card.active)

    def test_a_card_with_a_case_is_not_archived(self):
        """D2: whoever has appealed stays to be found."""
        self.source.gone_percent = 50
        self._load()
        card = self._accounts()[2].holder_id
        self.env["hotline.call"].create({"partner_id": card.id})
        self._load(ROWS[:2])
        self.assertEqual(self._accounts()[2].state, "closed")
        self.assertTrue(card.active)

    def test_many_gone_are_asked_about(self):
        """D2: half a file closes nobody until somebody says so."""
        self._load()
        run = self._load(ROWS[:1])
        self.assertRecordValues(run, [{"state": "asking", "gone_count": 2, "standing_count": 3}])
        self.assertEqual(set(self._accounts().mapped("state")), {"open"})
        self._to_end(run, "action_close_left")
        self.assertEqual(self._accounts().mapped("state"), ["open", "closed", "closed"])

    def test_many_gone_may_be_kept(self):
        """D2: the file was not whole."""
        self._load()
        run = self._load(ROWS[:1])
        run.action_keep_left()
        self.assertRecordValues(run, [{"state": "done", "left_kept": True}])
        self.assertEqual(set(self._accounts().mapped("state")), {"open"})

    def test_a_source_of_changes_alone_closes_nobody(self):
        """D2: the file holds only what is new."""
        self.source.is_whole = False
        self._load()
        self.assertRecordValues(self._load(ROWS[:1]), [{"state": "done", "gone_count": 0}])

    def test_one_person_of_two_companies(self):
        """D2: registers of several companies: the flat and the card are one."""
        other = self._source("Водоканал 2")
        self._load()
        self._load(["77-1;Иванова Мария Петровна;Ленина;д. 15;кв. 1;"], source=other)
        mine, theirs = self._accounts()[0], self._accounts(other)
        self.assertEqual(mine.object_id, theirs.object_id)
        self.assertEqual(mine.holder_id, theirs.holder_id)

    def test_an_account_made_by_hand_is_taken_over(self):
        """D2: not doubled; a number of another account of the company refuses the row."""
        own = self.env["hotline.account"].create(
            {"number": "4410-0001", "provider_id": self.source.partner_id.id}
        )
        self._load()
        self.assertEqual(own.holder_name, "Иванова Мария Петровна")
        self.assertEqual(len(self._accounts()), 3)

    def test_parts(self):
        """D2: a part that was broken off begins anew; what was done stands, nothing twice."""
        self.patch(hotline_register_run_part, "PART", 2)
        run = self._run([*ROWS, ROWS[0].replace("4410-0001", "4410-0009")])
        run._write_by_act({"state": "loading"})
        job = run.with_user(self.env.ref("base.user_root"))
        job._do_part()
        job._do_part()
        self.assertEqual((run.done, run.created_count, run.progress), (2, 2, 50))
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            job._do_part()
            raise ZeroDivisionError
        self.env.invalidate_all()
        self.assertEqual((run.done, len(self._accounts())), (2, 2))
        while job.is_running:
            job._do_part()
        self.assertRecordValues(run, [{"state": "done", "created_count": 4}])
        self.assertEqual(len(self._accounts()), 4)

    def test_a_load_that_breaks_off_is_told(self):
        """D2: nobody waits for a dead load: its state, its words and an activity tell; no names."""
        run = self._run()
        run._write_by_act({"state": "loading", "loaded_by_id": self.supervisor.id})

        def broken(self):
            raise KeyError("Иванова Мария Петровна")

        self.patch(type(run), "_do_part", broken)
        with mute_logger("odoo.addons.gov_hotline.models.hotline_register_run_part"):
            run.with_user(self.env.ref("base.user_root"))._run_part()
        self.assertEqual(run.state, "failed")
        self.assertIn("KeyError", run.failure)
        self.assertNotIn("Иванова", run.failure)
        told = self.env["mail.activity"].search([("hotline_register_run_id", "=", run.id)])
        self.assertEqual(told.user_id, self.supervisor)
        run.action_again()
        self.assertFalse(told.exists())

    def test_the_choice_of_columns_is_saved(self):
        """D2: saved mappings: the next file of the source needs no choice."""
        heading = "Код;Кто;Где"
        rows = ["1;Иванова Мария Петровна;Ленина 15-3"]
        run = self._run(rows, heading=heading)
        self.assertTrue(run.lacks)
        with self.assertRaises(UserError):
            run.action_check()
        for column, field in zip(run.column_ids, ("number", "holder", "address"), strict=True):
            column.field = field
        self._to_end(run)
        again = self._run(rows, heading=heading)
        self.assertEqual(again.column_ids.mapped("field"), ["number", "holder", "address"])

    def test_what_is_chosen_after_the_check_counts(self):
        """D2: another encoding after the check reads the file anew; no column changes under way."""
        run = self._to_end(self._run(), "action_check")
        run.encoding = "cp866"
        self.assertRecordValues(run, [{"state": "draft", "is_read": False}])
        run.encoding = "cp1251"
        self._to_end(run)
        self.assertEqual(self._accounts()[0].holder_name, "Иванова Мария Петровна")
        with self.assertRaises(UserError):
            run.column_ids[0].field = "key"
        with self.assertRaises(UserError):
            run.encoding = "utf-8"

    def test_one_load_of_a_source_at_a_time(self):
        """D2: two files of one company do not run into each other."""
        first, second = self._run(), self._run()
        first._write_by_act({"state": "loading"})
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as caught:
            second._write_by_act({"state": "loading"})
            self.env.flush_all()
        self.assertIn("running_uniq", str(caught.exception))

    def test_a_load_leaves_a_line_in_the_journal(self):
        """X5: who loaded which file, with what outcome; no names."""
        run = self._load()
        line = self.env["hotline.journal"].search(
            [("event", "=", "register_loaded"), ("res_ref", "=", run.id)]
        )
        self.assertIn(run.digest, line.payload)
        self.assertNotIn("Иванова", line.payload)

    def test_roles(self):
        """D2: supervisors load, administrators set sources, an auditor reads, others do not."""
        run, auditor = self._run(), self._user("auditor")
        with self.assertRaises(AccessError):
            run.with_user(self.operator).read(["filename"])
        with self.assertRaises(AccessError):
            self.source.with_user(self.operator).read(["name"])
        with self.assertRaises(AccessError):
            self.source.with_user(self.supervisor).write({"name": "X"})
        self.source.with_user(self.administrator).write({"gone_percent": 20})
        self.assertTrue(run.with_user(auditor).filename)
        for record, name in ((run, "file"), (run, "sample"), (run, "preview"),
                             (run.column_ids[:1], "sample")):  # fmt: skip
            with self.assertRaises(AccessError):
                record.with_user(auditor).read([name])
        with self.assertRaises(AccessError):
            run.with_user(auditor).action_bad_rows()
        self.assertNotIn("preview", run.with_user(auditor).get_view(view_type="form")["arch"])
        with self.assertRaises(AccessError):
            run.with_user(auditor).action_load()
        with self.assertRaises(AccessError):
            run.write({"state": "done"})
        with self.assertRaises(AccessError):
            run.write({"created_count": 5})

    def test_a_source_of_another_body_is_not_seen(self):
        """D2: a register belongs to the body that loads it."""
        other = self.env["res.company"].create({"name": "Other body"})
        source = self._source("Чужой источник", company_id=other.id)
        with self.assertRaises(AccessError):
            source.with_user(self.supervisor).read(["name"])

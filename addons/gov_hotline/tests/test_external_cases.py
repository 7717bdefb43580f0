from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import hotline_external_run, hotline_register_run_part
from .external_common import HEADING, ROWS, ExternalCommon


@tagged("post_install", "-at_install")
class TestExternalCases(ExternalCommon):
    """A3: appeals of the body's document system: loaded, shown, never changed."""

    def test_a_file_is_loaded(self):
        """A3: number, day, name, address, state, term, outgoing number, where it was sent."""
        run = self._load()
        self.assertRecordValues(run, [{"state": "done", "created_count": 3, "bad_count": 0}])
        first, second, third = self._cases()
        self.assertRecordValues(
            first,
            [
                {
                    "number": "15-01/1",
                    "number_key": "15-1-1",
                    "filed_on": first.filed_on.replace(2026, 11, 2),
                    "applicant_name": "Иванова Мария Петровна",
                    "name_key": "иванова мария петровна",
                    "applicant_address": "Ленина 15-3",
                    "state": "in_work",
                    "state_text": "На рассмотрении",
                    "topic_text": "Отопление",
                    "partner_id": self.citizen.id,
                    "company_id": self.env.company.id,
                }
            ],
        )
        self.assertEqual((second.state, second.outgoing_number), ("answered", "15-07/8"))
        self.assertEqual((third.state, third.forwarded_to), ("forwarded", "Ростехнадзор"))
        self.assertFalse((second | third).partner_id)

    def test_a_card_by_name_and_address_only(self):
        """A3: another flat, or two cards of one name and flat: nobody's."""
        self._load([ROWS[0].replace("15-3", "15-4")])
        self.assertFalse(self._cases().partner_id)
        self.citizen.copy({"hotline_phone_ids": False, "phone": False})
        self._load()
        self.assertFalse(self._cases()[0].partner_id)

    def test_the_same_file_twice_changes_nothing(self):
        """A3: idempotent: no row is written again."""
        self._load()
        self.env.cr.execute("SELECT id, xmin::text FROM hotline_external_case ORDER BY id")
        before = self.env.cr.fetchall()
        run = self._load()
        self.env.cr.execute("SELECT id, xmin::text FROM hotline_external_case ORDER BY id")
        self.assertEqual(self.env.cr.fetchall(), before)
        self.assertRecordValues(
            run, [{"same_count": 3, "created_count": 0, "changed_count": 0, "gone_count": 0}]
        )

    def test_what_has_changed_is_changed(self):
        """A3: the new state; a text that was taken out is taken out."""
        self._load()
        run = self._load([ROWS[0], ROWS[1], ROWS[2].replace("Ростехнадзор", "")])
        self.assertRecordValues(run, [{"same_count": 2, "changed_count": 1}])
        self.assertFalse(self._cases()[2].forwarded_to)

    def test_who_is_gone_from_a_whole_file_is_archived(self):
        """A3: many gone ask first; archived, not deleted; back in the file, back in the list."""
        self._load()
        run = self._load(ROWS[:2], as_of="2026-11-22 07:00:00")
        self.assertEqual(run.state, "asking")
        self.assertIn("1", run.summary)
        self._to_end(run, "action_close_left")
        self.assertEqual(self._cases().mapped("active"), [True, True, False])
        self._load(as_of="2026-11-22 08:00:00")
        self.assertEqual(self._cases().mapped("active"), [True, True, True])

    def test_a_file_of_news_archives_nobody(self):
        """A3: the file of a source that is not whole tells of its own rows only."""
        self.source.is_whole = False
        self._load()
        run = self._load(ROWS[:1], as_of="2026-11-22 08:00:00")
        self.assertEqual((run.state, run.gone_count), ("done", 0))
        told = [str(moment) for moment in self._cases().mapped("as_of")]
        self.assertEqual(told, ["2026-11-22 08:00:00"] + ["2026-11-22 06:45:00"] * 2)

    def test_an_older_file_changes_nothing(self):
        """A3: wrong as_of: what is older than ours neither changes a case nor archives one."""
        self._load()
        old = ROWS[0].replace("На рассмотрении", "Принято")
        run = self._load([old], as_of="2026-11-21 06:45:00")
        self.assertRecordValues(
            run, [{"state": "done", "same_count": 1, "changed_count": 0, "gone_count": 0}]
        )
        self.assertEqual(self._cases().mapped("state"), ["in_work", "answered", "forwarded"])
        self.assertEqual(str(self.source.as_of), "2026-11-22 06:45:00")

    def test_rows_to_mend(self):
        """A3: bad rows are told with their reason, the others are loaded."""
        run = self._load(
            [ROWS[0], ";03.11.2026;Ким;;;;;;;", "15-01/9;когда-то;Ким;;;;;;;", ROWS[0],
             "15-01/8;03.11.2026;Ким;;;скоро;;;;"]
        )  # fmt: skip
        self.assertRecordValues(run, [{"created_count": 2, "bad_count": 3, "told_count": 1}])
        rows = run.row_ids
        self.assertEqual(rows.mapped("line"), [3, 4, 5, 6])
        self.assertTrue(all(rows.mapped("reason")))
        self.assertIn("15-01/1", rows[2].reason)

    def test_columns_are_chosen_and_kept(self):
        """A3: a mapping is chosen on the load, remembered by the source; a lack is told."""
        heading = HEADING.replace("Номер", "Учётный знак")
        run = self._run(heading=heading)
        with trap_jobs(), self.assertRaises(UserError):
            run.action_load()
        first = run.column_ids[0]
        self.assertIn("case_number", first.choices)
        self.assertNotIn("meter", first.choices)
        first.field = "case_number"
        self._to_end(run)
        self.assertEqual(len(self._cases()), 3)
        self.assertFalse(self._run(heading=heading).lacks)

    def test_a_kill_in_the_middle_resumes(self):
        """A3: each part is committed with where it ended; the next goes on from there."""
        self.patch(hotline_register_run_part, "PART", 2)
        self.patch(hotline_external_run, "PART", 1)
        run = self._run()
        with trap_jobs():
            run.action_load()
        job = run.with_user(self.env.ref("base.user_root"))
        job._do_part()  # reads
        job._do_part()
        self.assertEqual((len(self._cases()), run.done), (2, 2))
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            job._do_part()
            raise ZeroDivisionError  # the process is killed before it commits
        self.env.invalidate_all()
        self.assertEqual((len(self._cases()), run.done), (2, 2))
        with trap_jobs() as queue:
            run.action_continue()
        self.assertEqual(len(queue.enqueued_jobs), 1)
        while job.is_running:
            job._do_part()
        self.assertRecordValues(run, [{"state": "done", "created_count": 3, "same_count": 0}])
        self.assertEqual(len(self._cases()), 3)

    @freeze_time("2026-11-22 08:00:00")
    def test_how_fresh_it_is(self):
        """A3: «по данным СЭД на 09:45», with the day on another one; a system of its own name."""
        self._load()
        case = self._cases()[0].with_context(lang="ru_RU").with_user(self.operator)
        self.assertEqual(case._as_of_words(), "по данным СЭД на 09:45")
        self.source.told_name = "«Дела»"
        self.assertEqual(case.as_of_words, "по данным «Дела» на 09:45")
        with freeze_time("2026-11-23 08:00:00"):
            self.env.invalidate_all()
            self.assertEqual(case.as_of_words, "по данным «Дела» на 22.11.2026 09:45")

    def test_a_whole_file_tells_of_all(self):
        """A3: in a newer file as it was: the data are as fresh as the file."""
        self._load()
        self._load(as_of="2026-11-22 09:00:00")
        self.assertEqual({str(at) for at in self._cases().mapped("as_of")}, {"2026-11-22 09:00:00"})

    def test_found_in_the_one_box(self):
        """E3, A3: Alt+F finds them by number in any spelling, by the beginning, and by name."""
        self._load()
        first = self._cases()[0]
        workplace = self.env["hotline.workplace"].with_user(self.operator)
        for text in ("15-01/1", "15 01 1", "15-01", "иванова ленин", "ленина 15"):
            with self.subTest(text):
                rows = workplace.find(text)["rows"]
                self.assertIn(("external", first.id), [(row["kind"], row["id"]) for row in rows])
        self.assertFalse(workplace.find("ростехнадзор")["rows"])  # what it is about is no name

    def test_the_found_one_is_told(self):
        """A3: what is taken from the list: whom to compare with, and the words to read aloud."""
        self._load()
        case = self._cases()[1]
        workplace = self.env["hotline.workplace"].with_user(self.operator)
        status = workplace.with_context(lang="ru_RU").get_status(False, case.id)
        self.assertEqual((status["external_id"], status["applicant"]), (case.id, "Ким Олег"))
        self.assertIn("ноябр", status["filed"])
        self.assertTrue(status["words"][0].startswith("По данным СЭД"))
        seen = self.env["hotline.sight"].search([("model", "=", case._name)], limit=1)
        self.assertEqual((seen.kind, seen.res_ref), ("status", case.id))

    def test_words_follow_the_file(self):
        """A3: a changed applicant is found anew; who is gone from a whole file is not found."""
        self.source.gone_percent = 100
        self._load()
        finder = self.env["hotline.finder"].with_user(self.operator)

        def found(text):
            return [row["id"] for row in finder.find(text, kinds=["external"])]

        kim = self._cases()[1].id
        self.assertEqual(found("ким олег"), [kim])
        self._load((ROWS[0], ROWS[1].replace("Ким Олег", "Цой Олег")))
        self.assertEqual((found("ким олег"), found("цой олег")), ([], [kim]))
        self.assertEqual(found("ёлкина"), [])


@tagged("post_install", "-at_install")
class TestExternalRoles(ExternalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.env["hotline.external.case"].create(
            {
                "source_id": cls.source.id,
                "company_id": cls.env.company.id,
                "key": "1",
                "number": "15-01/1",
                "filed_on": "2026-11-02",
                "applicant_name": "Иванова Мария Петровна",
                "applicant_address": "656043, Барнаул, ул. Ленина, 15, кв. 3",
                "told_at": "2026-11-22 06:45:00",
            }
        )

    def test_who_reads(self):
        """A3: operator, officer, supervisor, auditor read; the others see nothing."""
        for role in ("operator", "officer", "administrator", "supervisor", "auditor"):
            case = self.case.with_user(getattr(self, role))
            self.assertEqual(case.read(["number"])[0]["number"], "15-01/1", role)
            wanted = {"number": {}, "source_id": {"fields": {"display_name": {}}}}
            shown = case.web_search_read([("id", "=", case.id)], wanted)["records"]
            self.assertEqual(shown[0]["source_id"]["display_name"], "СЭД администрации")
        for role in ("approver", "executor", "press"):
            cases = self.env["hotline.external.case"].with_user(getattr(self, role))
            with self.assertRaises(AccessError):
                cases.search([])

    def test_nobody_writes(self):
        """A3: read-only for all people, the administrator too."""
        for role in ("operator", "officer", "administrator", "supervisor", "auditor"):
            case = self.case.with_user(getattr(self, role))
            for act in (
                lambda case=case: case.write({"state": "closed"}),
                lambda case=case: case.unlink(),
                lambda case=case: case.create({"number": "1", "key": "2"}),
            ):
                with self.assertRaises(AccessError):
                    act()

    def test_another_body_sees_nothing(self):
        """A3: the appeals of one's own body only."""
        other = self._other_body()
        self.assertFalse(self.env["hotline.external.case"].with_user(other).search([]))
        self.assertFalse(self.env["hotline.external.source"].with_user(other).search([]))

    def test_the_address_is_shown_in_part(self):
        """A3: masked as in our cases; the whole by a button, noted."""
        for role in ("supervisor", "auditor"):
            case = self.case.with_user(getattr(self, role))
            self.env.invalidate_all()
            self.assertNotIn("Ленина", str(case.read()))
            with self.assertRaises(AccessError):
                case.read(["applicant_address"])
            self.assertIn("Ленина", case.action_show_hidden()["params"]["message"])
        kinds = self._looks().mapped("kind")
        self.assertEqual(kinds.count("revealed"), 2)

    def test_a_look_is_noted(self):
        """A3: who opened the card is told, a list leaves no line."""
        case = self.case.with_user(self.operator)
        case.web_search_read([], {"number": {}, "applicant_name": {}, "state": {}})
        self.assertFalse(self._looks())
        case.web_read({"number": {}, "as_of_words": {}})
        self.assertRecordValues(self._looks(), [{"kind": "opened", "user_ref": self.operator.id}])

    def _looks(self):
        domain = [("model", "=", self.case._name), ("res_ref", "=", self.case.id)]
        return self.env["hotline.sight"].search(domain)

    def test_the_token_is_never_shown(self):
        """A3: the administrator sets it; it is kept, and no road shows it again."""
        source = self.source.with_user(self.administrator)
        source.write({"kind": "rest", "url": "https://sed.example/a", "token": "тайна-1"})
        self.env.invalidate_all()
        self.assertEqual(self.source.sudo().token_kept, "тайна-1")
        self.assertTrue(source.has_token)
        self.assertNotIn("тайна-1", str(source.read()))
        self.assertNotIn("token_kept", source.fields_get())
        with self.assertRaises(AccessError):
            source.read(["token_kept"])
        source.token = False
        self.assertEqual(self.source.sudo().token_kept, "тайна-1")
        for role in ("supervisor", "auditor"):
            with self.assertRaises(AccessError):
                self.source.with_user(getattr(self, role)).read(["token"])
            with self.assertRaises(AccessError):
                self.source.with_user(getattr(self, role)).write({"url": "http://x"})

    def test_the_dossier_shows_them(self):
        """A3: of the card, and of nobody's card with its name and address; others' are not."""
        self.citizen.city = "Барнаул"
        stranger = self.case.copy({"key": "2", "applicant_address": "ул. Ленина, 15, кв. 4"})
        rows = self._section()["rows"]
        self.assertEqual([row["id"] for row in rows], self.case.ids)
        self.assertIn("09:45", rows[0]["cells"][-1]["sub"])  # how fresh it is
        stranger.partner_id = self.citizen
        self.assertEqual(self._section()["total"], 2)
        self.assertEqual(self._section(state="closed")["total"], 0)
        self.assertEqual(self._section(year=2025)["total"], 0)
        self.assertEqual(self._section(text="15-01/1")["total"], 2)
        for role in ("supervisor", "auditor", "operator"):
            self.env.invalidate_all()
            self.assertEqual(self._section(getattr(self, role))["total"], 2, role)

    def _section(self, user=None, **filters):
        dossier = self.env["hotline.dossier"].with_user(user or self.officer)
        sections = dossier.get_dossier(self.citizen.id, filters)["sections"]
        return next(one for one in sections if one["key"] == "external")

    def test_the_dossier_asks_no_more_of_many(self):
        """A3: the questions to the database do not grow with the appeals."""
        self.case.partner_id = self.citizen
        for place in range(20):
            self.case.copy({"key": f"x{place}", "partner_id": self.citizen.id})
        for place in range(20):
            self.case.copy({"key": f"y{place}", "partner_id": False})
        self.env.flush_all()
        self._section()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._section()
        many = self.env.cr.sql_log_count - before
        self._cases().filtered(lambda one: one != self.case).unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._section()
        self.assertLessEqual(many, self.env.cr.sql_log_count - before + 1)

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import hotline_external_rest
from .document_system import ITEMS, DocumentSystem
from .external_common import ExternalCommon


@tagged("post_install", "-at_install")
class TestExternalRest(ExternalCommon):
    """A3: a document system asked over a real socket; whatever it does is told in words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-22 07:00:00"))

    def setUp(self):
        super().setUp()
        self.system = self.enterContext(DocumentSystem().running())
        self.patch(hotline_external_rest, "ANSWER", 0.5)
        self.rest = self._source(
            "СЭД по запросу", kind="rest", url=self.system.url, token=self.system.token
        ).with_context(lang="ru_RU")

    def _pull(self):
        """Ask until the last page or a failure, and load, as the jobs do."""
        source = self.rest.with_user(self.env.ref("base.user_root"))
        failed = source.failures
        with trap_jobs():
            source._pull_part()
            while source.pull_page and source.failures == failed:
                source._pull_part()
            for run in source.run_ids:
                self._finish_run(run)
        self.env.flush_all()
        self.env.invalidate_all()

    def _finish_run(self, run):
        while run.is_running:
            run._do_part()

    def test_what_is_gone_there_is_archived(self):
        """A3: the system names what it has taken out: archived, not deleted, and back if told."""
        self._pull()
        first, second = self._cases(self.rest)
        self.system.pages, self.system.gone = {"1": ()}, ["a2", "unknown", 7]
        self.system.as_of = "2026-11-22T09:50:00+03:00"
        self._pull()
        self.assertEqual((first.active, second.active), (True, False))
        self.assertEqual(str(second.as_of), "2026-11-22 06:50:00")
        self.assertFalse(self.rest.last_error)
        self.system.pages, self.system.gone = {"1": ITEMS[1:]}, None
        self.system.as_of = "2026-11-22T09:55:00+03:00"
        self._pull()
        self.assertTrue(second.active)

    def test_a_gone_that_is_no_list_is_not_believed(self):
        """A3: nobody is archived by an answer that is not understood."""
        self._pull()
        self.system.gone, self.system.as_of = {"all": True}, "2026-11-22T09:50:00+03:00"
        self._pull()
        self.assertTrue(all(self._cases(self.rest).mapped("active")))
        self.assertTrue(self.rest.last_error)

    def _due(self):
        """Whether the schedule would ask now."""
        at = self.rest.next_try_at
        return not at or at <= fields.Datetime.now()

    def test_pages_become_appeals(self):
        """A3: all pages, with the token; then what has changed since; not before its time."""
        self.system.pages = {"1": ITEMS[:1], "2": ITEMS[1:]}
        self._pull()
        first, second = self._cases(self.rest)
        self.assertEqual((first.state, first.partner_id), ("in_work", self.citizen))
        self.assertEqual((second.state, second.outgoing_number), ("answered", "15-07/8"))
        self.assertEqual(str(self.rest.as_of), "2026-11-22 06:45:00")
        self.assertFalse(self.rest.last_error or self._due())
        queries = [query for query, _headers in self.system.asked]
        self.assertEqual([one.get("page") for one in queries], ["1", "2"])
        self.assertTrue(all(one["org"] == "7" for one in queries))
        self.assertNotIn("changed_since", queries[0])
        self.system.pages, self.system.as_of = {"1": ()}, "2026-11-22T09:50:00+03:00"
        self._pull()
        self.assertEqual(self.system.asked[-1][0]["changed_since"], "2026-11-22T06:45:00Z")
        self.assertEqual(len(self.rest.run_ids), 1)  # nothing new is no load
        self.assertEqual({str(at) for at in self._cases(self.rest).mapped("as_of")},
                         {"2026-11-22 06:50:00"})  # fmt: skip

    def test_the_same_again_changes_nothing(self):
        """A3: idempotent; a changed state is changed, the others are not archived."""
        self._pull()
        self.system.as_of = "2026-11-22T09:50:00+03:00"
        self._pull()
        self.assertRecordValues(
            self.rest.run_ids[0], [{"same_count": 2, "changed_count": 0, "created_count": 0}]
        )
        self.system.pages = {"1": [{**ITEMS[0], "state": "Дан ответ"}]}
        self._pull()
        self.assertRecordValues(
            self.rest.run_ids[0], [{"same_count": 0, "changed_count": 1, "gone_count": 0}]
        )
        self.assertEqual(self._cases(self.rest).mapped("active"), [True, True])

    def test_the_ways_it_fails(self):
        """A3: error 500, no answer, cut JSON, no token, wrong as_of: told in words, nothing kept,
        the pauses grow.
        """
        ways = [
            ((500, b"oops"), "ошибкой 500"),
            ("hang", "не ответила вовремя"),
            ("half", "оборван"),
            ((200, b'{"as_of": "2026-11-22T09:45:00Z", "items": [{'), "оборван"),
            ((401, b""), "проверьте токен"),
            ((302, b""), "другой адрес"),
            ((200, b'{"items": []}'), "на какой момент"),
            ((200, b'{"as_of": "2027-01-01T00:00:00Z", "items": []}'), "из будущего"),
            ((200, b'{"as_of": "2026-11-22T06:45:00Z", "items": 5}'), "нет условленных частей"),
            ((200, b'{"as_of": "2026-11-22T06:45:00Z", "items": [], "next": 1}'), "снова и снова"),
        ]  # fmt: skip
        pauses = []
        for number, (answer, words) in enumerate(ways, start=1):
            self.system.answer = answer
            self._pull()
            self.assertIn(words, self.rest.last_error)
            self.assertEqual(self.rest.failures, number)
            self.assertFalse(self._due())
            pauses.append(self.rest.next_try_at - fields.Datetime.now())
        self.assertEqual(pauses[:3], [timedelta(minutes=minutes) for minutes in (5, 10, 20)])
        self.assertEqual(max(pauses), timedelta(hours=6))
        self.assertFalse(self._cases(self.rest) or self.rest.success_at)
        self.system.answer = None
        self._pull()
        self.assertEqual(len(self._cases(self.rest)), 2)
        self.assertFalse(self.rest.last_error or self.rest.failures)

    def test_nobody_listens(self):
        """A3: a document system that is switched off."""
        self.rest.url = "http://127.0.0.1:9/"
        self._pull()
        self.assertIn("не отвечает", self.rest.last_error)

    def test_older_data_are_refused(self):
        """A3: wrong as_of: a stale copy of the document system changes nothing."""
        self._pull()
        self.system.as_of = "2026-11-21T09:45:00+03:00"
        self.system.pages = {"1": [{**ITEMS[0], "state": "Принято"}]}
        self._pull()
        self.assertIn("старше", self.rest.last_error)
        self.assertEqual(self._cases(self.rest)[0].state, "in_work")

    def test_a_break_between_pages_resumes(self):
        """A3: where nobody answered in the middle, the next job asks that page, not the first."""
        self.system.pages = {"1": ITEMS[:1], "2": ITEMS[1:]}
        source = self.rest.with_user(self.env.ref("base.user_root"))
        with trap_jobs():
            source._pull_part()
            self.system.answer = "hang"
            source._pull_part()
        self.assertEqual((self.rest.pull_page, self.rest.failures), ("2", 1))
        self.assertFalse(self._cases(self.rest))
        self.system.answer = None
        self._pull()
        self.assertEqual([query["page"] for query, _h in self.system.asked], ["1", "2", "2"])
        self.assertEqual(len(self._cases(self.rest)), 2)
        self.assertEqual(len(self.rest.run_ids), 1)

    def test_rows_to_mend(self):
        """A3: an item that is no appeal is told on the load, the others come in."""
        self.system.pages = {"1": [*ITEMS, {"key": "a3", "number": ""}, {"key": "a1"}]}
        self._pull()
        self.assertRecordValues(
            self.rest.run_ids, [{"state": "done", "created_count": 2, "bad_count": 2}]
        )

    def test_names_that_are_not_usual(self):
        """A3: what cannot be mapped is told; the columns are chosen on the load and remembered."""
        self.system.pages = {"1": [{"n1": "15-01/1", "d1": "2026-11-02"}]}
        self._pull()
        self.assertTrue(self.rest.last_error)
        run = self.rest.run_ids.with_user(self.supervisor)
        self.assertEqual(run.state, "failed")
        run.action_again()
        for column, name in zip(run.column_ids, ("case_number", "filed_on"), strict=True):
            column.field = name
        self._to_end(run)
        self.assertEqual(len(self._cases(self.rest)), 1)
        self.assertEqual(self.rest.mapping, {"n1": "case_number", "d1": "filed_on"})

    def test_the_schedule_asks_whose_time_has_come(self):
        """A3: a job for each source that is due; none while a load of it is going on."""
        sources = self.env["hotline.external.source"]
        with self.enter_registry_test_mode(), trap_jobs() as queue:
            self.env.ref("gov_hotline.cron_external_rest").method_direct_trigger()
        asked = [job.recordset for job in queue.enqueued_jobs]
        self.assertIn(self.rest, asked)
        self.assertNotIn(self.source, asked)  # it comes from files
        self.rest.next_try_at = "2026-11-22 07:01:00"
        with self.enter_registry_test_mode(), trap_jobs() as queue:
            sources.env.ref("gov_hotline.cron_external_rest").method_direct_trigger()
        self.assertNotIn(self.rest, [job.recordset for job in queue.enqueued_jobs])

    def test_who_may_ask_at_once(self):
        """A3: whoever loads; never over RPC by the others."""
        self.rest.next_try_at = "2026-11-22 12:00:00"
        with trap_jobs() as queue:
            self.rest.with_user(self.supervisor).action_try_now()
        self.assertEqual(len(queue.enqueued_jobs), 1)
        for role in ("operator", "auditor"):
            with self.assertRaises(AccessError):
                self.rest.with_user(getattr(self, role)).action_try_now()

    def test_another_address_needs_its_own_token(self):
        """A3: whoever changes the address does not send the kept token to another system."""
        source = self.rest.with_user(self.administrator)
        source.write({"url": self.rest.url, "interval": 20})
        self.assertTrue(source.has_token)
        source.write({"url": self.system.url + "&x=1"})
        self.assertFalse(source.has_token)
        self._pull()
        self.assertNotIn(self.system.token, str(self.system.asked))
        source.write({"url": self.system.url, "token": self.system.token})
        self._pull()
        self.assertEqual(len(self._cases(self.rest)), 2)

    def test_http_is_for_this_machine(self):
        """A3: over a network https alone, refused in words; but where a setting says otherwise."""
        for url in ("http://sed.example/", "http://localhost.example/", "http://10.0.0.5/"):
            with self.subTest(url), self.assertRaisesRegex(ValidationError, "https://"):
                self.rest.url = url
        self.rest.url = "https://sed.example/"
        self.rest.url = "http://localhost:9/"
        setting = ("gov_hotline.external_http", "True")
        self.env["ir.config_parameter"].set_param(*setting)
        self.rest.url = "http://sed.example/"
        self.env["ir.config_parameter"].set_param("gov_hotline.external_http", "False")
        self._pull()  # an address of before the rule, or of before the setting
        self.assertIn("https://", self.rest.last_error)

    def test_an_address_is_one(self):
        """A3: nothing but http and https."""
        for url in ("file:///etc/passwd", "ftp://sed", "sed.local", False):
            with self.assertRaises(ValidationError):
                self.rest.url = url

from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ROLES, HotlineCommon

FORM = {"appeal_text": {}, "number": {}}
LIST = {"number": {}, "name": {}, "applicant_short": {}, "due_text": {}, "state": {}}


class SightCase(HotlineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sights = cls.env["hotline.sight"]
        cls.ticket = cls._registered()

    def setUp(self):
        super().setUp()
        self.start = self._last()

    def _last(self):
        return self.sights.search([], limit=1).id

    def _new(self):
        """Return (kind, model, id, user) of the looks since the test began."""
        self.env.cr.execute(
            "SELECT kind, model, res_ref, user_ref FROM hotline_sight WHERE id > %s ORDER BY id",
            [self.start or 0],
        )
        return self.env.cr.fetchall()

    def _forget(self):
        """As in the next request: what this transaction noted is forgotten."""
        self.env.cr.cache.pop("hotline_sight", None)

    def _open(self, record, user, fields=None):
        self._forget()
        return record.with_user(user).web_read(fields or FORM)


@tagged("post_install", "-at_install")
class TestSight(SightCase):
    """Who saw what: each look at a case or a citizen's card leaves a line, once, for good."""

    def test_opening_a_case(self):
        """X5: who, what, when; the same look again is no second line, another person's is."""
        self._open(self.ticket, self.supervisor)
        look = ("opened", "helpdesk.ticket", self.ticket.id, self.supervisor.id)
        self.assertEqual(self._new(), [look])
        self._open(self.ticket, self.supervisor)
        self.assertEqual(self._new(), [look])
        self._open(self.ticket, self.auditor)
        self.assertEqual(self._new(), [look, (*look[:3], self.auditor.id)])
        line = self.sights.search([], limit=1)
        self.assertEqual(line.company_ref, self.ticket.company_id.id)
        self.assertTrue(line.at)

    def test_again_after_the_pause(self):
        """X5: ten minutes later it is a new look."""
        with patch.object(type(self.sights), "_address", lambda _self: "10.0.0.7"):
            self._open(self.ticket, self.auditor)
        self.assertEqual(self.sights.search([], limit=1).ip, "10.0.0.7")
        self.env.cr.execute(
            "INSERT INTO hotline_sight (at, kind, model, res_ref, user_ref, company_ref) SELECT"
            " at - interval '11 minutes', kind, model, res_ref, %s, company_ref FROM hotline_sight"
            " ORDER BY id DESC LIMIT 1",
            [self.supervisor.id],
        )
        before = len(self._new())
        self._open(self.ticket, self.supervisor)
        self.assertEqual(len(self._new()), before + 1)

    def test_any_reading_is_opening(self):
        """X5: the client's road and those of RPC: what only a card shows was read."""
        reader = self.ticket.with_user(self.auditor)
        roads = (
            lambda: reader.read(["appeal_text"]),
            lambda: reader.read(),
            lambda: reader.search_read([("id", "=", reader.id)], ["appeal_text"]),
            lambda: reader.web_search_read([("id", "=", reader.id)], {"description": {}}),
            lambda: self.citizen.with_user(self.auditor).read(["surname"]),
        )
        for road in roads:
            self.start = self._last()
            self.env.cr.execute("SAVEPOINT road")
            self._forget()
            road()
            self.assertEqual([line[0] for line in self._new()], ["opened"])
            self.env.cr.execute("ROLLBACK TO SAVEPOINT road")

    def test_lists_and_the_system_are_no_looks(self):
        """B8: a list costs not one query more; what the system reads is nobody's look."""
        found = self.env["helpdesk.ticket"].with_user(self.supervisor)
        found.web_search_read([], LIST, limit=80)
        people = self.env["res.partner"].with_user(self.supervisor)
        people.web_search_read([("hotline_kind", "=", "citizen")], {"name": {}, "city": {}})
        self.ticket.with_user(self.supervisor).sudo().read(["appeal_text"])
        self.agency.with_user(self.supervisor).read(["surname"])
        self.assertEqual(self._new(), [])

    def test_one_query(self):
        """B8: opening a card costs one statement more, whether it is the first look or not."""
        card = self.ticket.with_user(self.supervisor)
        card.web_read(FORM)
        for _look in range(2):
            self._forget()
            with self.assertQueryCount(1):
                self.sights.with_user(self.supervisor)._note(card, "opened")
        with self.assertQueryCount(0):
            self.sights.with_user(self.supervisor)._note(card, "opened")

    def test_grouping_by_what_a_card_shows(self):
        """X5: a list grouped by addresses shows them all: noted once, without a record."""
        found = self.env["helpdesk.ticket"].with_user(self.approver)
        found.formatted_read_group([], ["applicant_address"], ["__count"])
        found.formatted_read_group([], ["state"], ["appeal_text:array_agg"])
        self.assertEqual(self._new(), [("listed", "helpdesk.ticket", 0, self.approver.id)])

    def test_exporting(self):
        """X5: every case and citizen in the file, also by a path from elsewhere."""
        user = self.operator
        user.group_ids += self.env.ref("base.group_allow_export")
        other = self._registered()
        cases = (self.ticket | other).with_user(user)
        cases.export_data(["number", "partner_id/street", "partner_id/.id"])
        looks = {
            ("exported", "helpdesk.ticket", self.ticket.id, user.id),
            ("exported", "helpdesk.ticket", other.id, user.id),
            ("exported", "res.partner", self.citizen.id, user.id),
        }
        self.assertEqual(set(self._new()), looks)
        self.assertEqual(len(self._new()), 3)
        self.start = self._last()
        self._forget()
        questions = self.ticket.question_ids.with_user(user)
        questions.export_data(["text", "ticket_id/partner_id/name"])
        self.assertEqual(self._new(), [])  # within the pause
        self.agency.with_user(user).export_data(["name", "street"])
        self.assertEqual(self._new(), [])

    def test_printing(self):
        """X5: the card, and a paper of the case; a print by the system is nobody's."""
        reports = self.env["ir.actions.report"]
        name = "gov_hotline.report_card"
        reports.with_user(self.operator)._render_qweb_html(name, self.ticket.ids)
        self.assertIn(("printed", "helpdesk.ticket", self.ticket.id, self.operator.id), self._new())
        self.start = self._last()
        self._forget()
        reports.with_user(self.auditor).sudo()._render_qweb_html(name, self.ticket.ids)
        self.assertNotIn("printed", [look[0] for look in self._new()])

    def test_printing_a_citizens_card(self):
        """X5: the dossier on paper is a print of the citizen's card, whatever opened it before."""
        reports = self.env["ir.actions.report"].with_user(self.operator)
        reports._render_qweb_html("gov_hotline.report_dossier", self.citizen.ids)
        self.assertIn(("printed", "res.partner", self.citizen.id, self.operator.id), self._new())

    @mute_logger("odoo.sql_db")
    def test_append_only(self):
        """X5: no UPDATE, DELETE, TRUNCATE, whoever asks."""
        for statement in (
            "UPDATE hotline_sight SET user_ref = 1", "DELETE FROM hotline_sight",
            "TRUNCATE hotline_sight",
        ):  # fmt: skip
            with (
                self.subTest(statement),
                self.assertRaisesRegex(psycopg2.errors.RestrictViolation, "append-only"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement)

    def test_a_cursor_that_only_reads(self):
        """X5: on a replica the line goes by a transaction of its own, and nothing is retried."""
        used = []

        class Elsewhere:
            def __enter__(self):
                return self

            def __exit__(self, *_args):
                return False

            def execute(self, statement):
                used.append(statement)

        registry = type(self.env.registry)
        with (
            patch.object(type(self.env.cr), "readonly", True, create=True),
            patch.object(self.env.cr, "rollback", lambda: None),
            patch.object(registry, "cursor", lambda *_args, **_kwargs: Elsewhere()),
        ):
            self.sights.with_user(self.auditor)._note(self.ticket, "opened")
        self.assertEqual(len(used), 1)
        self.assertEqual(self._new(), [])

    def test_roles(self):
        """B4: auditor and supervisor read who looked; nobody writes it."""
        readers = {
            role for role in ROLES if self.sights.with_user(getattr(self, role)).has_access("read")
        }
        self.assertEqual(readers, {"auditor", "supervisor"})
        for role in ROLES:
            for operation in ("write", "create", "unlink"):
                looks = self.sights.with_user(getattr(self, role))
                self.assertFalse(looks.has_access(operation), (role, operation))
        with self.assertRaises(AccessError):
            self.sights.with_user(self.operator).search([])

    def test_the_list_in_words(self):
        """X5: who, which card; found by the case's number, the citizen and the colleague."""
        self._open(self.ticket, self.approver)
        self._open(self.citizen, self.approver, {"surname": {}})
        looks = self.sights.with_user(self.auditor).with_context(lang="ru_RU")
        case = looks.search([("record_name", "ilike", self.ticket.number)], limit=1)
        self.assertEqual(case.user_id, self.approver)
        self.assertIn(self.ticket.number, case.record_name)
        self.assertEqual(case.action_open_record()["res_id"], self.ticket.id)
        found = looks.search([("user_id", "=", self.approver.id)])
        self.assertEqual(found.mapped("model"), ["res.partner", "helpdesk.ticket"])
        self.assertEqual(found, looks.search([("user_id", "ilike", self.approver.name)]))
        action = self.citizen.with_user(self.auditor).action_who_looked()
        self.assertEqual(looks.search(action["domain"])[:1].res_ref, self.citizen.id)

    def test_the_operators_talk(self):
        """B2: the citizen named in a talk has been looked at."""
        desk = self.env["hotline.workplace"].with_user(self.operator)
        call = self.env["hotline.call"].with_user(self.operator).create({"phone": "89135550101"})
        self._forget()
        desk.set_citizen(call.id, self.citizen.id)
        self.assertIn(("opened", "res.partner", self.citizen.id, self.operator.id), self._new())


@tagged("post_install", "-at_install")
class TestCaseJournal(HotlineCommon):
    def test_the_lines_of_one_case(self):
        """X5: a button of the case opens its lines, in words, and those of no other."""
        ticket, other = self._closed(), self._registered()
        task = (
            self.env["hotline.task"]
            .with_user(self.operator)
            .create({"name": "Перезвонить", "ticket_id": ticket.id})
        )
        self.env["hotline.journal"]._append("task_taken_over", task, taken_from=self.operator.id)
        for role in ("officer", "auditor"):
            reader = ticket.with_user(getattr(self, role)).with_context(lang="ru_RU")
            action = reader.action_case_journal()
            lines = reader.env["hotline.journal"].search(action["domain"], order="id")
            told = lines.mapped("event")
            self.assertLessEqual({"registered", "answer_given", "transition"}, set(told))
            self.assertEqual(told[-1], "task_taken_over")
            self.assertNotIn(
                other.id, lines.filtered(lambda l: l.model == other._name).mapped("res_ref")
            )
            self.assertIn("номер", lines.filtered(lambda l: l.event == "registered").payload_text)
        with self.assertRaises(AccessError):
            ticket.with_user(self.press).action_case_journal()

    def test_the_tab(self):
        """X5: the tab has the lines in words, the newest first, by pages; whose role reads them."""
        ticket = self._closed()
        for role in ("officer", "auditor"):
            self.env.invalidate_all()
            reader = ticket.with_user(getattr(self, role)).with_context(lang="ru_RU")
            page = reader.case_journal()
            self.assertEqual(page["total"], len(page["rows"]))
            ids = [row["id"] for row in page["rows"]]
            self.assertEqual(ids, sorted(ids, reverse=True))
            self.assertTrue(all(row["who"] and row["what"] for row in page["rows"]))
            (registered,) = [row for row in page["rows"] if ticket.number in row["details"]][-1:]
            self.assertIn("номер", registered["details"])
            self.assertFalse(registered["about"])
            self.assertRegex(registered["when"], r"^\d\d\.\d\d\.\d{4} \d\d:\d\d$")
        for role in ("operator", "approver", "supervisor", "press", "executor"):
            self.env.invalidate_all()
            with self.subTest(role=role), self.assertRaises(AccessError):
                ticket.with_user(getattr(self, role)).case_journal()

    def test_pages_of_the_tab(self):
        """X5: a case of many lines costs no more queries than one of few, a page at a time."""
        ticket = self._registered()
        reader = ticket.with_user(self.officer)
        counts = []
        for more in (0, 30, 200):
            told = [(ticket, {"number": str(n)}) for n in range(more)]
            self.env["hotline.journal"]._append_many("registered", told)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page = reader.case_journal()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(page["rows"]), page["limit"])
        self.assertLessEqual(counts[2], counts[1])
        second = reader.case_journal(page["limit"])
        self.assertFalse({row["id"] for row in second["rows"]} & {r["id"] for r in page["rows"]})
        past = reader.case_journal(10_000)
        self.assertEqual((past["rows"], past["total"]), ([], page["total"]))

    def test_the_tab_is_read_when_it_is_opened(self):
        """X5: the form asks for no field of the journal; the tab stands where its role reads it."""
        view = self.env.ref("gov_hotline.helpdesk_ticket_view_form")
        for role in ("officer", "auditor", "operator", "press"):
            Ticket = self.env["helpdesk.ticket"].with_user(getattr(self, role))
            arch = Ticket.get_view(view.id, "form")["arch"]
            shown = "hotline_case_journal" in arch
            self.assertEqual(shown, role in ("officer", "auditor"), role)
            self.assertNotIn('name="journal_', arch)

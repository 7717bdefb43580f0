import importlib.util
import re
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .assignment_common import AssignmentCommon
from .common import HotlineCommon

COPIES = """
    INSERT INTO helpdesk_ticket ({columns})
    SELECT {values} FROM helpdesk_ticket, generate_series(1, %s) AS n WHERE id = %s
"""


@tagged("post_install", "-at_install")
class TestDossier(HotlineCommon):
    """B7: «Личное дело», everything of one person on one page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._registered(received_at="2026-03-02 09:00:00", is_collective=True)

    def _dossier(self, user=None, **filters):
        dossier = self.env["hotline.dossier"].with_user(user or self.officer)
        return dossier.get_dossier(self.citizen.id, filters)

    def _sections(self, user=None, **filters):
        return {one["key"]: one for one in self._dossier(user, **filters)["sections"]}

    def _multiply(self, count):
        """Copy the case `count` times by SQL: numbers of their own, everything else alike."""
        self.env.flush_all()
        own = {
            "id": "nextval('helpdesk_ticket_id_seq')",
            "number": "'Т-' || currval('helpdesk_ticket_id_seq')",
        }
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'helpdesk_ticket' AND is_generated = 'NEVER'"
        )
        columns = [row[0] for row in self.env.cr.fetchall()]
        sql = COPIES.format(
            columns=", ".join(columns), values=", ".join(own.get(one, one) for one in columns)
        )
        self.env.cr.execute(sql, (count, self.case.id))
        self.env.invalidate_all()

    def test_a_link_to_a_person_opens_our_card(self):
        """B7: not Odoo's form of a contact, with its tax number, purchases and letters."""
        ours = self.env.ref("gov_hotline.res_partner_view_form")
        for partner in (self.citizen, self.agency):
            action = partner.with_user(self.operator).get_formview_action()
            self.assertEqual(action["views"], [(ours.id, "form")])
        own = self.operator.partner_id.get_formview_action()
        self.assertNotEqual(own["views"], [(ours.id, "form")])

    def test_one_page_holds_everything(self):
        """B7: appeals, calls, answers, additions, receptions, tasks and the marks."""
        self._answer(self.case)
        self.env["hotline.addition"].create(
            {"ticket_id": self.case.id, "text": "Прикладываю фото."}
        )
        self.env["hotline.call"].create(
            {"partner_id": self.citizen.id, "question": "Когда дадут тепло?"}
        )
        self.env["hotline.task"].create({"name": "Перезвонить", "partner_id": self.citizen.id})
        head = self._dossier()["head"]
        self.assertEqual((head["total"], head["collective"], head["years"]), (1, 1, [2026]))
        totals = {key: one["total"] for key, one in self._sections().items()}
        self.assertEqual(
            totals,
            {"appeals": 1, "stopped": 0, "answers": 1, "executors": 0, "additions": 1,
             "calls": 1, "receptions": 0, "tasks": 1, "external": 0},
        )  # fmt: skip
        row = self._sections()["appeals"]["rows"][0]
        self.assertEqual(row["cells"][0]["text"], self.case.number)
        self.assertEqual(len(row["cells"][2]["badges"]), 2)  # collective, additions

    def test_every_section_has_its_widths(self):
        """B7: a section the screen has no widths for would close the whole card."""
        script = Path(__file__).parents[1] / "static/src/dossier/dossier.js"
        rows = re.findall(r"\n    (\w+): \[([\d, ]+)\]", script.read_text("utf-8"))
        places = dict(rows)
        sections = self._dossier()["sections"]
        self.assertEqual({one["key"] for one in sections}, set(places))
        for one in sections:
            widths = [int(width) for width in places[one["key"]].split(",")]
            self.assertEqual((len(widths), sum(widths)), (len(one["columns"]), 100), one["key"])

    def test_due_date_beside_what_is_left(self):
        """B7: of an open case the date stands beside the days left; of a closed one its answer."""
        term = self._sections()["appeals"]["rows"][0]["cells"][-1]
        self.assertEqual(term["text"], self.case.due_text)
        self.assertIn(self.case.due_on.strftime("%d"), term["sub"])
        russian = self.env["hotline.dossier"].with_user(self.officer).with_context(lang="ru_RU")
        shown = str(russian.get_dossier(self.citizen.id)["sections"][0])
        self.assertIn(self.case.due_on.strftime("до %d.%m.%Y"), shown)

    def test_way_from_the_case(self):
        """B7: one button of the case opens the applicant's dossier; press and executor get none."""
        for role in ("operator", "officer", "approver", "supervisor", "auditor", "administrator"):
            with self.subTest(role=role):
                self.env.invalidate_all()
                case = self.case.with_user(getattr(self, role))
                action = case.action_open_dossier()
                self.assertEqual(
                    (action["res_model"], action["res_id"]), ("res.partner", self.citizen.id)
                )
                self.assertIn("action_open_dossier", self._form_arch(getattr(self, role)))
        portal = new_test_user(self.env, login="dossier_portal", groups="base.group_portal")
        for user in (self.press, self.executor, portal):
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    self.case.with_user(user).action_open_dossier()
        for user in (self.press, self.executor):
            self.assertNotIn("action_open_dossier", self._form_arch(user))

    def _form_arch(self, user):
        view = self.env.ref("gov_hotline.helpdesk_ticket_view_form")
        return self.env["helpdesk.ticket"].with_user(user).get_view(view.id, "form")["arch"]

    def test_a_case_of_nobody_has_no_dossier(self):
        """B7: without a person of the directory the button says so."""
        anonymous = self._draft(partner_id=False)
        with self.assertRaises(UserError):
            anonymous.with_user(self.officer).action_open_dossier()

    def test_filters(self):
        """B7: by year, state, topic, mark and words; what a client makes up changes nothing."""
        other = self.env["hotline.topic"].create(
            {"code": "9999.0002", "name": "Дороги", "level": 2}
        )
        self._draft(appeal_text="Яма на дороге.", topic_id=other.id)
        cases = {
            "year": {2026: 2, 2020: 0},
            "state": {"open": 1, "draft": 1, "closed": 0, "nonsense": 2},
            "topic": {other.id: 1, "1 OR 1": 2},
            "mark": {"collective": 1, "repeat": 0},
            "text": {"яма": 1, "батареи": 1, self.case.number: 1, "луна": 0},
        }
        for name, values in cases.items():
            for value, total in values.items():
                with self.subTest(name=name, value=value):
                    self.assertEqual(self._sections(**{name: value})["appeals"]["total"], total)

    def test_another_persons_things_stay_out(self):
        """B7: nothing of a stranger, whatever the filters."""
        stranger = self.env["res.partner"].create(
            {"hotline_kind": "citizen", "surname": "Петров", "given_name": "Пётр"}
        )
        case = self._registered(partner_id=stranger.id, applicant_surname="Петров")
        self._answer(case)
        self.env["hotline.task"].create({"name": "Чужое", "ticket_id": case.id})
        self.env["hotline.call"].create({"partner_id": stranger.id, "question": "Чужой звонок"})
        self.assertNotIn("Чуж", str(self._dossier()))
        self.assertEqual(self._sections()["appeals"]["total"], 1)

    def test_pages_are_bounded_at_500_cases(self):
        """B7: the questions to the database do not grow with the dossier."""
        self._multiply(5)
        self._dossier()  # caches that live longer than a request
        counts = []
        for more in (0, 494):
            if more:
                self._multiply(more)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            sections = self._sections()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(sections["appeals"]["total"], 500)
        self.assertEqual(len(sections["appeals"]["rows"]), 10)
        self.assertLessEqual(counts[1], counts[0] + 2)
        self.assertLessEqual(counts[1], 40)

    def test_next_page(self):
        """B7: a page is turned without the rest of the dossier."""
        self._multiply(24)
        dossier = self.env["hotline.dossier"].with_user(self.operator)
        seen = set()
        for offset in (0, 10, 20):
            page = dossier.get_section(self.citizen.id, "appeals", {}, offset)
            seen |= {row["id"] for row in page["rows"]}
            self.assertEqual(page["total"], 25)
        self.assertEqual(len(seen), 25)

    def test_roles(self):
        """B7: who reads dossiers reads it; the press service and executors do not."""
        for user in (self.operator, self.officer, self.approver, self.supervisor, self.auditor):
            with self.subTest(role=user.login):
                self.assertEqual(self._sections(user)["appeals"]["total"], 1)
        self.assertNotIn("tasks", self._sections(self.approver))
        for user in (self.press, self.executor):
            with self.subTest(role=user.login), self.assertRaises(AccessError):
                self._dossier(user)
            with self.subTest(role=user.login), self.assertRaises(AccessError):
                self.citizen.with_user(user).action_print_dossier()

    def test_opening_is_noted(self):
        """Whoever opens the dossier stands among those who saw the citizen's card."""
        self._dossier(self.auditor)
        self.env.flush_all()
        looks = self.env["hotline.sight"].search(
            [("model", "=", "res.partner"), ("res_ref", "=", self.citizen.id)]
        )
        self.assertIn((self.auditor.id, "opened"), [(one.user_ref, one.kind) for one in looks])

    def test_print(self):
        """B7: the dossier on paper, as the filters show it; never for the press service."""
        self._draft(appeal_text="Яма на дороге.")
        action = self.citizen.with_user(self.auditor).action_print_dossier({"state": "open"})
        reports = self.env["ir.actions.report"].with_user(self.auditor)
        reports = reports.with_context(
            **action["context"], lang="ru_RU", force_report_rendering=True
        )
        html, _kind = reports._render_qweb_html("gov_hotline.report_dossier", self.citizen.ids)
        self.assertIn(self.case.number, html.decode())
        self.assertNotIn("Яма", html.decode())
        pdf, kind = reports._render_qweb_pdf("gov_hotline.report_dossier", self.citizen.ids)
        self.assertEqual((pdf[:4], kind), (b"%PDF", "pdf"))
        with self.assertRaises(AccessError):
            reports.with_user(self.press)._render_qweb_html(
                "gov_hotline.report_dossier", self.citizen.ids
            )

    def test_migration_removes_what_extended_the_lists(self):
        """An update to 19.0.1.4.0: views that look for the former lists are gone, ours stay."""
        path = Path(__file__).parents[1] / "migrations" / "19.0.1.4.0" / "pre-dossier.py"
        spec = importlib.util.spec_from_file_location("pre_dossier", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        form = self.env.ref("gov_hotline.res_partner_view_form")
        old = form.copy({"name": "old"})
        self.env["ir.model.data"].create(
            {"module": "gov_hotline", "name": module.GONE[0], "model": "ir.ui.view",
             "res_id": old.id}
        )  # fmt: skip
        self.env.flush_all()
        module.migrate(self.env.cr, "19.0.1.3.0")
        self.env.invalidate_all()
        self.assertFalse(old.exists())
        self.assertTrue(form.exists())


@tagged("post_install", "-at_install")
class TestDossierExecutors(AssignmentCommon):
    """B7: what an executor answered the applicant directly stands in the dossier."""

    def test_accepted_answers_only(self):
        case = self._case()
        line = {"partner_id": self.department.id, "answer_by": "executor"}
        sent = self._resolve(case, self.department.browse(), line_ids=[(0, 0, line)])
        file = self.env["ir.attachment"].with_user(self.officer)
        file = file.create({"name": "ответ.pdf", "raw": b"1"})
        self._answered(
            sent,
            outgoing_number="15-7",
            outgoing_date=self.today,
            signer_name="Серов А. А.",
            file_ids=[(6, 0, file.ids)],
        )
        self.assertFalse(self._executors())
        sent.with_user(self.officer).action_accept()
        cells = self._executors()[0]["cells"]
        self.assertIn("15-7", cells[0]["text"])
        self.assertEqual(cells[4]["text"], self.department.name)

    def _executors(self):
        """Return the rows of the section, as the auditor sees them."""
        dossier = self.env["hotline.dossier"].with_user(self.auditor)
        return dossier.get_section(self.citizen.id, "executors")["rows"]

import json
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .assignment_common import AssignmentCommon
from .common import ROLES

JSON = {"Content-Type": "application/json"}
SECRETS = ("ticket_id", "question_ids", "file_ids", "parent_id", "authority_id", "notice_id")


@tagged("post_install", "-at_install")
class TestExecutor(AssignmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = new_test_user(
            cls.env, login="executor_b", groups="gov_hotline.group_executor", lang="ru_RU"
        )
        cls.case = cls._case(applicant_phone="+79135550101")
        cls.assignment = cls._resolve(cls.case, cls.department)

    def _labels(self, user, name):
        Assignment = self.env["hotline.assignment"].with_user(user).with_context(lang="ru_RU")
        return dict(Assignment.fields_get([name])[name]["selection"])

    def test_own_words(self):
        """C1: the executor reads own words, whoever gives assignments reads theirs."""
        both = new_test_user(
            self.env, "both", "gov_hotline.group_executor,gov_hotline.group_officer", lang="ru_RU"
        )
        self.assertEqual(self._labels(self.executor, "state")["sent"], "Ждут вашего ответа")
        self.assertEqual(self._labels(self.officer, "state")["sent"], "Ждём ответа")
        self.assertEqual(self._labels(both, "state")["sent"], "Ждём ответа")
        self.assertRegex(self._labels(self.executor, "ask_state")["asked"], "^Вы просили")
        self.assertEqual(self._labels(self.executor, "answer_by")["us"], self.env.company.name)
        self.assertNotRegex(self._labels(self.auditor, "ask_state")["asked"], "Вы")
        stored = self._labels(self.officer, "state")
        self.assertEqual(set(self._labels(self.executor, "state")), set(stored))

    def test_asked_time_has_its_date(self):
        """C1: the list says till when the executor asked for time, in each reader's words."""
        until = self.assignment.control_on + timedelta(days=1)
        self.assignment._set(ask_state="asked", asked_until=until)
        day = until.strftime("%d.%m.%Y")
        for user, words in ((self.executor, "Вы просили"), (self.officer, "Просят")):
            own = self.assignment.with_user(user).with_context(lang="ru_RU")
            self.assertEqual(own.ask_text, f"{words} до {day}")

    def test_own_screens(self):
        """C1: list, form and filters of «My assignments» speak to the executor."""
        action = self.env.ref("gov_hotline.hotline_assignment_action_mine")
        mine = self.env["hotline.assignment"].with_user(self.executor).with_context(lang="ru_RU")
        got = mine.get_views([(action.search_view_id.id, "search"), (False, "form")])
        search, form = (got["views"][kind]["arch"] for kind in ("search", "form"))
        self.assertIn("Ждут вашего ответа", search)
        self.assertNotIn("Ждём", search)
        self.assertIn("Вы просили дать время (решения пока нет) до", form)
        self.assertNotIn("Просит дать время", form)
        fields = got["models"]["hotline.assignment"]["fields"]
        self.assertIn(("sent", "Ждут вашего ответа"), fields["state"]["selection"])

    def test_an_executor_reads_no_appeal(self):
        """B4: of the case only what the assignment shows; no ticket, question, contact, clock."""
        self.case.sudo().user_id = self.executor  # who was in charge read the whole case before
        case = self.case.with_user(self.executor)
        for model in ("hotline.question", "hotline.deadline", "hotline.answer", "hotline.notice"):
            self.assertFalse(self.env[model].with_user(self.executor).has_access("read"), model)
        self.assertFalse(case.has_access("read"))
        self.assertFalse(case.search([]))
        with self.assertRaises(AccessError):
            case.read(["number"])
        with self.assertRaises(AccessError):
            self.citizen.with_user(self.executor).read(["name"])

    def test_no_way_round_to_the_case(self):
        """B4: neither columns nor searches of the assignment lead into the case."""
        own = self.assignment.with_user(self.executor)
        for name in SECRETS:
            with self.subTest(name=name):
                with self.assertRaises(AccessError):
                    own.read([name])
                with self.assertRaises(AccessError):
                    own.search([(name, "in", [1, 2])])
        with self.assertRaises(AccessError):
            own.search([("ticket_id.applicant_name", "ilike", "Иван")])
        read = own.web_read({"display_name": {}, "partner_id": {"fields": {"display_name": {}}}})
        self.assertNotIn("Холод", json.dumps(read, ensure_ascii=False))

    def test_what_each_mode_shows(self):
        """Practice 7: full and link show the appeal; the third mode address and problem only."""
        text = "Я, Иванова, замерзаю: холодные батареи. Звоните 8 (913) 555-01-01."
        vals = {"applicant_phone": "+79135550101", "appeal_text": text, "name": text}
        for mode, shown in (("full", True), ("link_only", True), ("no_personal_data", False)):
            self.department.hotline_pd_mode = mode
            assignment = self._resolve(self._case(**vals), self.department).with_user(self.executor)
            with self.subTest(mode=mode):
                self.assertEqual(assignment.case_address, "ул. Ленина, 15, кв. 3")
                self.assertIn("холодные батареи", assignment.case_text)
                self.assertEqual("Иванов" in assignment.case_text, shown)
                self.assertEqual("555-01-01" in assignment.questions_text, shown)
                self.assertEqual(bool(assignment.case_applicant), shown)
                self.assertEqual(bool(assignment.case_contacts), shown)
                self.assertTrue(assignment.text)

    def test_number_and_date_of_an_answer(self):
        """B9: what goes into the citizen's case: not of the future, not before the assignment."""
        for vals in (
            {"outgoing_date": "2099-01-01"},
            {"outgoing_date": "1900-01-01"},
            {"outgoing_number": "9" * 3000},
        ):
            refused = self.assertRaises(UserError)
            with self.subTest(vals=list(vals)), refused, self.env.cr.savepoint():
                self._answered(self.assignment, self.executor, **vals)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            own = self.assignment.with_user(self.executor)
            own._portal_act("answer", {"text": "Да", "outgoing_date": "2099-01-01"}, [])
        self._answered(self.assignment, self.executor, outgoing_date=self.today)
        self.assertEqual(self.assignment.state, "answered")

    def test_another_executor(self):
        """B4: executor A's assignment is nobody else's: no reading, no act, by no method."""
        own = self.assignment.with_user(self.stranger)
        self.assertFalse(own.search([]))
        with self.assertRaises(AccessError):
            own.read(["state"])
        for method in ("action_open_answer", "action_open_not_ours", "action_open_ask_time"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(own, method)()
        for act in ("answer", "not_ours", "ask_time"):
            vals = {"assignment_id": self.assignment.id, "act": act, "text": "Чужое"}
            with self.subTest(act=act), self.assertRaises(AccessError):
                self.env["hotline.assignment.act"].with_user(self.stranger).create(
                    vals
                ).action_apply()

    def test_the_officers_acts_are_the_officers(self):
        """B4: no other role takes, returns, withdraws or decides, by the methods themselves."""
        self._answered(self.assignment, self.executor)
        calls = {
            "action_accept": (), "action_redo": ("Ещё",), "action_withdraw": ("Ещё",),
            "action_agree_return": (), "action_insist": ("Ещё",), "action_give_time": (),
            "action_refuse_time": ("Ещё",), "action_sub_assignment": (),
        }  # fmt: skip
        for role in set(ROLES) - {"officer", "administrator"}:
            own = self.assignment.with_user(getattr(self, role))
            for method, args in calls.items():
                with self.subTest(role=role, method=method), self.assertRaises(AccessError):
                    getattr(own, method)(*args)
        self.assertEqual(self.assignment.state, "answered")

    def test_others_do_not_answer(self):
        """B4: operators, readers and the press service answer for nobody."""
        for role in ("operator", "approver", "supervisor", "auditor", "press"):
            own = self.assignment.with_user(getattr(self, role))
            with self.subTest(role=role), self.assertRaises(AccessError):
                own.action_open_answer()
            with self.subTest(role=role), self.assertRaises(AccessError):
                own._take_answer("Чужой", self.env["ir.attachment"])

    def test_only_own_files_are_handed_over(self):
        """B9: a file of somebody else, or one that hangs elsewhere, is not taken along."""
        Attachment = self.env["ir.attachment"]
        foreign = Attachment.with_user(self.officer).create({"name": "Чужой.pdf", "raw": b"x"})
        hung = Attachment.create(
            {"name": "Дело.pdf", "raw": b"x", "res_model": "helpdesk.ticket",
             "res_id": self.case.id}
        )  # fmt: skip
        for file in (foreign, hung):
            with self.subTest(file=file.name), self.assertRaises(AccessError):
                self._answered(self.assignment, self.executor, file_ids=[(6, 0, file.ids)])

    def test_drafts_are_not_shown(self):
        """B3: an executor sees an assignment once it was sent."""
        draft = (
            self.env["hotline.assignment"]
            .with_user(self.officer)
            .create(
                {
                    "ticket_id": self.case.id,
                    "partner_id": self.department.id,
                    "executor_user_id": self.executor.id,
                }
            )
        )
        self.assertFalse(draft.with_user(self.executor).has_access("read"))

    def test_executors_are_executors(self):
        """B4: a resolution goes to who can read it: an executor, an officer, a portal user."""
        for user in (self.press, self.auditor):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.env["hotline.assignment"].with_user(self.officer).create(
                    {
                        "ticket_id": self.case.id,
                        "partner_id": self.department.id,
                        "executor_user_id": user.id,
                    }
                )

    def test_who_sets_what_an_agency_is_shown(self):
        """B4: an operator does not decide who reads appeals for an agency."""
        with self.assertRaises(AccessError):
            self.agency.with_user(self.operator).hotline_executor_id = self.operator
        self.agency.with_user(self.officer).hotline_pd_mode = "full"


@tagged("post_install", "-at_install")
class TestExecutorPortal(AssignmentCommon, HttpCase):
    """C1: an executor with a portal account: own assignments only, answer with files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case()
        cls.agency.hotline_pd_mode = "full"
        cls.file = cls.env["ir.attachment"].create(
            {"name": "Письмо.pdf", "raw": b"letter", "res_model": "helpdesk.ticket",
             "res_id": cls.case.id}
        )  # fmt: skip
        cls.note = cls.env["ir.attachment"].with_user(cls.officer).create(
            {"name": "Заметка.pdf", "raw": b"note", "res_model": "helpdesk.ticket",
             "res_id": cls.case.id}
        )  # fmt: skip
        cls.case.message_post(
            body="Внутреннее", message_type="comment", attachment_ids=cls.note.ids
        )
        cls.assignment = cls._resolve(cls.case, cls.agency)
        cls.url = f"/my/assignments/{cls.assignment.id}"

    def _get(self, url, login="portal_a"):
        self.authenticate(login, login)
        with mute_logger("odoo.http"):
            return self.url_open(url)

    def _post(self, act, data, login="portal_a", files=None, token=True):
        self.authenticate(login, login)
        data = {**data, "csrf_token": Request.csrf_token(self)} if token else data
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_http"):
            return self.url_open(f"{self.url}/{act}", data=data, files=files)

    def test_list_and_page(self):
        """C1: what to do, until when, the appeal by its mode, the files handed over, no notes."""
        self.assertIn(self.case.number, self._get("/my/assignments").text)
        page = self._get(self.url).text
        self.assertIn('name="text"', page)
        for text in ("Третий день холодные батареи.", "Письмо.pdf", "Иванова Мария Петровна"):
            self.assertIn(text, page)
        self.assertNotIn("Заметка", page)
        self.assertEqual(self._get(f"{self.url}/file/{self.file.id}").content, b"letter")
        self.assertEqual(self._get(f"{self.url}/file/{self.note.id}").status_code, 404)

    def test_without_personal_data(self):
        """Practice 7: a company learns where and what, neither who nor the files."""
        self.agency.write({"hotline_pd_mode": "no_personal_data"})
        case = self._case(appeal_text="Пишет Иванова с улицы Ленина")
        case.question_ids.text = "Нет отопления"
        assignment = self._resolve(case, self.agency)
        page = self._get(f"/my/assignments/{assignment.id}").text
        self.assertIn("Нет отопления", page)
        self.assertIn("ул. Ленина, 15", page)
        for secret in ("Иванова", "+7913"):
            self.assertNotIn(secret, page)

    def test_strangers(self):
        """B4: another portal user, a citizen and staff without a part in it get 404."""
        for login in ("portal_b", self.press.login, self.operator.login):
            for url in (self.url, f"{self.url}/file/{self.file.id}"):
                with self.subTest(login=login, url=url):
                    self.assertEqual(self._get(url, login).status_code, 404)
            self.assertEqual(self._post("answer", {"text": "x"}, login).status_code, 404)
        self.assertNotIn(self.case.number, self._get("/my/assignments", "portal_b").text)
        self.assertEqual(self.assignment.state, "sent")

    def test_portal_user_has_no_access_over_rpc(self):
        """B4: neither the assignment nor the ticket is a portal user's to read or write."""
        for model in ("hotline.assignment", "hotline.assignment.answer", "helpdesk.ticket",
                      "hotline.assignment.act", "hotline.resolution"):  # fmt: skip
            for operation in ("read", "write", "create", "unlink"):
                Model = self.env[model].with_user(self.portal_user)
                self.assertFalse(Model.has_access(operation), (model, operation))
        own = self.assignment.with_user(self.portal_user)
        for method, args in (("action_accept", ()), ("action_withdraw", ("x",))):
            with self.assertRaises(AccessError):
                getattr(own, method)(*args)

    def test_answer_with_a_file(self):
        """C1: text, file, number; the answer is the officer's to accept."""
        response = self._post(
            "answer",
            {"text": "Тепло дано", "is_final": "1", "outgoing_number": "5/1"},
            files={"files": ("Акт.pdf", b"act", "application/pdf")},
        )
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.assignment.state, "answered")
        answer = self.assignment.answer_ids
        self.assertRecordValues(
            answer,
            [{"text": "Тепло дано", "came_by": "portal", "author_id": self.portal_user.id}],
        )
        self.assertEqual(answer.attachment_ids.res_id, answer.id)
        self.assertEqual(answer.with_user(self.officer).attachment_ids.raw, b"act")

    def test_executables_are_not_taken(self):
        """C1: types and sizes are settings of the body; the page says it in words."""
        response = self._post(
            "answer", {"text": "x", "is_final": "1"}, files={"files": ("a.exe", b"MZ", "x/y")}
        )
        self.assertIn("a.exe", response.text)
        self.assertEqual(self.assignment.state, "sent")

    def test_not_ours_and_time(self):
        """C1: both from a telephone, with a reason; a bad date is told on the page."""
        bad = self._post("ask_time", {"until": "2031-13-45", "text": "x"})
        self.assertIn("2031-13-45", bad.text)
        late = self.case.due_on + timedelta(days=3)
        self.assertIn(
            self.case.due_on.strftime("%d.%m.%Y"),
            self._post("ask_time", {"until": late.isoformat(), "text": "Надо"}).text,
        )
        self._post("ask_time", {"until": self.case.due_on.isoformat(), "text": "Экспертиза"})
        self.assertEqual(self.assignment.ask_state, "asked")
        self._post("not_ours", {"text": "Дом не наш"})
        self.assertEqual(self.assignment.state, "returned")
        self.assertEqual(self._post("withdraw", {"text": "x"}).status_code, 404)

    def test_csrf(self):
        """C1: a form of another site does nothing."""
        self.assertEqual(self._post("answer", {"text": "x"}, token=False).status_code, 400)
        self.assertEqual(self.assignment.state, "sent")

    def test_html_is_text(self):
        """Bad input: scripts in an answer are shown as written."""
        self._post("answer", {"text": "<script>alert(1)</script>", "is_final": "1"})
        self.assertNotIn("<script>alert(1)", self._get(self.url).text)

    def test_anonymous(self):
        self.authenticate(None, None)
        response = self.url_open(self.url, allow_redirects=False)
        self.assertIn("/web/login", response.headers.get("Location", ""))

import base64
import json

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import HotlineCommon

JSON = {"Content-Type": "application/json"}


@tagged("post_install", "-at_install")
class TestPortal(HotlineCommon, HttpCase):
    """A3: a signed-in citizen sees the own cases, all that is theirs and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_a = cls._portal_user("citizen_a", partner_id=cls.citizen.id)
        cls.user_b = cls._portal_user("citizen_b")
        cls.ticket = cls._registered()
        cls.draft = cls._draft(appeal_text="Черновик оператора")
        cls.note = cls._file("Записка.txt", res_model="helpdesk.ticket", res_id=cls.ticket.id)
        cls.ticket.with_user(cls.officer).message_post(
            body="Внутренняя заметка",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachment_ids=cls.note.ids,
        )

    @classmethod
    def _portal_user(cls, login, **vals):
        return new_test_user(cls.env, login=login, groups="base.group_portal", lang="ru_RU", **vals)

    @classmethod
    def _file(cls, name, **vals):
        content = base64.b64encode(name.encode())
        vals = {"name": name, "datas": content, **vals}
        return cls.env["ir.attachment"].with_user(cls.officer).create(vals)

    def _page(self, url, login="citizen_a"):
        self.authenticate(login, login)
        with mute_logger("odoo.http"):
            return self.url_open(url)

    def _answered(self):
        self.file = self._file("Ответ.pdf")
        self.answer = self._answer(self.ticket, attachment_ids=[(6, 0, self.file.ids)])
        return self.answer

    def test_own_case(self):
        """A3, X1: steps, dates, certificate, own words."""
        page = self._page(f"/my/ticket/{self.ticket.id}").text
        for text in (
            self.ticket.number,
            "На исполнении",
            "Как посчитан срок",
            "ч. 1 ст. 12 59-ФЗ",
            self.ticket.due_on.strftime("%d.%m.%Y"),
            "Третий день холодные батареи.",
        ):
            self.assertIn(text, page)

    def test_nothing_internal(self):
        """A3: no notes, no files of notes, no officer, no chatter and no way to close or file."""
        self.ticket.with_user(self.officer).user_id = self.officer
        home, case = self._page("/my/home").text, self._page(f"/my/ticket/{self.ticket.id}").text
        for text in (home, case, self._page("/my/tickets").text):
            for secret in (
                "заметка",
                "Записка",
                "test_officer",
                "Черновик оператора",
                "/ticket/close",
                "/new/ticket",
                "o_portal_chatter",
                self.ticket.sudo().access_code,
            ):
                self.assertNotIn(secret, text)
        self.assertIn("Мои обращения", home)

    def test_answer_with_files(self):
        """A3, B9: a given answer shows with its files; a draft of one does not."""
        draft = {"ticket_id": self.ticket.id, "text": "Проект ответа"}
        prepared = self.env["hotline.answer"].with_user(self.officer).create(draft)
        self.assertNotIn("Проект ответа", self._page(f"/my/ticket/{self.ticket.id}").text)
        prepared.unlink()
        self._answered()
        page = self._page(f"/my/ticket/{self.ticket.id}").text
        for text in ("Отопление восстановлено.", "15-04/1", "Кузнецов В. А.", "Ответ.pdf"):
            self.assertIn(text, page)
        file = self._page(f"/my/ticket/{self.ticket.id}/file/{self.file.id}")
        self.assertEqual(file.content, "Ответ.pdf".encode())
        self.assertIn("no-store", file.headers["Cache-Control"])

    def test_the_signed_letter(self):
        """A3, 59-FZ art. 10 p. 3: the letter as it was issued and its signature, of the own case.

        Notices too; nobody else's, no draft's, no other part.
        """
        answer = self._answered()
        notice = self.ticket.with_user(self.officer)._new_notice("registration", channel="hand")
        notice.action_issue()
        home = f"/my/ticket/{self.ticket.id}"
        page = self._page(home).text
        for letter in (answer, notice):
            kind = letter._name.rpartition(".")[2]
            url = f"{home}/{kind}/{letter.id}/letter"
            self.assertIn(url, page)
            reply = self._page(url)
            self.assertEqual(reply.content, letter.sudo()._frozen_letter())
            self.assertIn("no-store", reply.headers["Cache-Control"])
            self.assertEqual(self._page(url, "citizen_b").status_code, 404)
        for path in (
            f"answer/{answer.id}/signature", f"notice/{answer.id + 10**6}/letter",
            f"notice/{notice.id}/signature", f"request/{answer.id}/letter",
        ):  # fmt: skip
            with self.subTest(path):
                self.assertEqual(self._page(f"{home}/{path}").status_code, 404)
        draft = self.ticket.with_user(self.officer)._new_notice("registration", channel="hand")
        self.assertEqual(self._page(f"{home}/notice/{draft.id}/letter").status_code, 404)

    def test_the_signature_beside_the_letter(self):
        """Practice 11: the exported file and the .sig that was made of it."""
        answer = self._answered().sudo()
        signature = base64.b64encode(b"signature")
        answer._by_act(
            {
                "signature_kind": "ukep", "signature_file": signature,
                "export_file": base64.b64encode(b"%PDF-1"), "export_name": "Ответ.pdf",
            }
        )  # fmt: skip
        reply = self._page(f"/my/ticket/{self.ticket.id}/answer/{answer.id}/signature")
        self.assertEqual(reply.content, b"signature")
        self.assertIn(".sig", reply.headers["Content-Disposition"])

    def test_the_list_says_that_the_answer_is_given(self):
        """A3: before the case is closed, too."""
        self._answered()
        page = self._page("/my/tickets").text
        self.assertIn(f"Ответ дан {self.answer.outgoing_date:%d.%m.%Y}", " ".join(page.split()))
        self.assertNotIn("Ответ до", " ".join(page.split()))

    def test_files_of_others_and_of_notes(self):
        """A3: only files of given answers to own cases leave, by whatever address."""
        self._answered()
        ours = f"/my/ticket/{self.ticket.id}/file"
        refused = [
            ("citizen_b", f"{ours}/{self.file.id}"),
            ("citizen_a", f"{ours}/{self.note.id}"),
            *[(login, f"/web/content/{self.note.id}") for login in ("citizen_a", "citizen_b")],
            *[(login, f"/web/content/{self.file.id}") for login in ("citizen_a", "citizen_b")],
        ]
        for login, url in refused:
            self.assertEqual(self._page(url, login).status_code, 404, f"{login} {url}")
        self.authenticate(None, None)
        self.assertEqual(self.url_open(f"/web/content/{self.note.id}").status_code, 404)

    def test_cases_of_others(self):
        """A3: absent, another's and a draft are the same 404; a link's token opens nothing."""
        token = self.ticket._portal_ensure_token()
        for url in (
            f"/my/ticket/{self.ticket.id}",
            f"/my/ticket/{self.ticket.id}/{token}",
            f"/my/ticket/{self.ticket.id}?access_token={token}",
            "/my/ticket/999999999",
        ):
            page = self._page(url, "citizen_b")
            self.assertEqual(page.status_code, 404, url)
            self.assertNotIn(self.ticket.number, page.text)
        self.assertEqual(self._page(f"/my/ticket/{self.draft.id}").status_code, 404)

    def test_public_signs_in(self):
        """A3: visitors are sent to the login, with a link's token or without."""
        token = self.ticket._portal_ensure_token()
        self.authenticate(None, None)
        for url in (
            "/my/tickets",
            f"/my/ticket/{self.ticket.id}",
            f"/my/ticket/{self.ticket.id}/{token}",
            f"/my/ticket/{self.ticket.id}/file/{self.note.id}",
        ):
            page = self.url_open(url)
            self.assertIn("/web/login", page.url)
            self.assertNotIn(self.ticket.number, page.text)

    def test_rpc_gives_nothing(self):
        """A3: records are closed to citizens over RPC, own or another's."""
        self._answered()
        records = (
            self.ticket,
            self.ticket.question_ids,
            self.ticket.deadline_ids,
            self.answer,
            self.ticket.sudo().message_ids[:1],
            self.note,
        )
        for login in ("citizen_a", "citizen_b"):
            self.authenticate(login, login)
            for record in records:
                self.assertTrue(self._read_by_rpc(record), f"{login} reads {record}")

    def _read_by_rpc(self, record):
        """Return the error of reading `record` in the session."""
        params = {
            "model": record._name,
            "method": "read",
            "args": [record.ids, ["display_name"]],
            "kwargs": {},
        }
        data = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        url = f"/web/dataset/call_kw/{record._name}/read"
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            return self.url_open(url, data=data, headers=JSON).json().get("error")

    def test_json2_gives_nothing(self):
        """A3: an API key of a citizen opens no record; private methods are refused."""
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.user_b)
            .sudo()
            ._generate("rpc", "test", "2099-01-01")
        )
        headers = {**JSON, "Authorization": f"bearer {key}"}
        calls = {
            "read": {"ids": self.ticket.ids, "fields": ["number"]},
            "search_read": {"domain": [], "fields": ["number"]},
            "message_post": {"ids": self.ticket.ids, "body": "x"},
            "action_close": {"ids": self.ticket.ids},
            "_status_public": {"ids": self.ticket.ids},
            "_by_number_and_code": {"number": self.ticket.number, "code": "1"},
        }
        for method, arguments in calls.items():
            with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
                answer = self.url_open(
                    f"/json/2/helpdesk.ticket/{method}",
                    data=json.dumps(arguments),
                    headers=headers,
                )
            self.assertEqual(answer.status_code, 403, method)

    def test_list_filters_and_search(self):
        """A3: open and closed ones, found by number or words."""
        closed = self._closed(appeal_text="Яма на дороге")
        open_number, closed_number = self.ticket.number, closed.number
        for query, shown in (
            ("", {open_number, closed_number}),
            ("?filterby=open", {open_number}),
            ("?filterby=closed", {closed_number}),
            ("?filterby=nonsense&sortby=nonsense", {open_number, closed_number}),
            ("?search=яма", {closed_number}),
            (f"?search={open_number.lower()}", {open_number}),
            ("?search=%25", set()),
            ("?search=нетакого", set()),
            ("?sortby=due", {open_number, closed_number}),
        ):
            page = self._page(f"/my/tickets{query}").text
            found = {number for number in (open_number, closed_number) if f">{number}<" in page}
            self.assertEqual(found, shown, query)

    def test_empty_list_says_what_to_do(self):
        """A3: nothing yet: how to look up by number."""
        page = self._page("/my/tickets", "citizen_b").text
        self.assertIn("/hotline/status", page)
        self.assertIn("пока нет ваших обращений", page)

    def test_list_costs_the_same_for_more_cases(self):
        """The list does not ask the database case by case."""

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            cases = self.env["helpdesk.ticket"].search(domain)
            rows = [case._portal_row() for case in cases]
            return len(rows), self.cr.sql_log_count - before

        domain = self.env["helpdesk.ticket"].with_user(self.user_a)._own_domain()
        few, cost_of_few = queries()
        for _n in range(4):
            self._registered()
        more, cost_of_more = queries()
        self.assertEqual(more, few + 4)
        self.assertLessEqual(cost_of_more, cost_of_few)

    def test_words_of_the_account(self):
        """A3: no advertisement, our words of the account, no hash of the calendar."""
        self.authenticate("citizen_a", "citizen_a")
        home = self.url_open("/my").text
        page = self.url_open(f"/my/ticket/{self.ticket.id}").text
        self.assertNotIn("utm_source=db", home)
        self.assertNotIn("Соединение &amp; Безопасность", home)
        self.assertNotIn("редакция", page)
        self.assertIn("Производственный календарь", page)
        security = self.url_open("/my/security").text
        for text in (home, page, security):
            self.assertIn("Учётная запись", text)
            self.assertNotRegex(text, r"(?i)учетн")
        self.assertIn("Удалить учётную запись", security)

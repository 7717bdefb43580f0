from odoo.exceptions import AccessError
from odoo.tests import tagged

from .acts_common import ActsCommon
from .assignment_common import AssignmentCommon


@tagged("post_install", "-at_install")
class TestOutgoingList(AssignmentCommon, ActsCommon):
    """E6: whatever left under an outgoing number stands in one list, by its number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._case()
        cls._resolve(cls.ticket, cls.other_body)
        cls.forwarding = cls.ticket.assignment_ids
        cls.notice = cls.ticket.notice_ids
        cls.request = cls._request(cls.ticket)
        cls.request.action_send()
        cls.answered = cls._case()
        cls.letter = cls._letter(cls.answered)
        cls.answer = cls._answer(cls.answered, authority_id=cls.head.id)
        cls.letter.write({"report_text": "Тепло дано."})
        cls.letter.with_context(hotline_reason="Отчёт без файла по договорённости").action_report()

    def _listed(self, user=None, domain=()):
        outgoing = self.env["hotline.outgoing"].with_user(user or self.officer)
        cases = (self.ticket | self.answered).ids
        return outgoing.search([("ticket_id", "in", cases), *domain])

    def test_everything_that_left(self):
        """Answers, notices, forwardings, requests and reports, each opened from its row."""
        listed = self._listed()
        by_kind = {one.kind: one for one in listed}
        sources = {
            "answer": self.answer,
            "notice_forwarding": self.notice,
            "forwarding_letter": self.forwarding,
            "request": self.request,
            "report": self.letter,
        }
        self.assertEqual(set(by_kind), set(sources))
        self.assertEqual(len(listed), len(sources))
        for kind, source in sources.items():
            opened = by_kind[kind].action_open()
            with self.subTest(kind):
                self.assertEqual((opened["res_model"], opened["res_id"]), (source._name, source.id))
                self.assertTrue(by_kind[kind].addressee)
        self.assertEqual(by_kind["request"].addressee, self.agency.name)
        self.assertEqual(by_kind["answer"].addressee, self.answered.applicant_name)

    def test_by_date_and_number(self):
        """The newest first; ИСХ-10 stands over ИСХ-9, not under ИСХ-1."""
        for n in range(12):
            request = self._request(self.ticket, text=f"Акт {n} осмотра тепловых сетей")
            request.action_send()
        numbers = self._listed(domain=[("kind", "=", "request")]).mapped("outgoing_number")
        serials = [int(number.split("-")[1].split("/")[0]) for number in numbers]
        self.assertEqual(serials, sorted(serials, reverse=True))
        self.assertGreater(len({len(str(serial)) for serial in serials}), 0)

    def test_found_by_number_and_addressee(self):
        number = self.request.outgoing_number
        found = self._listed(domain=[("outgoing_number", "ilike", number)])
        self.assertEqual(found.source_id, self.request.id)
        found = self._listed(domain=[("partner_id", "ilike", "Прокуратура")])
        self.assertEqual(found.kind, "forwarding_letter")

    def test_what_has_not_left_is_not_there(self):
        """A draft and a letter that is being signed have not left."""
        self._request(self.ticket)
        self.env.company.hotline_sign_notices = True
        facts = {"bodies": "Теплосеть"}
        notice = self.ticket._new_notice("forwarding", facts=facts)
        notice.action_issue()
        self.assertEqual(notice.state, "signing")
        self.assertNotIn(notice.outgoing_number, self._listed().mapped("outgoing_number"))
        self.assertEqual(len(self._listed()), 5)

    def test_roles(self):
        """Whoever reads letters reads the list; nobody writes in it."""
        for user in (self.officer, self.approver, self.supervisor, self.auditor):
            with self.subTest(user.login):
                self.assertEqual(len(self._listed(user)), 5)
        for user in (self.operator, self.executor, self.press):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._listed(user)
        with self.assertRaises(AccessError):
            self._listed()[:1].outgoing_number = "1"

    def test_the_register_holds_the_same(self):
        """Printed or as a table: what stands in the list stands in the register of its days."""
        register = self.env["hotline.outgoing.register"].with_user(self.officer)
        entries = register.create({"by_post_only": False})._entries()
        numbers = {entry.number for entry in entries}
        self.assertLessEqual(set(self._listed().mapped("outgoing_number")), numbers)

    def test_list_asks_a_bounded_number_of_questions(self):
        self._listed().mapped("addressee")
        self.env.invalidate_all()
        with self.assertQueryCount(__system__=9):
            self._listed().mapped("addressee")

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ROLES, HotlineCommon

COLD = "Третий день холодные батареи, в квартире тринадцать градусов, просим разобраться."


@tagged("post_install", "-at_install")
class TestLinks(HotlineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_citizen = cls.citizen.create(
            {"hotline_kind": "citizen", "surname": "Ясенев", "given_name": "Олег"}
        )
        cls.roads = cls.topic.create({"code": "9999.0002", "name": "Дороги", "level": 2})

    def _kinds(self, ticket, user=None):
        """Return {id: proposed kind} of what is found for `ticket`."""
        ticket.invalidate_recordset()
        found = ticket.with_user(user or self.officer).similar_cases or []
        return {one["id"]: one["kind"] for one in found}

    def test_proposed(self):
        """C1: one citizen: open is a duplicate, finished a repeat; others with the same words."""
        closed = self._closed(appeal_text=COLD)
        running = self._registered(appeal_text="Батареи все еще холодные, мерзнем третий день.")
        road = self._registered(appeal_text="Яма у школы.", topic_id=self.roads.id)
        foreign = {"partner_id": self.other_citizen.id, "applicant_surname": "Ясенев"}
        same = self._registered(appeal_text=COLD, **foreign)
        differs = self._registered(appeal_text="В подъезде сломан лифт.", **foreign)
        ticket = self._registered(appeal_text=COLD)
        kinds = self._kinds(ticket)
        self.assertEqual(
            kinds, {closed.id: "repeat", running.id: "duplicate", same.id: "same_text"}
        )
        self.assertNotIn(road.id, kinds)
        self.assertNotIn(differs.id, kinds)
        self.assertEqual(next(iter(kinds)), closed.id)

    def test_proposed_at_registration(self):
        """C1: the operator sees them in the draft, and registers all the same."""
        earlier = self._registered(appeal_text=COLD)
        draft = self._draft(appeal_text=COLD)
        self.assertEqual(self._kinds(draft, self.operator), {earlier.id: "duplicate"})
        draft.action_register()
        self.assertEqual((draft.state, draft.repetition), ("in_work", "primary"))

    def test_workplace(self):
        """C1: «Рабочее место» shows them while the operator types, by citizen and words."""
        earlier = self._registered(appeal_text=COLD)
        call = self.env["hotline.call"].with_user(self.operator).create({"phone": "89135550101"})
        call.partner_id = self.citizen
        Workplace = self.env["hotline.workplace"].with_user(self.operator)
        found = Workplace.find_similar(call.id, COLD, self.topic.id)
        self.assertEqual([one["id"] for one in found], [earlier.id])
        self.assertEqual(found[0]["percent"], 100)
        with self.assertRaises(AccessError):
            self.env["hotline.workplace"].with_user(self.officer).find_similar(call.id, COLD)

    def test_linked_by_one_click(self):
        """C1: linked, marked, shown on both, journalled; proposed no more; never merged."""
        earlier, ticket = self._closed(appeal_text=COLD), self._registered(appeal_text=COLD)
        ticket.with_user(self.officer).action_link(earlier.id, "repeat")
        self.assertEqual(ticket.repetition, "repeat")
        self.assertEqual(earlier.repetition, "primary")
        self.assertNotIn(earlier.id, self._kinds(ticket))
        for here, there, words in (
            (ticket, earlier, "Повторное к"),
            (earlier, ticket, "Повторено в"),
        ):
            link = here.with_user(self.officer).case_link_ids.with_context(
                hotline_from=here.id, lang="ru_RU"
            )
            with self.subTest(words=words):
                self.assertEqual((link.shown_id.id, link.shown_kind), (there.id, words))
        rows = dict(ticket.with_context(lang="ru_RU")._card_rows())
        self.assertIn(earlier.number, rows["Первичное или повторное"])
        lines = self.env["hotline.journal"].search([("res_ref", "=", ticket.id)])
        self.assertIn("case_linked", lines.mapped("event"))
        Ticket = self.env["helpdesk.ticket"].with_user(self.officer)
        found = Ticket.search([("repetition", "=", "repeat")])
        self.assertIn(ticket, found)
        self.assertEqual(earlier.state, "closed")

    def test_taken_off_with_trace(self):
        """C1: a wrong link is taken off, the record and the journal keep that it was there."""
        earlier, ticket = self._registered(), self._registered()
        ticket.with_user(self.officer).action_link(earlier.id, "duplicate")
        link = ticket.case_link_ids
        with self.assertRaises(AccessError):
            link.with_user(self.officer).unlink()
        link.with_user(self.officer).action_undo()
        self.assertEqual(ticket.repetition, "primary")
        self.assertFalse(ticket.case_link_ids)
        self.assertTrue(link.exists().is_undone)
        ticket.with_user(self.officer).action_link(earlier.id, "repeat")
        self.assertEqual(ticket.repetition, "repeat")

    def test_who_links(self):
        """C1, B4: the operator in a draft, the officer until closing, nobody else and not later."""
        earlier = self._registered()
        draft, ticket, closed = self._draft(), self._registered(), self._closed()
        draft.with_user(self.operator).action_link(earlier.id, "repeat")
        for role in set(ROLES) - {"officer", "administrator"}:
            user = getattr(self, role)
            with self.subTest(role=role), self.assertRaises(AccessError):
                ticket.with_user(user).action_link(earlier.id, "repeat")
        with self.assertRaises(UserError):
            closed.with_user(self.officer).action_link(earlier.id, "repeat")
        self.assertFalse(self.env["hotline.case.link"].with_user(self.press).has_access("read"))

    def test_refused_pairs(self):
        """C1: not with itself, not with a draft, not twice."""
        earlier, ticket = self._registered(), self._registered()
        officers = ticket.with_user(self.officer)
        for other in (ticket, self._draft()):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                officers.action_link(other.id, "repeat")
        with self.assertRaises(UserError):
            officers.action_link(earlier.id, "anything")
        officers.action_link(earlier.id, "repeat")
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            officers.action_link(earlier.id, "duplicate")
            self.env.flush_all()

    def test_only_what_the_user_may_see(self):
        """C1: a case of another body is not proposed, whatever its words."""
        body = self.env["res.company"].create({"name": "Другой орган"})
        foreign = self._registered(appeal_text=COLD)
        self.env.flush_all()
        self.cr.execute(
            "UPDATE helpdesk_ticket SET company_id = %s WHERE id = %s", (body.id, foreign.id)
        )
        self.env.invalidate_all()
        self.assertFalse(self._kinds(self._registered(appeal_text=COLD)))

    def test_queries_do_not_grow(self):
        """C1: one query finds, whatever the number of cases; no letter costs more than another."""
        ticket = self._registered(appeal_text=COLD)
        for _number in range(3):
            self._registered(appeal_text=COLD)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(ticket.with_user(self.officer).similar_cases)
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for _number in range(6):
            self._registered(appeal_text=COLD)
        self.assertEqual(count(), few)
        self.assertLess(few, 20)

    def test_bad_words(self):
        """C1: scripts, quotes and an endless text are only text to compare."""
        for text in ("'; DROP TABLE x; --", "%_\\", "<b>я</b>" * 12_000):
            ticket = self._registered(appeal_text=text)
            with self.subTest(text=text[:9]):
                self.assertNotIn(ticket.id, self._kinds(ticket))


@tagged("post_install", "-at_install")
class TestCollective(HotlineCommon):
    def _collective(self, **vals):
        return self._draft(
            is_collective=True,
            collective_recipient="Иванова Мария Петровна",
            signature_count=42,
            coapplicant_ids=[
                (0, 0, {"name": "Ясенев Олег", "address": "ул. Ленина, 17", "wants_copy": True}),
                (0, 0, {"name": "Смирнова Анна"}),
            ],
            **vals,
        )

    def test_registered_with_its_letter(self):
        """X2, art. 2: «Кол» in the number, no warning where recipient and count are there."""
        ticket = self._collective()
        result = ticket.action_register()
        self.assertTrue(result["number"].startswith("Кол"))
        self.assertFalse([one for one in result["warnings"] if "ст. 2" in one])
        rows = dict(ticket.with_context(lang="ru_RU")._card_rows())
        self.assertEqual(rows["Подписей"], "42")
        self.assertIn("Ясенев Олег, ул. Ленина, 17", rows["Копии ответа"])
        self.assertNotIn("Смирнова", rows["Копии ответа"])

    def test_warned(self):
        """X2, art. 2: a missing recipient and a missing count are asked for, never refused."""
        ticket = self._draft(is_collective=True)
        codes = [one.code for one in ticket._intake_problems()]
        self.assertLessEqual({"collective_no_recipient", "no_signature_count"}, set(codes))
        self.assertEqual(len(ticket.action_register()["warnings"]), 2)
        single = self._draft()
        self.assertFalse(single._intake_problems())

    def test_recipient(self):
        """X2: the named signer; else the applicant with an address; else the first who has one."""
        ticket = self._collective()
        self.assertEqual(ticket.answer_recipient, "Иванова Мария Петровна")
        ticket.write({"collective_recipient": False, "applicant_address": False})
        self.assertEqual(ticket.answer_recipient, "Ясенев Олег")
        self.assertEqual(ticket._copy_recipients().name, "Ясенев Олег")

    def test_signers_by_role_and_state(self):
        """B4: the operator's in a draft, the officer's in work, nobody's after closing."""
        ticket = self._collective()
        ticket.action_register()
        signer = ticket.coapplicant_ids[0]
        with self.assertRaises(AccessError):
            signer.with_user(self.operator).wants_copy = False
        with self.assertRaises(AccessError):
            ticket.with_user(self.operator).signature_count = 43
        ticket.with_user(self.officer).signature_count = 43
        signer.with_user(self.officer).wants_copy = False
        self._answer(ticket)
        ticket.with_user(self.officer).question_ids.outcome_id = self.supported
        ticket.with_user(self.officer).action_close()
        for act in (
            lambda: signer.with_user(self.administrator).write({"name": "x"}),
            lambda: signer.with_user(self.administrator).unlink(),
            lambda: ticket.with_user(self.administrator).write({"signature_count": 1}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                act()

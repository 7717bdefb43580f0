from datetime import timedelta

from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..domain import desk
from ..models.helpdesk_ticket_desk_counters import COUNTERS
from .assignment_common import AssignmentCommon

LIST = (
    "due_bucket", "due_level", "is_executor_late", "number", "applicant_short", "desk_summary",
    "addressees_short", "due_on", "due_text", "missing_text",
)  # fmt: skip


def form_specification(arch):
    """Return what the client asks for: the fields of the view, those of sub-lists below."""
    specification = {}
    for node in etree.fromstring(arch).iter("field"):
        if not any(True for _parent in node.iterancestors("field")):
            inner = {child.get("name"): {} for child in node.iter("field") if child is not node}
            specification[node.get("name")] = {"fields": inner} if inner else {}
    return specification


class DeskCommon(AssignmentCommon):
    """Cases of one test only are on the desk: their ids stand in every domain."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["hotline.day"]._calendar(cls.env.company)

    @classmethod
    def _due(cls, case, day):
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE helpdesk_ticket SET due_on = %s WHERE id = %s", (day, case.id))
        cls.env.cr.execute(
            "UPDATE hotline_deadline SET due_on = %s WHERE ticket_id = %s", (day, case.id)
        )
        cls.env.invalidate_all()

    @classmethod
    def _cases(cls, count, **vals):
        return cls.env["helpdesk.ticket"].union(
            *(cls._case(user_id=cls.officer.id, **vals) for _n in range(count))
        )

    def _desk(self, user=None):
        Ticket = self.env["helpdesk.ticket"].with_user(user or self.officer)
        return Ticket.with_context(lang="ru_RU")


@tagged("post_install", "-at_install")
class TestDesk(DeskCommon):
    """B8: what burns, on one screen."""

    def _dated(self):
        """Return cases due {group: case}, as `_bucket_domains` names the groups."""
        working = self.calendar.add_working_days
        days = {
            desk.LATE: self.today - timedelta(days=2),
            desk.TODAY: self.today,
            desk.SOON: working(self.today, 3),
            desk.AHEAD: working(self.today, 10),
            desk.LATER: working(self.today, 11),
        }
        cases = dict(zip(days, self._cases(len(days)), strict=True))
        for name, case in cases.items():
            self._due(case, days[name])
        return cases

    def test_groups(self):
        """B8: each group is found by the database as the case itself tells it; columns in order."""
        cases = self._dated()
        Ticket, own = self._desk(), [("id", "in", [case.id for case in cases.values()])]
        for name, case in cases.items():
            with self.subTest(group=name):
                self.assertEqual(Ticket.browse(case.id).due_bucket, name)
                self.assertEqual(Ticket.search([*own, ("due_bucket", "=", name)]), case)
        groups = Ticket.web_read_group(own, ["due_bucket"])["groups"]
        self.assertEqual([group["due_bucket"] for group in groups], list(cases))
        self.assertEqual([group["__count"] for group in groups], [1] * 5)
        self.assertEqual(Ticket.search_count([*own, ("due_bucket", "!=", desk.LATE)]), 4)

    def test_days_off_belong_to_the_days_before(self):
        """B8: «3 дня» holds the days off after the third working day, as the words say."""
        case = self._cases(1)
        third = self.calendar.add_working_days(self.today, 3)
        last = self.calendar.add_working_days(self.today, 4) - timedelta(days=1)
        for day in (third, last):
            self._due(case, day)
            found = self._desk().search([("id", "=", case.id), ("is_due_soon", "=", True)])
            self.assertEqual(found, case)
            self.assertTrue(found.is_due_soon)
            self.assertEqual(found.days_left, 3)

    def test_counters(self):
        """B8: the counters tell what their filters find, by one query however many there are."""
        cases = self._dated()
        self._resolve(cases[desk.LATER], self.agency)
        domain = [("id", "in", [case.id for case in cases.values()])]
        Ticket = self._desk()
        counts = Ticket.desk_counts(domain)
        wanted = {"today": 1, "soon": 2, "overdue": 1, "waiting": 1, "decision_today": 1}
        self.assertEqual(counts, wanted)
        for name, field in COUNTERS.items():
            with self.subTest(counter=name):
                self.assertEqual(Ticket.search_count([*domain, (field, "=", True)]), counts[name])
        self.env.flush_all()
        with self.assertQueryCount(1):
            Ticket.desk_counts(domain)

    def test_counters_hold_no_drafts_and_no_closed(self):
        """B8: what is not in work burns nowhere."""
        closed, draft = self._closed(), self._draft()
        for case in closed | draft:
            self._due_quietly(case)
        domain = [("id", "in", (closed | draft).ids)]
        self.assertFalse(any(self._desk().desk_counts(domain).values()))
        self.assertFalse(self._desk().search([*domain, ("due_bucket", "!=", False)]))

    def _due_quietly(self, case):
        """Set a date past the lock of closed cases: only the search is looked at."""
        self.env.flush_all()
        tables = ("helpdesk_ticket", "hotline_deadline")
        for table in tables:
            self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        self._due(case, self.today)
        for table in tables:
            self.env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def test_decision_today(self):
        """B8, practice 14: the last day of an appeal wants a decision until it is extended."""
        appeal, message = self._cases(1), self._cases(1, kind="message")
        for case in (appeal, message):
            self._due(case, self.today)
        domain = [("id", "in", (appeal | message).ids), ("needs_decision_today", "=", True)]
        self.assertEqual(self._desk().search(domain), appeal)

    def test_whose(self):
        """B8: an officer sees the own cases and nobody's, a supervisor all of them."""
        mine, nobodys, others = self._cases(3)
        other = self._new_role_user("officer", "press")
        (mine | nobodys | others).sudo().write({"user_id": self.officer.id})
        nobodys.sudo().user_id, others.sudo().user_id = False, other
        domain = [("id", "in", (mine | nobodys | others).ids), ("is_on_my_desk", "=", True)]
        self.assertEqual(set(self._desk().search(domain).ids), {mine.id, nobodys.id})
        self.assertEqual(len(self._desk(self.supervisor).search(domain)), 3)
        self.assertFalse(self._desk().browse(others.id).is_on_my_desk)

    def test_columns(self):
        """B8: who has the case and what it lacks, in plain words."""
        case = self._cases(1)
        shown = self._desk().browse(case.id)
        self.assertEqual(shown.missing_text, "нет резолюции")
        assignments = self._resolve(case, self.agency | self.by_letter)
        self.assertEqual(set(shown.addressees_text.split(", ")), {"Теплосеть", "Дорожная служба"})
        self.assertEqual(shown.missing_text, "без ответа 2 из 2 поручений")
        first, second = assignments
        self._answered(first)
        self.assertEqual(shown.missing_text, "принять ответ исполнителя")
        first.action_accept()
        self.env.cr.execute(
            "UPDATE hotline_assignment SET control_on = %s WHERE id = %s",
            (self.today - timedelta(days=2), second.id),
        )
        self.env.invalidate_all()
        self.assertEqual(shown.missing_text, "исполнитель опаздывает на 2\u00a0дн.")
        self.assertTrue(shown.is_executor_late)
        case.question_ids = [Command.create({"text": "Когда отремонтируют школу?"})]
        case.question_ids[0].outcome_id = self.supported
        self.assertTrue(shown.missing_text.endswith(", 1 из 2 вопросов"), shown.missing_text)
        self.assertTrue(shown.desk_summary.endswith("(2\u00a0вопр.)"), shown.desk_summary)

    def test_many_addressees(self):
        """B8: of several addressees the first is named, and how many more there are."""
        case = self._cases(1)
        shown = self._desk().browse(case.id)
        self._resolve(case, self.agency)
        self.assertEqual(shown.addressees_short, "Теплосеть")
        names = ["Министерство жилищно-коммунального хозяйства", "Теплосеть", "Дорожная служба"]
        self.assertEqual(shown._short_names(names), "Министерство жили…\u00a0и\u00a0ещё\u00a02")

    def test_letters_to_leave(self):
        """B8, SENT: a case whose letters lie here wants them sent, only then to be closed."""
        case = self._cases(1)
        shown = self._desk().browse(case.id)
        self._resolve(case, self.other_body)
        self.assertEqual(shown.missing_text, "письмо к\u00a0печати")
        for records in (case.assignment_ids, case.notice_ids):
            waiting = records.with_user(self.officer)._can_post()
            waiting._mark_posted({"posted_on": self.today, "posted_way": "plain"})
        self.assertEqual(shown.missing_text, "можно закрыть")

    def test_rights(self):
        """B4: the counters are of who controls, the columns of who reads assignments."""
        case = self._cases(1, origin="social", kind="message")
        for role in ("officer", "supervisor", "approver", "auditor"):
            self.assertIn("today", self._desk(getattr(self, role)).desk_counts([]))
        for role in ("operator", "executor", "press"):
            with self.assertRaises(AccessError):
                self._desk(getattr(self, role)).desk_counts([])
        with self.assertRaises(AccessError):
            self._desk(self.press).browse(case.id).read(["missing_text"])


@tagged("post_install", "-at_install")
class TestDeskQueries(DeskCommon):
    """B8: a page costs the same number of queries however many cases it has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls._cases(12)
        for case in cls.cases:
            case.question_ids = [Command.create({"text": "И ещё вопрос"})]
            cls._resolve(case, cls.agency | cls.by_letter)

    def _cost(self, act):
        """Return the number of queries of `act`, with cold records and warm caches of the class."""
        act()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act()
        return self.env.cr.sql_log_count - before

    def _page(self, count):
        fields = {name: {} for name in LIST} | {"user_id": {"fields": {"display_name": {}}}}
        domain = [("id", "in", self.cases[:count].ids), ("is_on_my_desk", "=", True)]
        page = self._desk().web_search_read(domain, fields, limit=80)
        self.assertEqual(len(page["records"]), count)
        self.assertTrue(all(one["missing_text"] for one in page["records"]))

    def test_list(self):
        """B8: twelve rows cost no more than three."""
        few = self._cost(lambda: self._page(3))
        self.assertLessEqual(self._cost(lambda: self._page(12)), few)
        self.assertLessEqual(few, 20)

    def test_list_of_letters_to_leave(self):
        """B8: so do rows whose letters wait: e-mails are not asked for one by one."""
        self.cases = self._cases(6)
        for case in self.cases:
            self._resolve(case, self.other_body)
        few = self._cost(lambda: self._page(2))
        self.assertLessEqual(self._cost(lambda: self._page(6)), few)

    def _kanban(self, count):
        fields = {name: {} for name in LIST} | {"user_id": {"fields": {"display_name": {}}}}
        domain = [("id", "in", self.cases[:count].ids)]
        self._desk().web_read_group(
            domain, ["due_bucket"], auto_unfold=True, unfold_read_specification=fields,
            unfold_read_default_limit=40,
        )  # fmt: skip

    def test_kanban(self):
        """B8: so do the columns of the kanban."""
        few = self._cost(lambda: self._kanban(3))
        self.assertLessEqual(self._cost(lambda: self._kanban(12)), few)

    def test_form(self):
        """B8: the form of a case with six questions and six addressees: no more than of three."""
        small, large = self.cases[:2]
        bodies = (self._agency(f"Ведомство {n}", kind="other_body") for n in range(4))
        more = self.env["res.partner"].concat(*bodies)
        self._resolve(small, self.other_body)
        large.question_ids = [Command.create({"text": f"Вопрос {n}"}) for n in range(4)]
        self._resolve(large, more)
        view = self.env.ref("gov_hotline.helpdesk_ticket_view_form")
        arch = self._desk().get_views([(view.id, "form")])["views"]["form"]["arch"]
        fields = form_specification(arch)
        self._cost(lambda: self._desk().browse(large.id).web_read(fields))
        few = self._cost(lambda: self._desk().browse(small.id).web_read(fields))
        many = self._cost(lambda: self._desk().browse(large.id).web_read(fields))
        self.assertLessEqual(many, few + 2, "not a query for each line")

    def test_calendar(self):
        """B8: and the month of the calendar."""
        names = ["due_on", "due_colour", "number", "due_text", "addressees_text", "missing_text"]

        def month(count):
            domain = [("id", "in", self.cases[:count].ids)]
            self._desk().search_read(domain, names)

        few = self._cost(lambda: month(3))
        self.assertLessEqual(self._cost(lambda: month(12)), few)

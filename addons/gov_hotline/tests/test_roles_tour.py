from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ROLES, HotlineCommon
from .test_views import visible_menus

RUSSIAN = {
    "operator": "Орлова Ольга",
    "officer": "Соколова Анна",
    "administrator": "Админов Антон",
    "approver": "Начальников Павел",
    "supervisor": "Сменова Софья",
    "executor": "Исполнителев Иван",
    "auditor": "Контролёров Кирилл",
    "press": "Прессова Полина",
}


@tagged("post_install", "-at_install")
class TestRolesTour(HotlineCommon, HttpCase):
    """Russian is a first language: every role walks through all its screens in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.env.company.name = "Министерство строительства"
        for role, name in RUSSIAN.items():
            getattr(cls, role).write({"name": name, "tz": "Europe/Moscow"})
        # Screens show what is there: a case, a call, a task, a department, all in Russian.
        team = cls.env["helpdesk.ticket.team"].create({"name": "Управление ЖКХ"})
        cls._closed(team_id=team.id)
        cls._registered(team_id=team.id)
        cls._registered(kind="message", origin="social", user_id=cls.executor.id)
        cls._draft(team_id=team.id)  # fields of a draft stand on no other screen
        cls.env["hotline.call"].with_user(cls.operator).create(
            {"phone": "8 913 555-01-01", "partner_id": cls.citizen.id, "line_id": cls.line.id}
        )
        cls.env["hotline.task"].with_user(cls.operator).create(
            {"name": "Перезвонить", "partner_id": cls.citizen.id}
        )

    def _walk(self, role, tour="hotline_role_walk"):
        user = getattr(self, role)
        self.start_tour("/odoo", tour, login=user.login, timeout=300)

    def test_operator(self):
        """B4: the operator's screens, in Russian."""
        self._walk("operator")

    def test_officer(self):
        """B3: the officer's screens, in Russian."""
        self._walk("officer")

    def test_administrator(self):
        """C5: the administrator's screens, in Russian."""
        self._walk("administrator")

    def test_approver(self):
        """E6: the approver's screens, in Russian."""
        self._walk("approver")

    def test_supervisor(self):
        """B8: the supervisor's screens, in Russian."""
        self._walk("supervisor")

    def test_executor(self):
        """B5: the executor's screens, in Russian."""
        self._walk("executor")

    def test_auditor(self):
        """X5: the auditor's screens, in Russian."""
        self._walk("auditor")

    def test_press(self):
        """E11: the press service's screens, in Russian."""
        self._walk("press")

    def test_walk_sees_latin_words(self):
        """The walk fails on an English word, or it would prove nothing."""
        self.env["hotline.task"].with_user(self.operator).create({"name": "Untranslated"})
        browser = f"{__name__}.{type(self).__name__}.{self._testMethodName}.browser"
        with self.assertRaisesRegex(AssertionError, "Untranslated"), mute_logger(browser):
            self._walk("supervisor", "hotline_tasks_walk")

    def test_two_roles(self):
        """B4: the administrator gives one person two roles on the form; both work at once."""
        admin = self.env.ref("base.user_admin")
        admin.write({"lang": "ru_RU"})
        path = f"/odoo/action-base.action_res_users/{self.operator.id}"
        self.start_tour(path, "hotline_two_roles", login="admin")
        self.assertTrue(self.operator.has_group("gov_hotline.group_auditor"))
        self.assertTrue(self.operator.has_group("gov_hotline.group_operator"))
        menus = visible_menus(self.env, self.operator)
        self.assertIn("menu_workplace", menus)
        self.assertIn("menu_audit", menus)
        ticket = self._registered(user=self.operator)
        journal = self.env["hotline.journal"].with_user(self.operator)
        self.assertTrue(journal.search_count([("res_ref", "=", ticket.id)]))

    def test_roles_have_names(self):
        self.assertEqual(set(RUSSIAN), set(ROLES))

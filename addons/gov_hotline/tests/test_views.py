from datetime import timedelta

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ROLES, HotlineCommon

DOSSIER = {"menu_calls", "menu_tasks", "menu_citizens", "menu_reception"}
SETTINGS = {
    "menu_configuration",
    "menu_lines",
    "menu_departments",
    "menu_terms",
    "menu_retention",
    "menu_rules",
    "menu_authorities",
    "menu_approval_routes",
    "menu_substitutes",
    "menu_notice_texts",
    "menu_days",
    "menu_topics",
    "menu_outcomes",
    "menu_dispositions",
    "menu_phones",
    "menu_reception_categories",
}
DIRECTORIES = {
    "menu_directories", "menu_territories", "menu_objects", "menu_accounts", "menu_meters",
    "menu_agencies",
}  # fmt: skip
KINDS = {"menu_object_kinds", "menu_work_kinds", "menu_services"}
DOCUMENTS = {
    "menu_documents", "menu_outgoing", "menu_requests", "menu_extensions", "menu_covering_letters",
    "menu_post_events", "menu_outgoing_register", "menu_destruction", "menu_holds",
    "menu_destroyed", "menu_notices",
}  # fmt: skip
# Menu × role: what each role sees of the menus of this add-on. `menu_reports` is a heading: who
# sees it depends on what gov_hotline_reports puts under it.
MENUS = {
    "operator": {"menu_appeals", "menu_assignments", "menu_workplace"} | DOSSIER | DIRECTORIES,
    "officer": {
        "menu_desk", "menu_appeals", "menu_assignments", "menu_workplace", "menu_journal",
        "menu_corrections", "menu_mail",
    } | DOSSIER | DIRECTORIES | DOCUMENTS,
    "administrator": {
        "menu_desk", "menu_appeals", "menu_assignments", "menu_workplace", "menu_journal",
        "menu_numbers", "menu_journal_heads", "menu_corrections", "menu_mail", "menu_steps",
        "menu_alarms",
    } | DOSSIER | DIRECTORIES | KINDS | DOCUMENTS | SETTINGS,
    "approver": {
        "menu_desk", "menu_appeals", "menu_assignments", "menu_calls", "menu_reception",
        "menu_decisions", "menu_approvals",
    } | DIRECTORIES | DOCUMENTS,
    "supervisor": {
        "menu_desk", "menu_appeals", "menu_assignments", "menu_corrections", "menu_journal_heads",
        "menu_journal_check", "menu_sights", "menu_steps",
        "menu_alarms",
    } | DOSSIER | DIRECTORIES | KINDS | DOCUMENTS,
    "executor": {"menu_my_assignments"},
    "auditor": {
        "menu_desk", "menu_appeals", "menu_assignments", "menu_audit", "menu_numbers",
        "menu_corrections", "menu_mail", "menu_journal_heads", "menu_journal_check",
        "menu_sights", "menu_steps",
        "menu_alarms",
    } | DOSSIER | DIRECTORIES | KINDS | DOCUMENTS,
    "press": {"menu_appeals"},
}  # fmt: skip


def visible_menus(env, user):
    """Return {xml id without module: menu} of the hotline's menus that `user` sees."""
    root = env.ref("gov_hotline.menu_root")
    ids = env["ir.ui.menu"].with_user(user)._visible_menu_ids()
    menus = env["ir.ui.menu"].browse(ids)
    # A menu whose parent is hidden is nowhere on the screen.
    own = menus.filtered(
        lambda menu: (
            menu.parent_path.startswith(root.parent_path)
            and {int(part) for part in menu.parent_path.split("/") if part} <= set(ids)
        )
    )
    names = own._get_external_ids()
    own = own.filtered(lambda menu: any(n.startswith("gov_hotline.") for n in names[menu.id]))
    return {names[menu.id][0].split(".")[1]: menu for menu in own - root}


@tagged("post_install", "-at_install")
class TestEmptyList(HotlineCommon):
    def _help(self, user):
        """Return the words under an empty list, as the browser loads the window."""
        action = self.env.ref("gov_hotline.helpdesk_ticket_action").with_user(user)
        return action.with_context(lang="en_US")._get_action_dict()["help"]

    def test_words_by_role(self):
        """Who registers nothing is not told to press «New»."""
        self.assertIn("Nothing is assigned to you yet", self._help(self.executor))
        self.assertIn("No messages from social networks", self._help(self.press))
        both = self._new_role_user("operator", "press")
        for user in (self.operator, self.auditor, both):
            self.assertIn("with the button «New»", self._help(user))


@tagged("post_install", "-at_install")
class TestMenus(HotlineCommon):
    def test_menu_by_role(self):
        """B4: each role sees its own menus and no others."""
        for role in ROLES:
            seen = set(visible_menus(self.env, getattr(self, role)))
            known = set().union(*MENUS.values())
            with self.subTest(role=role):
                self.assertEqual(seen & known, MENUS[role])

    def test_two_roles_of_one_person(self):
        """B4: an operator who is an auditor too has the menus and the rights of both."""
        both = self._new_role_user("operator", "auditor")
        seen = set(visible_menus(self.env, both))
        self.assertLessEqual(MENUS["operator"] | MENUS["auditor"], seen)
        ticket = self._registered(user=both)
        self.assertTrue(self.env["hotline.journal"].with_user(both).search_count([]))
        self.assertEqual(ticket.state, "in_work")

    def test_helpdesks_own_menus_are_hidden(self):
        """B4: the helpdesk's own screens and its stages stand in nobody's menu."""
        helpdesk = self.env.ref("helpdesk_mgmt.helpdesk_ticket_main_menu")
        for role in ROLES:
            ids = self.env["ir.ui.menu"].with_user(getattr(self, role))._visible_menu_ids()
            with self.subTest(role=role):
                self.assertNotIn(helpdesk.id, ids)

    def test_every_screen_opens(self):
        """B7: every screen of every role opens with its fields, list and record alike."""
        self._closed()
        self._registered(kind="message", origin="social", user_id=self.executor.id)
        self._draft()
        call = self.env["hotline.call"].with_user(self.operator).create({"phone": "89135550101"})
        self.env["hotline.task"].with_user(self.operator).create({"name": "x", "call_id": call.id})
        for role in ROLES:
            user = getattr(self, role)
            for name, menu in visible_menus(self.env, user).items():
                action = menu.action
                if action and action._name == "ir.actions.act_window":
                    with self.subTest(role=role, menu=name):
                        self._open(action, user)

    def _open(self, action, user):
        self.env.invalidate_all()  # what another role has read must not be there already
        model = self.env[action.res_model].with_user(user).with_context(lang="ru_RU")
        wanted = [(view_id, kind) for view_id, kind in action.views if kind in ("list", "form")]
        views = model.get_views(wanted, {"action_id": action.id})["views"]
        if "list" in views:
            model.web_search_read([], self._specification(views["list"]["arch"]), limit=80)
        if "form" in views:
            # Every record: an empty sub-list would hide that its model is closed to the role.
            model.search([], limit=80).web_read(self._specification(views["form"]["arch"]))

    def _specification(self, arch):
        """Return what the client asks for: the fields of the view, those of sub-lists below."""
        root = etree.fromstring(arch)
        fields = {}
        for node in root.iter("field"):
            parents = list(node.iterancestors("field"))
            inner = {child.get("name"): {} for child in node.iter("field") if child is not node}
            if not parents:
                fields[node.get("name")] = {"fields": inner} if inner else {}
        return fields


@tagged("post_install", "-at_install")
class TestList(HotlineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.company._hotline_today()
        cls.tickets = cls._in_work(10)

    @classmethod
    def _in_work(cls, count):
        """Make `count` cases in work by one statement: the list is measured, not registration."""
        vals = {
            "kind": "appeal_59",
            "origin": "paper",
            "applicant_surname": "Иванова",
            "applicant_given_name": "Мария",
            "appeal_text": "Холодно.",
            "topic_id": cls.topic.id,
            "partner_id": cls.citizen.id,
        }
        tickets = cls.env["helpdesk.ticket"].create([vals] * count)
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE helpdesk_ticket SET state = 'in_work', number = 'И-' || id,"
            " due_on = %s WHERE id = ANY(%s)",
            (cls.today + timedelta(days=20), tickets.ids),
        )
        cls.env.invalidate_all()
        return tickets

    def _due(self, ticket, day):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET due_on = %s WHERE id = %s", (day, ticket.id)
        )
        self.env.invalidate_all()

    def _read_page(self, limit):
        """Read the officer's page as the client does; return the number of queries."""
        self.env.invalidate_all()
        names = (
            "due_level", "number", "applicant_short", "name", "topic_name", "due_on", "due_text",
            "state",
        )  # fmt: skip
        fields = {name: {} for name in names}
        for name in ("team_id", "user_id"):
            fields[name] = {"fields": {"display_name": {}}}
        before = self.env.cr.sql_log_count
        model = self.env["helpdesk.ticket"].with_user(self.officer)
        page = model.web_search_read([("state", "=", "in_work")], fields, limit=limit)
        self.assertEqual(len(page["records"]), limit)
        return self.env.cr.sql_log_count - before

    def test_page_of_eighty(self):
        """B8: a page of eighty costs no more queries than one of ten."""
        self._in_work(80)
        self._read_page(10)
        ten = self._read_page(10)
        with self.assertQueryCount(ten):
            self._read_page(80)

    def test_filters_and_words(self):
        """B8: overdue, today, within three working days: found by filters, told in words."""
        late, today, soon, later = self.tickets[:4]
        calendar = self.env["hotline.day"]._calendar(self.env.company)
        third = calendar.add_working_days(self.today, 3)
        for ticket, day in (
            (late, self.today - timedelta(days=2)),
            (today, self.today),
            (soon, third),
            (later, calendar.add_working_days(third, 1)),
        ):
            self._due(ticket, day)
        own = [("id", "in", self.tickets.ids)]
        Ticket = self.env["helpdesk.ticket"].with_user(self.officer).with_context(lang="ru_RU")
        self.assertEqual(Ticket.search([*own, ("is_overdue", "=", True)]), late)
        self.assertEqual(Ticket.search([*own, ("is_due_today", "=", True)]), today)
        self.assertEqual(Ticket.search([*own, ("is_due_soon", "=", True)]), today | soon)
        shown = Ticket.browse((late | today | soon | later).ids)
        self.assertEqual(shown.mapped("due_level"), ["danger", "warning", "warning", "ok"])
        self.assertEqual(shown[0].due_text, "просрочено на 2\u00a0дн.")
        self.assertEqual(shown[2].due_text, "осталось 3\u00a0раб.\u00a0дн.")

    def test_search_by_number_name_and_text(self):
        """B7: one search box finds by number, by name and by what it is about."""
        ticket = self._registered(appeal_text="Прорвало трубу у школы", applicant_surname="Ясенева")
        view = self.env.ref("gov_hotline.helpdesk_ticket_view_search")
        field = etree.fromstring(view.arch).find(".//field[@name='number']")
        self.assertIn("applicant_name", field.get("filter_domain"))
        for words in (ticket.number, "ясенева", "прорвало"):
            domain = ["|", "|", ("number", "ilike", words), ("applicant_name", "ilike", words)]
            domain.append(("name", "ilike", words))
            with self.subTest(words=words):
                found = self.env["helpdesk.ticket"].with_user(self.operator).search(domain)
                self.assertIn(ticket, found)


@tagged("post_install", "-at_install")
class TestActs(HotlineCommon):
    def _acts(self, ticket, role):
        acts = ticket.with_user(getattr(self, role)).with_context(lang="ru_RU").acts or []
        return {act["method"]: act for act in acts}

    def _primary(self, ticket, role):
        acts = self._acts(ticket, role).values()
        return [act["method"] for act in acts if act.get("primary")]

    def test_one_primary_act(self):
        """B3: one primary button, the next lawful step: register, answer, close."""
        ticket = self._draft()
        self.assertEqual(self._primary(ticket, "operator"), ["action_register_here"])
        ticket.action_register()
        ticket.invalidate_recordset()
        self.assertEqual(self._primary(ticket, "operator"), [])
        self.assertEqual(self._primary(ticket, "officer"), ["action_resolution"])
        self._answer(ticket)
        ticket.question_ids.with_user(self.officer).outcome_id = self.supported
        ticket.invalidate_recordset()
        self.assertEqual(self._primary(ticket, "officer"), ["action_close"])
        ticket.with_user(self.officer).action_close()
        ticket.invalidate_recordset()
        self.assertEqual(self._primary(ticket, "officer"), [])

    def test_blocked_tells_the_article(self):
        """B3: what is not lawful yet stays visible and tells why, with the article."""
        draft = self._draft(appeal_text=False)
        act = self._acts(draft, "operator")["action_register_here"]
        self.assertTrue(act["blocked"])
        self.assertFalse(act.get("primary"))
        ticket = self._registered()
        close = self._acts(ticket, "officer")["action_close"]
        self.assertIn("результат", close["blocked"])
        ticket.question_ids.with_user(self.officer).outcome_id = self.supported
        ticket.invalidate_recordset()
        self.assertIn("59-ФЗ", self._acts(ticket, "officer")["action_close"]["blocked"])

    def test_acts_by_role(self):
        """B4: readers get no steps; who may print, prints."""
        ticket = self._registered(kind="message", origin="social", user_id=self.executor.id)
        expected = {
            "operator": {
                "action_print_card", "action_print_card_citizen", "action_add_task",
                "action_ask_correction", "action_add_addition", "action_convert",
            },
            "approver": {"action_print_card"},
            "supervisor": {"action_print_card"},
            "auditor": {"action_print_card"},
            "executor": set(),
            "press": set(),
        }  # fmt: skip
        for role, methods in expected.items():
            with self.subTest(role=role):
                # the knowledge base, where it is installed, adds the questionnaire
                acts = set(self._acts(ticket, role)) - {"action_pick_measures"}
                self.assertEqual(acts, methods)

    def test_register_shows_number_and_code(self):
        """B3: the operator reads out number and code to who stands there, not to a letter."""
        for origin, is_told in (("visit", True), ("paper", False)):
            ticket = self._draft(origin=origin)
            shown = ticket.with_user(self.operator).action_register_here()["params"]
            self.assertIn(ticket.number, shown["message"])
            code = ticket.sudo().access_code
            with self.subTest(origin):
                self.assertEqual(code in shown["message"], is_told)

    def test_answer_opens_for_the_officer(self):
        """B3: the answer is prepared on its page, the draft one is taken up again."""
        ticket = self._registered()
        with self.assertRaises(AccessError):
            ticket.with_user(self.operator).action_answer()
        opened = ticket.with_user(self.officer).action_answer()
        self.assertFalse(opened["res_id"])
        vals = {"ticket_id": ticket.id, "text": "Черновик"}
        draft = self.env["hotline.answer"].with_user(self.officer).create(vals)
        ticket.invalidate_recordset()
        self.assertEqual(ticket.with_user(self.officer).action_answer()["res_id"], draft.id)

    def test_certificate_on_the_form(self):
        """X1: the form tells how each term was counted."""
        ticket = self._registered().with_user(self.officer).with_context(lang="ru_RU")
        self.assertIn("30 календарных дней", ticket.certificate_html)
        self.assertEqual(ticket.certificate_html.count("<details>"), len(ticket.deadline_ids))

    def test_draft_is_called_so_once(self):
        """B7: a draft without words is a «Draft», not a «Draft Draft»."""
        draft = self._draft(appeal_text=False, topic_id=False).with_context(lang="en_US")
        draft.name = "Draft"
        self.assertEqual(draft.display_name, "Draft")
        draft.name = "Cold radiators"
        self.assertEqual(draft.display_name, "Draft Cold radiators")

    def test_states_agree_with_what_they_tell_of(self):
        """B7: a call is «Закрыт», a task «Исполнена», an appeal «Завершено»."""
        words = {
            "hotline.call": ["Открыт", "Закрыт"],
            "hotline.task": ["Открыта", "Исполнена", "Отменена"],
        }
        for model, expected in words.items():
            field = self.env[model].with_context(lang="ru_RU").fields_get(["state"])["state"]
            self.assertEqual([label for _value, label in field["selection"]], expected)

    def test_series_in_words(self):
        """X5: the numbers given tell their series in words, not as a key."""
        ticket = self._registered()
        number = self.env["hotline.number"].search([("ticket_id", "=", ticket.id)])
        number = number.with_user(self.auditor).with_context(lang="ru_RU")
        self.assertNotIn("=", number.series_text)
        self.assertEqual(number._series_words(None), number.env._("common to all"))
        # A series of a department: what the key looks like is domain/numbering.py's
        number.env.cr.execute(
            "UPDATE hotline_number SET series = 'dept=-01&kind=' WHERE id = %s", (number.id,)
        )
        number.invalidate_recordset()
        self.assertEqual(number.series_text, "Обращение по 59-ФЗ, подразделение 01")

    def test_journal_in_words(self):
        """X5: the auditor reads who did what with which appeal."""
        ticket = self._registered()
        line = self.env["hotline.journal"].search(
            [("event", "=", "registered"), ("res_ref", "=", ticket.id)]
        )
        line = line.with_user(self.auditor).with_context(lang="ru_RU")
        self.assertEqual(line.user_name, self.operator.name)
        self.assertEqual(line.event_text, "Зарегистрировано, присвоен номер")
        self.assertIn(ticket.number, line.payload_text)

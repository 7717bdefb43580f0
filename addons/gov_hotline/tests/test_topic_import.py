import base64
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import HotlineCommon

EDITION = date(2030, 5, 20)
HEAD = "# Классификатор, ред. на 20.05.2030\ncode;name;level;note\n"
FIRST_LINES = (
    "8001.0000.0000.0000;Раздел;1;",
    "8001.0001.0000.0000;Предмет;2;",
    "8001.0001.0001.0000;Тема;3;",
    "8001.0001.0001.0001;Вопрос первый;4;",
    "8001.0001.0001.0002;Вопрос второй;4;примечание",
)


@tagged("post_install", "-at_install")
class TestTopicImport(HotlineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The shipped edition would go to the archive in every test: keep to our own sections.
        cls.env["hotline.topic"].search([]).edition = False
        cls.Topic = cls.env["hotline.topic"].with_context(active_test=False)

    def _wizard(self, *lines, head=HEAD, user=None, **vals):
        raw = (head + "\n".join(lines) + "\n").encode()
        return (
            self.env["hotline.topic.import"]
            .with_user(user or self.administrator)
            .create({"file": base64.b64encode(raw), **vals})
        )

    def _load(self, *lines, **kwargs):
        wizard = self._wizard(*lines, **kwargs)
        wizard.action_load()
        return wizard

    def _ours(self):
        return self.Topic.search([("code", "=like", "8001.%")], order="code")

    def test_levels_1_to_3_are_shipped(self):
        """C5: the sections, subjects and themes of the edition of 31.10.2025 are data."""
        themes = self.Topic.search([("level", "<=", 3), ("code", "<", "0006")])
        self.assertEqual(len(themes), 5 + 21 + 206)
        self.assertFalse(themes.filtered(lambda topic: topic.level > 1 and not topic.parent_id))
        theme = self.env.ref("gov_hotline.topic_0005_0005_0056_0000")
        self.assertEqual(theme.name, "Коммунальное хозяйство")
        self.assertEqual(theme.parent_id.parent_id.code, "0005.0000.0000.0000")

    def test_the_preview_tells_and_changes_nothing(self):
        """C5: how many are new, changed, archived is seen before the load."""
        wizard = self._wizard(*FIRST_LINES)
        wizard.action_check()
        self.assertEqual(wizard.state, "preview")
        self.assertEqual((wizard.new_count, wizard.archived_count), (5, 0))
        self.assertIn("8001.0001.0001.0001 Вопрос первый", wizard.changes)
        self.assertEqual(wizard.edition, EDITION)
        self.assertFalse(self._ours())

    def test_a_load_makes_the_tree(self):
        """C5: parents, edition and validity of new topics."""
        wizard = self._load(*FIRST_LINES)
        self.assertEqual(wizard.state, "done")
        self.assertRecordValues(
            self._ours()[-2:],
            [
                {"name": "Вопрос первый", "level": 4, "note": False, "valid_from": EDITION},
                {"name": "Вопрос второй", "level": 4, "note": "примечание", "valid_from": EDITION},
            ],
        )
        self.assertEqual(self._ours()[-1].parent_id.parent_id.parent_id.name, "Раздел")

    def test_the_same_file_twice_changes_nothing(self):
        """C5: neither values nor the journal."""
        self._load(*FIRST_LINES)
        before = self._ours().read()
        lines = self.env["hotline.journal"].search_count([])
        wizard = self._load(*FIRST_LINES)
        self.assertEqual((wizard.new_count, wizard.same_count), (0, 5))
        self.assertEqual(self._ours().read(), before)
        self.assertEqual(self.env["hotline.journal"].search_count([]), lines)

    def test_a_new_edition_renames_archives_and_brings_back(self):
        """C5: a vanished code is archived with the date, never deleted; it may come back."""
        self._load(*FIRST_LINES)
        second = self._ours()[-1]
        head = HEAD.replace("2030", "2031")
        wizard = self._load(*FIRST_LINES[:3], "8001.0001.0001.0001;Иначе;4;", head=head)
        self.assertEqual((wizard.changed_count, wizard.archived_count), (1, 1))
        self.assertRecordValues(
            second, [{"active": False, "valid_to": date(2031, 5, 20), "edition": EDITION}]
        )
        self.assertEqual(self._ours()[-2].name, "Иначе")
        wizard = self._load(*FIRST_LINES, head=HEAD.replace("2030", "2032"))
        self.assertEqual(wizard.restored_count, 1)
        self.assertRecordValues(second, [{"active": True, "valid_to": False}])

    def test_a_bad_row_is_named_and_nothing_is_half_loaded(self):
        """C5: line numbers as an editor shows them; all bad rows at once, none of the good."""
        lines = [*FIRST_LINES, "8001.0002;Не код;2;", "8001.0003.0001.0000;Сирота;3;"]
        wizard = self._wizard(*lines).with_context(lang="en_US")
        wizard.action_load()
        self.assertEqual(wizard.state, "file")
        self.assertEqual(
            wizard.problems,
            "Line 8: «8001.0002» is not a code of the classifier.\n"
            "Line 9: the file has no line of the level above: 8001.0003.0000.0000.",
        )
        self.assertFalse(self._ours())

    def test_own_topics_and_question_details_are_left_alone(self):
        """C5: only codes of an edition are archived; details are a list of their own."""
        own = self.topic
        self._load(*FIRST_LINES)
        self._load("0001;за рубежом", head="# ред. на 20.05.2030\ndetail_code;name\n")
        detail = self.Topic.search([("code", "=", "0000.0000.0000.0000.0001")])
        self.assertRecordValues(detail, [{"level": 5, "name": "за рубежом"}])
        self._load(*FIRST_LINES)
        self.assertTrue(own.active and detail.active)
        self.assertEqual(len(self._ours().filtered("active")), 5)

    def test_everyday_words_outlive_an_edition(self):
        """A new edition renames, archives and brings back a topic; its keywords stay with it."""
        self._load(*FIRST_LINES)
        renamed, archived = self._ours()[-2:]
        renamed.keywords, archived.keywords = "тепляк", "водяной"
        newer = HEAD.replace("2030", "2031")
        self._load(*FIRST_LINES[:3], "8001.0001.0001.0001;Иначе;4;", head=newer)
        self.assertEqual(self._found("тепляк"), [renamed.code])
        self.assertEqual(self._found("водяной"), [])
        self._load(*FIRST_LINES, head=HEAD.replace("2030", "2032"))
        self.assertEqual(self._found("водяной"), [archived.code])

    def _found(self, word):
        workplace = self.env["hotline.workplace"].with_user(self.operator)
        return [topic["code"] for topic in workplace.search_topics(word)]

    def test_an_older_or_a_short_file_is_warned_of(self):
        many = [f"8001.0001.{n:04}.0000;Тема;3;" for n in range(1, 50)]
        self._load(*FIRST_LINES[:2], *many)
        wizard = self._wizard(FIRST_LINES[0], head=HEAD.replace("2030", "2029"))
        wizard.action_check()
        self.assertEqual(len(wizard.warnings.splitlines()), 2)
        self.assertIn("20.05.2030", wizard.warnings)

    def test_a_file_without_its_edition_asks_for_the_date(self):
        head = "code;name;level;note\n"
        wizard = self._load(*FIRST_LINES, head=head)
        self.assertTrue(wizard.problems)
        self._load(*FIRST_LINES, head=head, edition=EDITION)
        self.assertEqual(set(self._ours().mapped("edition")), {EDITION})

    def test_an_update_of_the_addon_does_not_undo_an_edition(self):
        """C5: what was loaded is not overwritten by what the add-on ships."""
        marks = self.env["ir.model.data"].search(
            [("model", "=", "hotline.topic"), ("module", "=", "gov_hotline")]
        )
        self._load(*FIRST_LINES)
        self.assertEqual(set(marks.mapped("noupdate")), {True})

    def test_the_load_is_journalled(self):
        self._load(*FIRST_LINES)
        line = self.env["hotline.journal"].search([], limit=1)
        self.assertEqual((line.event, line.res_ref), ("classifier_loaded", self.env.company.id))
        self.assertIn('"edition":"2030-05-20"', line.payload)

    def test_only_the_administrator_loads(self):
        """C5: every other role is refused, also by RPC."""
        for user in (self.operator, self.officer, self.supervisor, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._wizard(*FIRST_LINES, user=user)
        wizard = self._wizard(*FIRST_LINES)
        for method in ("action_check", "action_load", "action_back"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(wizard.with_user(self.officer), method)()

    def test_the_query_count_does_not_grow_with_the_rows(self):
        """C5: the official file has 1,457 rows; they are written in sets."""
        lines = ["8001.0000.0000.0000;Раздел;1;", "8001.0001.0000.0000;Предмет;2;"]
        lines += [f"8001.0001.{n:04}.0000;Тема;3;" for n in range(1, 200)]
        lines += [f"8001.0001.0001.{n:04};Вопрос;4;" for n in range(1, 1257)]
        wizard = self._wizard(*lines)
        with self.assertQueryCount(60):
            wizard.action_load()
        self.assertEqual(len(self._ours()), 1457)
        renamed = [line.replace("Вопрос", "Иной вопрос") for line in lines]
        wizard = self._wizard(*renamed)
        with self.assertQueryCount(40):
            wizard.action_load()
        self.assertEqual(wizard.changed_count, 1256)

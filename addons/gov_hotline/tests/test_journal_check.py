import re
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..domain import journal
from ..models import hotline_journal_check, journal_sql
from .common import ROLES
from .journal_common import JournalCase


@tagged("post_install", "-at_install")
class TestJournalCheck(JournalCase):
    """X5: the button of the auditor and the supervisor: part by part, in words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for _n in range(3):
            cls._registered()

    def setUp(self):
        super().setUp()
        self._seal()

    def _walk(self, role="auditor", marks="", part=2):
        """Press the button as `role`, all parts; return the answers."""
        seals = self.seals.with_user(getattr(self, role)).with_context(lang="ru_RU")
        answers, place = [], {}
        with patch.object(hotline_journal_check, "PART", part):
            while not (answers and answers[-1]["done"]):
                answers.append(seals.check_part(**place, marks=marks))
                place = {name: answers[-1][name] for name in ("number", "previous")}
        return answers

    def test_a_whole_journal(self):
        """X5: the parts come to the end, the last one says so."""
        total = journal_sql.head(self.env.cr).number
        for role in ("auditor", "supervisor"):
            answers = self._walk(role)
            self.assertGreater(len(answers), 2)
            self.assertEqual({one["total"] for one in answers}, {total})
            self.assertEqual(sum(one["count"] for one in answers), 0)

    def test_an_empty_journal(self):
        with self._unguarded():
            self._sql("TRUNCATE hotline_journal, hotline_journal_seal")
        (answer,) = self._walk()
        self.assertEqual((answer["done"], answer["count"], answer["total"]), (True, 0, 0))

    def test_findings_in_words(self):
        """X5: a changed line, and a broken link where one part ends and the next begins."""
        (_number, second), *_rest = self._numbers()[1:]
        with self._unguarded():
            self._sql("UPDATE hotline_journal SET res_ref = 0 WHERE id = %s", second)
            self._sql("UPDATE hotline_journal_seal SET previous_hash = '' WHERE number = 5")
        faults = [fault for answer in self._walk() for fault in answer["faults"]]
        self.assertEqual(
            faults[0], f"Печать 2, строка {second}: строка изменена после опечатывания"
        )
        self.assertIn("Печать 5, ", faults[1])
        self.assertIn("связь с предыдущей печатью нарушена", faults[1])

    def test_against_a_pasted_letter(self):
        """X5: a head of another chain, found in the words around it."""
        number, digest = journal_sql.head(self.env.cr)
        self.assertEqual(self._walk(marks=f"Номер и хеш:\n{number} {digest}")[-1]["count"], 0)
        answer = self._walk(marks=f"Номер и хеш:\n{number} {'a' * 64}\n")[-1]
        self.assertEqual((answer["count"], answer["marks"]), (1, 1))
        self.assertIn("пересчитан заново", answer["faults"][0])
        answer = self._walk(marks=f"{number + 5} {'a' * 64}")[-1]
        self.assertIn("отрезан", answer["faults"][0])

    def test_many_findings_are_counted(self):
        """All are counted, the first ones named."""
        with self._unguarded():
            self._sql("UPDATE hotline_journal SET res_ref = -1")
        with patch.object(hotline_journal_check, "MOST_NAMED", 2):
            (answer,) = self._walk(part=9999)
        self.assertEqual(answer["count"], answer["total"])
        self.assertEqual(len(answer["faults"]), 2)

    def test_lines_that_wait_are_no_finding(self):
        self._registered()
        answer = self._walk()[-1]
        self.assertEqual(answer["count"], 0)
        self.assertTrue(answer["waiting"])

    def test_every_fault_has_words(self):
        self.assertEqual(set(hotline_journal_check.WORDS), set(journal.FAULTS))

    def test_the_console_speaks_the_bodys_language(self):
        """X5: `make verify-journal` names its findings as the screen does, in Russian."""
        faults = (
            journal.Fault(journal.CHANGED_LINE, 3, 30),
            journal.Fault(journal.MISSING_SEAL, 3, until=5),
            journal.Fault(journal.NO_TRIGGER, table="x"),
        )
        russian = hotline_journal_check.Words("ru_RU")
        changed, missing, off = (russian.fault(fault) for fault in faults)
        self.assertRegex(changed, "^Печать 3, строка 30: .*изменена")
        self.assertRegex(missing, "^Печать 3–5: ")
        self.assertRegex(off, "^Таблица x: ")
        self.assertEqual(russian.summary(7, 0, 1, 0, 0.5)[-1], "нарушений нет")
        self.assertEqual(russian.summary(7, 2, 1, 0, 0.5)[-1], "НАРУШЕНИЙ: 2")
        shown = self.seals.with_context(lang="ru_RU")
        self.assertEqual([shown._fault_text(one) for one in faults], [changed, missing, off])
        english = hotline_journal_check.Words("en_US")
        self.assertEqual(english.summary(7, 2, 1, 0, 0.5)[-1], "FINDINGS: 2")
        self.env.company.partner_id.lang = "en_US"
        self.env.flush_all()
        self.assertEqual(journal_sql.language(self.env.cr), "en_US")

    def test_refusals_of_the_console_speak_it_too(self):
        """X5: exit code 2 says why in the language of the rest."""
        for lang, words in (
            (
                "ru_RU",
                (
                    "нет контрольной отметки",
                    "нет журнала с печатями",
                    "не открывается",
                    "не читается",
                ),
            ),
            ("en_US", ("no control mark", "has no sealed journal", "cannot be opened", "be read")),
        ):
            say = hotline_journal_check.Words(lang)
            told = (
                say.no_mark("x.txt"), say.no_journal("x"), say.no_database("x", "why"),
                say.no_file("x"),
            )  # fmt: skip
            for told_one, word in zip(told, words, strict=True):
                self.assertIn(word, told_one)

    def test_roles(self):
        """X5: nobody else starts what reads the whole journal."""
        for role in set(ROLES) - {"auditor", "supervisor"}:
            with self.subTest(role), self.assertRaises(AccessError):
                self.seals.with_user(getattr(self, role)).check_part()

    def test_words_of_every_event(self):
        """X5: whatever the source appends has words on the screen of the journal."""
        words = self.lines._event_words()
        sources = "\n".join(
            path.read_text(encoding="utf-8")
            for folder in ("models", "wizards", "report")
            for path in (Path(__file__).parents[1] / folder).glob("*.py")
        )
        events = set(re.findall(r'\b_(?:append|journal)\(\s*"(\w+)"', sources))
        self.assertGreater(len(events), 30)
        # some are written as «sent» of a mail or an assignment
        acts = set(words) | {re.sub("^(assignment|mail)_", "", event) for event in words}
        self.assertEqual(events - acts, set())

import importlib.util
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .workplace_common import WorkplaceCommon

STREET = "г. Озёрск, ул. Лензнаменская, 15, кв. 3"


class FinderCommon(WorkplaceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls._citizen("Иваньшинова", "Мария", "Петровна", STREET)
        cls.namesake = cls._citizen("Иваньшинова", "Анна", "", "ул. Лензнаменская, 3, кв. 15")
        cls.heat = cls.env["res.partner"].create(
            {
                "name": "Теплосетьпром",
                "hotline_kind": "agency",
                "is_company": True,
                "hotline_competence": "холодные батареи, отопление",
                "phone": "8 (843) 555-77-01",
            }
        )

    @classmethod
    def _citizen(cls, surname, given, patronymic, street, **vals):
        return cls.env["res.partner"].create(
            {
                "hotline_kind": "citizen",
                "surname": surname,
                "given_name": given,
                "patronymic": patronymic,
                "street": street,
                **vals,
            }
        )

    def _find(self, text, user=None, **options):
        finder = self.env["hotline.finder"].with_user(user or self.operator)
        return [(row["kind"], row["id"]) for row in finder.find(text, **options)]


@tagged("post_install", "-at_install")
class TestFinder(FinderCommon):
    """D2, E2: who and what is found while one types."""

    def test_words_in_any_order_unfinished(self):
        """D2: «лензнам 15 кв 3 иваньш» is found, the neighbour of flat 15 is not."""
        found = [("citizen", self.person.id)]
        for typed in (
            "лензнам 15 кв 3 иваньш",
            "иваньшинова мария",
            "мария иваньшин",
            "ИВАНЬШИНОВА М П",
            "ул Лензнаменская дом 15 квартира 3",
            "озерск лензнам",
        ):
            with self.subTest(typed=typed):
                self.assertEqual(self._find(typed), found)

    def test_who_makes_a_card_needs_no_right_to_its_line(self):
        """D2: the line of words is nobody's column, and operators make cards all the same."""
        cards = self.env["res.partner"].with_user(self.operator)
        made = cards.create({"hotline_kind": "citizen", "surname": "Щукозёров", "given_name": "А"})
        self.assertEqual(self._find("щукозёров"), [("citizen", made.id)])

    def test_what_no_known_word_begins_with_is_not_asked_for(self):
        """D2: neither in the other layout, nor again without marks: only the mended word is."""
        finder = self.env["hotline.finder"].with_user(self.operator)
        asked = []
        ranked = type(finder)._ranked

        def noted(self, kind, condition, query, known):
            asked.append(query.names)
            return ranked(self, kind, condition, query, known)

        self.patch(type(finder), "_ranked", noted)
        self.assertFalse(finder.find("ыщъьыщъь 15"))
        self.assertFalse(asked)
        self.assertEqual(self._find("ивнаьшинова мария"), [("citizen", self.person.id)])
        self.assertEqual(set(asked), {("иваньшинова", "мария")})

    def test_the_other_layout(self):
        """D2: typed with the keyboard in Latin."""
        for typed in ("ktypyfvtycrfz 15 rd 3", "bdfymibyjdf vfhbz"):
            with self.subTest(typed=typed):
                self.assertEqual(self._find(typed), [("citizen", self.person.id)])
        shown = self.workplace.find("bdfymibyjdf vfhbz")
        self.assertEqual(shown["meant"], "иваньшинова мария")

    def test_a_slip(self):
        """D2: a letter wrong, lacking, doubled, swapped with its neighbour."""
        for typed in (
            "иваньшиноав мария",
            "иваньшнова мар",
            "лензнаменкая 15 мария",
            "ивваньшинова м",
        ):
            with self.subTest(typed=typed):
                self.assertEqual(self._find(typed), [("citizen", self.person.id)])

    def test_slip_in_a_word_that_others_have(self):
        """Every word is known, together they are nobody's: each of them may be the slip."""
        self._citizen("Иваньшинева", "Ольга", "", "ул. Мира, 1")
        self.assertEqual(self._find("иваньшинева мария"), [("citizen", self.person.id)])

    def test_the_house_before_the_flat(self):
        self.assertEqual(
            self._find("лензнам 15 3"),
            [("citizen", self.person.id), ("citizen", self.namesake.id)],
        )

    def test_a_wrong_mark_still_finds(self):
        self.assertEqual(self._find("лензнам стр 15 мария"), [("citizen", self.person.id)])

    def test_agencies_by_name_and_by_question(self):
        """A4, E2: whose question it is, in the same box."""
        for typed in ("теплосетьпром", "холод батар теплосетьпром", "ntgkjctnmghjv"):
            with self.subTest(typed=typed):
                self.assertEqual(self._find(typed), [("agency", self.heat.id)])

    def test_agencies_by_another_name(self):
        """«мвд» and «жкх» find the body, in the other layout too; a renamed one is found anew."""
        self.heat.hotline_other_names = "МТСПЩ, теплачи"
        for typed in ("мтспщ", "МТСПЩ", "vncgo", "теплач", "мтспщ отопл"):
            with self.subTest(typed=typed):
                self.assertEqual(self._find(typed), [("agency", self.heat.id)])
        self.heat.hotline_other_names = False
        self.assertEqual(self._find("мтспщ"), [])

    def test_a_case_by_its_number_comes_first(self):
        ticket = self._registered()
        self.assertEqual(self._find(ticket.number.lower())[0], ("case", ticket.id))

    def test_chosen_kinds_and_the_limit(self):
        self.assertEqual(self._find("лензнаменская", kinds=["agency"]), [])
        self.assertEqual(len(self._find("лензнаменская", limit=1)), 1)

    def test_what_is_nothing(self):
        for typed in ("", " ", "и", None, "' & (|", "%%", "абырвалгус", ":*", "\\"):
            with self.subTest(typed=typed):
                self.assertEqual(self._find(typed), [])

    def test_a_hint_where_nothing_is_found(self):
        """The screen says which word nobody has, or that they are not found together."""
        found = self.workplace.find("абырвалгус мария")
        self.assertEqual((found["rows"], found["unknown"]), ([], ["абырвалгус"]))
        found = self.workplace.find("теплосетьпром мария")
        self.assertEqual((found["rows"], found["unknown"]), ([], []))

    def test_what_changed_is_found_at_once(self):
        """A corrected name is found, the former one is not; a word that is new is learnt."""
        self.person.surname = "Перкунжинская"
        self.env.flush_all()
        self.assertEqual(self._find("перкунж мария"), [("citizen", self.person.id)])
        self.assertEqual(self._find("перкнжинская мария"), [("citizen", self.person.id)])
        self.assertEqual(self._find("иваньшинова мария"), [])
        self.person.active = False
        self.assertEqual(self._find("перкунж мария"), [])

    def test_only_what_the_hotline_knows(self):
        """A contact that is neither citizen nor agency has no words."""
        contact = self.env["res.partner"].create({"name": "Абракадабров Лев"})
        self.env.flush_all()
        self.env.cr.execute("SELECT search_words FROM res_partner WHERE id = %s", [contact.id])
        self.assertIsNone(self.env.cr.fetchone()[0])
        contact.hotline_kind = "citizen"
        self.assertEqual(self._find("абракадабров"), [("citizen", contact.id)])

    def test_an_index_answers(self):
        """E2: PostgreSQL asks the index of the words, not every card."""
        finder = self.env["hotline.finder"]
        asked, known = next(finder._meanings("лензнам 15 кв 3 иваньш"))
        citizens = Domain(finder._kinds()["citizen"][1])
        domain = citizens & finder._condition(asked, known)
        query = self.env["res.partner"]._search(domain, limit=200)
        # of the few cards of a test any way is quick: that of many is the one left
        self.env.cr.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        self.env.cr.execute(
            "DROP INDEX res_partner__hotline_kind_index, res_partner_citizen_name_idx,"
            " res_partner_citizen_named_idx"
        )
        plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        self.assertIn("search_citizen_idx", "\n".join(line for (line,) in plan))

    def test_queries_do_not_grow(self):
        for number in range(5):
            self._citizen("Иваньшинова", f"Анна{number}", "", f"ул. Мира, {number}")
        finder = self.env["hotline.finder"].with_user(self.operator)
        finder.find("иваньшинова")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(11):
            self.assertEqual(len(finder.find("иваньшинова")), 7)

    def test_words_of_nobody_are_forgotten(self):
        words = self.env["hotline.search.word"]
        person = self._citizen("Кракозябрин", "Лев", "", "")
        self.env.flush_all()
        person.unlink()
        self.env.flush_all()
        self.assertTrue(words._known(["кракозябрин"])["кракозябрин"])
        words._gc_words()
        self.assertFalse(words._known(["кракозябрин"])["кракозябрин"])
        self.assertTrue(words._known(["иваньшинова"])["иваньшинова"])

    def test_migration_makes_the_words_of_what_is_there(self):
        """Existing databases: the same words, in sets."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, search_words FROM res_partner WHERE hotline_kind IS NOT NULL"
        )
        before = dict(self.env.cr.fetchall())
        self.assertGreater(len(before), 3)
        self.env.cr.execute("ALTER TABLE res_partner DROP COLUMN search_words CASCADE")
        self.env.cr.execute("DELETE FROM hotline_search_word")
        for name in ("pre-search_words", "post-search_words"):
            script = self._script(name)
            script.AT_ONCE = 2  # several sets
            script.migrate(self.env.cr, "19.0.1.4.0")
        self.env.cr.execute("SELECT id, search_words FROM res_partner WHERE search_words <> ''")
        self.assertEqual(
            dict(self.env.cr.fetchall()), {key: line for key, line in before.items() if line}
        )
        self.assertTrue(self.env["hotline.search.word"]._known(["иваньш"])["иваньш"])

    def _script(self, name):
        path = Path(__file__).parents[1] / "migrations" / "19.0.1.5.0" / f"{name}.py"
        spec = importlib.util.spec_from_file_location(name.replace("-", "_"), path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        return script


@tagged("post_install", "-at_install")
class TestFinderRights(FinderCommon):
    """Nothing is found that the reader may not read; nothing of hidden data tells by a search."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person.phone = "8 913 555-41-77"

    def test_telephones_for_those_who_read_them(self):
        """D2: the operator finds by the whole number or by its end."""
        for typed in ("8 913 555-41-77", "+79135554177", "555-41-77"):
            with self.subTest(typed=typed):
                self.assertEqual(self._find(typed), [("citizen", self.person.id)])

    def test_hidden_telephones_find_nobody(self):
        """B4: who sees the end of a number only cannot guess the rest by searching."""
        for user in (self.supervisor, self.auditor):
            for typed in ("8 913 555-41-77", "+79135554177", "555-41-77", "4177", "мария 4177"):
                with self.subTest(user=user.login, typed=typed):
                    self.assertEqual(self._find(typed, user), [])
            self.assertTrue(self._find("иваньшинова мария", user))

    def test_a_telephone_is_in_no_line(self):
        """Not of an agency either: the words are asked for everybody who finds."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT search_words FROM res_partner WHERE id IN %s",
            [(self.person.id, self.heat.id)],
        )
        for (line,) in self.env.cr.fetchall():
            self.assertNotRegex(line, "555|4177|7701")

    def test_the_lines_are_nobodys_to_read(self):
        """Neither the line nor the known words: not by reading, searching, grouping."""
        for user in (self.operator, self.administrator, self.supervisor):
            person = self.person.with_user(user)
            with self.assertRaises(AccessError):
                person.read(["search_words"])
            with self.assertRaises(AccessError):
                person.search([("search_words", "like", "мария")])
            with self.assertRaises(AccessError):
                person._read_group([], ["search_words"])
            with self.assertRaises(AccessError):
                self.env["hotline.search.word"].with_user(user).search([])

    def test_other_roles_are_refused(self):
        portal = new_test_user(self.env, login="finder_portal", groups="base.group_portal")
        for user in (self.executor, self.press, self.approver, portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._find("мария", user)

    def test_record_rules_hold(self):
        """A citizen of another body only is not found."""
        company = self.env["res.company"].create({"name": "Другой орган"})
        self.person.company_id = company
        self.assertEqual(self._find("иваньшинова мария"), [])

    def test_typing_leaves_no_look(self):
        """B4: who saw what is noted when a card is opened, not on each letter."""
        looks = self.env["hotline.sight"].sudo()
        domain = [("model", "=", "res.partner"), ("res_ref", "=", self.person.id)]
        before = looks.search_count(domain)
        self.workplace.find("иваньшинова мария")
        self.env.flush_all()
        self.assertEqual(looks.search_count(domain), before)
        started = self._start("")
        self.workplace.set_citizen(started["id"], self.person.id)
        self.assertEqual(looks.search_count(domain), before + 1)

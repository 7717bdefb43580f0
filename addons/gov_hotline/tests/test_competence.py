from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .objects_common import ObjectsCommon


@tagged("post_install", "-at_install")
class TestCompetence(ObjectsCommon):
    """Whose question it is: by topic and territory, for operators and in resolutions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Topic = cls.env["hotline.topic"]
        cls.radiators = Topic.create(
            {
                "code": "9999.0001.0001",
                "name": "Батареи",
                "level": 3,
                "parent_id": cls.topic.id,
            }
        )
        cls.snow = Topic.create({"code": "9999.0002", "name": "Снег", "level": 2})
        cls.other_town = cls.env["hotline.territory"].create({"name": "Дальний"})
        cls.town_hall = cls._agency("Администрация Озёрска")
        cls.ministry = cls._agency("Министерство ЖКХ")
        cls.far = cls._agency("Дальнинские теплосети")
        cls._claims(cls.ministry, cls.topic)
        cls._claims(cls.agency, cls.topic, cls.town)
        cls._claims(cls.far, cls.topic, cls.other_town)
        cls._claims(cls.town_hall, None, cls.town)

    @classmethod
    def _agency(cls, name, **vals):
        vals = {"name": name, "hotline_kind": "agency", "is_company": True, **vals}
        return cls.env["res.partner"].create(vals)

    @classmethod
    def _claims(cls, agency, topic=None, territory=None):
        return cls.env["hotline.competence"].create(
            {
                "partner_id": agency.id,
                "topic_id": topic.id if topic else False,
                "territory_id": territory.id if territory else False,
            }
        )

    def _whose(self, topic=None, user=None, **about):
        directory = self.env["hotline.competence"].with_user(user or self.operator)
        found = directory.with_context(lang="en_US")._whose(topic, **about)
        return [(agency.name, why) for agency, why in found]

    def test_by_topic_and_place(self):
        """A topic holds for those below it, a territory for the objects in it."""
        self.assertEqual(
            self._whose(self.radiators, place=self.flat),
            [
                ("Теплосеть", "by topic and territory"),
                ("Министерство ЖКХ", "by topic"),
                ("Администрация Озёрска", "by territory"),
            ],
        )
        self.assertEqual(
            self._whose(self.snow, place=self.flat), [("Администрация Озёрска", "by territory")]
        )

    def test_the_place_is_not_known(self):
        """Who answers in one town only is named with «ask where it is»."""
        found = self._whose(self.radiators)
        self.assertEqual(found[0], ("Министерство ЖКХ", "by topic"))
        self.assertEqual({why for _name, why in found[1:]}, {"by topic; ask where it is"})
        self.assertEqual(self._whose(), [])

    def test_who_looks_after_the_house(self):
        self._names_company(self.house, self.company_one)
        self.assertIn(
            ("УК «Первая»", "looks after this address"),
            self._whose(self.radiators, place=self.flat),
        )

    def test_archived_and_foreign_agencies_are_not_proposed(self):
        other = self.env["res.company"].create({"name": "Другой орган"})
        self.agency.active = False
        self.ministry.company_id = other
        found = self._whose(self.radiators, place=self.flat)
        self.assertEqual(found, [("Администрация Озёрска", "by territory")])
        claim = self.ministry.hotline_competence_ids
        self.assertFalse(claim.with_user(self.officer).has_access("read"))

    def test_a_line_says_something_and_once(self):
        with self.assertRaises(ValidationError):
            self._claims(self.agency)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._claims(self.ministry, self.topic)

    def test_at_the_workplace(self):
        """The operator is told whose question it is; nobody else's call answers."""
        workplace = self.env["hotline.workplace"].with_user(self.operator)
        call = workplace.start_call({"phone": "8 913 555-01-99", "line_id": self.line.id})
        workplace.set_object(call["id"], self.flat.id)
        found = workplace.whose(call["id"], self.radiators.id)
        self.assertEqual(
            [one["id"] for one in found],
            [self.agency.id, self.ministry.id, self.town_hall.id],
        )
        self.assertTrue(all(one["why"] for one in found))
        with self.assertRaises(AccessError):
            workplace.with_user(self.officer).whose(call["id"], self.radiators.id)

    def test_companies_of_the_place_at_the_workplace(self):
        """D3, E3: who answers at the address for what work, agency or not, with the telephone."""
        heating = self.env["hotline.work.kind"].create({"name": "Отопление", "code": "test_heat"})
        boilers = self._agency("Котельная", hotline_kind="organisation", phone="84951234567")
        house = self.flat.parent_id
        house.company_ids = [
            Command.clear(),
            Command.create({"partner_id": self.company_one.id}),
            Command.create({"partner_id": boilers.id, "work_kind_id": heating.id}),
        ]
        workplace = self.env["hotline.workplace"].with_user(self.operator)
        call = workplace.start_call({"phone": "8 913 555-01-99", "line_id": self.line.id})
        workplace.set_object(call["id"], self.flat.id)
        found = {one["id"]: one for one in workplace.whose(call["id"], self.radiators.id)}
        self.assertIn(self.ministry.id, found)
        self.assertFalse(found[self.ministry.id]["company"])
        self.assertTrue(found[self.company_one.id]["why"])
        told = found[boilers.id]
        self.assertIn("Отопление", told["why"])
        self.assertEqual(told["company"]["names"], "Отопление")
        self.assertEqual(told["company"]["phone"], "8 (495) 123-45-67")
        # chosen for the call, it is there after a reload
        self.env["hotline.call"].browse(call["id"]).with_user(self.operator).agency_id = boilers
        listed = [one["id"] for one in workplace.get_state()["agencies"]]
        self.assertIn(boilers.id, listed)
        self.assertNotIn(self.company_one.id, listed)

    def test_in_the_callers_words(self):
        """E3: «яма на дороге» finds who answers for roads, by the everyday words of the topic."""
        self.env["hotline.topic"].search([]).keywords = False
        self.snow.keywords = "дорога яма гололёд снег"
        self.radiators.keywords = "батарея тепло"
        self._claims(self.far, self.snow)
        workplace = self.env["hotline.workplace"].with_user(self.operator)
        workplace = workplace.with_context(lang="ru_RU")
        found = workplace.whose_words("Яма на дороге")
        self.assertEqual(found, [{"id": self.far.id, "why": "по теме «Снег»"}])
        by_place = workplace.whose_words("нет тепла в батареях", self.flat.id)
        ids = [one["id"] for one in by_place]
        self.assertEqual(ids, [self.agency.id, self.ministry.id])  # the town's office is for all
        self.assertEqual(workplace.whose_words("паспорт"), [])
        self.assertEqual(workplace.whose_words(""), [])

    def test_in_the_resolution(self):
        """B3, C1: the competent ones are proposed first, with the reason; never the accused."""
        case = self._registered(object_id=self.flat.id, topic_id=self.radiators.id)
        case = case.with_user(self.officer).with_context(lang="en_US")
        self.assertEqual(case._usual_executors()[:2], self.agency | self.ministry)
        opened = case.action_resolution()
        form = Form(self.env["hotline.resolution"].with_user(self.officer).with_context(
            **opened["context"], lang="en_US"
        ))  # fmt: skip
        self.assertEqual(
            form.proposed_why.splitlines()[:2],
            ["Теплосеть: by topic and territory", "Министерство ЖКХ: by topic"],
        )
        case.sudo().complaint_against_id = self.ministry
        self.assertNotIn(self.ministry, case._usual_executors())

    def test_queries_are_bounded(self):
        for number in range(30):
            self._claims(self._agency(f"Ведомство {number}"), self.snow, self.town)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(25):
            self.assertEqual(len(self._whose(self.snow, place=self.flat)), 5)

    def test_the_list_finds_by_other_names_and_topics(self):
        """«жкх» in the list of agencies: the filter of the search box reads all its fields."""
        self.ministry.hotline_other_names = "МЖКХ"
        self.ministry.write(
            {"hotline_competence_ids": [Command.create({"topic_id": self.snow.id})]}
        )
        search = self.env.ref("gov_hotline.res_partner_view_search_agency")
        self.assertIn("hotline_other_names", search.arch)
        for domain in (
            [("hotline_other_names", "ilike", "жкх")],
            [("hotline_competence_ids.topic_id", "ilike", "Снег")],
        ):
            self.assertIn(
                self.ministry, self.env["res.partner"].with_user(self.operator).search(domain)
            )

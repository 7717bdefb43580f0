from datetime import date, timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ROLES
from .objects_common import ObjectsCommon

READS = {"operator", "officer", "administrator", "approver", "supervisor", "auditor"}
MODELS = (
    "hotline.territory", "hotline.object.kind", "hotline.object", "hotline.object.company",
    "hotline.work.kind", "hotline.service", "hotline.account", "hotline.meter", "hotline.reading",
)  # fmt: skip
MENDS = {
    "hotline.territory": {"supervisor", "administrator"},
    "hotline.object": {"supervisor", "administrator"},
    "hotline.object.company": {"supervisor", "administrator"},
    "hotline.account": {"supervisor", "administrator"},
    "hotline.meter": {"supervisor", "administrator"},
    "hotline.reading": set(),
}


@tagged("post_install", "-at_install")
class TestObjects(ObjectsCommon):
    def test_address(self):
        """D3: the address is made of the chain and follows a change above."""
        self.assertEqual(self.flat.address, "Озёрск, ул. Ленина, д. 15, кв. 3")
        self.assertEqual(self.flat.territory_id, self.town)
        self.street.name = "пр-кт Мира"
        self.town.name = "Снежинск"
        self.assertEqual(self.flat.address, "Снежинск, пр-кт Мира, д. 15, кв. 3")
        self.assertEqual(self.account.address, self.flat.address)

    def test_order_of_flats(self):
        """D3: flat 2 before flat 10."""
        made = [self._object("flat", name, parent_id=self.house.id) for name in ("10", "2")]
        found = self.env["hotline.object"].search([("id", "in", [one.id for one in made])])
        self.assertEqual(found.mapped("name"), ["2", "10"])

    def test_what_is_a_part_of_what(self):
        """D3: a flat is no part of a street; nothing is a part of itself."""
        with self.assertRaisesRegex(ValidationError, "Flat"):
            self._object("flat", "1", parent_id=self.street.id)
        with self.assertRaises(UserError):
            self.street.parent_id = self.flat

    def test_one_place_one_object(self):
        """D3: a second house 15 of the same street is refused."""
        with self.assertRaises(ValidationError):
            self._object("house", "15", parent_id=self.street.id)

    def test_kind_without_a_number(self):
        """D3: a yard is called by its kind."""
        yard = self._object("yard", False, parent_id=self.house.id)
        self.assertEqual(yard.address, "Озёрск, ул. Ленина, д. 15, двор")

    def test_passport(self):
        """D3: each kind has the fields of its own passport."""
        self.house.kind_id.properties_definition = [
            {"name": "year", "string": "Год постройки", "type": "integer"}
        ]
        self.house.properties = {"year": 1978}
        self.assertEqual(self.house.properties["year"], 1978)
        self.assertFalse(self.flat.properties)

    def test_responsible(self):
        """D3: the company of the nearest object above; by the work and the day; one query."""
        lifts = self.env.ref("gov_hotline.work_kind_lifts")
        water = self.env.ref("gov_hotline.work_kind_water")
        day = date(2026, 11, 22)
        nobody = lifts.browse()
        self._names_company(self.street, self.company_one)
        self._names_company(self.house, self.company_two, work_kind_id=lifts.id)
        self._names_company(self.other_flat, self.company_two, valid_to=date(2026, 1, 31))
        self.env.flush_all()
        flats = self.flat | self.other_flat
        flats.mapped("parent_path")
        for work, expected in (
            (lifts, [self.company_two, self.company_one]),
            (water, [self.company_one, self.company_one]),
            (nobody, [self.company_one, self.company_one]),
        ):
            with self.assertQueryCount(1):
                found = flats._responsible(work, day)
            self.assertEqual([found[one.id] for one in flats], expected, work.name)
        early = flats._responsible(nobody, date(2026, 1, 31))
        self.assertEqual(early[self.other_flat.id], self.company_two)
        self.assertFalse(self.env["hotline.object"]._responsible(lifts, day))

    def test_who_answers_today(self):
        """D3: the card of a flat lists who answers, by work, named at it or above it."""
        lifts = self.env.ref("gov_hotline.work_kind_lifts")
        water = self.env.ref("gov_hotline.work_kind_water")
        today = self.env.company._hotline_today()
        far = self._names_company(self.street, self.company_one)
        ours = self._names_company(self.house, self.company_two, work_kind_id=lifts.id)
        self._names_company(self.street, self.company_one, work_kind_id=lifts.id)
        ended = {"valid_to": today - timedelta(days=1), "work_kind_id": water.id}
        self._names_company(self.house, self.company_two, **ended)
        flat = self.flat.with_user(self.operator)
        self.assertEqual(flat.answering_ids, far | ours)
        for work in (lifts, water):
            named = flat.answering_ids.filtered(lambda one, work=work: one.work_kind_id == work)
            named = named or flat.answering_ids.filtered(lambda one: not one.work_kind_id)
            expected = flat._responsible(work, today)[flat.id]
            self.assertEqual(named.partner_id, expected, work.name)
        self._names_company(self.flat, self.company_two)
        self.env.invalidate_all()
        self.assertEqual(flat.answering_ids.object_id, self.flat)

    def test_two_companies_for_one_work(self):
        """D3: a term must end before another company's begins."""
        first = self._names_company(self.house, self.company_one, valid_from=date(2026, 1, 1))
        with self.assertRaises(ValidationError):
            self._names_company(self.house, self.company_two, valid_from=date(2026, 6, 1))
        first.valid_to = date(2026, 5, 31)
        self._names_company(self.house, self.company_two, valid_from=date(2026, 6, 1))

    def test_account_of_one_company(self):
        """D2: a number is one company's once; another's may be the same."""
        self._account("4410-0093", self.other_flat, self.company_two)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._account("4410-0093", self.other_flat, self.company_one)

    def test_territories(self):
        """D3: a settlement is found by its district and shown with it."""
        region = self.env["hotline.territory"].create({"name": "Область", "kind": "region"})
        self.town.parent_id = region
        self.assertEqual(self.town.display_name, "Область, Озёрск")
        self.assertEqual(self.flat.address.partition(",")[0], "Озёрск")
        with self.assertRaises(UserError):
            region.parent_id = self.town


@tagged("post_install", "-at_install")
class TestObjectRights(ObjectsCommon):
    def _may(self, model, operation):
        return {
            role
            for role in ROLES
            if self.env[model].with_user(getattr(self, role)).has_access(operation)
        }

    def test_who_reads_and_mends(self):
        """D3: staff reads; supervisors and administrators mend; executors and press see nothing."""
        for model in MODELS:
            with self.subTest(model):
                self.assertEqual(self._may(model, "read"), READS)
                self.assertEqual(self._may(model, "write"), MENDS.get(model, {"administrator"}))

    def test_operator_adds_a_missing_object(self):
        """D3: an operator adds what is missing and mends nothing."""
        Objects = self.env["hotline.object"].with_user(self.operator)
        made = Objects.create(
            {"kind_id": self.flat.kind_id.id, "name": "8", "parent_id": self.house.id}
        )
        self.assertEqual(made.address, "Озёрск, ул. Ленина, д. 15, кв. 8")
        with self.assertRaises(AccessError):
            made.name = "9"
        for model in ("hotline.account", "hotline.meter", "hotline.reading"):
            self.assertFalse(self.env[model].with_user(self.operator).has_access("create"), model)

    def test_nobody_deletes(self):
        """D3: objects and accounts are archived and closed, never deleted."""
        for model in ("hotline.object", "hotline.account", "hotline.meter", "hotline.reading"):
            self.assertFalse(self._may(model, "unlink"), model)


@tagged("post_install", "-at_install")
class TestObjectOfCase(ObjectsCommon):
    def _line(self, ticket):
        return self.env["hotline.journal"].search(
            [("res_ref", "=", ticket.id), ("event", "=", "object_changed")]
        )

    def test_rights_move_with_the_block(self):
        """B4: the operator's until hand-over, the officer's after it, nobody's at the end."""
        ticket = self._draft(object_id=self.flat.id)
        ticket.object_id = self.house
        self.assertFalse(self._line(ticket))
        ticket.action_register()
        with self.assertRaises(AccessError):
            ticket.object_id = self.flat
        ticket.with_user(self.officer).object_id = self.flat
        self.assertEqual(ticket.territory_id, self.town)
        closed = self._closed(object_id=self.flat.id)
        with self.assertRaises(UserError):
            closed.with_user(self.officer).object_id = self.house

    def test_journal(self):
        """X5: a changed object of a registered case leaves a line, in words."""
        ticket = self._registered(object_id=self.house.id).with_user(self.officer)
        ticket.object_id = self.house
        self.assertFalse(self._line(ticket))
        ticket.object_id = self.flat
        line = self._line(ticket).with_user(self.officer)
        self.assertEqual(len(line), 1)
        self.assertIn(self.flat.address, line.payload_text)
        self.assertNotIn("Ленина", line.sudo().payload)

    def test_lives_on_after_closing(self):
        """B4: a closed case does not hold back a change of the territory's place."""
        self._closed(object_id=self.flat.id)
        other = self.env["hotline.territory"].create({"name": "Снежинск"})
        self.street.territory_id = other
        self.env.flush_all()
        self.assertEqual(self.flat.territory_id, other)

    def test_press_reads_no_address(self):
        """B4: the press service sees the case of the networks, not the object."""
        ticket = self._draft(kind="message", origin="social", object_id=self.flat.id)
        with self.assertRaises(AccessError):
            ticket.with_user(self.press).read(["object_id"])

    def test_from_the_call_to_the_case(self):
        """D3: what the call is about the case is about."""
        call = self.env["hotline.call"].with_user(self.operator).create(
            {"line_id": self.line.id, "partner_id": self.citizen.id, "object_id": self.flat.id}
        )  # fmt: skip
        self.assertEqual(call._make_ticket({}).object_id, self.flat)
        self.assertEqual(call.territory_id, self.town)

    def test_history_with_parts(self):
        """D3: the card of a house has the cases and the calls of its flats."""
        ticket = self._registered(object_id=self.flat.id)
        self._draft(object_id=self.flat.id)
        elsewhere = self._registered(object_id=self.other_flat.id)
        call = self.env["hotline.call"].create({"object_id": self.house.id})
        house = self.house.with_user(self.operator)
        self.assertEqual((house.case_ids, house.call_ids), (ticket, call))
        self.assertEqual((house.case_count, house.call_count, house.account_count), (1, 1, 1))
        self.assertEqual(self.street.case_count, 2)
        action = self.street.with_user(self.operator).action_open_cases()
        found = self.env["helpdesk.ticket"].search(action["domain"])
        self.assertLessEqual(ticket | elsewhere, found)

    def test_queries(self):
        """D3: a page of eighty objects or accounts costs no more than one of ten."""
        flats = self.env["hotline.object"].create(
            [
                {"kind_id": self.flat.kind_id.id, "name": f"1{n}", "parent_id": self.house.id}
                for n in range(90)
            ]
        )
        for n, flat in enumerate(flats):
            account = self._account(f"77-{n}", flat, self.company_two)
            self.env["hotline.meter"].create({"account_id": account.id, "service_id": self.cold.id})
        pages = {
            "hotline.object": ("address", "kind_id", "territory_id", "responsible_id"),
            "hotline.account": ("number", "provider_id", "holder_name", "object_id", "service_ids"),
            "hotline.meter": ("account_id", "service_id", "serial", "last_value", "last_on"),
        }
        for model, names in pages.items():
            with self.subTest(model):
                self._read_page(model, names, 10)
                ten = self._read_page(model, names, 10)
                self.assertLessEqual(self._read_page(model, names, 80), ten)
                self.assertLess(ten, 12)

    def _read_page(self, model, names, limit):
        self.env.flush_all()
        self.env.invalidate_all()
        records = self.env[model].with_user(self.operator)
        spec = {
            name: {"fields": {"display_name": {}}} if records._fields[name].relational else {}
            for name in names
        }
        before = self.env.cr.sql_log_count
        self.assertEqual(len(records.web_search_read([], spec, limit=limit)["records"]), limit)
        return self.env.cr.sql_log_count - before

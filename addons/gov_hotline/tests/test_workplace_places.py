from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .objects_common import ObjectsCommon
from .workplace_common import NUMBER, WorkplaceCommon


@tagged("post_install", "-at_install")
class TestWorkplacePlaces(WorkplaceCommon, ObjectsCommon):
    """E2: account, address and citizen fill each other on the operator's screen."""

    def _empty_call(self):
        return self._call(self._start(phone=""))

    def test_citizen_tells_the_account(self):
        """D2, E2: a known number, the only account: object and account are there at once."""
        place = self._start(NUMBER)["place"]
        self.assertEqual(place["account"]["number"], "4410-0093")
        self.assertEqual(place["object"]["address"], "Озёрск, ул. Ленина, д. 15, кв. 3")

    def test_two_accounts_are_offered(self):
        """E2: of two accounts none is taken by itself."""
        self._account("99-1", self.other_flat, self.company_two, holder_id=self.citizen.id)
        place = self._start(NUMBER)["place"]
        self.assertFalse(place["account"])
        self.assertEqual([one["number"] for one in place["offered"]], ["4410-0093", "99-1"])

    def test_account_offers_its_holder(self):
        """E2, practice 21: the holder is offered, and is the caller once that is said."""
        numbers = {"shared": "+79135550201", "service": "+79135550202", "vip": "+79135550203"}
        for kind, number in numbers.items():
            self.env["hotline.phone"].create({"number": number, "kind": kind})
        for phone in ("", *numbers.values(), "+79135550204"):
            with self.subTest(phone=phone):
                call = self._call(self._start(phone=phone))
                shown = self.workplace.set_account(call.id, self.account.id)
                self.assertFalse(shown["citizen"] or call.partner_id)
                self.assertEqual(shown["place"]["holder"], self.citizen.name)
                self.assertEqual(shown["draft"]["citizen"]["surname"], "")
                self.assertEqual((call.object_id, call.account_id), (self.flat, self.account))
                taken = self.workplace.take_holder(call.id)
                self.assertEqual(taken["citizen"]["id"], self.citizen.id)
                self.assertEqual((call.partner_id, taken["place"]["holder"]), (self.citizen, ""))
                self.assertNotIn(phone or "-", self.citizen.hotline_phone_ids.mapped("number"))

    def test_the_only_account_of_an_address_offers_its_holder(self):
        """E2, practice 21: an address that was typed makes nobody the caller either."""
        call = self._empty_call()
        place = self.workplace.set_address(call.id, "ленина 15-3")["place"]
        self.assertEqual((place["holder"], call.partner_id.id), (self.citizen.name, False))

    def test_account_of_a_holder_without_a_card(self):
        """E2: the address of a new citizen is filled, the name once the holder is the caller."""
        self.account.write({"holder_id": False, "holder_name": "Петров Пётр Ильич"})
        call = self._empty_call()
        shown = self.workplace.set_account(call.id, self.account.id)
        address = "Озёрск, ул. Ленина, д. 15, кв. 3"
        empty = {"surname": "", "given_name": "", "patronymic": "", "address": address}
        self.assertEqual(shown["draft"]["citizen"], empty)
        self.assertEqual(shown["place"]["holder"], "Петров Пётр Ильич")
        self.assertEqual(
            self.workplace.take_holder(call.id)["draft"]["citizen"],
            {"surname": "Петров", "given_name": "Пётр", "patronymic": "Ильич", "address": address},
        )

    def test_nobody_is_written_down(self):
        """E2: an account was taken and nobody gave a name: the call is closed without a citizen."""
        call = self._empty_call()
        typed = self.workplace.set_account(call.id, self.account.id)["draft"]["citizen"]
        disposition = self.env.ref("gov_hotline.disposition_consult_answered")
        vals = {"group": "consultation", "result": "Ответ", "disposition_id": disposition.id}
        self.workplace.close_call(call.id, {**vals, "question": "Вопрос", "citizen": typed})
        self.assertEqual((call.state, call.partner_id.id), ("closed", False))

    def test_no_holder_to_be_taken(self):
        """E2: without an account, and where somebody is said to be calling."""
        call = self._empty_call()
        with self.assertRaises(UserError):
            self.workplace.take_holder(call.id)
        self.workplace.set_citizen(call.id, self._neighbour("Дочкина").id)
        self.assertFalse(self.workplace.set_account(call.id, self.account.id)["place"]["holder"])
        with self.assertRaises(UserError):
            self.workplace.take_holder(call.id)

    def test_what_was_typed_stays(self):
        """E2: only what is empty is filled."""
        self.account.holder_id = False
        call = self._empty_call()
        typed = {"surname": "Соседкина", "given_name": "", "patronymic": "", "address": ""}
        self.workplace.save_call(call.id, {"workplace_draft": {"citizen": typed}})
        shown = self.workplace.set_account(call.id, self.account.id)["draft"]["citizen"]
        self.assertEqual((shown["surname"], shown["given_name"]), ("Соседкина", ""))
        self.assertEqual(shown["address"], self.flat.address)

    def test_another_caller_keeps_the_account(self):
        """E2: a daughter calls for her mother: who calls is not written over."""
        daughter = self._neighbour("Дочкина")
        call = self._empty_call()
        self.workplace.set_citizen(call.id, daughter.id)
        self.workplace.set_account(call.id, self.account.id)
        self.assertEqual(call.partner_id, daughter)
        self.assertFalse(daughter.street)

    def test_address_alone(self):
        """E2: only the address is known: its accounts are offered; the only one is taken."""
        call = self._empty_call()
        self.workplace.set_address(call.id, "ленина 15-3")
        self.assertEqual((call.object_id, call.account_id), (self.flat, self.account))
        two = self._empty_call()
        self._account("99-1", self.flat, self.company_two)
        place = self.workplace.set_address(two.id, "Озерск, ул. Ленина, дом 15 кв 3")["place"]
        self.assertFalse(place["account"])
        self.assertEqual(len(place["offered"]), 2)
        unknown = self._empty_call()
        self.assertFalse(self.workplace.set_address(unknown.id, "Мира 1")["place"]["object"])

    def test_closed_accounts_are_not_offered(self):
        """E2: a closed account is nobody's any more, but is found by its number."""
        self.account.state = "closed"
        call = self._empty_call()
        self.assertFalse(self.workplace.set_object(call.id, self.flat.id)["place"]["offered"])
        found = self.workplace.find("4410")["rows"]
        self.assertEqual([(one["kind"], one["is_closed"]) for one in found], [("account", True)])

    def test_found(self):
        """E3: by number, holder, address in any spelling; the shorter address first."""
        for text, kind, record in (
            ("4410-00", "account", self.account),
            ("ленина 15-3", "object", self.flat),
            ("ленина 15", "object", self.house),
            ("ленина", "object", self.street),
        ):
            rows = [row for row in self.workplace.find(text)["rows"] if row["kind"] == kind]
            self.assertEqual(rows[0]["id"], record.id, text)

    def test_another_object_drops_the_account(self):
        """E2: a new object is not asked about with the old one's account."""
        call = self._call(self._start(NUMBER))
        place = self.workplace.set_object(call.id, self.other_house.id)["place"]
        self.assertEqual(call.object_id, self.other_house)
        self.assertFalse(place["account"])
        self.workplace.set_object(call.id, False)
        self.assertFalse(call.object_id)

    def test_registered_with_the_object(self):
        """D3: the case of the talk is about the object of the talk."""
        call = self._call(self._start(NUMBER))
        self.workplace.register(
            call.id, {"question": "Третий день холодные батареи.", "topic_id": self.topic.id}
        )
        self.assertEqual(call.ticket_id.object_id, self.flat)

    def test_refused(self):
        """E2: an account that is gone, a stranger's call."""
        call = self._empty_call()
        with self.assertRaises(UserError):
            self.workplace.set_account(call.id, 10**9)
        strangers = self.env["hotline.call"].with_user(self.officer).create({})
        with self.assertRaises(AccessError):
            self.workplace.set_object(strangers.id, self.flat.id)

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .workplace_common import E164, NUMBER, WorkplaceCommon


@tagged("post_install", "-at_install")
class TestWorkplaceRights(WorkplaceCommon):
    def test_only_operators_and_above(self):
        """Every public method refuses the other roles."""
        call_id = self._start()["id"]
        outsiders = [self.auditor, self.press, self.executor, self.approver, self.supervisor]
        portal = new_test_user(self.env, login="test_portal", groups="base.group_portal")
        calls = [
            ("get_state", []),
            ("lookup_phone", [NUMBER]),
            ("search_citizens", ["Иванова"]),
            ("search_topics", ["отоп"]),
            ("start_call", [{"phone": NUMBER}]),
            ("open_call", [call_id]),
            ("set_phone", [call_id, NUMBER]),
            ("set_citizen", [call_id, self.citizen.id]),
            ("create_citizen", [call_id, {"surname": "Новый"}]),
            ("update_citizen", [call_id, {"surname": "Новый"}]),
            ("remember_phone", [call_id]),
            ("save_call", [call_id, {"question": "?"}]),
            ("close_call", [call_id, {}]),
            ("discard_call", [call_id]),
            ("promise", [call_id, {}]),
            ("cancel_promise", [call_id, 1]),
            ("emergency_state", [call_id]),
            ("press_emergency", [call_id, 1]),
            ("undo_emergency", [1]),
            ("transfer_emergency", [1]),
            ("whose", [call_id]),
            ("whose_words", ["яма на дороге"]),
            ("check_intake", [call_id, {}]),
            ("register", [call_id, {}]),
            ("get_status", [1]),
            ("tell_status", [call_id, 1]),
            ("refuse_status", [call_id]),
            ("find_similar", [call_id, {}]),
            ("find", ["Иванова"]),
            ("make_draft", [call_id, {}]),
            ("renew_draft_code", [call_id]),
            ("set_account", [call_id, 1]),
            ("take_holder", [call_id]),
            ("set_object", [call_id, 1]),
            ("link_case", [call_id, 1]),
            ("cases_to_link", [call_id]),
            ("set_address", [call_id, "ленина"]),
            ("get_place", [call_id]),
        ]
        for user in [*outsiders, portal]:
            workplace = self.env["hotline.workplace"].with_user(user)
            for method, args in calls:
                with self.subTest(user=user.login, method=method), self.assertRaises(AccessError):
                    getattr(workplace, method)(*args)

    def test_every_public_method_is_in_the_list_above(self):
        """A new public method needs its refusal tested: none may be forgotten."""
        model = type(self.env["hotline.workplace"])
        own = {
            name
            for part in model.__mro__
            if part.__module__.startswith("odoo.addons.gov_hotline.models.hotline_workplace")
            for name in vars(part)
            if not name.startswith("_")
        }
        self.assertEqual(len(own), 38, own)

    def test_another_operators_call(self):
        other = self._new_role_user("operator", "press")
        started = self._start()
        with self.assertRaises(AccessError):
            self.env["hotline.workplace"].with_user(other).save_call(started["id"], {})

    def test_a_role_above_the_operator(self):
        state = self.env["hotline.workplace"].with_user(self.officer).get_state()
        self.assertIn(self.line.id, [line["id"] for line in state["lines"]])


@tagged("post_install", "-at_install")
class TestWorkplaceCaller(WorkplaceCommon):
    def test_one_number_in_any_spelling(self):
        """D2: "8 (913) 555-01-01" and "+79135550101" find the same citizen."""
        for spelling in (NUMBER, E164, "9135550101", "7 913 555 01 01"):
            with self.subTest(spelling=spelling):
                found = self.workplace.lookup_phone(spelling)
                self.assertEqual([one["id"] for one in found["citizens"]], self.citizen.ids)
                self.assertEqual(found["phone"]["e164"], E164)

    def test_one_citizen_is_chosen(self):
        started = self._start()
        self.assertEqual(started["citizen"]["id"], self.citizen.id)
        self.assertEqual(self._call(started).partner_id, self.citizen)

    def test_several_people_nobody_is_chosen(self):
        """D2: several people on a number are listed, the operator chooses."""
        neighbour = self._neighbour()
        started = self._start()
        self.assertFalse(started["citizen"])
        self.assertFalse(self._call(started).partner_id)
        self.assertEqual(
            {one["id"] for one in started["candidates"]}, {self.citizen.id, neighbour.id}
        )
        card = self.workplace.set_citizen(started["id"], neighbour.id)
        self.assertEqual(card["name"], "Сидоров Пётр")
        self.assertEqual(self._call(started).partner_id, neighbour)

    def test_numbers_that_are_nobody(self):
        """Practice 21: hidden, shared, service and VIP numbers are never linked to a person."""
        Phone = self.env["hotline.phone"]
        for kind in ("shared", "service", "vip"):
            special = Phone.create({"number": E164, "kind": kind, "note": "Больница"})
            with self.subTest(kind=kind):
                started = self._start()
                self.assertEqual(started["phone"]["kind"], kind)
                self.assertEqual(started["phone"]["note"], "Больница")
                self.assertFalse(started["citizen"])
                self.assertFalse(started["candidates"])
            special.unlink()
        for raw, kind in (("", "hidden"), ("anonymous", "hidden"), ("215", "internal")):
            with self.subTest(raw=raw):
                self.assertEqual(self._start(raw)["phone"]["kind"], kind)

    def test_special_number_is_not_kept_for_a_person(self):
        """Practice 21: a new citizen on a shared number does not get it."""
        self.env["hotline.phone"].create({"number": "+79135550199", "kind": "shared"})
        started = self._start("8 913 555-01-99")
        card = self.workplace.create_citizen(started["id"], {"surname": "Новикова"})
        self.assertFalse(card["phones"])
        with self.assertRaises(UserError):
            self.workplace.remember_phone(started["id"])

    def test_new_citizen_with_the_number(self):
        started = self._start("8 913 555-01-77")
        card = self.workplace.create_citizen(
            started["id"],
            {"surname": "НОВИКОВА", "given_name": "анна", "address": " ул. Мира,  2 "},
        )
        self.assertEqual(card["name"], "Новикова Анна")
        self.assertEqual(card["street"], "ул. Мира, 2")
        again = self.workplace.lookup_phone("+7 913 555 01 77")
        self.assertEqual([one["id"] for one in again["citizens"]], [card["id"]])

    def test_new_citizen_needs_a_name(self):
        started = self._start("8 913 555-01-77")
        with self.assertRaises(UserError):
            self.workplace.create_citizen(started["id"], {"address": "ул. Мира, 2"})

    def test_known_citizen_on_a_new_number(self):
        started = self._start("8 913 555-01-78")
        self.assertFalse(started["citizen"])
        self.workplace.set_citizen(started["id"], self.citizen.id)
        card = self.workplace.remember_phone(started["id"])
        self.assertIn("+79135550178", card["phones"])

    def test_corrected_number_is_looked_up_again(self):
        started = self._start("8 913 555-01-70")
        again = self.workplace.set_phone(started["id"], NUMBER)
        self.assertEqual(again["citizen"]["id"], self.citizen.id)
        self.assertEqual(self._call(started).phone, E164)

    def test_words_are_no_telephone(self):
        """D2: words typed as the number come back to be looked for; nothing of them is kept."""
        started = self._start("лен 15 кв 3 иван")
        self.assertEqual(started["find"], "лен 15 кв 3 иван")
        call = self._call(started)
        self.assertFalse(call.phone or call.phone_raw)
        self.assertFalse(call.with_user(self.supervisor).phone_end)
        again = self.workplace.set_phone(self._start()["id"], "Иванова")
        self.assertEqual((again["find"], again["phone"]["e164"]), ("Иванова", E164))
        self.assertFalse(self._start("8 913 555-01-01 доб. 12")["find"])
        self.assertFalse(self._start("скрытый номер")["find"])

    def test_words_are_no_telephone_of_a_call_by_rpc_either(self):
        call = self._call(self._start()).with_user(self.operator)
        for name in ("phone", "phone_raw"):
            with self.subTest(name), self.assertRaises(UserError):
                call.write({name: "лен 15 иван"})
            with self.subTest(name), self.assertRaises(UserError):
                call.create({name: "лен 15 иван"})

    def test_card_counts_cases_and_calls(self):
        """B7, D2: the card says how many cases, which are open and what the last calls were."""
        closed = self._closed()
        running = self._registered()
        draft = self._draft()
        started = self._start()
        self.workplace.close_call(
            started["id"],
            {
                "group": "consultation",
                "disposition_id": self.answered.id,
                "question": "Когда дадут тепло?\nВторая строка",
            },
        )
        card = self.workplace.lookup_phone(NUMBER)["citizens"][0]
        self.assertEqual((card["open_count"], card["total_count"]), (1, 2))
        self.assertEqual([case["id"] for case in card["cases"]], [running.id, draft.id, closed.id])
        self.assertTrue(card["cases"][0]["due_text"])
        self.assertFalse(card["cases"][2]["due_text"])
        self.assertEqual(card["calls"][0]["question"], "Когда дадут тепло?")

    def test_a_senders_control_is_never_told(self):
        """A3, practice 10: a covering letter moves our date, the citizen is told the law's."""
        ticket = self._registered()
        law = ticket.due_on
        self.env["hotline.covering.letter"].with_user(self.officer).create(
            {
                "ticket_id": ticket.id,
                "sender_id": self.agency.id,
                "sender_number": "7-12",
                "sender_date": ticket.registered_on,
                "is_controlled": True,
                "report_by": ticket.registered_on + timedelta(days=5),
            }
        )
        ticket.invalidate_recordset()
        self.assertNotEqual(ticket.due_on, law)
        told, words = law.strftime("%d.%m.%Y"), ticket.sudo()._status_public()["due_text"]
        self._start()
        [case] = self.workplace.lookup_phone(NUMBER)["citizens"][0]["cases"]
        self.assertEqual((case["due_on"], case["due_text"]), (told, words))
        status = self.workplace.get_status(ticket.id)
        self.assertEqual((status["due_on"], status["due_text"]), (told, words))

    def test_search_by_name_and_by_case_number(self):
        ticket = self._registered()
        by_name = self.workplace.search_citizens("мария ивано")
        self.assertEqual([one["id"] for one in by_name["citizens"]], self.citizen.ids)
        by_number = self.workplace.search_citizens(ticket.number.lower())
        self.assertIn(self.citizen.id, [one["id"] for one in by_number["citizens"]])
        self.assertFalse(self.workplace.search_citizens("%%")["citizens"])
        self.assertFalse(self.workplace.search_citizens("1%")["citizens"])

    def test_lookup_queries_do_not_grow(self):
        """Three citizens of twenty cases each cost as many queries as one citizen of one."""
        self._registered()
        people = self.citizen | self._neighbour() | self._neighbour("Орлов")
        warm = self._queries_of_lookup()
        for person in people:
            for _n in range(20):
                self._registered(partner_id=person.id)
        many = self._queries_of_lookup()
        self.assertLessEqual(many, warm + 1)
        self.assertLessEqual(many, 22)  # the law's date of all cases costs the same few

    def _queries_of_lookup(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.workplace.lookup_phone(NUMBER)
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestWorkplaceCall(WorkplaceCommon):
    def test_consultation_is_closed(self):
        """A1, B6: who called, what was asked, what was answered, the characteristic."""
        started = self._start()
        self.workplace.close_call(
            started["id"],
            {
                "group": "consultation",
                "disposition_id": self.answered.id,
                "question": "Когда дадут тепло?",
                "result": "До 1 октября.",
            },
        )
        self.assertRecordValues(
            self._call(started),
            [
                {
                    "state": "closed",
                    "group": "consultation",
                    "disposition_id": self.answered.id,
                    "partner_id": self.citizen.id,
                    "operator_id": self.operator.id,
                    "question": "Когда дадут тепло?",
                    "result": "До 1 октября.",
                    "workplace_draft": False,
                }
            ],
        )

    def test_discard_an_empty_call_only(self):
        """A call opened by mistake is closed as dropped in one act; a known one is not."""
        empty = self._start(phone="")
        self.workplace.discard_call(empty["id"])
        self.assertRecordValues(
            self._call(empty),
            [
                {
                    "state": "closed",
                    "disposition_id": self.env.ref("gov_hotline.disposition_dropped").id,
                }
            ],
        )
        with self.assertRaises(UserError):
            self.workplace.discard_call(self._start()["id"])

    def test_no_disposition_no_closing(self):
        """B6: every call has a characteristic."""
        started = self._start()
        with self.assertRaises(UserError):
            self.workplace.close_call(started["id"], {"question": "?"})

    def test_redirect_names_the_agency_and_the_cause(self):
        """A1, practice 23: a transfer carries the agency and a cause."""
        redirect = self.env.ref("gov_hotline.disposition_redirect_agency")
        started = self._start()
        vals = {
            "group": "redirect",
            "disposition_id": redirect.id,
            "redirect_cause": "competence",
        }
        with self.assertRaises(UserError):
            self.workplace.close_call(started["id"], vals)
        self.workplace.close_call(started["id"], {**vals, "agency_id": self.agency.id})
        self.assertEqual(self._call(started).agency_id, self.agency)

    def test_typed_text_survives_a_reload(self):
        started = self._start("8 913 555-01-71")
        draft = {"citizen": {"surname": "Недопис", "given_name": "", "address": ""}}
        self.workplace.save_call(
            started["id"],
            {"group": "appeal", "question": "Нет воды", "workplace_draft": draft},
        )
        call = self.workplace.get_state()["call"]
        self.assertEqual(call["id"], started["id"])
        self.assertEqual(call["question"], "Нет воды")
        self.assertEqual(call["draft"], draft)
        self.assertGreaterEqual(call["elapsed"], 0)

    def test_what_the_screen_may_not_write(self):
        """`save_call` ignores the columns that acts and the PBX set."""
        started = self._start()
        self.workplace.save_call(
            started["id"], {"state": "closed", "operator_id": self.officer.id, "question": "?"}
        )
        self.assertRecordValues(
            self._call(started), [{"state": "open", "operator_id": self.operator.id}]
        )

    def test_closed_call_is_not_written(self):
        started = self._start()
        vals = {"group": "consultation", "disposition_id": self.answered.id}
        self.workplace.close_call(started["id"], {**vals, "question": "Когда дадут тепло?"})
        with self.assertRaises(UserError):
            self.workplace.save_call(started["id"], {"question": "?"})

    def test_calls_put_aside_are_listed(self):
        """B6: a call without a disposition waits on the operator's screen."""
        first = self._start()
        second = self._start("")
        state = self.workplace.get_state()
        self.assertEqual([one["id"] for one in state["open_calls"]], [second["id"], first["id"]])
        self.assertEqual(self.workplace.open_call(first["id"])["number"], first["number"])

    def test_promise_becomes_a_task(self):
        """D5: «перезвонить до …» is a task of this operator with time, citizen and call."""
        started = self._start()
        due = fields.Datetime.now().replace(microsecond=0) + timedelta(hours=2)
        made = self.workplace.promise(started["id"], {"due_at": str(due)})
        self.assertEqual(made["promises"], 1)
        self.assertRecordValues(
            self._call(started).task_ids,
            [
                {
                    "kind": "promise",
                    "due_at": due,
                    "phone": E164,
                    "partner_id": self.citizen.id,
                    "user_id": self.operator.id,
                    "state": "open",
                }
            ],
        )
        left = self.workplace.cancel_promise(started["id"], made["tasks"][0]["id"])
        self.assertEqual((left["promises"], left["tasks"]), (0, []))

    def test_promise_in_the_past(self):
        started = self._start()
        with self.assertRaises(UserError):
            self.workplace.promise(started["id"], {"due_at": "2020-01-01 10:00:00"})

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from ..demo import cases, clock, generator, law
from ..domain import transitions

NOW = datetime.fromisoformat("2026-11-20T12:00")


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.env.cr.savepoint() as undone:
            cls.first = cls._generate()
            undone.rollback()
        cls.env.invalidate_all()
        cls.mails = cls._mails()
        cls.result = cls._generate()
        cls.tickets = cls.env["helpdesk.ticket"].search([])

    @classmethod
    def _generate(cls):
        return generator.generate(cls.env, seed=7, scale=0.05, now=NOW)

    @classmethod
    def _mails(cls):
        """How many mails, messages on cases and followers of cases there are."""
        on_cases = [("model", "=", "helpdesk.ticket")]
        return (
            cls.env["mail.mail"].search_count([]),
            cls.env["mail.message"].search_count(on_cases),
            cls.env["mail.followers"].search_count([("res_model", "=", "helpdesk.ticket")]),
        )

    def _user(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    def test_equal_seeds_make_equal_records(self):
        """Numbers, dates, names and the journal of two runs agree."""
        self.assertTrue(self.first["made"])
        self.assertEqual(self.first["digest"], self.result["digest"])

    def test_every_state_kind_and_origin_is_there(self):
        self.assertEqual(set(self.tickets.mapped("state")), set(transitions.STATES))
        grounds = set(self.tickets.question_ids.ground_id.mapped("code"))
        self.assertEqual(grounds, {code for code, _text in law.ON_GROUND})
        self.assertEqual(set(self.tickets.mapped("track")), {"appeal", "message"})
        ways = {(ticket.kind, ticket.origin) for ticket in self.tickets}
        self.assertEqual(ways, {way[:2] for way in cases.WAYS})
        with clock.at(NOW):
            overdue = self.tickets.filtered("is_overdue")
        self.assertEqual(len(overdue), self.result["fates"]["overdue"])

    def test_extensions_requests_and_letters_are_there(self):
        """B8: an extension before the head, a request sent, a letter on control; more in full."""
        self.assertIn("proposed", self.tickets.extension_ids.mapped("state"))
        self.assertIn("sent", self.tickets.request_ids.mapped("state"))
        self.assertTrue(set(self.tickets.answer_ids.mapped("state")) & {"approval", "approved"})
        self.assertIn("control", self.tickets.covering_letter_ids.mapped("state"))

    def test_the_history_is_the_real_one(self):
        """B3: numbers, deadlines and answers come from the acts, each at its day."""
        closed = self.tickets.filtered(lambda ticket: ticket.state == "closed")
        self.assertEqual(len(closed), self.result["fates"]["closed"] + self.result["fates"]["late"])
        for ticket in closed:
            main = ticket.deadline_ids.filtered("is_main")
            self.assertEqual(main.start_on, ticket.registered_on)
            self.assertEqual(main.met_on, ticket.answer_ids.outgoing_date)
            self.assertEqual(ticket.closed_on, main.met_on)
            self.assertIn(str(ticket.registered_on.year), ticket.number)
        late = closed.filtered(lambda ticket: ticket.closed_on > ticket.due_on)
        self.assertEqual(len(late), self.result["fates"]["late"])

    def test_assignments_in_several_states(self):
        """B3, C1: a case shows addressees in different states; the more cases, the more of them."""
        assignments = self.tickets.assignment_ids
        self.assertGreaterEqual(len(set(assignments.mapped("state"))), 2)
        self.assertTrue(all(assignments.mapped("signer_name")))

    def test_closed_cases_are_locked(self):
        """B4: as any other closed case."""
        closed = self.tickets.filtered(lambda ticket: ticket.state == "closed")[:1]
        with self.assertRaises(UserError):
            closed.with_user(self._user("officer")).write({"appeal_text": "иначе"})

    def test_numbers_have_no_gap(self):
        groups = self.env["hotline.number"]._read_group(
            [], ["series", "year"], ["__count", "n:max", "n:min"]
        )
        self.assertTrue(groups)
        for series, year, count, last, first in groups:
            self.assertEqual((first, last), (1, count), (series, year))

    def test_the_journal_has_no_hole_and_runs_with_the_time(self):
        """X5: one line an act, in order."""
        lines = self.env["hotline.journal"].search([("model", "=", "helpdesk.ticket")], order="id")
        self.assertEqual(lines.mapped("at"), sorted(lines.mapped("at")))
        # lines of other records (a stopped topic) stand between those of the cases
        since = self.env["hotline.journal"].search([("id", ">=", lines.ids[0])], order="id")
        self.assertEqual(since.ids, list(range(since.ids[0], since.ids[-1] + 1)))
        registered = self.tickets.filtered(lambda ticket: ticket.state != "draft")
        found = lines.filtered(lambda line: line.event == "registered").mapped("res_ref")
        self.assertEqual(sorted(found), sorted(registered.ids))

    def test_beside_the_cases(self):
        """B4, X10: corrections in each state, an addition, the diary of the reception."""
        asked = self.env["hotline.correction"].search([])
        self.assertEqual(set(asked.mapped("state")), {"asked", "accepted", "refused"})
        self.assertTrue(self.env["hotline.addition"].search_count([("kind", "=", "applicant")]))
        held = self.env["hotline.reception"].search([])
        self.assertEqual(set(held.mapped("state")), {"booked", "held"})

    def test_drafts_with_a_code(self):
        """A4: waiting, confirmed on the site and on paper, expired."""
        drafts = self.env["helpdesk.ticket"].search([("draft_number", "!=", False)])
        confirmed = drafts.filtered("confirmed_at")
        self.assertLessEqual({"portal", "paper"}, set(confirmed.mapped("confirmed_how")))
        self.assertTrue(confirmed.filtered(lambda one: one.state == "draft"))
        self.assertEqual(confirmed.filtered("identified_by").mapped("kind"), ["appeal_59"])
        waiting = drafts.filtered("is_awaiting")
        with freeze_time(NOW):
            waiting.invalidate_recordset()
            self.assertEqual(sorted(waiting.mapped("is_expired")), [False, True])

    def test_a_register_is_loaded(self):
        """D2, D3: «лен 15 кв 3 иван» finds the account of the docs, however small the town."""
        finder = self.env["hotline.finder"].with_user(self._user("operator"))
        found = [one for one in finder.find("лен 15 кв 3 иван") if one["kind"] == "account"]
        account = self.env["hotline.account"].browse([one["id"] for one in found])
        self.assertEqual(account.mapped("holder_name"), ["Иванова Мария Петровна"])
        self.assertEqual(account.address, "Светлоозёрск, ул. Ленина, д. 15, кв. 3")

    def test_nobody_gets_a_mail(self):
        """No mail of Odoo's, and no job that would send one of ours."""
        self.assertEqual(self._mails(), self.mails)
        jobs = [("identity_key", "=like", "hotline.mail,%")]
        self.assertFalse(self.env["queue.job"].search_count(jobs))

    def test_letters_are_there_in_every_trouble(self):
        letters = self.env["hotline.mail"].search([])
        self.assertLessEqual({"sent", "failed", "unknown", "queued"}, set(letters.mapped("state")))
        self.assertLessEqual({"answer", "card"}, set(letters.mapped("kind")))
        self.assertEqual(len(letters.filtered("in_trouble")), 3)

    def test_calls_are_closed_but_those_that_run(self):
        """B6: every closed call has a characteristic."""
        calls = self.env["hotline.call"].search([])
        running = calls.filtered(lambda call: call.state == "open")
        self.assertEqual(len(running), 2)
        self.assertTrue(all((calls - running).mapped("disposition_id")))
        self.assertEqual(len(calls), self.result["calls"])
        told = calls.filtered(lambda call: call.group == "status")
        self.assertTrue(all(told.mapped("ticket_id.registered_on")))

    def test_calls_fall_in_the_groups_of_handling(self):
        """A1: consultation, redirect, appeal; status and technical support beside them.

        An appeal has its case, a redirect its agency, a consultation neither.
        """
        groups = self.env["hotline.call"].search([("state", "=", "closed")]).grouped("group")
        self.assertLessEqual({"consultation", "redirect", "appeal", "status"}, set(groups))
        self.assertTrue(all(call.ticket_id for call in groups["appeal"]))
        self.assertTrue(all(call.agency_id for call in groups["redirect"]))
        self.assertFalse(groups["consultation"].ticket_id)

    def test_the_portals_citizen_sees_the_four_own_cases(self):
        user = self._user("citizen")
        self.assertTrue(user._is_portal())
        own = self.env["helpdesk.ticket"].with_user(user)._own_domain()
        self.assertEqual(self.tickets.search_count(own), 4)

    def test_every_role_has_an_account_and_one_person_has_two(self):
        """A1: roles combine where a privilege stands for each."""
        Ticket = self.env["helpdesk.ticket"]
        roles = {
            login: Ticket.with_user(self._user(login))._roles()
            for login in ("operator", "officer", "officer2", "admin_hotline", "supervisor")
        }
        self.assertEqual(roles["operator"], {"operator"})
        self.assertEqual(roles["officer2"], {"operator", "officer", "approver"})
        self.assertIn("administrator", roles["admin_hotline"])
        self.assertEqual(roles["supervisor"], {"supervisor"})

    def test_the_staff_has_addresses(self):
        """E4: «send me a trial» of a report works at once; the address is nobody's."""
        for login in ("supervisor", "officer", "admin_hotline", "auditor"):
            self.assertEqual(self._user(login).email, f"{login}@example.org")

    def test_no_letter_bears_a_role(self):
        """FIND11.8: who prepared a letter is named at its foot: the name, no role in brackets."""
        for login in ("officer", "officer2", "executor"):
            self.assertNotIn("(", self._user(login).name)
            self.assertTrue(self._user(login).partner_id.function)

    def test_every_answer_addresses_the_applicant(self):
        """FIND11.15: a printed answer begins with «Уважаемый …» in the middle of the sheet."""
        answers = self.tickets.answer_ids.filtered(lambda one: one.state == "given")
        self.assertTrue(answers)
        greetings = [answer._letter_sheet()["greeting"] for answer in answers]
        self.assertTrue(all(greetings))
        self.assertTrue([one for one in greetings if one.startswith("Уважаем")])

    def test_four_companies_with_their_houses(self):
        """D2: registers of four companies, loaded as any is; a passport and a meter each."""
        runs = self.env["hotline.register.run"].search([("subject", "=", "account")])
        self.assertEqual(len(runs), 4)
        self.assertEqual(set(runs.mapped("state")), {"done"})
        self.assertFalse(sum(runs.mapped("bad_count")) + sum(runs.mapped("told_count")))
        self.assertFalse([run for run in runs if run.not_taken])
        accounts = self.env["hotline.account"].search([])
        self.assertEqual(len(accounts.provider_id), 4)
        houses, flats = generator.accounts.size(0.05)
        self.assertEqual(len(accounts), houses * flats)
        self.assertEqual(len(accounts.meter_ids), houses * flats)
        self.assertEqual(len(accounts.object_id.parent_id), houses)
        for house in accounts.object_id.parent_id:
            self.assertTrue(house.properties["built"])
        self.assertTrue(accounts.reading_ids)

    def test_appeals_of_many_districts(self):
        """D9: topics by territory have something to show, and the public page to keep back."""
        placed = self.tickets.filtered("object_id")
        self.assertGreater(len(placed), len(self.tickets) / 2)
        self.assertGreaterEqual(len(placed.territory_id.parent_id), 4)
        houses = self.env.ref("gov_hotline.object_kind_house")
        self.assertEqual(placed.object_id.kind_id, houses)
        # the house of the register and that of the appeal are one
        self.assertTrue(placed.object_id.child_ids.account_ids)

    def test_who_answers_for_what(self):
        """D3: by kind of work and day: the lifts were handed over this month."""
        house = self.env["hotline.object"].search(
            [("kind_id.code", "=", "house"), ("company_ids.work_kind_id.code", "=", "lifts")],
            limit=1,
        )
        lifts = self.env.ref("gov_hotline.work_kind_lifts")
        now = house._responsible(lifts, NOW.date())[house.id]
        before = house._responsible(lifts, NOW.date().replace(day=1) - timedelta(days=1))[house.id]
        self.assertNotEqual(now, before)
        manager = house._responsible(self.env["hotline.work.kind"], NOW.date())[house.id]
        self.assertEqual(before, manager)

    def test_two_companies_at_the_portal(self):
        """D3: each sees its own houses and accounts, has its cases, and nothing of the other's."""
        seen = []
        for login in ("company1", "company2"):
            user = self._user(login)
            self.assertTrue(user.share)
            with clock.at(NOW):
                seen.append(self.env["hotline.account"].with_user(user).search([]))
                objects = self.env["hotline.object"].with_user(user).search([])
            self.assertEqual(seen[-1].provider_id, user.sudo().commercial_partner_id)
            self.assertLessEqual(seen[-1].object_id, objects)
        self.assertTrue(all(seen))
        self.assertFalse(seen[0] & seen[1])

    def test_appeals_of_a_document_system(self):
        """A3: some of people we know, in every state that the file tells; all understood."""
        cases = self.env["hotline.external.case"].search([])
        self.assertGreaterEqual(len(cases), 8)
        self.assertNotIn("unknown", cases.mapped("state"))
        self.assertGreater(len(set(cases.mapped("state"))), 4)
        self.assertTrue(cases.partner_id)
        self.assertIn("СЭД", cases[0].with_context(lang="ru_RU").as_of_words)

    def test_the_citizen_has_an_account_with_readings(self):
        """D8: readings are handed in at the portal."""
        account = self.env["hotline.account"].search(
            [("holder_id", "=", self._user("citizen").partner_id.id)]
        )
        self.assertEqual(len(account.reading_ids), 4)

    def test_a_second_run_does_nothing(self):
        again = self._generate()
        self.assertFalse(again["made"])
        self.assertEqual(again["digest"], self.result["digest"])
        self.assertEqual(self.env["helpdesk.ticket"].search([]), self.tickets)

    def test_a_database_with_appeals_of_people_is_refused(self):
        self.env["ir.config_parameter"].set_param(generator.PARAMETER, False)
        with self.assertRaises(UserError):
            self._generate()

    def test_the_clock_goes_on_afterwards(self):
        with self.assertRaises(ZeroDivisionError), clock.at(NOW):
            self.assertEqual(fields.Datetime.now(), NOW)
            raise ZeroDivisionError
        self.assertNotEqual(fields.Datetime.now(), NOW)

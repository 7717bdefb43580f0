from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import HotlineCommon

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="  # noqa: E501
SCAN = {"name": "Подпись.png", "datas": PNG}


class DraftCommon(HotlineCommon):
    """A citizen with a portal account, a provider that identifies, shorthands for drafts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_user = new_test_user(
            cls.env, login="test_citizen", groups="base.group_portal", name="Мария", lang="ru_RU"
        )
        provider = {
            "name": "Шлюз ЕСИА",
            "body": "Войти через Госуслуги",
            "client_id": "hotline",
            "enabled": True,
            "flow": "id_token_code",
            "hotline_identifies": True,
            "hotline_issuer": "http://127.0.0.1:9",
            "auth_endpoint": "http://127.0.0.1:9/auth",
            "token_endpoint": "http://127.0.0.1:9/token",
            "jwks_uri": "http://127.0.0.1:9/keys",
            "scope": "openid",
        }
        cls.provider = cls.env["auth.oauth.provider"].create(provider)

    def _called(self, **vals):
        vals = {"applicant_phone": "8 913 555-01-01", **vals}
        return self._draft(kind="message", origin="phone", **vals)

    def _issued(self, **vals):
        ticket = self._called(**vals)
        return ticket, ticket.action_issue_draft_code()

    def _found(self, typed, code):
        tickets = self.env["helpdesk.ticket"].with_user(self.portal_user)
        return tickets._draft_by_code(tickets._draft_subject(typed), code)

    def _identification(self):
        return {"provider": self.provider, "at": fields.Datetime.now()}

    def _send(self, ticket, identification=False, text="Прошу дать тепло."):
        draft = ticket.with_user(self.portal_user).sudo()
        return draft._confirm_on_site(self.portal_user, text, identification)

    def _accept(self, ticket, how, **vals):
        wizard = self.env["hotline.draft.accept"].with_user(self.operator)
        return wizard.create({"ticket_id": ticket.id, "how": how, **vals}).action_accept()

    def _events(self, ticket):
        domain = [("model", "=", ticket._name), ("res_ref", "=", ticket.id)]
        return self.env["hotline.journal"].search(domain, order="id").mapped("event")

    def _own_domain(self):
        return self.env["helpdesk.ticket"].with_user(self.portal_user)._own_domain()


@tagged("post_install", "-at_install")
class TestDraft(DraftCommon):
    """A4, practice 4: a draft with a code: the operator makes it, the citizen confirms it."""

    # Making

    def test_draft_is_no_appeal(self):
        """A4: no number, no clock, the code nowhere in the table."""
        ticket, told = self._issued()
        self.assertRegex(told["code"], r"^\d{6}$")
        self.assertRecordValues(
            ticket,
            [
                {
                    "state": "draft",
                    "number": "/",
                    "kind": "appeal_59",
                    "is_awaiting": True,
                    "registered_on": False,
                    "due_on": False,
                    "deadline_ids": [],
                }
            ],
        )
        row = self._row(ticket)
        self.assertNotIn(told["code"], [str(value) for value in row.values()])
        self.assertEqual(self._events(ticket), ["draft_made"])
        days = ticket.draft_until - ticket.company_id._hotline_today()
        self.assertEqual(days.days, 30)

    def _row(self, ticket):
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM helpdesk_ticket WHERE id = %s", [ticket.id])
        return self.env.cr.dictfetchone()

    def test_days_are_a_setting(self):
        self.env["ir.config_parameter"].set_param("gov_hotline.draft_days", "10")
        ticket, _told = self._issued()
        self.assertEqual((ticket.draft_until - ticket.company_id._hotline_today()).days, 10)

    def test_found_by_number_and_by_telephone(self):
        """A4: however the number or the telephone is typed."""
        ticket, told = self._issued()
        number = told["number"]
        for typed in (number, number.lower(), number.partition("-")[2], "+7 (913) 555 01 01"):
            with self.subTest(typed=typed):
                self.assertEqual(self._found(typed, told["code"]), ticket)

    def test_wrong_code_and_absent_draft_are_alike(self):
        """A4: nothing is found, and as many digests are compared."""
        ticket, told = self._issued()
        wrong = "000000" if told["code"] != "000000" else "000001"
        with self.assertQueryCount(8):
            self.assertFalse(self._found(told["number"], wrong))
        with self.assertQueryCount(8):
            self.assertFalse(self._found("Ч-99999", wrong))
        other = self._called(applicant_phone="8 913 555-01-02")
        other.action_issue_draft_code()
        self.assertFalse(self._found(other.draft_number, told["code"]), "a code of another draft")
        self.assertTrue(ticket.is_awaiting)

    def test_new_code_voids_the_old_one(self):
        """A4: a lost code is replaced, and the term begins anew."""
        ticket, told = self._issued()
        again = ticket.action_issue_draft_code()
        if again["code"] != told["code"]:
            self.assertFalse(self._found(told["number"], told["code"]))
        self.assertEqual(self._found(told["number"], again["code"]), ticket)
        self.assertEqual(self._events(ticket), ["draft_made", "draft_renewed"])

    def test_who_may_make_it(self):
        """A4: operators and above; nothing of it is written by hand or over RPC."""
        ticket, _told = self._issued()
        for user in (self.supervisor, self.auditor, self.executor, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                ticket.with_user(user).action_issue_draft_code()
        later = {"draft_until": "2099-01-01"}
        for vals in (later, {"confirmed_how": "portal"}, {"identified_at": "2026-01-01 00:00:00"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                ticket.with_user(self.officer).write(vals)
        with self.assertRaises(AccessError):
            ticket.with_user(self.officer).read(["draft_digest"])
        made = self._draft(confirmed_how="portal", draft_until="2099-01-01")
        self.assertRecordValues(made, [{"confirmed_how": False, "draft_until": False}])

    def test_identification_is_not_typed_for_the_portal(self):
        """REG-CH: what the server knows nobody types; for the body's site staff does."""
        with self.assertRaises(UserError):
            self._draft(origin="portal", identified_by="Госуслуги")
        typed = self._draft(origin="site", identified_by="Госуслуги", applicant_email="a@b.example")
        self.assertTrue(typed.action_register()["number"])

    def test_not_identified_is_no_appeal(self):
        """A4, REG-CH: an appeal of the portal or the site without identification is refused."""
        for origin in ("portal", "site"):
            draft = self._draft(origin=origin, applicant_email="a@b.example")
            with self.subTest(origin=origin), self.assertRaisesRegex(UserError, "ст. 4"):
                draft.action_register()
            draft.kind = "message"
            self.assertTrue(draft.action_register()["number"])

    def test_waiting_draft_is_not_registered_as_a_call(self):
        """A4: before it is confirmed it is a call: no appeal under 59-FZ."""
        ticket, _told = self._issued()
        with self.assertRaisesRegex(UserError, "ст. 4"):
            ticket.action_register()

    # Confirming on the site

    def test_identified_login_makes_an_appeal(self):
        """A4: receipt is the moment of sending, REG-3 runs, the name is the account's."""
        ticket, _told = self._issued(received_at=fields.Datetime.now() - timedelta(days=20))
        partner = self.portal_user.partner_id
        partner.write({"surname": "Иванова", "given_name": "Мария", "patronymic": "Ильинична"})
        told = self._send(ticket, self._identification())
        today = ticket.company_id._hotline_today()
        self.assertRecordValues(
            ticket,
            [
                {
                    "kind": "appeal_59",
                    "origin": "portal",
                    "state": "in_work",
                    "number": told["number"],
                    "received_on": today,
                    "registered_on": today,
                    "partner_id": partner.id,
                    "applicant_name": "Иванова Мария Ильинична",
                    "identified_by": "Шлюз ЕСИА",
                    "confirmed_how": "portal",
                    "appeal_text": "Прошу дать тепло.",
                    "is_awaiting": False,
                }
            ],
        )
        rules = ticket.deadline_ids.mapped("term_id.code")
        self.assertIn("REG-3", rules)
        self.assertIn("MAIN-30", rules)
        self.assertEqual(
            self._events(ticket), ["draft_made", "draft_confirmed", "transition", "registered"]
        )
        self.assertIn(ticket, self.env["helpdesk.ticket"].search(self._own_domain()))

    def test_ordinary_login_makes_a_message(self):
        """A4: without identification it is a «сообщение»."""
        ticket, _told = self._issued()
        self._send(ticket)
        self.assertRecordValues(
            ticket,
            [
                {
                    "kind": "message",
                    "track": "message",
                    "origin": "portal",
                    "state": "in_work",
                    "identified_by": False,
                    "confirmed_how": "account",
                }
            ],
        )
        self.assertTrue(ticket.number.startswith("СО-"))

    def test_confirmed_once(self):
        """A4: neither on the site nor on paper a second time."""
        ticket, told = self._issued()
        self._send(ticket)
        with self.assertRaises(UserError):
            self._send(ticket, self._identification())
        with self.assertRaises(UserError):
            self._accept(ticket, "visit", identity_shown=True)
        with self.assertRaises(UserError):
            ticket.action_issue_draft_code()
        self.assertEqual(self._found(told["number"], told["code"]), ticket, "to say it was sent")

    def test_expired(self):
        """A4: after its term nobody confirms it; a new code begins a new term."""
        ticket, told = self._issued()
        with freeze_time(fields.Datetime.now() + timedelta(days=32)):
            ticket.invalidate_recordset()
            self.assertTrue(ticket.is_expired)
            with self.assertRaisesRegex(UserError, told["number"]):
                self._send(ticket, self._identification())
            with self.assertRaises(UserError):
                ticket.action_print_draft()
            ticket.action_issue_draft_code()
            self._send(ticket)
        self.assertEqual(ticket.state, "in_work")

    def test_last_day_counts(self):
        ticket, _told = self._issued()
        with freeze_time(fields.Datetime.now() + timedelta(days=30)):
            ticket.invalidate_recordset()
            self.assertFalse(ticket.is_expired)

    # Confirming on paper and at the reception

    def test_signed_paper(self):
        """A4: date of receipt and scan; then it is registered like any letter."""
        made = fields.Datetime.now() - timedelta(days=3)
        with freeze_time(made):
            ticket, _told = self._issued()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = %s WHERE id = %s", [made, ticket.id]
        )
        ticket.invalidate_recordset()
        came = ticket.company_id._hotline_date(fields.Datetime.now() - timedelta(days=1))
        with self.assertRaises(UserError, msg="no scan"):
            self._accept(ticket, "paper", received_on=came)
        scan = self.env["ir.attachment"].with_user(self.operator).create(dict(SCAN))
        self._accept(ticket, "paper", received_on=came, scan_ids=[(6, 0, scan.ids)])
        self.assertRecordValues(
            ticket,
            [{"origin": "paper", "received_on": came, "confirmed_how": "paper", "state": "draft"}],
        )
        self.assertIn(scan, ticket.attachment_ids)
        ticket.action_register()
        self.assertEqual(ticket.state, "in_work")

    def test_dates_of_receipt_in_order(self):
        """Bad input: receipt before the draft was made, or tomorrow."""
        ticket, _told = self._issued()
        today = ticket.company_id._hotline_today()
        scan = self.env["ir.attachment"].with_user(self.operator).create(dict(SCAN))
        for days in (-1, 1):
            day = today + timedelta(days=days)
            with self.subTest(day=days), self.assertRaises(UserError):
                self._accept(ticket, "paper", received_on=day, scan_ids=[(6, 0, scan.ids)])

    def test_at_the_reception(self):
        """A4: with an identity document."""
        ticket, _told = self._issued()
        with self.assertRaises(UserError):
            self._accept(ticket, "visit")
        self._accept(ticket, "visit", identity_shown=True)
        self.assertRecordValues(ticket, [{"origin": "visit", "confirmed_how": "visit"}])
        self.assertEqual(self._events(ticket), ["draft_made", "draft_confirmed"])
        ticket.action_register()

    # Screens

    def test_filter_of_waiting_drafts(self):
        ticket, _told = self._issued()
        plain, sent = self._called(), self._issued()[0]
        self._send(sent)
        waiting = self.env["helpdesk.ticket"].with_user(self.operator)
        waiting = waiting.search([("is_awaiting", "=", True)])
        self.assertIn(ticket, waiting)
        self.assertFalse(waiting & (plain | sent))

    def test_acts_of_a_draft(self):
        """A4: make, accept, renew, print: each where it is lawful."""
        plain = self._called().with_user(self.operator)
        methods = [act["method"] for act in plain.acts]
        self.assertIn("action_draft_dialog", methods)
        self.assertNotIn("action_accept_paper", methods)
        ticket = self._issued()[0].with_user(self.operator)
        ticket.invalidate_recordset()
        acts = {act["method"]: act for act in ticket.acts}
        self.assertTrue(acts["action_accept_paper"].get("primary"))
        self.assertLessEqual({"action_accept_visit", "action_print_draft"}, set(acts))

    def test_sheet_to_sign(self):
        """A4: the whole text on paper, the code on none; HTML in it is text."""
        text = "Прошу <b>дать</b> тепло.\n" + "слово " * 2000 + "КОНЕЦ"
        ticket, told = self._issued(appeal_text=text)
        ticket.with_user(self.operator).action_print_draft()
        html = self.env["ir.actions.report"].with_user(self.operator)._render_qweb_html(
            "gov_hotline.report_draft", ticket.ids
        )[0].decode()  # fmt: skip
        self.assertIn("&lt;b&gt;дать&lt;/b&gt;", html)
        self.assertIn("КОНЕЦ", html)
        self.assertIn(told["number"], html)
        self.assertNotIn(told["code"], html)
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(self.supervisor)._render_qweb_html(
                "gov_hotline.report_draft", ticket.ids
            )

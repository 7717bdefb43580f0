from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT
from odoo.addons.mail.tests.common import MailCase

from .common import ROLES
from .test_lock_walk import WalkCommon

WORDS = "Холодные батареи"


@tagged("post_install", "-at_install")
class TestMailDoors(WalkCommon, MailCase):
    """Practice 6: a letter in the body's name is an answer or a notice, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        context = {k: v for k, v in cls.env.context.items() if k not in DISABLED_MAIL_CONTEXT}
        cls.env = cls.env(context=context)
        cls.citizen.email = "maria@citizen.example"
        cls.agency.email = "agency@agency.example"
        cls.officer.write({"email": "officer@body.example", "notification_type": "email"})
        cls.case = cls._registered(name=WORDS)

    def _user_env(self, role):
        return self.env(user=getattr(self, role))

    def _count(self):
        """Return how much is written: letters, messages, notifications."""
        self.env.flush_all()
        tables = ("mail_mail", "mail_message", "mail_notification", "mail_message_schedule")
        return [self._rows(table) for table in tables]

    def _rows(self, table):
        self.cr.execute(f"SELECT count(*) FROM {table}")
        return self.cr.fetchone()[0]

    def _letters(self, env, outsider):
        """Every way in which a hand writes to somebody outside."""
        to = {"body": "Ваш вопрос решён", "subject": "Ответ", "partner_ids": outsider.ids}
        comment = {**to, "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        cards = env["res.partner"]
        card, colleague = cards.browse(outsider.id), cards.browse(env.user.partner_id.id)
        mass = {"composition_mode": "mass_mail", "model": "res.partner", "body": "x"}
        template = {"model_id": self.env["ir.model"]._get_id("res.partner"), "name": "x"}
        template |= {"email_to": outsider.email, "body_html": "x", "subject": "x"}
        compose, letter = env["mail.compose.message"], env["mail.template"]
        return {
            "thread": lambda: env["mail.thread"].message_notify(**to),
            "of a model": lambda: env["mail.thread"].message_notify(
                **to, model="helpdesk.ticket", res_id=self.case.id
            ),
            "card": lambda: card.message_notify(**to),
            "own card": lambda: colleague.message_notify(**to),
            "comment on the card": lambda: card.message_post(**comment),
            "comment on one's own": lambda: colleague.message_post(**comment),
            "to an address": lambda: colleague.message_post(
                body="x", message_type="comment", outgoing_email_to="maria@citizen.example"
            ),
            "mass": lambda: compose.create({**mass, "res_ids": str(outsider.ids)})
            .with_context(active_ids=outsider.ids).action_send_mail(),
            "with source": lambda: card.message_mail_with_source(
                "mail.message_origin_link", render_values={"self": card, "origin": card}
            ),
            "template": lambda: letter.create(template).send_mail(outsider.id),
            "letter itself": lambda: env["mail.mail"].create(
                {"email_to": outsider.email, "body_html": "x", "subject": "x"}
            ),
        }  # fmt: skip

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_nobody_writes_outside(self):
        """Practice 6: refused to every role by every road, and nothing is left behind."""
        before = self._count()
        for role in ROLES:
            for outsider in (self.citizen, self.agency):
                for road, act in self._letters(self._user_env(role), outsider).items():
                    with self.mock_mail_gateway():
                        self.assert_refused((role, outsider.name, road), act)
                    self.assertNotSentEmail()
        self.assertEqual(self._count(), before)

    def test_posts_lose_outsiders(self):
        """Practice 6: what is no comment, and what is done by the system, reaches staff alone."""
        card = self.env["res.partner"].create({"name": "Школа № 5"})
        both = (self.citizen | self.officer.partner_id).ids
        card.message_subscribe(both)
        line = card.with_user(self.operator).sudo()
        for act in (
            lambda: line.message_post(body="x", partner_ids=both),
            lambda: card.message_notify(body="x", subject="x", partner_ids=both),
            lambda: self.env["mail.thread"].message_notify(body="x", partner_ids=both),
        ):
            with self.mock_mail_gateway():
                act()
            told = {address for mail in self._mails for address in mail["email_to"]}
            self.assertEqual(told, {self.officer.email_formatted})

    def test_readers_write_nothing_into_a_case(self):
        """B4, B8: a role that only reads tells nobody of a case; of a closed one neither."""
        closed = self._with_past()[0]
        to = {"body": "x", "partner_ids": self.officer.partner_id.ids}
        before = self._count()
        for role in ("auditor", "approver", "supervisor"):
            for case in (self.case, closed):
                own = case.with_user(getattr(self, role))
                with self.assertRaises(AccessError), self.cr.savepoint():
                    own.message_notify(**to)
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._user_env(role)["mail.thread"].message_notify(**to)
        self.assertEqual(self._count(), before)

    def test_colleagues_are_told(self):
        """Who works on the case tells a colleague; the heading is the number and no words."""
        to = {"body": "Посмотрите", "partner_ids": self.officer.partner_id.ids}
        case = self.case.with_user(self.operator)
        for keys in ({}, {"subject": f"{case.number} {WORDS}"}):
            with self.mock_mail_gateway():
                case.message_notify(**to, **keys)
            self.assertEqual(self._mails[0]["subject"], case.number)
            self.assertNotIn(WORDS, self._mails[0]["body"])
        with self.mock_mail_gateway():
            case.message_post(body="x", message_type="comment", partner_ids=to["partner_ids"])
        self.assertEqual(self._mails[0]["subject"], case.number)

    def test_activity_tells_its_user(self):
        """An activity given to a colleague tells him, headed by the number."""
        case = self.case.with_user(self.operator)
        with self.mock_mail_gateway():
            case.activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.officer.id, summary="Позвонить"
            )
        self.assertEqual([mail["subject"] for mail in self._mails], [case.number])

    def test_letters_of_accounts(self):
        """A password of a portal user is sent, a forged word in the context opens nothing."""
        portal = new_test_user(
            self.env, login="portal_doors", groups="base.group_portal", email="p@citizen.example"
        )
        admin = self.env.ref("base.user_admin")
        with self.mock_mail_gateway():
            portal.with_user(admin).action_reset_password()
        self.assertIn("p@citizen.example", str([mail["email_to"] for mail in self._mails]))
        for user in (portal, admin):
            with self.mock_mail_gateway():
                portal.with_user(user).sudo()._notify_security_setting_update("x", "x")
            self.assertIn("p@citizen.example", str([mail["email_to"] for mail in self._mails]))
        forged = {"hotline_account_mail": True, "hotline_told_by": True}
        thread = self._user_env("officer")["mail.thread"].with_context(**forged)
        with self.assertRaises(AccessError):
            thread.message_notify(body="x", partner_ids=self.citizen.ids)

    def test_an_activity_tells_the_number_alone(self):
        """Practice 6: who is given an activity is told its kind, day and number by mail."""
        card = self.env["res.partner"].browse(self.citizen.id)
        for record, told in ((self.case, self.case.number), (card, "Карточка контакта")):
            with self.mock_mail_gateway():
                record.with_user(self.operator).activity_schedule(
                    "mail.mail_activity_data_todo", user_id=self.officer.id, summary="У Марии",
                    note="<p>ул. Ленина</p>",
                )  # fmt: skip
            self.assertEqual(len(self._mails), 1)
            words = f"{self._mails[0]['subject']} {self._mails[0]['body']}"
            self.assertIn(told, words)
            for secret in (WORDS, "У Марии", "Ленина", self.citizen.name):
                self.assertNotIn(secret, words)

    def test_nobody_speaks_for_another(self):
        """B4: a forged author of a notification or a comment is refused; one's own passes."""
        own, other = self.operator.partner_id, self.officer.partner_id
        case = self.case.with_user(self.operator)
        to = {"body": "Посмотрите", "partner_ids": other.ids}
        before = self._count()
        for act in (case.message_notify, lambda **of: case.message_post(
            message_type="comment", **of
        )):  # fmt: skip
            for forged in ({"author_id": other.id}, {"email_from": "officer@body.example"}):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    act(**to, **forged)
        self.assertEqual(self._count(), before)
        case.message_notify(**to, author_id=own.id)
        case.message_post(message_type="comment", **to, author_id=own.id)


@tagged("post_install", "-at_install")
class TestClosedActivities(WalkCommon):
    """B4, practice 15: an activity is no way to note something in a closed case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open = cls._registered()
        ticket = cls._registered().with_user(cls.officer)
        todo = "mail.mail_activity_data_todo"
        words = {"summary": "СВОДКА", "note": "<p>ЗАМЕТКА</p>", "user_id": cls.officer.id}
        cls.planned = [ticket.activity_schedule(todo, **words).id for _each in range(3)]
        cls._answer(ticket)
        ticket.question_ids.outcome_id = cls.supported
        ticket.action_close()
        cls.env.flush_all()
        cls.ticket = ticket

    def _activity(self, user, index=0):
        return self.env["mail.activity"].with_user(user).browse(self.planned[index])

    def _messages(self):
        about = [("model", "=", "helpdesk.ticket"), ("res_id", "=", self.ticket.id)]
        return self.env["mail.message"].search(about)

    def test_no_words_are_planned(self):
        """B4: neither a new activity says anything, nor an old one, nor one moved here."""
        before = self._messages()
        for role in ("operator", "officer", "administrator"):
            user = getattr(self, role)
            ticket, opened = self.ticket.with_user(user), self.open.with_user(user)
            old = self._activity(user)
            planned = opened.activity_schedule("mail.mail_activity_data_todo", summary="x")
            record = {"res_model_id": planned.res_model_id.id, "res_id": ticket.id}
            fresh = self.env["mail.activity"].with_user(user)
            roads = {
                "summary": lambda t=ticket: t.activity_schedule(summary="x"),
                "note": lambda t=ticket: t.activity_schedule(note="<p>x</p>"),
                "defaults": lambda f=fresh, r=record: f.with_context(default_note="x").create(r),
                "forged act": lambda f=fresh, r=record: f.with_context(hotline_note_by=True).create(
                    {**r, "summary": "x"}
                ),
                "old, summary": lambda o=old: o.write({"summary": "x"}),
                "old, note": lambda o=old: o.write({"note": "<p>x</p>"}),
                "old, feedback": lambda o=old: o.write({"feedback": "x"}),
                "moved": lambda p=planned, t=ticket: p.write({"res_id": t.id}),
                "feedback": lambda o=old: o.action_feedback(feedback="x"),
            }
            for road, act in roads.items():
                self.assert_refused((role, road), act)
        self.assertEqual(self._messages(), before)

    def test_done_without_words(self):
        """B4: an activity of before the end is done; its line in the case has none of its words."""
        before = self._messages()
        self._activity(self.officer).action_done()
        self._activity(self.officer, 1).action_feedback()
        self._activity(self.officer, 2).unlink()
        lines = self._messages() - before
        self.assertEqual(len(lines), 2)
        for line in lines:
            self.assertNotRegex(line.body, "СВОДКА|ЗАМЕТКА")

    def test_no_file_goes_over(self):
        """B4: a file put into an activity does not come into the closed case with it."""
        activity = self._activity(self.officer)
        owner = {"res_model": activity._name, "res_id": activity.id}
        self.env["ir.attachment"].create({"name": "x.txt", "raw": b"x", **owner})
        with self.assertRaises(UserError):
            activity.action_done()

    def test_open_case_and_system(self):
        """The same words are planned and noted while the case is open, and by acts after it."""
        activity = self.open.with_user(self.officer).activity_schedule(summary="СВОДКА")
        message = activity.action_feedback()
        self.assertIn("СВОДКА", self.env["mail.message"].browse(message).body)
        self.assertTrue(self.ticket.sudo().activity_schedule(summary="Дополнение"))
        root = self.ticket.with_user(SUPERUSER_ID)
        self.assertTrue(root.activity_schedule(summary="Дополнение"))

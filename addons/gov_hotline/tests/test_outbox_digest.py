from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .outbox_common import Session
from .step_common import StepCommon

ACTIVITY = "gov_hotline.mail_activity_type_outbox"


@tagged("post_install", "-at_install")
class TestOutboxDigest(StepCommon):
    """Every morning: what did not leave, to the officer in charge and to the supervisor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Digest = cls.env["hotline.outbox.digest"]
        cls.other = new_test_user(cls.env, "other", "gov_hotline.group_officer", lang="ru_RU")

    def _failed(self, officer=None):
        mail = self._mailed_answer()
        mail.ticket_id.sudo().user_id = officer or self.officer
        self._run_job(mail, Session(refusal=(550, b"No such user")))
        return mail

    def _morning(self, day):
        self._run_alone("digest", day=fields.Date.to_date(day))
        return self.Digest.search([("day", "=", day)])

    def _told(self, user):
        return self.env["mail.activity"].search(
            [("user_id", "=", user.id), ("res_model", "=", "hotline.outbox.digest")]
        )

    def test_who_is_told_of_what(self):
        """The officer of own appeals, the supervisor of all, another officer of none; no mail."""
        mine, theirs = self._failed(), self._failed(self.other)
        lost = self._mailed_answer()
        lost.ticket_id.sudo().user_id = self.officer
        self._run_job(lost, Session(breaks="in"))
        made = self._morning("2026-12-01")
        of = {digest.user_id: digest for digest in made}
        self.assertEqual(of[self.officer].count, 2)
        self.assertEqual(of[self.officer].ticket_ids, mine.ticket_id | lost.ticket_id)
        self.assertEqual(of[self.supervisor].count, 3)
        self.assertIn(theirs.ticket_id.number, of[self.other].text)
        self.assertNotIn(mine.ticket_id.number, of[self.other].text)
        self.assertNotIn(self.operator, of)
        self.assertIn("550", of[self.officer].text)
        for user in (self.officer, self.supervisor, self.other):
            self.assertEqual(len(self._told(user)), 1)
        self.assertFalse(self.env["mail.mail"].search([("model", "=", self.Digest._name)]))
        self.assertFalse(made.message_ids, "no line «created» in the system's language")

    def test_once_a_day(self):
        """However often it runs; the next day's list takes the place of yesterday's."""
        mail = self._failed()
        first = self._morning("2026-12-01")
        self.assertEqual(self._morning("2026-12-01"), first)
        self._failed()
        self.assertEqual(self._morning("2026-12-01"), first)
        self._morning("2026-12-02")
        (activity,) = self._told(self.officer)
        self.assertNotIn(activity.res_id, first.ids)
        self.assertEqual(self.Digest.browse(activity.res_id).count, 2)
        mail.with_user(self.officer).action_cancel()

    def test_all_is_well(self):
        """Nothing in trouble: no digest names any, and yesterday's activity is gone."""
        self.assertFalse(self._morning("2026-12-01"))
        mail = self._failed()
        self._morning("2026-12-02")
        mail.with_user(self.officer).action_cancel()
        self.assertFalse(any(self._morning("2026-12-03").mapped("count")))
        bells = self._told(self.officer) | self._told(self.supervisor)
        self.assertFalse(any(self.Digest.browse(bells.mapped("res_id")).mapped("count")))

    def test_not_before_the_morning(self):
        self._failed()
        self._run_alone("digest", day=fields.Date.to_date("2026-12-01"), hour=8)
        self.assertFalse(self.Digest.search([("day", "=", "2026-12-01")]))

    def test_roles(self):
        """A list is its user's alone; nobody writes one; the supervisor opens no mail by it."""
        self._failed()
        of = {digest.user_id: digest for digest in self._morning("2026-12-01")}
        mine = of[self.officer].with_user(self.officer)
        self.assertTrue(mine.text)
        mine.activity_ids.action_done()
        self.assertFalse(mine.message_follower_ids)
        self.assertTrue(mine.action_open_mail())
        of[self.supervisor].with_user(self.supervisor).read(["text", "ticket_ids"])
        with self.assertRaises(AccessError):
            of[self.supervisor].with_user(self.supervisor).action_open_mail()
        for user in (self.other, self.operator, self.executor, self.press, self.auditor):
            with self.assertRaises(AccessError):
                mine.with_user(user).read(["text"])
        with self.assertRaises(AccessError):
            mine.write({"text": "x"})
        with self.assertRaises(AccessError):
            self.Digest.with_user(self.officer).create({"user_id": self.officer.id})

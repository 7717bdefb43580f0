from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import IncomingCommon, letter


@tagged("post_install", "-at_install")
class TestReceiving(IncomingCommon):
    def test_stored_as_it_came_before_anybody_reads_it(self):
        """E1: the bytes are kept one for one, nothing is read yet, a job is asked for."""
        raw = letter() + b"\xff\x00tail"
        mail = self._take(raw)
        self.assertRecordValues(mail, [{"state": "new", "subject": False, "size": len(raw)}])
        self.assertEqual(mail.raw_id.raw, raw)
        self.assertEqual(self._jobs(mail).channel, "root.hotline_incoming_mail")

    def test_the_same_letter_is_one_record(self):
        """E1: the same bytes again are the same record, without a second job."""
        mail = self._take(letter())
        self.assertEqual(self._take(letter()), mail)
        self.assertNotEqual(self._take(letter(Subject="other")), mail)
        self.assertEqual(len(self._jobs(mail)), 1)

    def test_nothing_of_odoos_own_mail_happens(self):
        """E1: no partner, no follower, no message, no reply is made of a stranger's letter."""
        before = [self.env[name].search_count([]) for name in self._others()]
        self._read(letter(From="Чужой <stranger@nowhere.example>"))
        self.assertEqual([self.env[name].search_count([]) for name in self._others()], before)

    def _others(self):
        return ("res.partner", "mail.message", "mail.mail", "mail.followers", "helpdesk.ticket")

    def test_who_brings_mail(self):
        """B4: the gate's account brings letters and reads none; nobody else brings any."""
        gate = new_test_user(self.env, login="gate", groups="gov_hotline_channels.group_mail_gate")
        threads = self.env["mail.thread"].with_user(gate)
        number = threads.message_process(False, letter(Subject="gate"))
        mail = self.env["hotline.incoming.mail"].browse(number)
        self.assertEqual(mail.state, "new")
        with self.assertRaises(AccessError):
            mail.with_user(gate).read(["subject"])
        for role in ("operator", "officer", "auditor"):
            threads = self.env["mail.thread"].with_user(getattr(self, role))
            with self.subTest(role=role), self.assertRaises(AccessError):
                threads.message_process("hotline.incoming.mail", letter(Subject=role))

    def test_other_mail_goes_odoos_way(self):
        """A letter for another model is Odoo's: ours is not asked."""
        before = self.env["hotline.incoming.mail"].search_count([])
        with self.assertRaises(ValueError):
            self.env["mail.thread"].message_process("res.country", letter())
        self.assertEqual(self.env["hotline.incoming.mail"].search_count([]), before)

    def test_what_came_is_not_deleted(self):
        """B4: the letter and its files stay what they were, whoever asks."""
        mail = self._read(letter(files=[("a.txt", b"text")]))
        for file in mail.raw_id + mail.attachment_ids:
            for user in (self.officer, self.administrator):
                with (
                    self.subTest(file=file.name, user=user.name),
                    self.assertRaises(UserError),
                ):
                    file.with_user(user).write({"raw": b"other"})

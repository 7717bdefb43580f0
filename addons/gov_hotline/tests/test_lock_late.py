from odoo import SUPERUSER_ID, Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_lock_walk import WalkCommon

CLOSED_WORDS = "Addition to the closed case|Дополнение к закрытому делу"


@tagged("post_install", "-at_install")
class TestLockLate(WalkCommon):
    """B4: what a closed case holds beside its text, and what came to it after the closing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket, cls.message, cls.file = cls._with_past()
        cls.root = cls.ticket.sudo()
        cls.system = cls.ticket.with_user(SUPERUSER_ID)  # brings what comes by itself

    def _brought(self, record):
        """Date a record between the closing and this transaction, the closing two days back."""
        with self.env["hotline.lock"]._permitted(self.root):
            for table, column, days, number in (
                ("helpdesk_ticket", "closed_date", 2, self.ticket.id),
                (record._table, "create_date", 1, record.id),
            ):
                self.cr.execute(
                    f"UPDATE {table} SET {column} = (now() AT TIME ZONE 'UTC')"
                    f" - interval '{days} day' WHERE id = %s",
                    (number,),
                )
        return record

    def test_values_beside_the_text(self):
        """B4: no user's hand: the key of the page, consent, channel, copies, duplicates, topics."""
        other = self._registered()
        channel = self.env["helpdesk.ticket.channel"].create({"name": "Иной"})
        category = self.env["helpdesk.ticket.category"].create({"name": "Иная"})
        values = {
            "access_token": "abc", "sms_agreed": True, "duplicate_id": other.id,
            "channel_id": channel.id, "email_cc": "x@example.com", "category_id": category.id,
            "similar_key": "x", "migration_facts": "x", "priority": "3",
            "duplicate_ids": [Command.link(other.id)],
        }  # fmt: skip
        self.root._portal_ensure_token()
        before = self.root.read(list(values))
        for role in ("operator", "officer", "administrator"):
            ticket = self.ticket.with_user(getattr(self, role))
            for name, value in values.items():
                self.assert_refused((role, name), lambda t=ticket, v={name: value}: t.write(v))
        self.assertEqual(self.root.read(list(values)), before)

    def test_key_of_the_page_is_the_systems(self):
        """B4: nobody chooses the key of a citizen's page, in no state."""
        for ticket in (self._draft(), self._registered()):
            with self.assertRaises(AccessError):
                ticket.with_user(self.officer).write({"access_token": "abc"})
        made = self._draft(access_token="abc")
        self.assertNotEqual(made.sudo().access_token, "abc")

    def test_files_of_after_the_end(self):
        """B4: a file that came after the closing is neither renamed, replaced nor deleted."""
        note = self.system.message_post(body="x", attachments=[("Новый.txt", b"1")])
        line = self.env["ir.attachment"].create(
            {
                "name": "Квитанция.txt", "raw": b"1",
                "res_model": "hotline.answer", "res_id": self.root.answer_ids[:1].id,
            }
        )  # fmt: skip
        for file in (note.attachment_ids, line):
            self._brought(file)
            for role in ("operator", "officer", "administrator", None):
                hand = file.with_user(getattr(self, role)) if role else file.sudo()
                roads = {
                    "renamed": lambda f=hand: f.write({"name": "x"}),
                    "replaced": lambda f=hand: f.write({"raw": b"x"}),
                    "moved": lambda f=hand: f.write({"res_id": 1}),
                    "gone": lambda f=hand: f.unlink(),
                }
                for road, act in roads.items():
                    self.assert_refused((role, road, file.name), act)
        self._later(note)
        file = note.attachment_ids
        note.unlink()  # the words of after the end may go, the file stays with the case
        self.assertEqual((file.name, file.raw, line.raw), ("Новый.txt", b"1", b"1"))

    def _loose(self, user):
        return self.env["ir.attachment"].with_user(user).create({"name": "x.txt", "raw": b"1"})

    def test_no_file_of_a_hand_after_the_end(self):
        """B4, practice 15: a user adds no file but by «Дополнение», by no road; it says so."""
        answer = self.root.answer_ids[:1]
        loose = {"name": "Поздний.txt", "raw": b"1"}
        for role in ("operator", "officer", "administrator"):
            user = getattr(self, role)
            files = self.env["ir.attachment"].with_user(user)
            ticket = self.ticket.with_user(user)
            free = files.create({**loose, "res_model": "mail.compose.message", "res_id": 0})
            roads = {
                "case": lambda f=files: f.create(
                    {**loose, "res_model": "helpdesk.ticket", "res_id": self.ticket.id}
                ),
                "line": lambda f=files: f.sudo().create(
                    {**loose, "res_model": answer._name, "res_id": answer.id}
                ),
                "moved": lambda f=free: f.write(
                    {"res_model": "helpdesk.ticket", "res_id": self.ticket.id}
                ),
                "note": lambda t=ticket, f=free: t.sudo().message_post(
                    body="x", attachment_ids=f.ids
                ),
                "note with a file of nobody": lambda t=ticket, u=user: t.sudo().message_post(
                    body="x", attachment_ids=self._loose(u).ids
                ),
                "file hung on an old note": lambda u=user: (
                    self.message.with_user(u)
                    .sudo()
                    .write({"attachment_ids": [Command.link(self._loose(u).id)]})
                ),
                "note with bytes": lambda t=ticket: t.sudo().message_post(
                    body="x", attachments=[("Поздний.txt", b"1")]
                ),
            }
            for road, act in roads.items():
                with (
                    self.subTest(role=role, road=road),
                    self.assertRaisesRegex(UserError, CLOSED_WORDS),
                    self.env.cr.savepoint(),
                ):
                    act()
        addition = self.env["hotline.addition"].with_user(self.officer)
        file = self.env["ir.attachment"].with_user(self.officer).create(loose)
        addition = addition.create(
            {"ticket_id": self.ticket.id, "text": "Письмо.", "attachment_ids": file.ids}
        )
        self.assertEqual(addition.attachment_ids.res_model, "hotline.addition")

    def _sql_value(self, column, value):
        self.cr.execute(
            f'UPDATE helpdesk_ticket SET "{column}" = %s WHERE id = %s', (value, self.ticket.id)
        )

    def test_consent_channel_copies_and_key_by_sql(self):
        """B4: by bare SQL no consent is given, no channel, copy or key of the page changed."""
        channel = self.env["helpdesk.ticket.channel"].create({"name": "Иной"})
        self.env.flush_all()
        self._sql_value("access_token", "given")  # the link of the portal: once, from nothing
        for column, value in (
            ("sms_agreed", True), ("channel_id", channel.id), ("email_cc", "x@example.com"),
            ("access_token", "abc"), ("access_token", None),
        ):  # fmt: skip
            with self.subTest(column=column, value=value), self.assert_locked():
                self._sql_value(column, value)
        with self.env["hotline.lock"]._permitted(self.root):
            self._sql_value("sms_agreed", True)
        self._sql_value("sms_agreed", False)  # a consent is taken back at any time

    def test_a_letter_with_copies_comes_to_a_closed_case(self):
        """B4: it is kept with the case; its copy addresses are not added to it."""
        letter = {"to": "", "cc": "x@example.com", "from": "m@example.com", "body": "Спасибо"}
        self.assertTrue(self.system.message_update(letter))
        self.env.flush_all()
        self.assertFalse(self.root.email_cc)

    def test_nothing_is_emptied_at_one_blow(self):
        """B4: TRUNCATE of cases and of what hangs on them is refused; by CASCADE too."""
        tables = self.env["hotline.lock"]._never_emptied()
        for name in (
            "helpdesk_ticket", "hotline_question", "hotline_deadline", "hotline_answer",
            "hotline_notice", "hotline_assignment", "hotline_request", "hotline_addition",
            "hotline_mail", "mail_message", "ir_attachment",
        ):  # fmt: skip
            self.assertIn(name, tables)
        for table in tables:
            with self.subTest(table=table), self.assert_locked():
                self.cr.execute(f'TRUNCATE "{table}" CASCADE')

    def test_destruction_takes_late_files(self):
        """B4: lawful destruction opens the case with what came after the closing."""
        note = self.system.message_post(body="x", attachments=[("Новый.txt", b"1")])
        file = self._brought(note.attachment_ids)
        with self.env["hotline.lock"]._permitted(self.root):
            file.unlink()
        self.assertFalse(file.exists())

    def test_stages_keep_their_meaning(self):
        """B4: what is closed stays closed: our stages are renamed, not switched or archived."""
        stage = self.root.stage_id.with_user(self.env.ref("base.user_admin"))
        for values in ({"closed": False}, {"active": False}, {"hotline_state": "draft"}):
            self.assert_refused(str(values), lambda v=values: stage.write(v))
        stage.write({"name": "Завершено полностью", "closed": True})
        self.assertTrue(self.root.closed)

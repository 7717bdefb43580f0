from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_lock_walk import WalkCommon


@tagged("post_install", "-at_install")
class TestLockLate(WalkCommon):
    """B4: what a closed case holds beside its text, and what came to it after the closing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket, cls.message, cls.file = cls._with_past()
        cls.root = cls.ticket.sudo()

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
        note = self.root.message_post(body="x", attachments=[("Новый.txt", b"1")])
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

    def test_destruction_takes_late_files(self):
        """B4: lawful destruction opens the case with what came after the closing."""
        note = self.root.message_post(body="x", attachments=[("Новый.txt", b"1")])
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

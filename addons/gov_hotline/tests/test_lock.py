import json
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from psycopg2.errors import RestrictViolation

from odoo import SUPERUSER_ID, Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import SQL, mute_logger

from ..models import lock_sql
from ..models.helpdesk_ticket_lifecycle import LEGAL_FIELDS
from ..models.hotline_lock import LOCKED_COLUMNS
from .common import ROLES, HotlineCommon
from .lock_common import LockAssertions

OTHER_VALUE = {
    "integer": "COALESCE({}, 0) + 1",
    "boolean": "NOT COALESCE({}, false)",
    "date": "COALESCE({}, '2020-01-01') + 1",
    "timestamp without time zone": "COALESCE({}, '2020-01-01') + interval '1 day'",
    "jsonb": "'[\"changed\"]'::jsonb",
}


@tagged("post_install", "-at_install")
class TestLock(LockAssertions, HotlineCommon):
    """B4: after closing nobody can edit, whatever their rights and whatever the road."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Not shared by the class: BaseCommon switches tracking off, the lock needs real messages.
        cls.ticket = cls._closed()
        cls.ticket.flush_recordset()
        cls.env.flush_all()
        cls.root = cls.ticket.sudo()

    @contextmanager
    def assert_refused(self):
        """The guard refuses in words, or else the trigger."""
        try:
            with mute_logger("odoo.sql_db"), self.cr.savepoint():
                yield
                self.env.flush_all()
        except (UserError, AccessError, RestrictViolation):
            self.env.invalidate_all(flush=False)
        else:
            self.fail("Nobody refused.")

    def _column_types(self, table):
        rows = self.env.execute_query(
            SQL(
                "SELECT column_name, data_type FROM information_schema.columns"
                " WHERE table_name = %s",
                table,
            )
        )
        return dict(rows)

    def _change(self, table, column, record_id):
        """Change one column by bare SQL."""
        kind = self._column_types(table)[column]
        name = f'"{column}"'
        value = OTHER_VALUE.get(kind, f"COALESCE({name}::text, '') || 'x'").format(name)
        self.cr.execute(f'UPDATE "{table}" SET {name} = {value} WHERE id = %s', (record_id,))

    def _locked_columns(self, model):
        return self.env["hotline.lock"]._columns(self.env[model], LOCKED_COLUMNS[model])

    def test_sql_on_every_legal_column_of_the_case(self):
        """B4: bare SQL changes no legal column of a closed case; the list is LEGAL_FIELDS."""
        columns = self.env["hotline.lock"]._columns(self.env["helpdesk.ticket"], LEGAL_FIELDS)
        self.assertIn("appeal_text", columns)
        self.assertIn("stage_id", columns)
        for column in columns:
            with self.subTest(column=column), self.assert_locked():
                self._change("helpdesk_ticket", column, self.ticket.id)

    def test_sql_on_questions_answers_and_clocks(self):
        """B4: questions, answers and deadlines of a closed case stand still too."""
        lines = (
            ("hotline.question", self.root.question_ids),
            ("hotline.answer", self.root.answer_ids),
            ("hotline.deadline", self.root.deadline_ids),
        )
        self.cr.execute(  # given once, as after closing; never changed
            "UPDATE hotline_answer SET posted_on = '2026-01-12' WHERE id = %s",
            (self.root.answer_ids.ids[0],),
        )
        for model, records in lines:
            table = self.env[model]._table
            for column in self._locked_columns(model):
                with self.subTest(model=model, column=column), self.assert_locked():
                    self._change(table, column.rstrip("+-"), records[0].id)
            with self.subTest(model=model, act="delete"), self.assert_locked():
                self.cr.execute(f'DELETE FROM "{table}" WHERE id = %s', (records[0].id,))

    def test_sql_adds_nothing(self):
        """B4: no question and no answer is slipped into a closed case."""
        with self.assert_locked():
            self.cr.execute(
                "INSERT INTO hotline_question (ticket_id, text) VALUES (%s, 'x')", (self.ticket.id,)
            )
        other = self._registered()
        self.env.flush_all()
        with self.assert_locked():
            self.cr.execute(
                "UPDATE hotline_question SET ticket_id = %s WHERE id = %s",
                (self.ticket.id, other.question_ids.ids[0]),
            )

    def test_registered_is_never_deleted(self):
        """B4: neither a closed nor a registered case is deleted, by ORM or by SQL."""
        for ticket in (self.ticket, self._registered()):
            self.env.flush_all()
            with self.assertRaises(UserError):
                ticket.sudo().unlink()
            with self.assert_locked():
                self.cr.execute("DELETE FROM helpdesk_ticket WHERE id = %s", (ticket.id,))
        draft = self._draft()
        draft.with_user(self.operator).unlink()
        self.assertFalse(draft.exists())

    def test_write_by_every_role_and_the_system(self):
        """B4: RPC writes are refused with words, to each role, the administrator and the system."""
        vals = (
            {"appeal_text": "x"},
            {"applicant_surname": "x"},
            {"user_id": self.officer.id},
            {"active": False},
        )
        for role in (*ROLES, "system"):
            ticket = self.root if role == "system" else self.ticket.with_user(getattr(self, role))
            for values in vals:
                with self.subTest(role=role, values=values), self.assert_refused():
                    ticket.write(values)

    def test_archive_stage_and_state(self):
        """B4: a closed case is not archived, not reopened by kanban, not by its state."""
        other_stage = self.env["helpdesk.ticket.stage"]._by_state()["in_work"]
        for act in (
            lambda ticket: ticket.action_archive(),
            lambda ticket: ticket.write({"stage_id": other_stage.id}),
            lambda ticket: ticket.write({"state": "in_work"}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                act(self.ticket.with_user(self.administrator))
        self.assertEqual((self.ticket.state, self.ticket.active), ("closed", True))

    def test_form(self):
        """B4: the form of a closed case is read-only for the officer."""
        form = Form(self.ticket.with_user(self.officer), "gov_hotline.helpdesk_ticket_view_form")
        for name in ("kind", "appeal_text", "topic_id", "team_id", "applicant_address"):
            with self.subTest(field=name), self.assertRaisesRegex(AssertionError, "readonly"):
                setattr(form, name, False)

    def test_import(self):
        """B4: a file does not change a closed case either."""
        result = (
            self.env["helpdesk.ticket"]
            .with_user(self.administrator)
            .load([".id", "appeal_text"], [[str(self.ticket.id), "x"]])
        )
        self.assertFalse(result["ids"])
        self.assertIn(self.ticket.number, result["messages"][0]["message"])
        self.assertEqual(self.root.appeal_text, "Третий день холодные батареи.")

    def test_one2many_commands(self):
        """B4: the lines are not changed through the case."""
        question = self.root.question_ids[0]
        for field, command in (
            ("question_ids", Command.update(question.id, {"text": "x"})),
            ("question_ids", Command.create({"text": "x"})),
            ("question_ids", Command.delete(question.id)),
            ("answer_ids", Command.delete(self.root.answer_ids.ids[0])),
            ("deadline_ids", Command.update(self.root.deadline_ids.ids[0], {"met_on": False})),
        ):
            with self.subTest(command=command), self.assert_refused():
                self.ticket.with_user(self.administrator).write({field: [command]})

    def _message_and_file(self):
        """Return a message and a file that existed when the case was closed."""
        ticket = self._registered()
        message = ticket.sudo().message_post(body="Звонил заявителю")
        file = self.env["ir.attachment"].create(
            {"name": "a.txt", "raw": b"a", "res_model": "helpdesk.ticket", "res_id": ticket.id}
        )
        ticket = ticket.with_user(self.officer)
        self._answer(ticket)
        ticket.question_ids.outcome_id = self.supported
        ticket.action_close()
        self.env.flush_all()
        return ticket, message, file

    def _as_new(self, record):
        """Date a record after the closing: in a test one transaction has one create_date."""
        self.cr.execute(
            f"UPDATE \"{record._table}\" SET create_date = create_date + interval '1 hour'"
            " WHERE id = %s",
            (record.id,),
        )

    def test_messages_and_files(self):
        """B4, B9: messages and files of a closed case keep body, content and owner."""
        _ticket, message, file = self._message_and_file()
        for record, vals in (
            (message, {"body": "x"}),
            (message, {"res_id": 1}),
            (message, {"author_id": self.citizen.id}),
            (file, {"raw": b"b"}),
            (file, {"res_id": 0}),
            (file, {"name": "b.txt"}),
        ):
            with self.subTest(record=record, vals=vals), self.assert_locked():
                record.sudo().write(vals)
                self.env.flush_all()
        for record in (message, file):
            with self.subTest(record=record, act="unlink"), self.assert_locked():
                record.sudo().unlink()

    def test_what_lives_on(self):
        """B4: closed is locked, not dead: new notes and files, tokens, contacts, stages' names."""
        ticket, message, file = self._message_and_file()
        note = ticket.with_user(SUPERUSER_ID).message_post(body="Вернулось письмо")
        new_file = file.copy({"name": "new.txt"})
        self.env.flush_all()
        for record in (note, new_file):
            self._as_new(record)
        note.body = "Вернулось второе письмо"
        new_file.raw = b"new"
        file.generate_access_token()
        message.sudo().write({"starred_partner_ids": [Command.link(self.officer.partner_id.id)]})
        ticket.sudo()._portal_ensure_token()
        self.citizen.parent_id = self.agency
        ticket.sudo().stage_id.name = "Завершено"
        ticket.sudo().write({"priority": "2", "color": 3})
        self.env.flush_all()
        new_file.unlink()
        note.unlink()
        self.assertTrue(ticket.access_token)
        self.assertEqual(ticket.commercial_partner_id, self.agency)

    def test_new_stored_field(self):
        """B4: an update that adds a stored field fills it on closed cases too."""
        self.cr.execute("ALTER TABLE helpdesk_ticket ADD COLUMN hotline_new_column varchar")
        self.cr.execute("UPDATE helpdesk_ticket SET hotline_new_column = 'filled'")
        self.assertTrue(self.cr.rowcount)

    def test_time_zone_of_the_body(self):
        """B4: another time zone of the body moves no date of registered and closed cases."""
        # Received at 20:00 UTC: the next day already in Vladivostok.
        ticket = self._closed(received_at=fields.Datetime.now() - timedelta(days=1))
        self.env.flush_all()
        evening = datetime.combine(ticket.received_on, time(20))
        with self.env["hotline.lock"]._permitted(ticket):
            self.cr.execute(
                "UPDATE helpdesk_ticket SET received_at = %s WHERE id = %s", (evening, ticket.id)
            )
        self.env.invalidate_all()
        before = ticket.received_on
        self.env.company.hotline_tz = "Asia/Vladivostok"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(ticket.received_on, before)

    def test_install_is_idempotent(self):
        """B4: the triggers are made anew from the list at every update."""
        self.env["hotline.lock"]._install()
        self.env["hotline.lock"]._install()
        with self.assert_locked():
            self._change("helpdesk_ticket", "appeal_text", self.ticket.id)

    def test_permit_opens_one_case(self):
        """B4: lawful destruction has one documented way through, for one case at a time."""
        other = self._closed()
        self.env.flush_all()
        with self.env["hotline.lock"]._permitted(self.root):
            self._change("helpdesk_ticket", "appeal_text", self.ticket.id)
            with self.assert_locked():
                self._change("helpdesk_ticket", "appeal_text", other.id)
        with self.assert_locked():
            self._change("helpdesk_ticket", "appeal_text", self.ticket.id)
        opened = self.env["hotline.journal"].search([("event", "=", "lock_opened")], limit=1)
        self.assertEqual(opened.res_ref, self.ticket.id)

    def test_refusal_in_words(self):
        """B4: what only the trigger refuses reaches the user as a sentence with the number."""
        ticket, _message, file = self._message_and_file()
        refusal = self.assertRaises(RestrictViolation)
        with mute_logger("odoo.sql_db"), refusal as caught, self.cr.savepoint():
            file.unlink()
        words = file.with_context(lang="ru_RU")._sql_error_to_message(caught.exception)
        self.assertIn(ticket.number, words)
        self.assertIn("заперто", words)
        self.assertEqual(json.loads(lock_sql.refusal(caught.exception))["id"], ticket.id)

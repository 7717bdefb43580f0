import importlib.util
from datetime import timedelta
from pathlib import Path

from psycopg2.errors import RestrictViolation

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.hotline_lock import KEPT_COLUMNS
from .acts_common import ActsCommon
from .lock_common import LockAssertions


class LockCommon(LockAssertions, ActsCommon):
    def _file(self, owner=None, user=None):
        """Return a file of `owner`, as `user` (the officer) has uploaded it."""
        owned = {"res_model": owner._name, "res_id": owner.id} if owner else {}
        files = self.env["ir.attachment"].with_user(user or self.officer)
        return files.create({"name": "Скан.pdf", "raw": b"%PDF-1.4", **owned})

    def _sql(self, statement, *params):
        self.env.flush_all()
        self.cr.execute(statement, params)


@tagged("post_install", "-at_install")
class TestLockedLists(LockCommon):
    """B4: the lists of a closed case's lines (files, questions) are as fixed as the lines."""

    def _lines(self, ticket):
        """Return one line of each locked kind that has a list, made while the case is in work."""
        notice = ticket._new_notice("registration", questions=ticket.question_ids)
        assignment = self.env["hotline.assignment"].with_user(self.officer)
        assignment = assignment.create({"ticket_id": ticket.id, "partner_id": self.agency.id})
        answered = {"text": "Тепло дано.", "received_on": self.today}
        assignment_answer = self.env["hotline.assignment.answer"].sudo()
        answer = self._answer(ticket)
        made = (
            *(ticket.question_ids, answer, notice, assignment),
            assignment_answer.create({"assignment_id": assignment.id, **answered}),
            *(self._extension(ticket), self._request(ticket), self._letter(ticket)),
        )
        return {one._name: one.sudo() for one in made}

    def _link(self, field, line, target):
        self._sql(
            f'INSERT INTO "{field.relation}" ("{field.column1}", "{field.column2}")'
            " VALUES (%s, %s) ON CONFLICT DO NOTHING",
            line.id,
            target.id,
        )

    def _target(self, field, line):
        if field.comodel_name == "ir.attachment":
            return self._file(line, user=self.env.user)
        return line.ticket_id.question_ids[:1].copy({"ticket_id": line.ticket_id.id})

    def _refused(self, field, line, linked, other):
        where = f'WHERE "{field.column1}" = %s AND "{field.column2}" = %s'
        with self.assert_locked():
            self._sql(f'DELETE FROM "{field.relation}" {where}', line.id, linked.id)
        with self.assert_locked():
            self._sql(
                f'UPDATE "{field.relation}" SET "{field.column2}" = %s {where}',
                *(other.id, line.id, linked.id),
            )
        with self.assert_locked():
            self._link(field, line, other)

    def test_every_list_of_every_line(self):
        """B4: by bare SQL nothing is taken off, exchanged or added; the fields themselves say
        which lists there are, so a new one is tested here too."""
        ticket = self._case()
        lines = self._lines(ticket)
        lists = []
        for field, insert in self.env["hotline.lock"]._lists():
            if field.model_name in KEPT_COLUMNS or field.model_name == "mail.message":
                continue
            self.assertTrue(insert, f"{field}: nothing is added to a locked line")
            line = lines[field.model_name]
            linked, other = self._target(field, line), self._target(field, line)
            self._link(field, line, linked)
            lists.append((field, line, linked, other))
        self.assertGreaterEqual(len(lists), 12)
        ticket._end("closed")
        self.env.flush_all()
        for field, line, linked, other in lists:
            with self.subTest(field=str(field)):
                self._refused(field, line, linked, other)
        with self.env["hotline.lock"]._permitted(ticket):
            field, line, linked, _other = lists[0]
            where = f'WHERE "{field.column1}" = %s AND "{field.column2}" = %s'
            self._sql(f'DELETE FROM "{field.relation}" {where}', line.id, linked.id)

    def test_open_case_is_free(self):
        """B4: until then the officer takes off and puts on, and a draft goes with its files."""
        ticket = self._case()
        request = self._request(ticket, attachment_ids=self._file().ids)
        request.attachment_ids = self._file()
        request.unlink()
        self.assertFalse(request.exists())

    def test_no_row_moves_from_an_open_case(self):
        """B4: a file is not slipped into a closed case by changing the row of an open one."""
        closed, running = self._case(), self._case()
        mine, theirs = self._letter(closed), self._letter(running)
        field = theirs._fields["attachment_ids"]
        theirs.attachment_ids = self._file(theirs)
        closed._end("closed")
        with self.assert_locked():
            self._sql(
                f'UPDATE "{field.relation}" SET "{field.column1}" = %s'
                f' WHERE "{field.column1}" = %s',
                *(mine.id, theirs.id),
            )


@tagged("post_install", "-at_install")
class TestFixedFiles(LockCommon):
    """B4, B9: what has gone out is not exchanged while the case goes on."""

    def _changes(self, file):
        yield lambda: file.write({"raw": b"%PDF-1.5"})
        yield lambda: file.write({"name": "Другой.pdf"})
        yield lambda: file.write({"res_id": 0})
        yield file.unlink

    def _assert_fixed(self, file):
        for change in self._changes(file):
            with self.assertRaises(UserError), self.cr.savepoint():
                change()

    def test_files_of_a_sent_request(self):
        """RQ-15, B4: the request's files stay as sent; the reply's come until it is recorded."""
        request = self._request(self._case(), attachment_ids=self._file().ids)
        sent = request.attachment_ids.with_user(self.officer)
        self.assertEqual((sent.res_model, sent.res_id), ("hotline.request", request.id))
        sent.name = "Запрос.pdf"
        request.action_send()
        self._assert_fixed(sent)
        request.write({"answer_attachment_ids": self._file().ids, "answered_on": self.today})
        reply = request.answer_attachment_ids.with_user(self.officer)
        reply.name = "Ответ.pdf"
        request.action_answered()
        self._assert_fixed(reply)

    def test_the_same_file_is_not_a_reply_too(self):
        """B4: named among the reply's files, what was sent stays what was sent."""
        request = self._request(self._case(), attachment_ids=self._file().ids)
        request.action_send()
        request.answer_attachment_ids = request.attachment_ids
        self._assert_fixed(request.attachment_ids.with_user(self.officer))

    def test_files_of_an_addition(self):
        """B4: an addition never changes: none of its files is exchanged by SQL either."""
        ticket = self._case()
        Addition = self.env["hotline.addition"].with_user(self.operator)
        file = self._file(user=self.operator)
        addition = Addition.create(
            {"ticket_id": ticket.id, "text": "Прилагаю акт.", "attachment_ids": file.ids}
        )
        field = addition._fields["attachment_ids"]
        other = self._file(user=self.env.user)
        with self.assert_locked():
            self._sql(
                f'UPDATE "{field.relation}" SET "{field.column2}" = %s'
                f' WHERE "{field.column1}" = %s',
                *(other.id, addition.id),
            )


@tagged("post_install", "-at_install")
class TestLockedReception(LockCommon):
    """X10, B4: the card of a reception that is over stands still, whoever asks."""

    def _card(self, **vals):
        Reception = self.env["hotline.reception"].with_user(self.officer)
        return Reception.create(
            {
                "held_at": fields.Datetime.now() - timedelta(minutes=20),
                "official_name": "Кузнецов В. А., глава",
                "partner_id": self.citizen.id,
                "content": "Просит светофор у школы.",
                "document_kind": "passport",
                "document_checked": True,
                "result": "oral",
                "oral_agreed": True,
                "oral_answer": "Разъяснено.",
                "attachment_ids": self._file().ids,
                **vals,
            }
        )

    def test_bare_sql(self):
        """X10, B4: no column of a kept card, nor the card itself, changes by SQL."""
        card = self._card()
        self._sql("UPDATE hotline_reception SET content = 'x' WHERE id = %s", card.id)
        card.action_hold()
        columns = self.env["hotline.lock"]._columns(card, KEPT_COLUMNS[card._name])
        self.assertEqual(len(columns), len(KEPT_COLUMNS[card._name]))
        for column in columns:
            kind = card._fields[column].column_type[0]
            value = {
                "bool": "NOT COALESCE({}, false)",
                "int4": "COALESCE({}, 0) + 1",
                "float8": "COALESCE({}, 0) + 1",
                "date": "COALESCE({}, '2020-01-01') + 1",
                "timestamp": "COALESCE({}, '2020-01-01') + interval '1 day'",
            }.get(kind, "COALESCE({}, '') || 'x'")
            with self.subTest(column=column), self.assert_locked():
                value = value.format(f'"{column}"')
                self._sql(
                    f'UPDATE hotline_reception SET "{column}" = {value} WHERE id = %s', card.id
                )
        with self.assert_locked():
            self._sql("DELETE FROM hotline_reception WHERE id = %s", card.id)

    def test_its_files(self):
        """X10, B4, B9: files are read with the card and fixed with it, by ORM and by SQL."""
        card = self._card()
        file = card.attachment_ids
        self.assertTrue(file.with_user(self.operator).raw)
        loose = self._file(card)
        card.action_hold()
        mine = file.with_user(self.officer)
        for change in (lambda: mine.write({"raw": b"%PDF-1.5"}), mine.unlink):
            with self.assertRaises(UserError), self.cr.savepoint():
                change()
        field = card._fields["attachment_ids"]
        table, mine, theirs = (
            f'"{name}"' for name in (field.relation, field.column1, field.column2)
        )
        for statement in (
            f"DELETE FROM {table} WHERE {mine} = %s",
            f"UPDATE {table} SET {theirs} = {loose.id} WHERE {mine} = %s",
            f"INSERT INTO {table} ({mine}, {theirs}) VALUES (%s, {loose.id})",
            f"UPDATE ir_attachment SET name = 'x' WHERE id = {file.id} AND res_id = %s",
        ):
            with self.subTest(statement=statement), self.assert_locked():
                self._sql(statement, card.id)

    def test_in_words(self):
        """X10: what only the trigger refuses names the card, not an appeal."""
        card = self._card()
        card.action_cancel()
        refusal = self.assertRaises(RestrictViolation)
        with mute_logger("odoo.sql_db"), refusal as caught, self.cr.savepoint():
            self._sql("DELETE FROM hotline_reception WHERE id = %s", card.id)
        words = card.with_context(lang="ru_RU")._sql_error_to_message(caught.exception)
        self.assertIn(card.number, words)
        self.assertIn("приём", words)

    def test_lives_on(self):
        """X10: the clock of the body moves no day of a kept card; a new body column is filled."""
        card = self._card(held_at=fields.Datetime.now().replace(hour=20) - timedelta(days=1))
        card.action_hold()
        self.env.flush_all()
        day = card.held_on
        self.env.company.hotline_tz = "Asia/Vladivostok"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(card.held_on, day)

    def test_permit(self):
        """B4: lawful destruction opens one card, and no case of the same id."""
        card, other = self._card(), self._card(held_at=fields.Datetime.now() - timedelta(days=2))
        (card | other).action_cancel()
        change = "UPDATE hotline_reception SET content = content || 'x' WHERE id = %s"
        with self.env["hotline.lock"]._permitted(card.sudo()):
            self._sql(change, card.id)
            with self.assert_locked():
                self._sql(change, other.id)
        with self.assert_locked():
            self._sql(change, card.id)

    def test_migration_of_files(self):
        """B9: an update makes the files of old cards the cards' own, no longer one person's."""
        card = self._card()
        file = card.attachment_ids
        self._sql("UPDATE ir_attachment SET res_id = 0 WHERE id = %s", file.id)
        path = Path(__file__).parents[1] / "migrations" / "19.0.1.2.1" / "post-migration.py"
        spec = importlib.util.spec_from_file_location("post_migration", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.env.cr, "19.0.1.2.0")
        self.env.invalidate_all()
        self.assertRecordValues(file, [{"res_model": card._name, "res_id": card.id}])

import json

from psycopg2.errors import RestrictViolation

from odoo import SUPERUSER_ID, Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..models.helpdesk_ticket_lifecycle import LEGAL_FIELDS
from .acts_common import ActsCommon
from .lock_common import LockAssertions

REFUSALS = (UserError, AccessError, RestrictViolation)


class WalkCommon(LockAssertions, ActsCommon):
    @classmethod
    def _with_past(cls):
        """Return a closed case, its message and its file of before the end."""
        ticket = cls._registered().with_user(cls.officer)
        message = ticket.sudo().message_post(body="Звонил заявителю")
        file = cls.env["ir.attachment"].create(
            {"name": "Акт.pdf", "raw": b"%PDF", "res_model": ticket._name, "res_id": ticket.id}
        )
        cls._answer(ticket)
        ticket.question_ids.outcome_id = cls.supported
        ticket.action_close()
        cls.env.flush_all()
        return ticket, message, file

    def _later(self, record):
        """Date a record after the closing: in a test one transaction has one create_date."""
        self.env.flush_all()
        self.cr.execute(
            f"UPDATE \"{record._table}\" SET create_date = create_date + interval '1 hour'"
            " WHERE id = %s",
            (record.id,),
        )
        return record

    def assert_refused(self, road, act):
        """Words of a guard or the database's trigger: whichever stands on this road."""
        with self.subTest(road=road):
            try:
                with mute_logger("odoo.sql_db"), self.cr.savepoint():
                    act()
                    self.env.flush_all()
            except REFUSALS:
                self.env.invalidate_all(flush=False)
            else:
                self.fail(f"Nobody refused: {road}")

    def assert_passes(self, road, act):
        with self.subTest(road=road):
            act()
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestLockWalk(WalkCommon):
    """B4: every road to a closed case, one after another: refused, or alive as practice 15 says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket, cls.message, cls.file = cls._with_past()
        cls.root = cls.ticket.sudo()

    def _row(self):
        """Return the legal columns as they stand in the database."""
        columns = self.env["hotline.lock"]._columns(self.root, LEGAL_FIELDS)
        names = ", ".join(f'"{name}"' for name in columns)
        self.cr.execute(f"SELECT {names} FROM helpdesk_ticket WHERE id = %s", (self.ticket.id,))
        return self.cr.fetchone()

    def test_refused_roads(self):
        """B4: import, a stage edit of the case, lists, forged removal, messages, files: refused."""
        before = self._row()
        admin = self.ticket.with_user(self.administrator)
        stage = self.env["helpdesk.ticket.stage"]._by_state()["in_work"]
        message, file = self.message.sudo(), self.file.sudo()
        answer = self.root.answer_ids[:1]
        forged = {"_force_unlink": True}
        roads = {
            "write": lambda: admin.write({"appeal_text": "x"}),
            "system": lambda: self.root.write({"applicant_surname": "x"}),
            "import": lambda: self._import(admin),
            "stage of the case": lambda: admin.write({"stage_id": stage.id}),
            "archive": lambda: admin.action_archive(),
            "lines": lambda: admin.write({"answer_ids": [Command.delete(answer.id)]}),
            "unlink": lambda: admin.unlink(),
            "forged removal": lambda: admin.with_context(**forged).unlink(),
            "forged answer": lambda: answer.with_user(self.officer).with_context(**forged).unlink(),
            "message body": lambda: message.write({"body": "x"}),
            "message moved": lambda: message.write({"res_id": 1}),
            "message gone": lambda: message.unlink(),
            "file content": lambda: file.write({"raw": b"x"}),
            "file gone": lambda: file.unlink(),
            "number taken over": lambda: self.root.write({"number": "X-1"}),
        }
        for road, act in roads.items():
            self.assert_refused(road, act)
        self.assertEqual(self._row(), before)

    def _import(self, ticket):
        result = ticket.load([".id", "appeal_text"], [[str(ticket.id), "x"]])
        if not result["ids"]:
            raise UserError(result["messages"][0]["message"])

    def test_what_lives_on(self):
        """B4, practice 15: link of the portal, rating, transcript, addition, contact, stage."""
        before = self._row()
        roads = {
            "portal link": lambda: self.root._portal_ensure_token(),
            "rating": self._rate,
            "late transcript": self._transcript,
            "addition": self._addition,
            "new parent of the contact": self._new_parent,
            "words of the stage": lambda: self.root.stage_id.write({"name": "Завершено"}),
            "new message": self._new_message,
            "new file": self._new_file,
            "consent to SMS taken back": self._no_more_sms,
            "duplicate let go": lambda: self.root.write({"duplicate_id": False}),
        }
        for road, act in roads.items():
            self.assert_passes(road, act)
        self.assertEqual(self._row(), before)

    def _rate(self):
        """A mark of the citizen: a message that comes later, changed when they think again."""
        page = self.ticket.with_user(self.env.ref("base.public_user")).sudo()
        rated = page.message_post(body="5", author_id=self.citizen.id)
        self._later(rated).body = "4"

    def _transcript(self):
        call = self.env["hotline.call"].with_user(self.operator)
        call = call.create({"phone": "89135550101", "ticket_id": self.ticket.id})
        text = {"name": "Запись.txt", "raw": b"-", "res_model": call._name, "res_id": call.id}
        self.env["ir.attachment"].create(text).raw = "Алло".encode()
        self.assertEqual(call.ticket_id, self.ticket)

    def _addition(self):
        added = self.env["hotline.addition"].with_user(self.officer)
        added = added.create({"ticket_id": self.ticket.id, "text": "Письмо вернулось."})
        self.assertEqual(added.kind, "closed")

    def _new_parent(self):
        self.citizen.parent_id = self.agency
        self.env.flush_all()
        self.assertEqual(self.root.commercial_partner_id, self.agency)

    def _new_message(self):
        self._later(self.ticket.with_user(SUPERUSER_ID).message_post(body="x")).unlink()

    def _new_file(self):
        """What brings a file also names it, in one transaction."""
        system = self.ticket.with_user(SUPERUSER_ID)
        note = system.message_post(body="x", attachments=[("Новый.txt", b"1")])
        self._later(note.attachment_ids).name = "Конверт.txt"

    def _no_more_sms(self):
        """A consent is withdrawn at any time, in a closed case too."""
        self.ticket.with_user(self.officer).write({"sms_agreed": False})

    def test_module_update_with_a_new_stored_field(self):
        """B4: a stored field that an update brings is computed on closed cases too."""
        field = self.env["ir.model.fields"].create(
            {
                "name": "x_closed_year",
                "model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "field_description": "Year of closing",
                "ttype": "integer",
                "store": True,
                "depends": "closed_on",
                "compute": "for one in self: one['x_closed_year'] = one.closed_on.year"
                " if one.closed_on else 0",
            }
        )
        self.addCleanup(self.env.registry.reset_changes)
        self.env.flush_all()
        self.cr.execute(
            f'SELECT "{field.name}" FROM helpdesk_ticket WHERE id = %s', (self.ticket.id,)
        )
        self.assertEqual(self.cr.fetchone()[0], self.ticket.closed_on.year)

    def test_removal_of_the_add_on(self):
        """B4: the add-on, or what it rests on, is not removed with registered appeals inside."""
        modules = self.env["ir.module.module"].with_user(self.env.ref("base.user_admin"))
        for name in ("gov_hotline", "helpdesk_mgmt"):
            module = modules.search([("name", "=", name)])
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "registered appeals"):
                module.button_uninstall()
            self.assertEqual(module.state, "installed")

    def test_forged_removal_of_an_open_case(self):
        """B4: nor does a forged context delete what was given or registered in an open case."""
        ticket = self._registered().with_user(self.officer)
        answer = self._answer(ticket).with_user(self.officer)
        for record in (ticket, answer):
            with self.assertRaises(UserError):
                record.with_context(_force_unlink=True).unlink()


@tagged("post_install", "-at_install")
class TestLockOverRpc(WalkCommon, HttpCase):
    """B4: the same over the wire, as a program of the body's own would try."""

    def _call(self, model, method, *args, **kwargs):
        body = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", body)

    def test_rpc(self):
        """B4: RPC changes neither the case, nor its lines, messages and files, nor opens it."""
        ticket, message, file = self._with_past()
        before = (ticket.appeal_text, message.body, file.raw)
        self.authenticate(self.administrator.login, self.administrator.login)
        attempts = (
            ("helpdesk.ticket", "write", ticket.ids, {"appeal_text": "x"}),
            ("helpdesk.ticket", "unlink", ticket.ids),
            ("hotline.answer", "write", ticket.answer_ids.ids, {"text": "x"}),
            ("mail.message", "write", message.ids, {"body": "x"}),
            ("ir.attachment", "unlink", file.ids),
            ("hotline.lock", "_set", "hotline.permit", str(ticket.id)),
            ("hotline.lock", "_permitted", ticket.ids),
        )
        for model, method, *args in attempts:
            with self.subTest(model=model, method=method):
                refused = self.assertRaises(JsonRpcException)
                with refused, mute_logger("odoo.http", "odoo.sql_db"):
                    self._call(model, method, *args)
        self.env.invalidate_all()
        self.assertEqual((ticket.appeal_text, message.body, file.raw), before)


@tagged("post_install", "-at_install")
class TestMerger(WalkCommon):
    """B4, B7: two cards of one citizen become one by an act, the closed case too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls.env["res.partner"].create(
            {
                "hotline_kind": "citizen",
                "surname": "Иванова",
                "given_name": "Мария",
                "phone": "8 (913) 555-01-01",
            }
        )
        cls.env["hotline.phone"].create({"number": "89135550199", "partner_id": cls.citizen.id})
        cls.ticket, cls.message, _file = cls._with_past()
        cls.reason = "Один паспорт, предъявлен на приёме."

    def _merge(self, user, reason=None):
        kept = self.kept.with_user(user)
        kept._merge_citizens(self.citizen.with_user(user), reason or self.reason)

    def test_closed_case_moves(self):
        """B4: only the card changes; the words stand; the act and the journal tell of it."""
        words = (self.ticket.applicant_name, self.ticket.appeal_text, self.ticket.text_hash)
        open_case = self._registered()
        number = self.citizen.id
        self._merge(self.officer)
        self.assertFalse(self.citizen.exists())
        self.assertEqual((self.ticket | open_case).partner_id, self.kept)
        self.assertEqual(
            (self.ticket.applicant_name, self.ticket.appeal_text, self.ticket.text_hash), words
        )
        numbers = self.kept.hotline_phone_ids.mapped("number")
        self.assertEqual(sorted(numbers), ["+79135550101", "+79135550199"])
        self.assertRecordValues(
            self.kept.hotline_merger_ids,
            [{"merged_ref": number, "case_count": 2, "reason": self.reason}],
        )
        line = self.env["hotline.journal"].search(
            [("event", "=", "citizen_merged"), ("res_ref", "=", self.ticket.id)]
        )
        self.assertEqual(json.loads(line.payload), {"merged": number, "kept": self.kept.id})
        self.assertNotIn("Иванова", line.payload)

    def test_lock_is_shut_again(self):
        """B4: the permit is of this change alone, and of this transaction."""
        self._merge(self.officer)
        with self.assert_locked():
            self.cr.execute(
                "UPDATE helpdesk_ticket SET partner_id = %s WHERE id = %s",
                (self.agency.id, self.ticket.id),
            )
        with self.env["hotline.lock"]._permitted_merger(self.kept, self.agency):
            with self.assert_locked():
                self.cr.execute(
                    "UPDATE helpdesk_ticket SET appeal_text = 'x' WHERE id = %s", (self.ticket.id,)
                )
            with self.assert_locked():
                self.cr.execute(
                    "UPDATE helpdesk_ticket SET partner_id = %s WHERE id = %s",
                    (self.operator.partner_id.id, self.ticket.id),
                )

    def test_reception(self):
        """X10, B4: the kept card of a reception follows too."""
        reception = self.env["hotline.reception"].with_user(self.officer)
        reception = reception.create(
            {
                "held_at": fields.Datetime.now(),
                "official_name": "Кузнецов В. А.",
                "partner_id": self.citizen.id,
                "content": "Просит светофор.",
            }
        )
        reception.action_cancel()
        self._merge(self.officer)
        self.assertEqual(reception.partner_id, self.kept)

    def test_without_the_act(self):
        """B4: Odoo's own merger stops at the lock."""
        wizard = self.env["base.partner.merge.automatic.wizard"]
        self.assert_refused(
            "merge", lambda: wizard._merge((self.kept | self.citizen).ids, self.kept, False)
        )

    def test_who_and_why(self):
        """B4: an officer with a reason; nobody else, and no agency."""
        for role in ("operator", "auditor", "press", "executor", "supervisor", "approver"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._merge(getattr(self, role))
        with self.assertRaisesRegex(UserError, "ten characters"):
            self._merge(self.officer, "да")
        with self.assertRaisesRegex(UserError, "citizens"):
            self.kept.with_user(self.officer)._merge_citizens(self.agency, self.reason)
        with self.assertRaises(AccessError):
            self.env["hotline.merger"].sudo().create({"kept_id": self.kept.id, "reason": "x"})

    def test_dialog(self):
        """B7: the list's action proposes the card with most appeals and tells what will happen."""
        Dialog = self.env["hotline.citizen.merge"].with_user(self.officer)
        cards = self.kept | self.citizen
        dialog = Dialog.with_context(active_ids=cards.ids).create({"reason": self.reason})
        self.assertEqual(dialog.kept_id, self.citizen)
        dialog.kept_id = self.kept
        self.assertIn("1", dialog.told)
        dialog.action_merge()
        self.assertFalse(self.citizen.exists())

import logging
from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import fields
from odoo.tests import get_db_name, tagged

from odoo.addons.gov_hotline.tests.common import HotlineCommon

from ..connector import anew
from ..connector.desk import OK, Gone, Health, Outcome, failed
from ..connector.store import WAITS, Store


@tagged("post_install", "-at_install")
class TestConnectorStore(HotlineCommon):
    """The connector's door to the database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        queue = cls.env["hotline.queue"].create(
            {"name": "Линия", "code": "t2queue", "line_id": cls.line.id}
        )
        cls.pbx, cls.other = cls.env["hotline.pbx"].create(
            [
                {"name": "АТС", "code": "t2", "new_secret": "s3cret", "queue_ids": queue.ids},
                {"name": "Вторая", "code": "t2b"},
            ]
        )
        cls.env["hotline.pbx.extension"].create(
            {"pbx_id": cls.pbx.id, "number": "101", "interface": "PJSIP/101"}
        )

    def setUp(self):
        super().setUp()
        self.store = Store(get_db_name(), self.pbx.id)
        mode = self.enter_registry_test_mode()
        mode.__enter__()
        self.addCleanup(mode.__exit__, None, None, None)

    def _command(self, kind="pause", payload=None, **vals):
        made = self.env["hotline.pbx.command"].create(
            {
                "pbx_id": self.pbx.id,
                "user_id": self.operator.id,
                "kind": kind,
                "payload": payload or {"interface": "PJSIP/101"},
                **vals,
            }
        )
        self.env.flush_all()
        return made

    def _after(self, records):
        self.env.flush_all()
        records.invalidate_recordset()
        return records

    def test_settings_are_the_form_of_the_pbx(self):
        settings = self.store.settings()
        self.assertEqual(settings.account.secret, "s3cret")
        self.assertEqual((settings.code, settings.queues), ("t2", ("t2queue",)))
        self.assertEqual(settings.telephones, {"PJSIP/101"})
        self.assertEqual(settings.context_trunk, "hotline-originate")
        self.assertNotIn("s3cret", repr(settings))

    def test_an_overtaken_transaction_begins_anew(self):
        """The writer changed the same transfer at that moment: the act does not stay `sent`."""
        command = self._command(state="sent")
        finish, tries = type(command)._finish, []

        def overtaken(records, *words):
            tries.append(words)
            if len(tries) < 3:
                raise SerializationFailure("could not serialize access")
            return finish(records, *words)

        with patch.object(self.env.registry["hotline.pbx.command"], "_finish", overtaken):
            self.store.finish([(command.id, OK)])
        self.assertEqual(self._after(command).state, "done")
        self.assertEqual(len(tries), 3)

    def test_what_is_tried_again_is_no_error_of_the_log(self):
        """Odoo logs each statement that fails; a fault nobody tries again is still said."""
        log = logging.getLogger("odoo.sql_db")
        self.addCleanup(setattr, log, "filters", list(log.filters))
        anew.quiet()
        with self.assertLogs("odoo.sql_db", "ERROR") as said:
            for fault in (SerializationFailure("overtaken"), UniqueViolation("there already")):
                log.error("bad query: %s\nERROR: %s", "UPDATE hotline_call", fault)
        self.assertEqual(["there already" in one for one in said.output], [True])

    def test_archived_pbx_is_gone(self):
        self.pbx.active = False
        self.env.flush_all()
        with self.assertRaises(Gone):
            self.store.settings()

    def test_deleted_pbx_is_gone(self):
        self.pbx.unlink()
        with self.assertRaises(Gone):
            self.store.settings()

    def test_a_command_is_taken_once(self):
        command = self._command(channel_id="c-1")
        taken = self.store.take()
        self.assertEqual([one.id for one in taken], command.ids)
        self.assertEqual(taken[0].payload, {"interface": "PJSIP/101"})
        self.assertEqual((taken[0].kind, taken[0].channel_id), ("pause", "c-1"))
        self.assertEqual(self._after(command).state, "sent")
        self.assertTrue(command.sent_at)
        self.assertEqual(self.store.take(), [])

    def test_commands_come_in_their_order_and_of_this_pbx(self):
        first, second = self._command(), self._command("unpause")
        self._command(pbx_id=self.other.id)
        self.assertEqual([one.id for one in self.store.take()], [first.id, second.id])

    def test_kinds_may_be_chosen(self):
        """Without a connection only what asks about the connection is taken."""
        self._command()
        check = self._command("check", {"x": "y"})
        self.assertEqual([one.id for one in self.store.take(("check",))], check.ids)

    def test_an_old_command_is_not_carried_out_any_more(self):
        late = fields.Datetime.now() - timedelta(seconds=WAITS + 60)
        command = self._command(made_at=late)
        self.assertEqual(self.store.take(), [])
        self.store.expire()
        self.assertRecordValues(self._after(command), [{"state": "failed", "result": "expired"}])

    def test_the_end_of_a_command(self):
        command = self._command()
        self.store.take()
        self.store.finish([(command.id, failed("no_member"))])
        self.assertRecordValues(self._after(command), [{"state": "failed", "result": "no_member"}])
        self.store.finish([(command.id, OK)])
        self.assertEqual(self._after(command).state, "failed")

    def test_what_a_check_found_is_kept(self):
        command = self._command("check", {"x": "y"})
        self.store.take()
        findings = {"findings": [{"code": "no_queue", "detail": "hotline"}]}
        self.store.finish([(command.id, Outcome("failed", "error", findings))])
        self.assertEqual(self._after(command).sudo().result_data, findings)

    def test_a_command_that_is_gone_harms_nobody(self):
        command = self._command()
        self.store.take()
        command.unlink()
        self.store.finish([(command.id, OK)])

    def test_a_former_connectors_commands_are_unknown(self):
        """What it had sent may have been done: it is never sent again."""
        sent, new = self._command(), self._command("unpause")
        sent.state = "sent"
        self.env.flush_all()
        self.store.adopt()
        self.assertRecordValues(
            self._after(sent + new),
            [{"state": "unknown", "result": "restarted"}, {"state": "new", "result": False}],
        )

    def test_health_is_on_the_form(self):
        self.store.health(
            Health(
                state="online",
                connected_at=1795295263.9,
                last_event_at=1795295264.0,
                lag=0.0421,
                dropped=7,
                skew=-3.4,
                version="11.0.0",
            )
        )
        self.assertRecordValues(
            self._after(self.pbx),
            [
                {
                    "state": "online",
                    "connected_at": fields.Datetime.to_datetime("2026-11-21 21:07:43"),
                    "last_event_at": fields.Datetime.to_datetime("2026-11-21 21:07:44"),
                    "lag_ms": 42,
                    "dropped_events": 7,
                    "clock_skew_s": -3,
                    "version": "11.0.0",
                    "last_error": False,
                }
            ],
        )
        self.assertRegex(self.pbx.connector, r"^\S+:\d+$")

    def test_a_fault_is_on_the_form_and_the_version_stays(self):
        self.pbx.version = "11.0.0"
        self.env.flush_all()
        self.store.health(Health(error="wrong_secret: odoo"))
        self.assertRecordValues(
            self._after(self.pbx),
            [
                {
                    "state": "offline",
                    "connected_at": False,
                    "last_error": "wrong_secret: odoo",
                    "version": "11.0.0",
                }
            ],
        )

    def test_a_fault_is_in_words(self):
        for error, words in (
            ("wrong_secret: odoo: failed", "no account «odoo»"),
            ("stopped: the connector was ended", "The connector was ended"),
            ("broken_call: h.1: why", "could not be written: h.1: why"),
            ("The connector does not run.", "does not run"),
        ):
            self.pbx.last_error = error
            self.assertIn(words, self.pbx.with_context(lang="en_US").trouble)
        self.pbx.last_error = False
        self.assertFalse(self.pbx.trouble)

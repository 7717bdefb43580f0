import socket
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..connector import faults, listing
from ..connector.lock import CLASS
from ..models import hotline_pbx_check
from ..wizards import hotline_pbx_import
from .phone_common import PhoneCommon


def _answering(found):
    """A coroutine in place of the one that asks the PBX."""

    async def answer(*_arguments, **_settings):
        if isinstance(found, Exception):
            raise found
        return found

    return answer


@tagged("post_install", "-at_install")
class TestPbxAdministration(PhoneCommon):
    """The PBX's card: check in words, import with its preview, by the administrator alone."""

    def setUp(self):
        super().setUp()
        self.mine = self.pbx.with_user(self.administrator).with_context(lang="ru_RU")

    def _check(self, *findings):
        answer = _answering([{"code": code, "detail": detail} for code, detail in findings])
        with patch.object(hotline_pbx_check, "check", answer):
            self.mine.action_check()
        return self.mine.check_state, self.mine.check_words

    def test_nobody_listens(self):
        """For real: the server itself tries, and the port is closed."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.mine.port = taken.getsockname()[1]
        self.mine.action_check()
        self.assertEqual(self.mine.check_state, "faults")
        self.assertIn(f"порт {self.mine.port}", self.mine.check_words)

    def test_something_else_answers(self):
        """For real: a port that is no PBX's."""
        with socket.create_server(("127.0.0.1", 0)) as other:
            self.mine.port = other.getsockname()[1]
            other.settimeout(0)
            with patch.object(hotline_pbx_check, "PATIENCE", 1.5):
                self.mine.action_check()
        self.assertEqual(self.mine.check_state, "faults")

    def test_each_finding_has_words(self):
        seen = set()
        for code, state in {
            "ok": "ok", "unreachable": "faults", "refused": "faults", "not_ami": "faults",
            "wrong_secret": "faults", "lost": "faults", "denied": "faults",
            "right_missing": "faults", "right_excess": "remarks", "filter_missing": "remarks",
            "no_context": "faults", "no_queue": "faults", "clock_skew": "remarks",
            "voice": "ok", "voice_keys": "ok", "voice_mute": "remarks",
            "voice_silent": "remarks", "voice_never": "remarks",
        }.items():  # fmt: skip
            found, words = self._check((code, "подробность"))
            with self.subTest(code):
                self.assertEqual(found, state)
                self.assertRegex(words, r"^[«А-Яа-яЁё0-9]")
                self.assertNotIn(words, seen)
                seen.add(words)
        for code in ("right_missing", "no_context", "no_queue", "clock_skew"):
            self.assertIn("подробность", self._check((code, "подробность"))[1])

    def test_several_findings(self):
        state, words = self._check(("filter_missing", "CEL"), ("no_queue", "hotline"))
        self.assertEqual((state, len(words.splitlines())), ("faults", 2))
        self.assertTrue(self.mine.checked_at)

    def _voice(self, minutes=0, **told):
        """Check the connection after the voice told of itself so long ago."""
        now = fields.Datetime.now() - timedelta(minutes=minutes)
        with freeze_time(now):
            self.assertEqual(self.pbx._ivr_answer("alive", told)["result"], "alive")
        return self._check(("ok", ""))

    def test_the_process_of_the_voice_menu(self):
        """A3: the check says whether it runs, hears and speaks; of no menu nothing is said."""
        state, words = self._check(("ok", ""))
        self.assertEqual((state, len(words.splitlines())), ("ok", 1))
        self.mine.action_make_ivr_key()
        state, words = self._check(("ok", ""))
        self.assertEqual(state, "remarks")
        self.assertIn("ни разу", words)
        state, words = self._voice(hears="yes", speaks="yes")
        self.assertEqual(state, "ok")
        self.assertIn("цифры можно назвать", words)
        self.assertIn("цифры можно назвать", self.mine.voice_words)
        self.assertIn("клавишами", self._voice(hears="no", speaks="yes")[1])
        self.assertEqual(self._voice(hears="no", speaks="no")[0], "remarks")
        state, words = self._voice(minutes=3, hears="yes", speaks="yes")
        self.assertEqual(state, "remarks")
        self.assertIn("молчит", words)
        with self.assertRaises(AccessError):
            self.pbx.with_user(self.operator).read(["voice_words"])
        with self.assertRaises(AccessError):
            self.env["hotline.pbx.voice"].with_user(self.administrator).search([])

    def test_the_secret_is_not_in_the_words(self):
        self.assertNotIn(
            "ami-secret", self._check(("wrong_secret", "odoo: Authentication failed"))[1]
        )
        self.assertNotIn("ami-secret", repr(self.mine._account()))

    def _import(self, *numbers):
        found = [
            {"number": number, "interface": f"PJSIP/{name}", "registered": True}
            for number, name in numbers
        ]
        with patch.object(hotline_pbx_import, "extensions", _answering(found)):
            action = self.mine.action_import()
        return self.env[action["res_model"]].with_user(self.administrator).browse(action["res_id"])

    def test_import_shows_first_and_keeps_owners(self):
        wizard = self._import(("101", "101"), ("102", "102-new"), ("103", "103"))
        lines = wizard.line_ids.sorted("number")
        self.assertRecordValues(
            lines,
            [
                {"number": "101", "change": "same", "pick": False, "before": False},
                {"number": "102", "change": "changed", "pick": True, "before": "PJSIP/102"},
                {"number": "103", "change": "new", "pick": True, "before": False},
                {"number": "109", "change": "gone", "pick": False, "before": False},
            ],
        )
        self.assertEqual(len(self.pbx.extension_ids), 3)  # nothing has changed yet
        lines[3].pick = True
        wizard.action_apply()
        self.assertEqual(self.phones["102"].interface, "PJSIP/102-new")
        self.assertEqual(self.phones["102"].user_id, self.second)
        self.assertFalse(self.phones["109"].active)
        self.assertEqual(self.pbx.extension_ids.mapped("number"), ["101", "102", "103"])

    def test_import_says_why_it_cannot(self):
        answer = _answering(faults.Refused("127.0.0.1:5038"))
        asked = patch.object(hotline_pbx_import, "extensions", answer)
        with asked, self.assertRaises(UserError) as refused:
            self.mine.action_import()
        self.assertIn("порт", str(refused.exception))
        self.assertTrue(listing.extensions)

    def test_what_cannot_be_is_refused_in_words(self):
        """A folder without its root, an address of no telephone, a number that nobody has."""
        mine = self.mine
        for name, wrong, right in (
            ("recordings_folder", "relative/x", "/var/spool/asterisk/monitor"),
            ("transcript_model", "whisper-base", "/srv/whisper-base"),
            ("ledger_folder", "logs", "/var/log/asterisk"),
            ("ws_url", "javascript:alert(1)", "wss://pbx.example:8089/ws"),
        ):
            with self.subTest(name), self.assertRaises(ValidationError), self.env.cr.savepoint():
                mine.write({name: wrong})
            mine.write({name: right})
        for number in ("112", "1" * 300, "12a"):
            with self.subTest(number[:4]), self.assertRaises(ValidationError):
                self.phones["101"].number = number

    def test_for_the_administrator_alone(self):
        for user in (self.operator, self.officer, self.supervisor, self.auditor):
            for name in ("action_check", "action_import"):
                with self.subTest(user=user.login, act=name), self.assertRaises(AccessError):
                    getattr(self.pbx.with_user(user), name)()

    def test_operators_and_queue_of_the_supervisor(self):
        """Who does what since when; who waits; nothing of it for an operator."""
        self._handset().sign_in(self.phones["101"].id)
        call = self._talk()
        self.env["hotline.operator.state"]._happened(self.operator, "answer", call)
        row = self.env["hotline.operator.state"]._current(self.operator)
        mine = row.with_user(self.supervisor)
        self.assertRegex(mine.lasts, r"^\d\d:\d\d$")
        mine.action_listen()
        self.assertEqual(self._commands("listen")[0][1]["interface"], "PJSIP/109")
        with self.assertRaises(AccessError):
            row.with_user(self.operator).action_listen()
        action = self.env.ref("gov_hotline_telephony.hotline_operator_state_action")
        self.assertEqual(action.res_model, "hotline.operator.state")

    def test_a_killed_connector_is_seen(self):
        """It left «connected» behind; nobody holds its lock any more."""
        self.env["hotline.pbx"]._cron_watch()
        self.assertEqual(self.pbx.state, "offline")
        self.assertTrue(self.pbx.last_error)

    def test_a_living_connector_is_left_alone(self):
        self.env.cr.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CLASS, self.pbx.id])
        self.env["hotline.pbx"]._cron_watch()
        self.assertEqual(self.pbx.state, "online")

    def test_unknown_interval_in_words(self):
        """From the cut on nobody knows: the card says so, in the body's time."""
        call = self._talk(unknown_from=fields.Datetime.to_datetime("2026-11-22 10:00:05"))
        told = call.with_user(self.operator).with_context(lang="ru_RU")
        self.assertIn("22.11 13:00:05", told.unknown_words)
        call.unknown_until = fields.Datetime.to_datetime("2026-11-22 10:02:00")
        self.assertIn("13:02:00", told.unknown_words)
        self.assertFalse(self._talk().unknown_words)

    def test_call_told_to_those_in_it(self):
        """The strip of the operator, the end for whoever handed it over; «dropped» is said."""
        call = self._talk(partner_id=self.citizen.id)
        self._sent()
        call._tell_phone(self.operator | self.second)
        told = {channel: payload for channel, kind, payload in self._sent()}
        mine = told[self._channel(self.operator)]
        self.assertEqual((mine["who"], mine["phase"]), ("Иванова М. П.", "talking"))
        self.assertEqual(
            told[self._channel(self.second)],
            {"call_id": call.id, "phase": "over", "dropped": False},
        )
        call.write({"phase": "over", "fate": "answered"})
        call._tell_phone(self.operator)
        [(_channel, kind, payload)] = self._sent()
        self.assertEqual((kind, payload["dropped"]), ("gov_hotline.phone_call", True))
        call.phase = "talking"
        self._handset().hangup(call.id)
        call.phase = "over"
        self._sent()
        call._tell_phone(self.operator)
        self.assertFalse(self._sent()[0][2]["dropped"])
        self.assertEqual(call.ended_by, "operator")
        call.ended_by = "citizen"
        call._tell_phone(self.operator)
        self.assertFalse(self._sent()[0][2]["dropped"])

    def test_why_a_citizen_was_not_reached(self):
        """B2: the operator's telephone was taken, the number was busy: the strip says so."""
        call = self._talk(direction="out")
        self._sent()
        call.write({"phase": "over", "fate": "busy"})
        call._tell_phone(self.operator)
        self.assertEqual(self._sent()[0][2]["words"], "Номер занят.")

import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .recording_common import SPEECH, RecordingCommon

STAFF = (
    "operator", "officer", "administrator", "approver", "supervisor", "executor", "auditor",
    "press", "second",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestRecordingRights(RecordingCommon, HttpCase):
    """D6: who hears which recording, by the page, by RPC and by every door of files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "test_portal_sound", "base.group_portal")
        cls.system = new_test_user(cls.env, "test_system_sound", "base.group_system")

    def setUp(self):
        super().setUp()
        self.recording = self._recorded()
        self.case = self._registered()
        self.case.sudo().user_id = self.officer
        self.recording.call_id.ticket_id = self.case
        self.env.flush_all()

    def _hearers(self, recording):
        return {
            role
            for role in STAFF
            if recording.with_user(getattr(self, role)).call_id.has_access("read")
            and recording.with_user(getattr(self, role)).call_id.recordings()
        }

    def test_matrix(self):
        self.assertEqual(
            self._hearers(self.recording), {"operator", "officer", "supervisor", "auditor"}
        )
        other = self._recorded(self.second)
        self.assertEqual(self._hearers(other), {"second", "supervisor", "auditor"})
        for role in STAFF:
            mine = self.recording.with_user(getattr(self, role))
            for operation in ("write", "create", "unlink"):
                self.assertFalse(mine.has_access(operation), (role, operation))

    def test_who_handed_it_on_hears_it(self):
        call = self.recording.call_id
        self._leg(call, "operator", "first.1", user_id=self.second.id)
        self._leg(call, "colleague", "expert.1", user_id=self.executor.id)
        self.assertIn("second", self._hearers(self.recording))
        self.assertNotIn("executor", self._hearers(self.recording))

    def test_another_body(self):
        elsewhere = self.env["res.company"].create({"name": "Другой орган"})
        other = new_test_user(
            self.env,
            "test_elsewhere_sound",
            "gov_hotline.group_supervisor,gov_hotline.group_auditor",
            company_id=elsewhere.id,
            company_ids=[(6, 0, elsewhere.ids)],
        )
        self.assertFalse(self.recording.with_user(other).has_access("read"))

    def _get(self, user, path=None, **headers):
        login = user.login if user else None
        self.authenticate(login, login)
        return self.url_open(path or f"/hotline/recording/{self.recording.id}", headers=headers)

    @mute_logger("odoo.http")
    def test_by_the_page(self):
        for user in (self.operator, self.officer, self.supervisor, self.auditor):
            answer = self._get(user)
            self.assertEqual(answer.status_code, 200, user.login)
            self.assertEqual(answer.content[44:], SPEECH)
            self.assertEqual(answer.headers["Content-Type"], "audio/wav")
            self.assertIn("no-store", answer.headers["Cache-Control"])
        wrong = (
            *(self.second, self.administrator, self.approver, self.executor, self.press),
            *(self.portal, self.system),
        )
        for user in wrong:
            answer = self._get(user)
            self.assertIn(answer.status_code, (403, 404), user.login)
            self.assertNotIn(SPEECH[:100], answer.content)
        self.assertNotIn(SPEECH[:100], self._get(None).content)

    def test_in_parts(self):
        """The player jumps: a part of the file is asked for and given."""
        answer = self._get(self.operator, Range="bytes=44-143")
        self.assertEqual(answer.status_code, 206)
        self.assertEqual(answer.content, SPEECH[:100])
        total = len(SPEECH) + 44
        self.assertEqual(answer.headers["Content-Range"], f"bytes 44-143/{total}")

    @mute_logger("odoo.http")
    def test_each_look_is_noted(self):
        """Issue 5 point 8: heard and carried away stand in «Who looked»; refused is not a look."""
        call = self.recording.call_id
        self._get(self.operator)
        self._get(self.supervisor, f"/hotline/recording/{self.recording.id}?download=1")
        refused = self._get(self.operator, f"/hotline/recording/{self.recording.id}?download=1")
        self.assertEqual(refused.status_code, 403)
        self._get(self.second)
        self.assertIn("played", self._looks(call, self.operator))
        self.assertNotIn("downloaded", self._looks(call, self.operator))
        self.assertIn("downloaded", self._looks(call, self.supervisor))
        self.assertNotIn("played", self._looks(call, self.second))
        for reader in (self.supervisor, self.auditor):
            opened = call.with_user(reader).action_who_looked()
            looks = self.env["hotline.sight"].with_user(reader).search(opened["domain"])
            self.assertLessEqual({"played", "downloaded"}, set(looks.mapped("kind")))

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_no_door_of_files(self):
        """/web/content and RPC give the sound to nobody, not to those who may hear it."""
        sound = self.recording._sound()
        paths = (
            f"/web/content/{sound.id}",
            f"/web/content/{sound.id}?download=1",
            f"/web/image/{sound.id}",
            f"/web/content/hotline.recording/{self.recording.id}/sound",
        )
        for user in (self.operator, self.supervisor, self.auditor, self.system, self.press):
            for path in paths:
                with self.subTest(user=user.login, path=path):
                    self.assertNotIn(SPEECH[:100], self._get(user, path).content)
            for name in ("raw", "datas", "name"):
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    sound.with_user(user).read([name])
            for road in (
                lambda user=user: sound.with_user(user).export_data(["datas"]),
                lambda user=user: sound.with_user(user).write({"public": True}),
                lambda user=user: sound.with_user(user).copy(),
                lambda user=user: sound.with_user(user).generate_access_token(),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    road()

    @mute_logger("odoo.http")
    def test_by_rpc(self):
        for user, allowed in ((self.operator, 1), (self.second, 0), (self.press, None)):
            self.authenticate(user.login, user.login)
            answer = self.url_open(
                "/web/dataset/call_kw/hotline.call/recordings",
                data=json.dumps(
                    {
                        "params": {
                            "model": "hotline.call",
                            "method": "recordings",
                            "args": [[self.recording.call_id.id]],
                            "kwargs": {},
                        }
                    }
                ),
                headers={"Content-Type": "application/json"},
            ).json()
            with self.subTest(user.login):
                if allowed is None:
                    self.assertIn("error", answer)
                else:
                    self.assertEqual(len(answer["result"]), allowed)

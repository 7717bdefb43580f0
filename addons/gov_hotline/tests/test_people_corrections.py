from psycopg2.errors import RestrictViolation

from odoo import Command, http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ROLES, HotlineCommon


class CorrectionsCommon(HotlineCommon):
    def _ask(self, ticket, field="applicant_surname", after="Петрова", user=None, **vals):
        values = {"ticket_id": ticket.id, "field_name": field, "reason": "Заявитель перезвонил"}
        if isinstance(after, str):
            values["value_after"] = after
        Correction = self.env["hotline.correction"].with_user(user or self.operator)
        return Correction.create({**values, **vals})

    def _add(self, ticket, user=None, **vals):
        Addition = self.env["hotline.addition"].with_user(user or self.operator)
        return Addition.create({"ticket_id": ticket.id, "text": "И в подъезде темно.", **vals})

    def _events(self, ticket):
        lines = self.env["hotline.journal"].search([("res_ref", "=", ticket.id)], order="id")
        return lines.mapped("event")


JPEG = b"\xff\xd8\xff\xe0x"


@tagged("post_install", "-at_install")
class TestCorrections(CorrectionsCommon):
    def test_accepted_in_one_click(self):
        """B4: the operator asks, the officer accepts, the field changes, the journal tells it."""
        ticket = self._registered()
        with self.assertRaises(AccessError):
            ticket.applicant_surname = "Петрова"
        asked = self._ask(ticket)
        self.assertRecordValues(
            asked, [{"value_before": "Иванова", "after_text": "Петрова", "state": "asked"}]
        )
        asked.with_user(self.officer).action_accept()
        self.assertEqual(ticket.applicant_surname, "Петрова")
        self.assertEqual((asked.state, asked.decided_by_id), ("accepted", self.officer))
        self.assertEqual(self._events(ticket)[-2:], ["correction_asked", "correction_accepted"])
        self.assertIn("ИСПРАВЛЕНО", ticket.with_context(lang="ru_RU")._card_mark())
        with self.assertRaises(UserError):
            asked.with_user(self.officer).action_accept()

    def test_refused_with_a_reason(self):
        """B4: a refusal needs its reason; nothing changes."""
        ticket = self._registered()
        asked = self._ask(ticket).with_user(self.officer)
        self.assertEqual(asked.action_refuse()["target"], "new")
        self.assertEqual(asked.state, "asked")
        asked.refusal_reason = "В паспорте иначе"
        asked.action_refuse()
        self.assertEqual((asked.state, ticket.applicant_surname), ("refused", "Иванова"))
        self.assertFalse(ticket._card_mark())
        self.assertEqual(self._events(ticket)[-1], "correction_refused")

    def test_registered_text_never_changes(self):
        """B4: a correction of the text becomes a remark beside it."""
        ticket = self._registered()
        before = (ticket.appeal_text, ticket.text_hash)
        asked = self._ask(ticket, "appeal_text", "Пятый день холодные батареи.")
        asked.with_user(self.officer).action_accept()
        self.assertEqual((ticket.appeal_text, ticket.text_hash), before)
        self.assertEqual(ticket.addition_ids.kind, "remark")
        self.assertIn("Пятый день", ticket.addition_ids.text)

    def test_topic(self):
        """B4: a topic is corrected by another topic."""
        other = self.topic.create({"code": "9999.0002", "name": "Дороги", "level": 2})
        ticket = self._registered()
        asked = self._ask(ticket, "topic_id", after=None, topic_id=other.id)
        asked.with_user(self.officer).action_accept()
        self.assertEqual(ticket.topic_id, other)

    def test_who_and_when(self):
        """B4: only an operator asks and only an officer decides, while the case is open."""
        draft, ticket = self._draft(), self._registered()
        with self.assertRaises(UserError):
            self._ask(draft)
        for role in set(ROLES) - {"operator", "officer", "administrator"}:
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._ask(ticket, user=getattr(self, role))
        asked = self._ask(ticket)
        for role in set(ROLES) - {"officer", "administrator"}:
            for act in ("action_accept", "action_refuse"):
                with self.subTest(role=role, act=act), self.assertRaises(AccessError):
                    getattr(asked.with_user(getattr(self, role)), act)()
        with self.assertRaises(UserError):
            self._ask(self._closed())

    def test_nothing_by_hand(self):
        """B4: neither the decision nor what stood there is set by RPC or by a default."""
        ticket = self._registered()
        asked = self.env["hotline.correction"].with_user(self.operator).with_context(
            default_state="accepted", default_user_id=self.officer.id
        ).create(
            {
                "ticket_id": ticket.id, "field_name": "applicant_phone", "value_after": "112",
                "reason": "x", "value_before": "113", "decided_by_id": self.officer.id,
            }
        )  # fmt: skip
        self.assertRecordValues(
            asked,
            [
                {
                    "state": "asked",
                    "user_id": self.operator.id,
                    "value_before": ticket.applicant_phone or "",
                }
            ],
        )
        for vals in ({"state": "accepted"}, {"value_after": "1"}, {"ticket_id": 1}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                asked.with_user(self.officer).write(vals)
        with self.assertRaises(AccessError):
            asked.with_user(self.administrator).unlink()

    def test_bad_values(self):
        """B4: nothing, the same again and an endless name are refused with words."""
        ticket = self._registered()
        for after in ("  ", "Иванова", "я" * 256):
            with self.subTest(after=after[:9]), self.assertRaises(ValidationError):
                self._ask(ticket, after=after)

    def test_an_open_request_keeps_the_case_open(self):
        """B4: a case is not closed over an undecided request."""
        ticket = self._registered().with_user(self.officer)
        self._answer(ticket)
        ticket.question_ids.outcome_id = self.supported
        asked = self._ask(ticket).with_user(self.officer)
        with self.assertRaises(UserError):
            ticket.action_close()
        asked.action_accept()
        ticket.action_close()
        self.assertEqual(ticket.state, "closed")

    def test_counts_by_operator(self):
        """B4: the supervisor counts requests and errors of each operator."""
        ticket = self._registered()
        self._ask(ticket).with_user(self.officer).action_accept()
        self._ask(ticket, "applicant_phone", "112")
        rows = (
            self.env["hotline.correction"]
            .with_user(self.supervisor)
            ._read_group([("ticket_id", "=", ticket.id)], ["user_id", "state"], ["__count"])
        )
        self.assertEqual(
            {(user, state): count for user, state, count in rows},
            {(self.operator, "accepted"): 1, (self.operator, "asked"): 1},
        )
        self.env["hotline.correction"].with_user(self.supervisor).get_views(
            [(False, "list"), (False, "pivot"), (False, "search")]
        )


@tagged("post_install", "-at_install")
class TestAdditions(CorrectionsCommon):
    def test_until_closing_by_the_operator(self):
        """B4, art. 5: an operator adds the applicant's words; the registered text stands."""
        ticket = self._registered()
        file = (
            self.env["ir.attachment"]
            .with_user(self.operator)
            .create(
                {"name": "photo.jpg", "raw": JPEG, "res_model": "hotline.addition", "res_id": 0}
            )
        )
        added = self._add(ticket, attachment_ids=[Command.set(file.ids)], kind="closed")
        self.assertRecordValues(added, [{"kind": "applicant", "user_id": self.operator.id}])
        self.assertEqual(file.res_id, added.id)
        self.assertEqual(file.with_user(self.officer).raw, JPEG)
        self.assertEqual(ticket.appeal_text, "Третий день холодные батареи.")
        self.assertEqual(self._events(ticket)[-1], "addition")
        with self.assertRaises(UserError):
            self._add(self._draft())

    def test_after_closing_by_the_officer(self):
        """B4: the addition to a closed case is the officer's, and it is not locked out."""
        ticket = self._closed()
        with self.assertRaises(AccessError):
            self._add(ticket)
        added = self._add(ticket, user=self.officer)
        self.assertEqual((added.kind, ticket.state), ("closed", "closed"))

    def test_never_changed_or_deleted(self):
        """B4: neither by a role, nor by the system, nor by bare SQL."""
        ticket = self._registered()
        file = (
            self.env["ir.attachment"]
            .with_user(self.operator)
            .create(
                {"name": "photo.jpg", "raw": JPEG, "res_model": "hotline.addition", "res_id": 0}
            )
        )
        added = self._add(ticket, attachment_ids=[Command.set(file.ids)])
        with self.assertRaises(AccessError):
            added.with_user(self.administrator).text = "x"
        with self.assertRaises(AccessError):
            added.with_user(self.administrator).unlink()
        self.env.flush_all()
        statements = (
            "UPDATE hotline_addition SET text = 'x' WHERE id = %s",
            "DELETE FROM hotline_addition WHERE id = %s",
            "DELETE FROM hotline_addition_ir_attachment_rel WHERE hotline_addition_id = %s",
            "UPDATE ir_attachment SET url = '' WHERE res_model = 'hotline.addition' AND res_id=%s",
            "DELETE FROM ir_attachment WHERE res_id = %s AND res_model = 'hotline.addition'",
        )
        for sql in statements:
            refused = self.assertRaises(RestrictViolation)
            with self.subTest(sql=sql), mute_logger("odoo.sql_db"), refused, self.cr.savepoint():
                self.cr.execute(sql, (added.id,))
        file.sudo().generate_access_token()
        self.assertEqual(added.text, "И в подъезде темно.")

    def test_files_taken(self):
        """B4: archives, programmes and files beyond the size are refused in words."""
        ticket = self._registered()
        self.env.company.hotline_file_megabytes = 1
        for name, raw in (("a.zip", b"x"), ("a.exe", b"x"), ("a.pdf", b"x" * (1024 * 1024 + 1))):
            refused = self.assertRaisesRegex(UserError, name)
            with self.subTest(name=name), refused, self.cr.savepoint():
                self._add(ticket, attachment_ids=[Command.create({"name": name, "raw": raw})])

    def test_bad_text(self):
        """B4: empty and endless additions are refused, scripts stay plain text."""
        ticket = self._registered()
        for text in ("  ", "я" * 100_001):
            with self.subTest(length=len(text)), self.assertRaises(ValidationError):
                self._add(ticket, text=text)
        script = "<script>alert(1)</script>"
        self.assertEqual(self._add(ticket, text=script).text, script)
        shown = ticket.with_user(self.officer).additions_html
        self.assertNotIn("<script>", shown)
        self.assertIn("&lt;script&gt;", shown)

    def test_acts_and_roles(self):
        """B4: who sees which button, who reads additions."""
        ticket = self._registered()
        self._add(ticket)
        shown = {
            role: {act["method"] for act in ticket.with_user(getattr(self, role)).acts or []}
            & {"action_ask_correction", "action_add_addition"}
            for role in ("operator", "officer", "supervisor", "auditor")
        }
        both = {"action_ask_correction", "action_add_addition"}
        self.assertEqual(
            shown, {"operator": both, "officer": both, "supervisor": set(), "auditor": set()}
        )
        for role in ("executor", "press"):
            Addition = self.env["hotline.addition"].with_user(getattr(self, role))
            self.assertFalse(Addition.has_access("read"), role)


@tagged("post_install", "-at_install")
class TestAdditionsPortal(HttpCase, CorrectionsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(
            cls.env, "add_citizen", "base.group_portal", name="Смирнова Анна", lang="ru_RU"
        )

    def _post(self, ticket, text="Добавлю: и в школе холодно.", files=None):
        data = {"text": text, "csrf_token": http.Request.csrf_token(self)}
        return self.url_open(f"/my/ticket/{ticket.id}/addition", data=data, files=files)

    def test_own_open_case_only(self):
        """B4, art. 5: the citizen adds to the own open case and sees it; to no other."""
        own = self._registered(partner_id=self.portal.partner_id.id)
        foreign = self._registered()
        self.authenticate("add_citizen", "add_citizen")
        page = self._post(own, files=[("files", ("фото.jpg", b"x", "image/jpeg"))])
        self.assertEqual(page.status_code, 200)
        self.assertIn("и в школе холодно", page.text)
        added = own.addition_ids
        self.assertRecordValues(
            added, [{"kind": "applicant", "origin": "portal", "user_id": self.portal.id}]
        )
        file = added.attachment_ids
        got = self.url_open(f"/my/ticket/{own.id}/addition/{file.id}")
        self.assertEqual((got.status_code, got.content), (200, b"x"))
        self.assertEqual(self._post(foreign).status_code, 404)
        got = self.url_open(f"/my/ticket/{foreign.id}/addition/{file.id}")
        self.assertEqual(got.status_code, 404)
        self.assertFalse(foreign.addition_ids)

    def test_refused_in_words(self):
        """B4: a programme and a closed case are refused on the page, what was typed stays."""
        own = self._registered(partner_id=self.portal.partner_id.id)
        self.authenticate("add_citizen", "add_citizen")
        page = self._post(own, files=[("files", ("virus.exe", b"x", "application/x"))])
        self.assertIn("virus.exe", page.text)
        self.assertIn("и в школе холодно", page.text)
        self.assertFalse(own.addition_ids)
        self._answer(own)
        own.with_user(self.officer).question_ids.outcome_id = self.supported
        own.with_user(self.officer).action_close()
        self._post(own)
        self.assertFalse(own.addition_ids)
        self.assertNotIn("/addition", self.url_open(f"/my/ticket/{own.id}").text)

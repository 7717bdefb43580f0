from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..demo import generator
from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestGuards(HotlineCommon):
    """What a caller over RPC may not set or read, whatever the form shows."""

    def _file(self, user, **vals):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": "Ответ.txt", "raw": b"one", **vals})
        )

    def _defaults(self, model, user, **defaults):
        context = {f"default_{name}": value for name, value in defaults.items()}
        return self.env[model].with_user(user).with_context(**context)

    def test_case_begins_as_a_draft_whatever_the_context_says(self):
        """B3, B4: default_… keys of the context are the caller's as well."""
        Ticket = self._defaults(
            "helpdesk.ticket", self.operator, state="closed", access_code="111111", text_hash="x"
        )
        ticket = Ticket.create({"appeal_text": "Текст", "number": "П-1"})
        self.assertRecordValues(
            ticket, [{"state": "draft", "access_code": False, "text_hash": False, "number": "/"}]
        )
        self.assertEqual(ticket.env.context["default_state"], "closed")

    def test_answer_begins_as_a_draft_whatever_the_context_says(self):
        """B4: an answer is given by its act, signed."""
        Answer = self._defaults("hotline.answer", self.officer, state="given")
        answer = Answer.create({"ticket_id": self._registered().id, "text": "Да."})
        self.assertEqual(answer.state, "draft")

    def test_call_begins_open(self):
        """B6: no call is closed without a disposition, and none is the PBX's by word."""
        Call = self._defaults("hotline.call", self.operator, state="closed")
        call = Call.create({"state": "closed", "source": "pbx", "number": "1"})
        self.assertRecordValues(call, [{"state": "open", "source": "manual", "ended_at": False}])
        self.assertNotEqual(call.number, "1")
        with self.assertRaises(AccessError):
            call.source = "pbx"

    def test_name_of_the_applicant_is_not_written_over(self):
        """B4: computed columns that people and look-ups see are nobody's to write."""
        for ticket in (self._draft(), self._registered(), self._closed()):
            for name in ("applicant_name", "number_key"):
                for user in (self.operator, self.officer):
                    with self.subTest(state=ticket.state, name=name), self.assertRaises(UserError):
                        ticket.with_user(user).write({name: "Другой"})

    def test_file_of_an_answer_is_read_with_it(self):
        """B9: not by its uploader alone."""
        file = self._file(self.officer, res_model="hotline.answer", res_id=0)
        answer = self._answer(self._registered(), attachment_ids=file.ids)
        self.assertEqual((file.res_model, file.res_id), ("hotline.answer", answer.id))
        self.assertEqual(file.with_user(self.supervisor).raw, b"one")
        with self.assertRaises(AccessError):
            file.with_user(self.press).raw  # noqa: B018

    def test_file_of_a_given_answer_is_fixed(self):
        """B4, B9: what was given is not exchanged, before closing as after."""
        answer = self._answer(self._registered(), attachment_ids=self._file(self.officer).ids)
        with self.assertRaises(AccessError):
            answer.attachment_ids.with_user(self.officer).raw = b"two"
        with self.assertRaises(AccessError):
            answer.attachment_ids.with_user(self.officer).unlink()

    @mute_logger("odoo.sql_db")
    def test_file_of_a_strangers_is_not_linked(self):
        """B9: an id that one may not read is not brought in by an answer."""
        secret = self._file(self.supervisor)
        with self.assertRaises(AccessError):
            self._answer(self._registered(), attachment_ids=secret.ids)

    def test_citizens_are_seen_by_who_has_the_dossier(self):
        """B7: press service, executors and employees without a role see no citizen's card."""
        employee = self.env["res.users"].create(
            {"name": "x", "login": "x_employee", "group_ids": self.env.ref("base.group_user").ids}
        )
        for user in (self.press, self.executor, employee):
            partners = self.env["res.partner"].with_user(user)
            found = partners.search([("id", "in", (self.citizen + self.agency).ids)])
            self.assertEqual(found, self.agency)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.citizen.with_user(user).read(["name"])
        for user in (self.operator, self.officer, self.supervisor, self.approver, self.auditor):
            self.assertTrue(self.citizen.with_user(user).name)

    def test_operator_keeps_the_cards_of_citizens_only(self):
        """B7: the name of the body and the telephones of colleagues are not the operator's."""
        for partner in (self.env.company.partner_id, self.officer.partner_id):
            with self.subTest(partner=partner.name), self.assertRaises(AccessError):
                partner.with_user(self.operator).phone = "+79135550199"
        for partner in (self.citizen, self.agency):
            partner.with_user(self.operator).phone = "+79135550198"

    def test_demonstration_is_not_made_where_people_take_calls(self):
        """Its users' passwords are their logins: never beside a citizen's real call."""
        self.env["ir.config_parameter"].set_param(generator.PARAMETER, False)
        self.env["helpdesk.ticket"].search([("state", "=", "draft")]).unlink()
        self.env["hotline.call"].with_user(self.operator).create({})
        with self.assertRaises(UserError):
            generator.generate(self.env)
        self.assertFalse(self.env["res.users"].search([("login", "=", "admin_hotline")]))

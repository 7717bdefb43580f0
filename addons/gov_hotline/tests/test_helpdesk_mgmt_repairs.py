import json

from odoo import http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestHelpdeskMgmtRepairs(HotlineCommon, HttpCase):
    """Faults of helpdesk_mgmt that we close. Each test says how it fails without our override."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.family = cls.env["res.partner"].create({"name": "Семья", "is_company": True})
        cls.citizen.parent_id = cls.family
        cls.portal_user = cls._portal_user("citizen_a", partner_id=cls.citizen.id)
        cls.relative_user = cls._portal_user("citizen_b")
        cls.relative_user.partner_id.parent_id = cls.family
        cls.ticket = cls._registered()
        cls.closed_stage = cls.env.ref("gov_hotline.stage_closed")

    @classmethod
    def _portal_user(cls, login, **vals):
        return new_test_user(cls.env, login=login, groups="base.group_portal", **vals)

    def _rpc(self, url, **params):
        """Call a JSON-RPC route; return (result, error)."""
        payload = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        headers = {"Content-Type": "application/json"}
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            answer = self.url_open(url, data=payload, headers=headers).json()
        return answer.get("result"), answer.get("error")

    def _call_kw(self, model, method, *args, **kwargs):
        url = f"/web/dataset/call_kw/{model}/{method}"
        return self._rpc(url, model=model, method=method, args=list(args), kwargs=kwargs)

    def test_nobody_closes_by_address(self):
        """/ticket/close is gone. Without our controller a GET closes anybody's case."""
        self.closed_stage.close_from_portal = True
        for login in ("citizen_b", "citizen_a", "test_operator"):
            self.authenticate(login, login)
            url = f"/ticket/close?ticket_id={self.ticket.id}&stage_id={self.closed_stage.id}"
            self.assertEqual(self.url_open(url).status_code, 404)
        self.assertRecordValues(
            self.ticket,
            [{"state": "in_work", "stage_id": self.env.ref("gov_hotline.stage_in_work").id}],
        )

    def test_stages_are_not_public(self):
        """Without our access line anonymous visitors write stages."""
        public = self.env.ref("base.public_user")
        with self.assertRaises(AccessError):
            self.closed_stage.with_user(public).write({"name": "x"})
        for user in (public, self.portal_user, self.officer, self.administrator):
            self.assertFalse(self.closed_stage.with_user(user).has_access("write"))

    def test_portal_rule_is_the_own_partner(self):
        """A3: relatives and followers see nothing. Without our rule the whole family does."""
        domain = (
            self.env["ir.rule"]
            .with_user(self.relative_user)
            ._compute_domain("helpdesk.ticket", "read")
        )
        self.assertNotIn(self.ticket, self.env["helpdesk.ticket"].search(domain))
        self.env.cr.execute(
            "INSERT INTO mail_followers (res_model, res_id, partner_id) VALUES (%s, %s, %s)",
            ("helpdesk.ticket", self.ticket.id, self.relative_user.partner_id.id),
        )
        self.assertNotIn(self.ticket, self.env["helpdesk.ticket"].search(domain))
        own = (
            self.env["ir.rule"]
            .with_user(self.portal_user)
            ._compute_domain("helpdesk.ticket", "read")
        )
        self.assertIn(self.ticket, self.env["helpdesk.ticket"].search(own))

    def test_no_record_access_from_the_portal(self):
        """Not even of the own case: notes would show. Without our line a citizen may read."""
        for login in ("citizen_a", "citizen_b"):
            self.authenticate(login, login)
            _result, error = self._call_kw("helpdesk.ticket", "read", [self.ticket.id], ["name"])
            self.assertEqual(error["data"]["name"], "odoo.exceptions.AccessError")

    def test_following_gives_no_access(self):
        """Without our rule an employee of another office reads what somebody let them follow."""
        clerk = new_test_user(self.env, login="clerk", groups="base.group_user")
        self.ticket.message_subscribe(clerk.partner_id.ids)
        self.assertIn(clerk.partner_id, self.ticket.message_partner_ids)
        self.assertFalse(self.env["helpdesk.ticket"].with_user(clerk).search_count([]))

    def test_closed_date_belongs_to_the_closing(self):
        """Set by closing alone. Without our transition any closed stage sets it, for ever."""
        ticket = self.ticket.with_user(self.officer)
        with self.assertRaises(UserError):
            ticket.stage_id = self.closed_stage
        with self.assertRaises(AccessError):
            ticket.closed_date = "2026-11-21 10:00:00"
        self.assertFalse(ticket.closed_date)
        self._answer(ticket)
        ticket.question_ids.outcome_id = self.supported
        ticket.action_close()
        self.assertEqual(ticket.company_id._hotline_date(ticket.closed_date), ticket.closed_on)
        self.assertNotIn("closed_date", ticket.copy_data()[0])

    def test_filing_form_is_closed(self):
        """Without our controller a case is filed past every check of the law."""
        self.authenticate("citizen_a", "citizen_a")
        before = self.env["helpdesk.ticket"].search_count([])
        shown = self.url_open("/new/ticket")
        sent = self.url_open(
            "/submitted/ticket",
            data={"subject": "x", "description": "x", "csrf_token": http.Request.csrf_token(self)},
        )
        self.assertEqual((shown.status_code, sent.status_code), (404, 404))
        self.assertIn("/hotline/status", shown.text)
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)

    def test_portal_user_posts_nothing(self):
        """A3: not to the own case either, with or without the link's token."""
        token = self.ticket._portal_ensure_token()
        pid = self.citizen.id
        keys = ({}, {"token": token}, {"pid": pid, "hash": self.ticket._sign_token(pid)})
        before = len(self.ticket.message_ids)
        for login in ("citizen_a", "citizen_b", None):
            self.authenticate(login, login)
            for key in keys:
                _result, error = self._rpc(
                    "/mail/message/post",
                    thread_model="helpdesk.ticket",
                    thread_id=self.ticket.id,
                    post_data={"body": "x", "message_type": "comment"},
                    **key,
                )
                self.assertTrue(error, f"{login} {key}")
        self.assertEqual(len(self.ticket.message_ids), before)

    def test_chatter_is_not_read_with_a_token(self):
        """Without our override the link's token opens the internal comments."""
        self.ticket.with_user(self.officer).message_post(
            body="secret note", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        for login, key in (
            ("citizen_a", {}),
            ("citizen_a", {"token": self.ticket._portal_ensure_token()}),
            (None, {"token": self.ticket._portal_ensure_token()}),
        ):
            self.authenticate(login, login)
            result, _error = self._rpc(
                "/mail/chatter_fetch",
                thread_model="helpdesk.ticket",
                thread_id=self.ticket.id,
                **key,
            )
            self.assertNotIn("secret", json.dumps(result))

    def test_readers_do_not_post(self):
        """Without our attribute reading is enough to post: the auditor changes nothing."""
        for user in (self.auditor, self.supervisor, self.approver, self.portal_user):
            with self.assertRaises(AccessError):
                self.ticket.with_user(user).message_post(body="x", message_type="comment")
        self.ticket.with_user(self.officer).message_post(body="x", message_type="comment")

    def test_outsiders_do_not_follow(self):
        """Practice 6: by no way. Without our override each of them subscribes the citizen."""
        outsiders = self.citizen | self.relative_user.partner_id | self.agency
        self.ticket.message_subscribe(outsiders.ids)
        self.ticket.message_subscribe(
            outsiders.ids, subtype_ids=self.env.ref("mail.mt_comment").ids
        )
        self.ticket.write({"message_partner_ids": [(4, self.citizen.id)]})
        self.ticket.invalidate_recordset()
        self.assertFalse(self.ticket.message_partner_ids & outsiders)
        with self.assertRaises(ValidationError):
            self.env["mail.followers"].create(
                {
                    "res_model": "helpdesk.ticket",
                    "res_id": self.ticket.id,
                    "partner_id": self.citizen.id,
                }
            )

    def test_applicant_who_works_here_does_not_follow(self):
        """Practice 6: staff who complains is a citizen in that case."""
        ticket = self._draft(partner_id=self.officer.partner_id.id)
        ticket.message_subscribe((self.officer | self.supervisor).partner_id.ids)
        self.assertNotIn(self.officer.partner_id, ticket.message_partner_ids)
        self.assertIn(self.supervisor.partner_id, ticket.message_partner_ids)

    def test_copy_is_a_new_draft(self):
        """Nothing of the draft's numbers is copied, by whichever button of helpdesk_mgmt."""
        draft = self._draft()
        Ticket = self.env["helpdesk.ticket"]
        newest = Ticket.search([], limit=1, order="id desc").id
        draft.copy()
        Ticket.with_context(active_ids=draft.ids).with_user(
            self.operator
        ).action_duplicate_tickets()
        copies = Ticket.search([("id", ">", newest)])
        empty = dict.fromkeys(
            ("access_code", "access_token", "registered_on", "closed_on", "closed_date"), False
        )
        self.assertRecordValues(copies, [{"number": "/", "state": "draft", **empty}] * 2)
        self.assertFalse(copies.question_ids)
        self.assertFalse(copies.answer_ids)
        self.assertFalse(copies.deadline_ids)

    def test_duplicate_mark_closes_nothing(self):
        """helpdesk_mgmt's wizard moves the stage; ours stays what the state says."""
        self.env.company.helpdesk_mgmt_duplicate_ticket_stage_id = self.closed_stage
        values = {"ticket_id": self.ticket.id, "duplicate_of_id": self._registered().id}
        wizard = self.env["helpdesk.ticket.duplicate.wizard"].create(
            {**values, "target_stage_id": self.closed_stage.id}
        )
        with self.assertRaises(UserError):
            wizard.action_confirm()
        self.assertEqual(self.ticket.state, "in_work")

    def test_assign_to_me_follows_the_state(self):
        """helpdesk_mgmt assigns in any state: after hand-over only the officer, then nobody."""
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.operator).assign_to_me()
        self.ticket.with_user(self.officer).assign_to_me()
        self.assertEqual(self.ticket.user_id, self.officer)
        with self.assertRaises(UserError):
            self._closed().with_user(self.officer).assign_to_me()

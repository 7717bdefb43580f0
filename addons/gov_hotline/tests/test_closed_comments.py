from odoo import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .test_lock_walk import WalkCommon

WORDS = "Addition to the closed case|Дополнение к закрытому делу"
ROLES = ("operator", "officer", "administrator")


@tagged("post_install", "-at_install")
class TestClosedComments(WalkCommon):
    """B4, practice 15: nobody comments on a closed case; the officer adds to it instead."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ticket = cls._registered().with_user(cls.officer)
        cls.own = {
            role: ticket.with_user(getattr(cls, role)).message_post(
                body="Звонил заявителю", message_type="comment"
            )
            for role in ("officer", "administrator")
        }
        cls._answer(ticket)
        ticket.question_ids.outcome_id = cls.supported
        ticket.action_close()
        cls.env.flush_all()
        cls._long_ago(ticket)
        cls.ticket = ticket

    @classmethod
    def _long_ago(cls, ticket):
        """Date all of it before this transaction: messages three days back, the end two."""
        with cls.env["hotline.lock"]._permitted(ticket.sudo()):
            for table, column, days, where in (
                ("mail_message", "create_date", 3, "model = 'helpdesk.ticket' AND res_id"),
                ("helpdesk_ticket", "closed_date", 2, "id"),
            ):
                cls.cr.execute(
                    f"UPDATE {table} SET {column} = (now() AT TIME ZONE 'UTC')"
                    f" - interval '{days} day' WHERE {where} = %s",
                    (ticket.id,),
                )
        cls.env.invalidate_all()

    def _messages(self):
        return self.env["mail.message"].search(
            [("model", "=", "helpdesk.ticket"), ("res_id", "=", self.ticket.id)]
        )

    def _said(self, user):
        """Every way in which a hand says something in a case."""
        ticket = self.ticket.with_user(user)
        about = {"model": ticket._name, "res_id": ticket.id, "body": "x"}
        messages = self.env["mail.message"].with_user(user)
        composer = self.env["mail.compose.message"].with_user(user)
        forged = {"hotline_note_by": True}
        return {
            "comment": lambda: ticket.message_post(body="x", message_type="comment"),
            "note": lambda: ticket.message_post(body="x"),
            "as a letter": lambda: ticket.message_post(body="x", message_type="email"),
            "without words": lambda: ticket.message_post(body="", message_type="comment"),
            "forged act": lambda: ticket.with_context(**forged).message_post(body="x"),
            "of a template": lambda: ticket.message_post_with_source(
                "mail.message_origin_link", render_values={"self": ticket, "origin": ticket}
            ),
            "record": lambda: messages.create({**about, "message_type": "comment"}),
            "record by defaults": lambda: messages.with_context(
                default_model=ticket._name, default_res_id=ticket.id
            ).create({"body": "x", "message_type": "notification"}),
            "composer": lambda: composer.create(
                {"model": ticket._name, "res_ids": str(ticket.ids), "body": "x"}
            ).action_send_mail(),
        }

    def test_no_comment_of_a_hand(self):
        """B4: by no road and no role; the refusal names the addition."""
        before = self._messages()
        for role in ROLES:
            for road, act in self._said(getattr(self, role)).items():
                self.assert_refused((role, road), act)
        self.assertEqual(self._messages(), before)

    def test_refusal_in_words(self):
        for role in ROLES:
            ticket = self.ticket.with_user(getattr(self, role))
            with self.subTest(role=role), self.assertRaisesRegex(UserError, WORDS):
                ticket.message_post(body="x", message_type="comment")

    def test_open_case_is_commented(self):
        """The same roads are open until the end."""
        self.ticket = self._registered()
        for road, act in self._said(self.officer).items():
            self.assert_passes(road, act)

    def test_own_comment_stays(self):
        """B4: who wrote it neither edits, empties, hides nor deletes it after the end."""
        for role, message in self.own.items():
            user = getattr(self, role)
            own, ticket = message.with_user(user), self.ticket.with_user(user)
            roads = {
                "edited": lambda t=ticket, m=own: t._message_update_content(m.sudo(), body="y"),
                "emptied": lambda t=ticket, m=own: t._message_update_content(
                    m.sudo(), body="", attachment_ids=[]
                ),
                "written": lambda m=own: m.write({"body": "y"}),
                "other author": lambda m=own: m.write({"author_id": self.citizen.id}),
                "another kind": lambda m=own: m.write({"message_type": "notification"}),
                "gone": lambda m=own: m.unlink(),
            }
            for road, act in roads.items():
                self.assert_refused((role, road), act)
            self.assertIn("Звонил заявителю", message.body)

    def test_comment_of_after_the_end_stays_too(self):
        """B4: what came with the system's help later is nobody's to edit either."""
        late = self.ticket.with_user(SUPERUSER_ID).message_post(
            body="5", author_id=self.officer.partner_id.id, message_type="comment"
        )
        own = late.with_user(self.officer)
        for act in (lambda: own.write({"body": "y"}), own.unlink):
            with self.assertRaisesRegex(UserError, WORDS):
                act()

    def test_words_at_the_end_of_an_activity(self):
        """B4: an activity is ended; words with it would be a comment."""
        for feedback in ("Сказала по телефону", False):
            activity = self.ticket.sudo().activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.officer.id
            )
            activity = activity.with_user(self.officer)
            if feedback:
                with self.assertRaisesRegex(UserError, WORDS):
                    activity.action_feedback(feedback=feedback)
            else:
                activity.action_feedback()

    def test_what_lives_on(self):
        """B4, practice 15: tracking, lines of acts, letters, rating, star, reaction, follower."""
        ticket, message = self.ticket.with_user(self.officer), self.own["administrator"]
        colleague = self.operator.partner_id
        public = ticket.with_user(self.env.ref("base.public_user")).sudo()
        roads = {
            "rating": lambda: public.message_post(body="5", author_id=self.citizen.id),
            "letter": lambda: ticket.with_user(SUPERUSER_ID).message_post(
                body="x", message_type="email"
            ),
            "line of an act": lambda: ticket._note("Возврат отмечен"),
            "tracking": lambda: ticket._message_track(
                ["user_id"], {ticket.id: {"user_id": self.env["res.users"]}}
            ),
            "told a colleague": lambda: ticket.message_notify(body="x", partner_ids=colleague.ids),
            "star": lambda: message.with_user(self.officer).toggle_message_starred(),
            "reaction": lambda: (
                message.with_user(self.officer)
                .sudo()
                ._message_reaction("👍", "add", self.officer.partner_id, self.env["mail.guest"])
            ),
            "follower": lambda: ticket.message_subscribe(colleague.ids),
            "follower no more": lambda: ticket.message_unsubscribe(colleague.ids),
        }
        for road, act in roads.items():
            self.assert_passes(road, act)

    def test_following_opens_nothing(self):
        """B4: who follows a closed case is told of late events, and reads no more than before."""
        self.ticket.with_user(self.officer).message_subscribe(self.press.partner_id.ids)
        self.assertFalse(self.ticket.with_user(self.press)._filtered_access("read"))

    def test_marks_of_work_stand(self):
        """B4: the colour and the board's mark are of whoever works on it: nobody does any more."""
        for role in ROLES:
            ticket = self.ticket.with_user(getattr(self, role))
            for name, value in (("color", 3), ("kanban_state", "done")):
                self.assert_refused((role, name), lambda t=ticket, v={name: value}: t.write(v))


@tagged("post_install", "-at_install")
class TestClosedCommentsOverRpc(WalkCommon, HttpCase):
    """B4: the same by the addresses that the chatter itself calls."""

    def test_chatter(self):
        """B4: the chatter posts, edits and deletes nothing in a closed case; open ones it does."""
        for is_closed in (False, True):
            ticket = self._registered().with_user(self.officer)
            own = ticket.message_post(body="Звонил", message_type="comment")
            if is_closed:
                self._answer(ticket)
                ticket.question_ids.outcome_id = self.supported
                ticket.action_close()
            self.env.flush_all()
            self.authenticate(self.officer.login, self.officer.login)
            thread = {"thread_model": ticket._name, "thread_id": ticket.id}
            post = {"body": "Ещё", "message_type": "comment", "subtype_xmlid": "mail.mt_note"}
            line = {**post, "message_type": "notification"}
            edit = {"message_id": own.id, "update_data": {"body": "y", "attachment_ids": []}}
            empty = {"message_id": own.id, "update_data": {"body": "", "attachment_ids": []}}
            calls = (
                ("/mail/message/post", {**thread, "post_data": post}),
                ("/mail/message/post", {**thread, "post_data": line}),
                ("/mail/message/update_content", edit),
                ("/mail/message/update_content", empty),
            )
            for address, params in calls:
                with self.subTest(address=address, is_closed=is_closed):
                    if not is_closed:
                        self.make_jsonrpc_request(address, params)
                        continue
                    refused = self.assertRaisesRegex(JsonRpcException, "UserError")
                    with refused, mute_logger("odoo.http", "odoo.sql_db"):
                        self.make_jsonrpc_request(address, params)
            self.env.invalidate_all()
            self.assertEqual("Звонил" in own.body, is_closed)

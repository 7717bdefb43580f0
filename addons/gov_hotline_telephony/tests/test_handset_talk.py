from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .phone_common import PhoneCommon


@tagged("post_install", "-at_install")
class TestHandsetTalk(PhoneCommon):
    """Hold, transfers with a cause, conference, the supervisor: each on the right channels."""

    def setUp(self):
        super().setUp()
        self.call = self._talk()
        self.legs = {one.role: one.uniqueid for one in self.call.leg_ids}
        self.both = {"citizen": self.legs["citizen"], "operator": self.legs["operator"]}

    def test_hold_and_back(self):
        self._handset().hold(self.call.id)
        self.call.phase = "held"
        self._handset().unhold(self.call.id)
        self.assertEqual(self._commands(), [("hold", self.both), ("unhold", self.both)])

    def test_hang_up(self):
        self._handset().hangup(self.call.id)
        self.assertEqual(self._commands(), [("hangup", {"channel": self.legs["citizen"]})])

    def test_the_own_telephone_rings_first(self):
        """B1: of a call that is dialled the screen says to lift the telephone first."""
        leg = self.call._live_leg("operator")
        mine = self.call.with_user(self.operator)
        self.call.write({"direction": "out", "phase": "ringing"})
        self.assertFalse(mine._phone_vals()["own_rings"])
        leg.answered_at = False
        self.assertTrue(mine._phone_vals()["own_rings"])
        self.call.direction = "in"
        self.assertFalse(mine._phone_vals()["own_rings"])

    def test_blind_transfer_to_a_colleague(self):
        """Practice 23: with its cause; AMI names the operator's channel."""
        self._handset().transfer(
            self.call.id, f"user:{self.second.id}", "blind", "no_article", "Отопление"
        )
        channel = {"channel": self.legs["operator"], "number": "102", "context": "operators"}
        self.assertEqual(self._commands(), [("blind", channel)])
        self.assertEqual(self.call.redirect_cause, "no_article")
        self.assertRecordValues(
            self.call.transfer_ids,
            [
                {
                    "kind": "blind",
                    "to": "102",
                    "to_name": self.second.name,
                    "cause": "no_article",
                    "note": "Отопление",
                    "result": "trying",
                    "user_id": self.operator.id,
                }
            ],
        )
        self.env["hotline.pbx.command"].search([])._finish("done", "done")
        self.assertEqual(self.call.transfer_ids.result, "done")

    def test_a_cause_is_a_must(self):
        for cause in ("", False, "because"):
            with self.subTest(cause), self.assertRaises(UserError):
                self._handset().transfer(self.call.id, f"user:{self.second.id}", "blind", cause)
        self.assertFalse(self._commands())
        self.assertFalse(self.call.transfer_ids)

    def test_attended_transfer(self):
        handset = self._handset()
        handset.transfer(self.call.id, f"user:{self.second.id}", "attended", "needs_decision")
        self._leg(self.call, "colleague", "18.1", answered_at=False)
        shown = self.call.with_user(self.operator)._phone_vals()
        self.assertEqual(shown["consult"], {"to": self.second.name, "phase": "ringing"})
        self.assertEqual(shown["may"], ["cancel", "hangup"])
        self.call._live_leg("colleague").answered_at = "2026-11-22 10:00:00"
        shown = self.call.with_user(self.operator)._phone_vals()
        self.assertEqual(shown["may"], ["complete", "conference", "cancel", "hangup"])
        with self.assertRaises(UserError):
            handset.transfer(self.call.id, f"user:{self.second.id}", "blind", "needs_decision")
        handset.complete(self.call.id)
        self.assertEqual(
            self._commands("complete"), [("complete", {"channel": self.legs["operator"]})]
        )

    def test_taken_back(self):
        handset = self._handset()
        handset.transfer(self.call.id, f"user:{self.second.id}", "attended", "needs_decision")
        told = handset.cancel(self.call.id)
        self.env["hotline.pbx.command"].browse(told["command_id"])._finish("done", "done")
        self.assertEqual(self.call.transfer_ids.result, "cancelled")
        with self.assertRaises(UserError):
            handset.complete(self.call.id)

    def test_the_colleague_was_busy(self):
        handset = self._handset()
        told = handset.transfer(self.call.id, f"user:{self.second.id}", "attended", "no_access")
        self.env["hotline.pbx.command"].browse(told["command_id"])._finish("failed", "busy")
        self.assertEqual(self.call.transfer_ids.result, "busy")
        self.assertFalse(self.call._consultation())

    def test_conference(self):
        handset = self._handset()
        handset.transfer(self.call.id, f"user:{self.second.id}", "attended", "needs_decision")
        self._leg(self.call, "colleague", "18.1")
        handset.conference(self.call.id)
        self.assertEqual(
            self._commands("conference"), [("conference", {**self.both, "colleague": "18.1"})]
        )

    def test_who_hangs_up_out_of_three_leaves_the_others(self):
        """B6: the own telephone alone; out of two the whole talk ends."""
        handset = self._handset()
        handset.transfer(self.call.id, f"user:{self.second.id}", "attended", "needs_decision")
        self._leg(self.call, "colleague", "18.1")
        self.call.transfer_ids.result = "joined"
        handset.hangup(self.call.id)
        self.assertEqual(self._commands("hangup"), [("hangup", {"channel": self.legs["operator"]})])

    def test_targets(self):
        """Colleagues with their state, experts, agencies, emergency, a typed number."""
        expert = self._telephone("103", name="Юрист", kind="expert")
        self.agency.phone = "8 843 555-02-02"
        self._handset(self.second).sign_in(self.phones["102"].id)
        handset = self._handset()
        keys = {one["key"]: one for one in handset.targets(self.call.id, "")}
        self.assertTrue(keys[f"user:{self.second.id}"]["free"])
        self.assertFalse(keys[f"user:{self.second.id}"]["off"])
        self.assertFalse(keys[f"extension:{expert.id}"]["off"], "an expert needs no line")
        self._handset(self.second).sign_out()
        away = {one["key"]: one for one in handset.targets(self.call.id, "")}
        self.assertTrue(away[f"user:{self.second.id}"]["off"])
        self.assertNotIn(f"user:{self.operator.id}", keys)
        self.assertEqual(keys[f"extension:{expert.id}"]["name"], "Юрист")
        card = self.env.ref("gov_hotline.script_card_112")
        self.assertIn(f"card:{card.id}", keys)
        [agency] = handset.targets(self.call.id, "тепло")
        self.assertEqual((agency["key"], agency["name"]), (f"agency:{self.agency.id}", "Теплосеть"))
        [typed] = handset.targets(self.call.id, "8 843 555-03-03")
        self.assertEqual(typed["key"], "number:+78435550303")
        self.assertEqual(handset.targets(self.call.id, "8 809 555-03-03"), [])

    def test_targets_by_role_and_competence(self):
        """An expert is found by that word, by job and department; agencies by their questions."""
        lawyer = self._new_role_user("operator", "auditor")
        lawyer.name, lawyer.function = "Орлова Н. П.", "Юрисконсульт"
        self.env["helpdesk.ticket.team"].create({"name": "Правовой отдел", "user_ids": lawyer.ids})
        self._telephone("103", lawyer, name="Кабинет 5", kind="expert")
        self.agency.write({"phone": "8 843 555-02-02", "hotline_competence": "холодные батареи"})
        russian = self._handset().with_context(lang="ru_RU")
        for words in ("эксп", "юриск", "отдел прав", "орлова экс", "кабин орл"):
            with self.subTest(words):
                found = russian.targets(self.call.id, words)
                self.assertEqual([one["key"] for one in found], [f"user:{lawyer.id}"])
        self.assertFalse(russian.targets(self.call.id, "орлова газ"))
        for words in ("батареи холод", "холод теплосеть", "тпелосеть", "[jkjlyst"):
            with self.subTest(words):
                found = russian.targets(self.call.id, words)
                self.assertEqual([one["key"] for one in found], [f"agency:{self.agency.id}"])

    def test_a_service_stands_in_the_list_once(self):
        """Two buttons, the directory and the typed digits mean one 112: one line."""
        cards = self.env["hotline.script.card"].with_context(lang=self.operator.lang)
        cards = cards.search([("phone", "=", "112")])
        self.assertGreater(len(cards), 1)
        self.agency.write({"phone": "112", "name": "Служба 112"})
        for words in ("", "112"):
            with self.subTest(words):
                found = self._handset().targets(self.call.id, words)
                [line] = [one for one in found if one["phone"] == "112"]
                self.assertEqual(line["key"], f"card:{cards[0].id}")
                self.assertEqual(line["note"], ", ".join(cards.mapped("name")))

    def test_targets_ask_once_however_many_colleagues(self):
        """The dialog is opened in a talk: its queries do not grow with the telephones."""

        def queries():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self._handset().targets(self.call.id, "")
            free = [one for one in found if one["free"]]
            return self.env.cr.sql_log_count - before, len(free)

        self._handset(self.second).sign_in(self.phones["102"].id)
        queries()  # what is asked once a process
        few, before = queries()
        for number in range(201, 206):
            user = self._new_role_user("operator", *("press",) * (number - 199))
            self._telephone(str(number), user)
            self.env["hotline.operator.state"]._happened(user, "sign_in")
        queries()
        many, after = queries()
        self.assertEqual(after, before + 5)
        self.assertEqual(many, few)

    def test_transfer_outside(self):
        self.agency.phone = "8 843 555-02-02"
        self._handset().transfer(self.call.id, f"agency:{self.agency.id}", "blind", "competence")
        self.assertEqual(
            self._commands(),
            [
                (
                    "blind",
                    {
                        "channel": self.legs["operator"],
                        "number": "+78435550202",
                        "context": "hotline-originate",
                    },
                )
            ],
        )

    def test_no_road_past_the_allowed_numbers(self):
        stranger = self._telephone("150")
        stranger.pbx_id = self.pbx.copy({"code": "other"})
        for key in (
            "number:+12025550101", "number:+78095550101", "number:102\r\nAction: Originate",
            "user:0", f"user:{self.operator.id}", f"extension:{stranger.id}", "shell:1", "", False,
        ):  # fmt: skip
            with self.subTest(key), self.assertRaises(UserError):
                self._handset().transfer(self.call.id, key, "blind", "competence")
        self.assertFalse(self._commands())

    def test_emergency_button_transfers_by_itself(self):
        told = self.call.with_user(self.operator)._transfer_to("112")
        self.assertTrue(told["done"])
        [(kind, payload)] = self._commands()
        self.assertEqual((kind, payload["number"]), ("blind", "112"))
        self.pbx.sudo().state = "offline"
        self.assertFalse(self.call.with_user(self.operator)._transfer_to("112")["done"])

    def test_own_calls_only(self):
        acts = {
            "hangup": (), "hold": (), "unhold": (), "complete": (), "cancel": (),
            "conference": (), "targets": ("",),
            "transfer": (f"user:{self.second.id}", "blind", "competence"),
        }  # fmt: skip
        for user in (self.second, self.officer, self.supervisor, self.auditor, self.press):
            for name, arguments in acts.items():
                with self.subTest(user=user.login, act=name), self.assertRaises(AccessError):
                    getattr(self._handset(user), name)(self.call.id, *arguments)
        self.assertFalse(self._commands())

    def test_a_talk_that_is_over(self):
        self.call.phase = "over"
        for name in ("hangup", "hold", "unhold", "conference"):
            with self.subTest(name), self.assertRaises(UserError):
                getattr(self._handset(), name)(self.call.id)

    # The supervisor

    def test_supervisor_by_right_and_with_a_trace(self):
        for kind, event in (
            ("listen", "call_listened"),
            ("whisper", "call_prompted"),
            ("barge", "call_joined"),
        ):
            told = getattr(self._handset(self.supervisor), kind)(self.call.id)
            command = self.env["hotline.pbx.command"].browse(told["command_id"])
            self.assertEqual(
                command.payload, {"interface": "PJSIP/109", "channel": self.legs["operator"]}
            )
            line = self.env["hotline.journal"].search([], limit=1)
            self.assertEqual(
                (line.event, line.model, line.res_ref, line.user_ref),
                (event, "hotline.call", self.call.id, self.supervisor.id),
            )
        looks = self.env["hotline.sight"].search(
            [("kind", "=", "listened"), ("res_ref", "=", self.call.id)]
        )
        self.assertEqual(looks.user_ref, self.supervisor.id)

    def _rings_at(self):
        self._handset(self.supervisor).listen(self.call.id)
        return self._commands("listen")[-1][1]["interface"]

    def test_the_own_browser_rings_off_the_line_too(self):
        """E9: who listens in takes no calls: no line, no queue, no state."""
        self.phones["109"].sudo().kind = "browser"
        self.assertEqual(self._rings_at(), "PJSIP/109")
        self.assertFalse(self._commands("queue_add"))
        self.assertFalse(self.phones["109"].sudo().at_id)

    def test_which_telephone_of_several_rings(self):
        """Where the supervisor sits; else the browser whose page is open; else the desk."""
        browser = self._telephone("110", self.supervisor, kind="browser").sudo()
        self.assertEqual(self._rings_at(), "PJSIP/109")
        browser.registered = True
        self.assertEqual(self._rings_at(), "PJSIP/110")
        self.phones["109"].sudo().at_id = self.supervisor
        self.assertEqual(self._rings_at(), "PJSIP/109")

    def test_another_one_sits_at_the_supervisors_telephone(self):
        self.phones["109"].sudo().at_id = self.second
        with self.assertRaisesRegex(UserError, self.second.name):
            self._handset(self.supervisor).listen(self.call.id)

    def test_nobody_else_listens_in(self):
        for user in (self.second, self.officer, self.administrator, self.auditor, self.approver):
            for name in ("listen", "whisper", "barge"):
                with self.subTest(user=user.login, act=name), self.assertRaises(AccessError):
                    getattr(self._handset(user), name)(self.call.id)

    def test_not_in_another_body(self):
        elsewhere = self.env["res.company"].create({"name": "Другой орган"})
        self.call.company_id = elsewhere
        with self.assertRaises(AccessError):
            self._handset(self.supervisor).listen(self.call.id)
        self.assertFalse(self._commands())

from odoo.tests import tagged

from ..domain.queue_board import BoardChange, Member
from .common_calls import CallsCommon, over, ringing, talking

FREE, FINISHES, LUNCH = Member(False, ""), Member(True, "wrap_up"), Member(True, "lunch")


@tagged("post_install", "-at_install")
class TestQueueMembers(CallsCommon):
    """B6: after a cut the queue of the PBX follows what the operators are doing."""

    def setUp(self):
        super().setUp()
        self.pbx.queue_ids = self.queue
        self.phones = self.pbx.extension_ids.grouped("number")
        self.states = self.env["hotline.operator.state"]

    def _on_the_line(self, user, number, *events):
        self.phones[number].at_id = user
        for event, reason in (("sign_in", ""), *events):
            self.states._happened(user, event, reason=reason)
        self.env["hotline.pbx.command"].search([])._finish("done", "ok")

    def _asked(self, **members):
        """Return [(who, kind, payload)] after a cut that left these members."""
        before = self.env["hotline.pbx.command"].search([], limit=1).id or 0
        stand = {"hotline": {f"PJSIP/{one[1:]}": place for one, place in members.items()}}
        self._write(board=BoardChange(stand=stand))
        made = self.env["hotline.pbx.command"].search([("id", ">", before)], order="id")
        return [(one.user_id, one.kind, one.payload) for one in made]

    def _member(self, number="101", **more):
        return {"queue": "hotline", "interface": f"PJSIP/{number}", **more}

    def test_who_is_on_the_line_is_signed_in_again(self):
        """A PBX that was killed has forgotten who came a moment before."""
        self._on_the_line(self.operator, "101")
        add = (self.operator, "queue_add", self._member(name=self.operator.name))
        self.assertEqual(self._asked(), [add])
        self.assertEqual(self._asked(p101=FREE), [])

    def test_on_a_pause_if_on_a_pause(self):
        self._on_the_line(self.operator, "101", ("pause", "lunch"))
        paused = self._member(name=self.operator.name, paused=True, reason="lunch")
        self.assertEqual(self._asked(), [(self.operator, "queue_add", paused)])
        pause = {"interface": "PJSIP/101", "reason": "lunch"}
        self.assertEqual(self._asked(p101=FREE), [(self.operator, "pause", pause)])
        self.assertEqual(self._asked(p101=LUNCH), [])

    def test_who_has_left_the_line_is_signed_out(self):
        """The screen let him go while the PBX was away. Others' telephones stay."""
        self.assertEqual(
            self._asked(p102=FREE, p900=FREE),
            [(self.env.user, "queue_remove", self._member("102"))],
        )

    def test_a_pause_that_has_ended_on_the_screen(self):
        self._on_the_line(self.operator, "101")
        unpause = [(self.operator, "unpause", {"interface": "PJSIP/101"})]
        self.assertEqual(self._asked(p101=LUNCH), unpause)

    def test_a_pause_made_elsewhere_is_one(self):
        self._on_the_line(self.operator, "101", ("pause", ""))
        self.assertEqual(self._asked(p101=LUNCH), [])

    def test_a_card_that_is_finished_keeps_the_queue_away(self):
        """C2: the restarted queue has forgotten the pause; the operator's state stays."""
        self._on_the_line(self.operator, "101")
        for step in (ringing(), talking()):
            self._write(step)
        self.env["hotline.pbx.command"].search([])._finish("done", "ok")
        pause = {"interface": "PJSIP/101", "reason": "wrap_up"}
        self.assertEqual(self._asked(p101=FREE), [(self.operator, "pause", pause)])  # in the talk
        self._write(over(), board=BoardChange(stand={"hotline": {"PJSIP/101": FREE}}))
        self.assertEqual(self.states._current(self.operator).state, "wrap_up")
        made = self.env["hotline.pbx.command"].search([], limit=1)
        self.assertEqual((made.kind, made.payload), ("pause", pause))
        self.assertEqual(self._asked(p101=FINISHES), [])

    def test_queues_that_are_not_loaded_or_not_ours_are_left_alone(self):
        self._on_the_line(self.operator, "101")
        self._write(board=BoardChange(stand={"other": {"PJSIP/102": FREE}}))
        self.assertFalse(
            self.env["hotline.pbx.command"].search([("kind", "in", ("queue_add", "queue_remove"))])
        )

    def test_ready_people_are_asked_about_at_once(self):
        """A PBX of a hundred telephones: queries do not grow with those who need nothing."""

        def queries(people):
            for number in range(people):
                user = self._new_role_user("operator", *("executor",) * (number + 2))
                telephone = self.phones["101"].copy(
                    {"number": f"3{people}{number}", "interface": f"PJSIP/3{people}{number}"}
                )
                user.login = f"{user.login}{people}"
                telephone.at_id = user
                self.states._happened(user, "sign_in")
            stand = {"hotline": dict.fromkeys(self.pbx.extension_ids.mapped("interface"), "")}
            del stand["hotline"]["PJSIP/101"], stand["hotline"]["PJSIP/102"]
            del stand["hotline"]["PJSIP/103"]
            self.pbx._keep_members(stand)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.pbx._keep_members(stand)
            return self.env.cr.sql_log_count - before

        self.assertEqual(queries(1), queries(5))

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import HotlineCommon

PART = 20  # as the interface asks
QUERIES = 26  # to register one case, in the middle of a batch


@tagged("post_install", "-at_install")
class TestBatch(HotlineCommon):
    """Bad input, point 9: many at once with a bad one in the middle.

    A thousand of them over HTTP: `benchmarks/batch.py`.
    """

    def _drafts(self, count):
        """Return drafts of the operator, made set-wise."""
        first = self._draft()
        copies = [{"appeal_text": f"Нет тепла, дом {number}"} for number in range(count - 1)]
        made = [first.copy_data(vals)[0] for vals in copies]
        kept = {name: first[name] for name in ("received_at", "kind", "origin")}
        rest = first.create([{**vals, **kept, "partner_id": self.citizen.id} for vals in made])
        return first | rest

    def _run(self, drafts, user=None):
        """Do as the interface does; return {done, refused} of all parts."""
        action = drafts.with_user(user or self.operator).action_register_selected()
        self.assertEqual(action["tag"], "hotline_batch")
        params, told = action["params"], {"done": 0, "refused": []}
        for start in range(0, len(params["ids"]), PART):
            part = self.env[params["model"]].browse(params["ids"][start : start + PART])
            answer = getattr(part.with_user(user or self.operator), params["method"])()
            told["done"] += answer["done"]
            told["refused"] += answer["refused"]
        return told

    def test_bad_one_is_named_the_rest_registered(self):
        """Of sixty, fifty-nine get their numbers without a gap; the bad one stays a draft."""
        drafts = self._drafts(60)
        bad = drafts[31]
        bad.appeal_text = False
        told = self._run(drafts)
        self.assertEqual(told["done"], 59)
        self.assertEqual([one["id"] for one in told["refused"]], bad.ids)
        self.assertIn("ст. 7", told["refused"][0]["reason"])
        self.assertIn("Иванова", told["refused"][0]["name"])
        done = drafts - bad
        self.assertEqual(set(done.mapped("state")), {"in_work"})
        numbers = sorted(
            int(number.split("/")[0].split("-")[-1]) for number in done.mapped("number")
        )
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + 59)))
        self.assertRecordValues(
            bad, [{"state": "draft", "number": "/", "question_ids": [], "deadline_ids": []}]
        )
        domain = [("model", "=", bad._name), ("res_ref", "=", bad.id)]
        self.assertFalse(self.env["hotline.journal"].search(domain))
        self.assertEqual(self._run(done), {"done": 0, "refused": []}, "these are left alone")

    def test_cost_of_one(self):
        """However many there are, one costs the same; nothing is asked about each of the others."""
        drafts = self._drafts(24).with_user(self.operator)
        drafts[:4].register_part()
        for part in (drafts[4:8], drafts[8:24]):
            self.env.flush_all()
            with self.assertQueryCount(QUERIES * len(part) + 12):
                part.register_part()

    def test_what_only_the_database_refuses(self):
        """A constraint of the database stops one case, not its part."""
        drafts = self._drafts(3)
        bad, register = drafts[1], type(drafts)._ensure_question

        def ensure(ticket):
            if bad in ticket:
                self.env.cr.execute("INSERT INTO hotline_question (ticket_id) VALUES (0)")
            return register(ticket)

        broken = patch.object(type(drafts), "_ensure_question", ensure)
        with mute_logger("odoo.sql_db"), broken:
            told = self._run(drafts)
        self.assertEqual((told["done"], told["refused"][0]["id"]), (2, bad.id))
        self.assertTrue(told["refused"][0]["reason"])
        self.assertEqual(bad.state, "draft")

    def test_roles(self):
        """Neither the action nor the call behind it is for those who register nothing."""
        for user in (self.supervisor, self.auditor, self.executor, self.press):
            draft = self._draft().with_user(user)
            for act in (draft.action_register_selected, draft.register_part):
                with self.subTest(user=user.login, act=act.__name__), self.assertRaises(UserError):
                    act()

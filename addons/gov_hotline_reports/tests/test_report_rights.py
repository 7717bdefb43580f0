from urllib.parse import urljoin

from odoo import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .report_common import NOON, ReportCommon

REPORTS = ("case", "question", "assignment", "call", "shift")
HTTP = "odoo.http"


@tagged("post_install", "-at_install")
class TestReportRights(ReportCommon, HttpCase):
    """Who reads which figures, asked for by RPC of the analysis models themselves.

    Two departments; an appeal, an assignment, a call and a state of each.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.heat_case = cls._case(team_id=cls.heat.id, object_id=cls.flat.id)
        cls.road_case = cls._case(
            user=cls.second_operator, team_id=cls.roads.id, object_id=cls.other_flat.id
        )
        for case in (cls.heat_case, cls.road_case):
            cls._resolve(case, cls.by_letter)
        cls.heat_call = cls._talk()
        cls.road_call = cls._talk(line_id=cls.road_line.id, operator_id=cls.second_operator.id)
        for user, team in ((cls.operator, cls.heat), (cls.second_operator, cls.roads)):
            cls._state(user, "ready", NOON, NOON.replace(hour=10))
            cls._works_in(user, team)
        cls.head = cls._new_role_user("supervisor", "press")
        cls._works_in(cls.head, cls.heat)
        cls.env.flush_all()
        cls.ours = {
            "case": [("id", "in", (cls.heat_case | cls.road_case).ids)],
            "question": [("ticket_id", "in", (cls.heat_case | cls.road_case).ids)],
            "assignment": [("ticket_id", "in", (cls.heat_case | cls.road_case).ids)],
            "call": [("id", "in", (cls.heat_call | cls.road_call).ids)],
            "shift": [("operator_id", "in", (cls.operator | cls.second_operator).ids)],
        }

    def _rpc(self, user, model, method, *args, **kwargs):
        """Return the result as the browser of `user` gets it; None where it is refused."""
        self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        url = urljoin(self.base_url(), f"/web/dataset/call_kw/{model}/{method}")
        with mute_logger(HTTP):
            answer = self.opener.post(url, json={"jsonrpc": "2.0", "id": 1, "params": params})
        told = answer.json()
        if "error" in told:
            self.assertIn("AccessError", told["error"]["data"]["name"])
            return None
        return told["result"]

    def _counts(self, user):
        """Return how many rows each analysis has for `user`, by searching and by grouping."""
        found = {}
        for code in REPORTS:
            model, domain = f"hotline.report.{code}", self.ours[code]
            listed = self._rpc(user, model, "search_read", domain, ["company_id"])
            grouped = self._rpc(
                user, model, "formatted_read_group", domain, ["company_id"], ["__count"]
            )
            found[code] = None if listed is None else len(listed)
            total = None if grouped is None else sum(one["__count"] for one in grouped)
            self.assertEqual(found[code], total, code)
        return found

    def _all(self, count):
        return dict.fromkeys(REPORTS, count)

    def test_auditor_reads_all(self):
        self.assertEqual(self._counts(self.auditor), self._all(2))

    def test_officer_and_approver_read_all_but_shifts(self):
        for user in (self.officer, self.approver):
            seen = self._counts(user)
            self.assertFalse(seen.pop("shift"))  # an officer reads the own states, of which none
            self.assertEqual(set(seen.values()), {2}, user.login)

    def test_supervisor_of_no_department_has_the_shift(self):
        self.assertEqual(self._counts(self.supervisor), self._all(2))

    def test_supervisor_of_a_department_reads_it_alone(self):
        self.assertEqual(self._counts(self.head), self._all(1))
        self.heat.user_ids = [Command.unlink(self.head.id)]
        self._works_in(self.head, self.roads)  # at once, whatever a cache keeps
        self.roads.hotline_head_id = self.head
        self.env.flush_all()
        cases = self._rpc(
            self.head, "hotline.report.case", "search_read", self.ours["case"], ["id"]
        )
        self.assertEqual([one["id"] for one in cases], self.road_case.ids)

    def test_a_department_that_is_closed_opens_nothing_more(self):
        """Point 8: whose department is archived still has its figures, not those of the body."""
        self.heat.active = False
        self.env.flush_all()
        self.assertEqual(self._counts(self.head), self._all(1))

    def test_operator_reads_the_own_ones(self):
        seen = self._counts(self.operator)
        self.assertEqual(
            seen, {"case": 1, "question": None, "assignment": None, "call": 1, "shift": 1}
        )

    def test_company_reads_what_its_objects_are_complained_of(self):
        """D9: without whose desk it lies on; a complaint about the company itself is not shown."""
        seen = self._counts(self.company_user)
        self.assertEqual(seen.pop("case"), 1)
        self.assertEqual(set(seen.values()), {None})
        domain = self.ours["case"]
        model = "hotline.report.case"
        [row] = self._rpc(
            self.company_user, model, "search_read", domain, ["topic_id", "display_name"]
        )
        self.assertEqual(row["id"], self.heat_case.id)
        self.assertTrue(self.heat_case.name)
        self.assertEqual(row["display_name"], self.heat_case.number)
        found = self._rpc(self.company_user, model, "name_search", "", domain)
        self.assertEqual(found, [[self.heat_case.id, self.heat_case.number]])
        for hidden in ("ticket_id", "team_id", "operator_id", "officer_id", "against_id"):
            asked = self._rpc(self.company_user, model, "search_read", domain, [hidden])
            self.assertIsNone(asked, hidden)
        self.heat_case.sudo().complaint_against_id = self.company_one
        self.env.flush_all()
        self.assertEqual(self._rpc(self.company_user, model, "search_count", domain), 0)

    def test_a_part_given_to_another_company(self):
        """D3, D9: the cases of a flat given to another company are no more of the house's one."""
        model, domain = "hotline.report.case", self.ours["case"]
        self._names_company(self.heat_case.object_id, self.company_two)
        other = self._company_user(self.company_two, "report_company_two")
        self.env.flush_all()
        self.assertEqual(self._rpc(self.company_user, model, "search_count", domain), 0)
        [row] = self._rpc(other, model, "search_read", domain, ["topic_id"])
        self.assertEqual(row["id"], self.heat_case.id)

    def test_press_service_and_executor_read_nothing(self):
        for user in (self.press, self.executor):
            self.assertEqual(self._counts(user), self._all(None), user.login)

    def test_another_body_reads_nothing(self):
        other = self.env["res.company"].create({"name": "Другой орган"})
        self.auditor.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        self.env.flush_all()
        self.assertEqual(self._counts(self.auditor), self._all(0))

    def test_an_export_is_noted_as_one_of_the_cases(self):
        """Whoever carries rows off is noted at the appeals and calls they were counted from."""
        self.auditor.group_ids += self.env.ref("base.group_allow_export")
        for code, model in (("case", "helpdesk.ticket"), ("call", "hotline.call")):
            rows = self.env[f"hotline.report.{code}"].with_user(self.auditor)
            rows.search(self.ours[code]).export_data(["topic_id", "line_id"])
            noted = self.env["hotline.sight"].search(
                [("model", "=", model), ("user_ref", "=", self.auditor.id)]
            )
            self.assertEqual(set(noted.mapped("kind")), {"exported"}, code)
            self.assertEqual(len(noted), 2, code)

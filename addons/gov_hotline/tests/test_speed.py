from odoo import fields
from odoo.tests import tagged

from .common import HotlineCommon

CONTAINS = [
    "|", "|", ("number", "ilike", "401/20"), ("applicant_name", "ilike", "Иванова Мар"),
    ("name", "ilike", "холодные"),
]  # fmt: skip


@tagged("post_install", "-at_install")
class TestSpeed(HotlineCommon):
    """What keeps a million cases quick: indexes that the searches can use, few queries an act."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._registered()

    def _plan(self, model, domain, order=None, user=None):
        """Return how PostgreSQL would search if reading whole tables were dear."""
        records = self.env[model].with_user(user or self.officer)
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        query = records._search(domain, order=order, limit=80)
        self.env.cr.execute("SAVEPOINT plan")
        sql = query.select()
        self.env.cr.execute(f"EXPLAIN {sql.code}", sql.params)
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.env.cr.execute("ROLLBACK TO SAVEPOINT plan")
        self.env.cr.execute("SET LOCAL enable_seqscan = on")
        return plan

    def test_contains_reads_no_table(self):
        """A5: a part of a number, of a name or of the summary is found by trigrams."""
        plan = self._plan("helpdesk.ticket", CONTAINS)
        for index in ("number_contains_idx", "_applicant_name_index", "_name_index"):
            self.assertIn(index, plan)
        self.assertNotIn("Seq Scan on helpdesk_ticket", plan)

    def test_an_exact_number_has_its_index(self):
        """A5: a whole number."""
        plan = self._plan("helpdesk.ticket", [("number", "=", self.case.number)])
        self.assertRegex(plan, "number_(uniq|index)|number_contains_idx")

    def test_citizens_are_found_by_their_indexes(self):
        """A5: a caller by the number, a citizen by a part of the name."""
        plan = self._plan("hotline.phone", [("number", "=", "+79135550101")])
        self.assertRegex(plan, "hotline_phone__number_index|hotline_phone_number_partner_uniq")
        citizen = [("name", "ilike", "Иванова"), ("hotline_kind", "=", "citizen")]
        self.assertIn("res_partner_citizen_name_idx", self._plan("res.partner", citizen))

    def test_the_cases_of_a_citizen_have_their_index(self):
        """B7: the dossier."""
        plan = self._plan("helpdesk.ticket", [("partner_id", "=", self.citizen.id)])
        self.assertIn("helpdesk_ticket_partner_idx", plan)

    def test_a_registration_asks_ten_times(self):
        """A5: the case, its question, the terms, two journal lines, the number; nothing twice."""
        drafts = [self._draft() for _number in range(2)]
        drafts[0].action_register()  # the rules, the stages and the calendar are known now
        self.env.flush_all()
        self.env.invalidate_all()
        drafts[1].with_user(self.operator).read(["state", "name", "partner_id", "company_id"])
        with self.assertQueryCount(12):
            drafts[1].action_register()
            self.env.flush_all()

    def test_a_journal_line_is_one_query(self):
        """X5: the line costs a registration one insertion, many lines of one act too."""
        journal = self.env["hotline.journal"].with_user(self.officer)
        journal._append("override", self.case, note="warm")
        with self.assertQueryCount(1):
            lines = journal._append_many("override", [(self.case, {"n": n}) for n in range(3)])
        self.assertEqual(len(lines), 3)
        self.assertEqual(lines.mapped("payload"), ['{"n":0}', '{"n":1}', '{"n":2}'])
        self.assertEqual(set(lines.mapped("user_ref")), {self.officer.id})
        self.assertLessEqual(lines[0].at, fields.Datetime.now())

    def test_a_changed_rule_is_known_at_once(self):
        """The rules in force are remembered, not longer than they are true."""
        today = self.env.company._hotline_today()
        rule = self.env["hotline.rule"].search([("shipped", "=", "warn")], limit=1)
        self.assertNotIn(rule.code, self.env["hotline.rule"]._strict_codes(today))
        rule.is_tightened = True
        self.assertIn(rule.code, self.env["hotline.rule"]._strict_codes(today))
        rule.unlink()
        self.assertNotIn(rule.code, self.env["hotline.rule"]._in_force(today))

from odoo.models import BaseModel
from odoo.tests import tagged

from ..domain.transitions import WORKING_STATES
from .common import HotlineCommon

CONTAINS = [
    "|", "|", ("number", "ilike", "401/20"), ("applicant_name", "ilike", "Иванова Мар"),
    ("name", "ilike", "холодные"),
]  # fmt: skip
NIGHT = "2026-11-24 21:30:00"  # UTC: the next day of the body


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

    def test_a_page_of_all_cases_is_not_sorted(self):
        """A5: the lists' own order is an index."""
        self.env.cr.execute("SET LOCAL enable_sort = off")
        plan = self._plan("helpdesk.ticket", [], order="due_on, id desc")
        self.assertIn("helpdesk_ticket_due_order_idx", plan)

    def test_the_desk_of_the_whole_body_is_not_sorted(self):
        """A5: a page of what is in work is read in its order, and counted, by one index."""
        self.env.cr.execute("SET LOCAL enable_sort = off")
        plan = self._plan("helpdesk.ticket", [("state", "in", WORKING_STATES)], "due_on, id")
        # of a few rows either index of this order is as cheap
        self.assertRegex(plan, "helpdesk_ticket_(body_desk|open_due)_idx")
        self.assertNotIn("Sort", plan)

    def test_an_exact_number_has_its_index(self):
        """A5: a whole number."""
        plan = self._plan("helpdesk.ticket", [("number", "=", self.case.number)])
        self.assertRegex(plan, "number_(uniq|index)|number_contains_idx")

    def test_citizens_are_found_by_their_indexes(self):
        """A5: a caller by the number, a citizen by a part of the name."""
        plan = self._plan("hotline.phone", [("number", "=", "+79135550101")])
        self.assertRegex(plan, "hotline_phone__number_index|hotline_phone_number_partner_uniq")
        self.env.cr.execute(  # of a few rows these are as cheap
            "DROP INDEX res_partner__hotline_kind_index, res_partner_citizen_named_idx"
        )
        citizen = [("name", "ilike", "Иванова"), ("hotline_kind", "=", "citizen")]
        self.assertIn("res_partner_citizen_name_idx", self._plan("res.partner", citizen))

    def test_the_cases_of_a_citizen_have_their_index(self):
        """B7: the dossier."""
        plan = self._plan("helpdesk.ticket", [("partner_id", "=", self.citizen.id)])
        self.assertIn("helpdesk_ticket_partner_idx", plan)

    def test_a_registration_asks_no_more_than_it_must(self):
        """A5: the question, the case, its terms, two journal lines, the number; nothing twice."""
        self._draft().action_register()  # the rules, the stages and the calendar are known now
        draft = self._draft()
        self.env.flush_all()
        with self.assertQueryCount(10):
            draft.action_register()
            self.env.flush_all()

    def test_many_at_once_take_their_numbers_by_one_question(self):
        """A5: of twenty cases each costs few questions more."""
        counts = []
        for many in (2, 2, 6):
            drafts = self.env["helpdesk.ticket"].concat(*(self._draft() for _n in range(many)))
            # else those of the running second keep theirs: two updates instead of one
            drafts.sudo().last_stage_update = NIGHT
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            drafts.action_register()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(set(drafts.mapped("number"))), many)
        self.assertEqual(counts[1], counts[2])

    def test_what_a_case_is_written_with_is_what_odoo_computes(self):
        """A5: columns written with a new case and with its first question, computed anew."""
        written = ("name", "track", "applicant_name", "received_on", "number_key", "similar_key")
        cases = [self._draft(), self._draft(appeal_text=False, kind="message", received_at=NIGHT)]
        self.env.flush_all()
        for case in cases:
            before = case.read(written, load="")
            for name in written:
                self.env.add_to_compute(case._fields[name], case)
            self.assertEqual(case.read(written, load=""), before)

    def test_the_first_question_is_as_created_by_hand(self):
        """X2: the question of a registration has the columns that `create` gives."""
        own = self.case.question_ids.sudo()
        vals = {"ticket_id": self.case.id, "topic_id": own.topic_id.id, "text": own.text}
        other = self.env["hotline.question"].with_user(self.officer).create(vals)
        self.env.flush_all()
        table = own._table
        both = (own.id, other.id)
        self.env.cr.execute(f"SELECT * FROM {table} WHERE id IN %s ORDER BY id", (both,))
        first, second = ({**row, "id": 0} for row in self.env.cr.dictfetchall())
        for name in ("create_uid", "write_uid"):
            self.assertEqual(first.pop(name), self.operator.id)
            second.pop(name)
        self.assertEqual(first, second)

    def test_remembered_dependencies_are_those_of_odoo(self):
        """A5: what is recomputed after a change is what Odoo would find anew."""
        for record in (self.case, self.case.question_ids, self.case.deadline_ids):
            record = record[:1].sudo()
            some = [record._fields[name] for name in ("company_id", "create_uid")]
            for fields, create in ((list(record._fields.values()), True), (some, False)):
                with self.subTest(model=record._name, create=create):
                    wanted = BaseModel._modified(record, fields, create)
                    self.assertEqual(
                        self._told(record._modified(fields, create)), self._told(wanted)
                    )

    @staticmethod
    def _told(modified):
        return {(str(field), records._ids, create) for field, records, create in modified}

    def test_many_journal_lines_are_one_insertion(self):
        """X5: the lines of one act cost no more queries than one."""
        journal = self.env["hotline.journal"].with_user(self.officer)
        counts = []
        for many in (1, 1, 3):
            before = self.env.cr.sql_log_count
            lines = journal._append_many("override", [(self.case, {"n": n}) for n in range(many)])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertEqual(lines.mapped("payload"), ['{"n":0}', '{"n":1}', '{"n":2}'])
        self.assertEqual(set(lines.mapped("user_ref")), {self.officer.id})
        self.assertEqual(set(lines.mapped("res_ref")), {self.case.id})

    def test_a_changed_rule_is_known_at_once(self):
        """The rules in force are remembered, not longer than they are true."""
        today = self.env.company._hotline_today()
        rules = self.env["hotline.rule"]
        rule = rules.search([("shipped", "=", "warn"), ("valid_from", "=", False)], limit=1)
        code = rule.code
        self.assertNotIn(code, rules._strict_codes(today))
        rule.is_tightened = True
        self.assertIn(code, rules._strict_codes(today))
        rule.unlink()
        self.assertNotIn(code, rules._in_force(today))

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ROLES
from .destruction_common import LATER, DestructionCommon


@tagged("post_install", "-at_install")
class TestActOfDestruction(DestructionCommon):
    """Who prepares, approves and carries out an act; what it must say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._closed()
        cls.startClassPatcher(freeze_time(LATER))

    def test_second_person(self):
        """B4: whoever prepared the act does not approve it, whatever roles they have."""
        act = self._act(user=self.other_officer)
        act.action_propose()
        with self.assertRaisesRegex(AccessError, "second person"):
            act.with_user(self.other_officer).action_approve()
        act.with_user(self.approver).action_approve()
        self.assertRecordValues(act, [{"state": "approved", "approved_by_id": self.approver.id}])

    def test_roles(self):
        """B4: an officer prepares and carries out, an approver approves; nobody else."""
        for role in ROLES:
            user, officer = getattr(self, role), role in ("officer", "administrator")
            with self.subTest(role=role):
                acts = self.env["hotline.destruction"].with_user(user)
                if officer:
                    acts.create({"reason": "Истекли сроки хранения"})
                else:
                    with self.assertRaises(AccessError):
                        acts.create({"reason": "Истекли сроки хранения"})
        act = self._act()
        act.action_propose()
        for role in set(ROLES) - {"approver"}:
            with self.subTest(role=role), self.assertRaises(AccessError):
                act.with_user(getattr(self, role)).action_approve()
        act.with_user(self.approver).action_approve()
        for role in set(ROLES) - {"officer", "administrator"}:
            with self.subTest(role=role), self.assertRaises(AccessError):
                act.with_user(getattr(self, role)).action_start()
        readers = {role for role in ROLES if act.with_user(getattr(self, role)).has_access("read")}
        self.assertEqual(readers, {"officer", "administrator", "approver", "supervisor", "auditor"})

    def test_nothing_runs_unapproved(self):
        """B4: neither a draft nor a proposed or sent back act destroys anything."""
        act = self._act()
        for step in ("action_start", None, "action_propose", "action_start"):
            if step == "action_propose":
                act.action_propose()
            elif step:
                with self.assertRaises(UserError):
                    getattr(act, step)()
            act.sudo()._run_part()
        act.with_user(self.approver).action_refuse("Нет протокола комиссии")
        self.assertRecordValues(act, [{"state": "draft", "refusal": "Нет протокола комиссии"}])
        with self.assertRaises(UserError):
            act.action_start()
        self.assertTrue(self.ticket.exists())

    def test_state_is_not_written(self):
        """B4: no caller sets the state, the number or the approval, nor slips in a case."""
        act = self._act()
        for vals in ({"state": "approved"}, {"approved_by_id": self.approver.id}, {"number": "1"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                act.write(vals)
        forged = self.env["hotline.destruction"].with_user(self.officer)
        forged = forged.with_context(default_state="approved").create({"state": "approved"})
        self.assertEqual(forged.state, "draft")
        with self.assertRaises(AccessError):
            self.env["hotline.destruction.line"].with_user(self.officer).create(
                {"act_id": act.id, "ticket_ref": 1, "number": "1", "kind": "message",
                 "closed_on": "2020-01-01", "kept_until": "2025-12-31"}
            )  # fmt: skip

    def test_approved_is_fixed(self):
        """B4: what is put for approval is not changed: neither words, list nor commission."""
        act = self._act()
        act.action_propose()
        for change in (
            lambda: act.write({"reason": "Другое основание"}),
            lambda: act.line_ids[:1].unlink(),
            lambda: act.member_ids[:1].write({"name": "x"}),
            lambda: act.member_ids[:1].unlink(),
            act.action_pick,
            act.unlink,
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                change()

    def test_incomplete(self):
        """B4: what is missing is said at once: commission, chair, record of the experts."""
        act = self._act(expert_number=False, member_ids=False)
        with self.assertRaises(UserError) as caught:
            act.action_propose()
        for words in ("commission", "chairs", "ЭПК"):
            self.assertIn(words, str(caught.exception))
        self.assertFalse(act.number)

    def test_one_case_one_act(self):
        """B4: a case is in one act at a time; a cancelled act lets it go."""
        act = self._act()
        self.assertIn(self.ticket.id, act.line_ids.mapped("ticket_ref"))
        self.assertFalse(self._act().line_ids)
        refused = self.assertRaises(UniqueViolation)
        with mute_logger("odoo.sql_db"), refused, self.cr.savepoint(flush=False):
            self.cr.execute(
                "INSERT INTO hotline_destruction_line"
                " (act_id, res_model, ticket_ref, number, kind, closed_on, kept_until, state)"
                " SELECT act_id, res_model, ticket_ref, number, kind, closed_on, kept_until, state"
                " FROM hotline_destruction_line WHERE act_id = %s LIMIT 1",
                (act.id,),
            )
        act.action_propose()
        act.action_cancel()
        self.assertIn(self.ticket.id, self._act().line_ids.mapped("ticket_ref"))

    def test_pick_is_bounded(self):
        """B4: the list is made by a bounded number of queries, whatever its length."""
        act = self._act()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            act.action_pick()

    def test_print(self):
        """B4: the act has number, date, groups, commission and the list; no name of a citizen."""
        act = self._approved()
        report = self.env["ir.actions.report"].with_user(self.officer).with_context(lang="ru_RU")
        html = report._render_qweb_html("gov_hotline.report_destruction", act.ids)[0].decode()
        for words in (act.number, self.ticket.number, "Кузнецов В. А.", "ЭПК", "15.01.2040"):
            self.assertIn(words, html)
        self.assertNotIn("Иванова", html)
        report = report.with_context(force_report_rendering=True)
        pdf = report._render_qweb_pdf("gov_hotline.report_destruction", act.ids)[0]
        self.assertTrue(pdf.startswith(b"%PDF"))
        self._carry_out(act)
        html = report._render_qweb_html("gov_hotline.report_destruction", act.ids)[0].decode()
        self.assertIn("Документы уничтожены", html)
        self.assertIn("уничтожено 15.01.2040", html)
        with self.assertRaises(AccessError):
            self.env["report.gov_hotline.report_destruction"].with_user(
                self.operator
            )._get_report_values(act.ids)

    def test_terms(self):
        """B4: by kind and edition; a term that was used is not rewritten."""
        term = self.env.ref("gov_hotline.retention_appeals").with_user(self.administrator)
        own = term.create({"name": "Сообщения", "article": "Номенклатура", "years": 30,
                           "kind": self.ticket.kind})  # fmt: skip
        self.env.invalidate_all()
        self.assertEqual(self.ticket.kept_until.year, self.ticket.closed_on.year + 30)
        self.assertFalse(self._act().line_ids)
        own.active = False
        self.env.invalidate_all()
        self._carry_out(self._approved())
        with self.assertRaisesRegex(UserError, "new edition"):
            term.years = 1
        with self.assertRaises(AccessError):
            own.with_user(self.officer).years = 1

    def test_terms_in_force_stand(self):
        """B4: a term that cases are kept by is neither shortened nor deleted, only followed."""
        term = self.env.ref("gov_hotline.retention_appeals").with_user(self.administrator)
        for vals in ({"years": 1}, {"years": 6}, {"article": "x"}, {"valid_from": "2040-01-01"}):
            with self.assertRaisesRegex(UserError, "in force"):
                term.write(vals)
        with self.assertRaisesRegex(UserError, "in force"):
            term.unlink()
        term.valid_to = "2041-12-31"
        coming = {"name": "Обращения", "article": "Приказ", "valid_from": "2042-01-01"}
        for kind in (False, "appeal_59"):
            with self.assertRaisesRegex(ValidationError, "at least"):
                term.create({**coming, "kind": kind, "years": 4})
        new = term.create({**coming, "years": 10})
        new.years = 7  # not yet in force: a slip is put right
        new.unlink()

    def test_hold_by_role(self):
        """B4: officer, supervisor and approver mark «Do not destroy»; with a reason."""
        for role in ROLES:
            holds = self.env["hotline.hold"].with_user(getattr(self, role))
            vals = {"ticket_id": self.ticket.id, "reason": "Запрос прокуратуры, № 7-12"}
            with self.subTest(role=role):
                if role in ("officer", "administrator", "supervisor", "approver"):
                    hold = holds.create(vals)
                    self.assertEqual(hold.user_id, getattr(self, role))
                    with self.assertRaises(UserError):
                        hold.action_lift()
                    with self.assertRaises(AccessError):
                        hold.write({"reason": "Другая причина хранения"})
                else:
                    with self.assertRaises(AccessError):
                        holds.create(vals)
        with self.assertRaises(UserError):
            self.env["hotline.hold"].with_user(self.officer).create(
                {"ticket_id": self.ticket.id, "reason": "суд"}
            )

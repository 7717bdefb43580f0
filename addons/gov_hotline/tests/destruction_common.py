from odoo import Command
from odoo.tools import SQL

from .acts_common import ActsCommon
from .lock_common import LockAssertions

LATER = "2040-01-15 09:00:00"  # any term of storage of today's cases has ended
MARK = "Щукарев-Проба"  # stands in every text of the case; afterwards nowhere
PDF = b"%PDF-1.4 " + MARK.encode()


class DestructionCommon(LockAssertions, ActsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_officer = cls._new_role_user("officer", "approver")

    def _rich(self):
        """Return a closed case with something of everything, MARK in all of it."""
        ticket = self._case(
            applicant_surname=MARK, appeal_text=f"Пишет {MARK}", applicant_email="a@example.org"
        )
        ticket.sudo().message_post(body=f"Звонил {MARK}", attachments=[("Скан.pdf", PDF)])
        self._file(ticket)
        call = self.env["hotline.call"].with_user(self.operator)
        call = call.create({"phone": "89135550101", "question": MARK, "ticket_id": ticket.id})
        task = {"name": MARK, "ticket_id": ticket.id, "call_id": call.id}
        task = self.env["hotline.task"].with_user(self.operator).create(task)
        task.sudo().write({"state": "done", "evidence": MARK})
        self.env["hotline.addition"].with_user(self.officer).create(
            {"ticket_id": ticket.id, "text": MARK, "attachment_ids": self._file().ids}
        )
        notice = ticket._new_notice("registration", questions=ticket.question_ids)
        notice.text = MARK
        assignment = (
            self.env["hotline.assignment"]
            .with_user(self.officer)
            .create({"ticket_id": ticket.id, "partner_id": self.agency.id, "text": MARK})
        )
        self.env["hotline.assignment.answer"].sudo().create(
            {"assignment_id": assignment.id, "text": MARK, "received_on": self.today}
        )
        self._request(ticket, text=MARK, attachment_ids=self._file().ids)
        self._extension(ticket, reason=f"Экспертиза: {MARK}")
        self._letter(ticket, sender_number=MARK)
        self._answer(ticket, text=f"Ответ: {MARK}", attachment_ids=self._file().ids)
        ticket._end("closed")
        self.env["hotline.addition"].with_user(self.officer).create(
            {"ticket_id": ticket.id, "text": f"После: {MARK}"}
        )
        self.env.flush_all()
        return ticket

    def _file(self, owner=None):
        owned = {"res_model": owner._name, "res_id": owner.id} if owner else {}
        files = self.env["ir.attachment"].with_user(self.officer)
        return files.create({"name": f"{MARK}.pdf", "raw": PDF, **owned})

    def _act(self, user=None, **vals):
        """Return an act prepared by the officer, ready to be put for approval."""
        act = (
            self.env["hotline.destruction"]
            .with_user(user or self.officer)
            .create(
                {
                    "expert_number": "4",
                    "expert_date": "2039-12-20",
                    "member_ids": [
                        Command.create(
                            {"name": "Кузнецов В. А.", "position": "начальник", "is_chair": True}
                        ),
                        Command.create({"name": "Орлова И. И.", "position": "архивариус"}),
                    ],
                    **vals,
                }
            )
        )
        act.action_pick()
        return act

    def _approved(self, **vals):
        act = self._act(**vals)
        act.action_propose()
        act.with_user(self.approver).action_approve()
        return act

    def _carry_out(self, act):
        act.action_start()
        while act.state == "running":
            act.sudo()._run_part()
        self.env.invalidate_all()
        return act

    def _tables_with(self, text):
        """Return every table of the database in which `text` stands, in whatever column."""
        self.env.flush_all()
        tables = self.env.execute_query(
            SQL(
                "SELECT table_name FROM information_schema.tables"
                " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            )
        )
        return {
            table
            for (table,) in tables
            if self.env.execute_query(
                SQL(
                    "SELECT 1 FROM %s t WHERE t::text LIKE %s LIMIT 1",
                    SQL.identifier(table), f"%{text}%",
                )
            )
        }  # fmt: skip

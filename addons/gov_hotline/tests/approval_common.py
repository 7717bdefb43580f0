import base64

from odoo import Command

from .common import HotlineCommon


class ApprovalCommon(HotlineCommon):
    """A route for the topic «Отопление» and all below: the lawyer, then the head."""

    SCAN = {"signature_kind": "paper", "scan_file": base64.b64encode(b"%PDF-1.4 scan")}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lawyer = cls._approver("lawyer", "Юрист Правов Л. Л.")
        cls.head = cls._approver("head", "Кузнецов В. А.")
        cls.deputy = cls._approver("deputy", "Заместителев З. З.")
        cls.signer = cls.env["hotline.authority"].create(
            {"name": "Кузнецов В. А.", "position": "Начальник управления"}
        )
        cls.route = cls._route([cls.lawyer, cls.head], topic_ids=cls.topic.ids)

    @classmethod
    def _approver(cls, login, name):
        user = cls._new_role_user("approver").copy({"login": login, "name": name})
        return user.with_user(cls.env.user)

    @classmethod
    def _new_role_user(cls, *roles):
        login = "test_" + "_".join(roles)
        known = cls.env["res.users"].search([("login", "=", login)])
        return known or super()._new_role_user(*roles)

    @classmethod
    def _route(cls, users, **vals):
        steps = [
            Command.create({"name": user.name, "reviewer_id": user.id, "sequence": n})
            for n, user in enumerate(users, start=1)
        ]
        values = {"name": "Отопление", "step_ids": steps, **vals}
        return cls.env["hotline.approval.route"].with_user(cls.administrator).create(values)

    @classmethod
    def _prepared(cls, ticket=None, **vals):
        """Return an answer of the officer, everything decided, nothing sent."""
        ticket = ticket or cls._registered()
        ticket.question_ids.with_user(cls.officer).outcome_id = cls.supported
        answers = cls.env["hotline.answer"].with_user(cls.officer)
        return answers.create(
            {
                "ticket_id": ticket.id,
                "text": "Отопление восстановлено.",
                "channel": "post",
                "outgoing_number": cls._free_number(),
                "outgoing_date": ticket.registered_on,
                "authority_id": cls.signer.id,
                **vals,
            }
        )

    @classmethod
    def _sent(cls, **vals):
        answer = cls._prepared(**vals)
        answer.action_send_for_approval()
        return answer

    @classmethod
    def _approved(cls, **vals):
        answer = cls._sent(**vals)
        for user in (cls.lawyer, cls.head):
            answer.with_user(user).action_approve()
        return answer

    def _file(self, name="акт.pdf", raw=b"%PDF-1.4 one"):
        return self.env["ir.attachment"].with_user(self.officer).create({"name": name, "raw": raw})

    def _events(self, answer):
        lines = self.env["hotline.journal"].search(
            [("res_ref", "=", answer.ticket_id.id), ("event", "like", "appro")], order="id"
        )
        return lines.mapped("event")

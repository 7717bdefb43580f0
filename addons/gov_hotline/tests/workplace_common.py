from odoo.tests import new_test_user

from .common import HotlineCommon

NUMBER = "8 (913) 555-01-01"
E164 = "+79135550101"


class WorkplaceCommon(HotlineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workplace = cls.env["hotline.workplace"].with_user(cls.operator)
        cls.consult_line = cls.env["hotline.line"].create({"name": "Справочная", "mode": "consult"})
        cls.answered = cls.env.ref("gov_hotline.disposition_consult_answered")

    @classmethod
    def _start(cls, phone=NUMBER, line=None):
        return cls.workplace.start_call({"phone": phone, "line_id": (line or cls.line).id})

    @classmethod
    def _neighbour(cls, surname="Сидоров"):
        return cls.env["res.partner"].create(
            {"hotline_kind": "citizen", "surname": surname, "given_name": "Пётр", "phone": NUMBER}
        )

    def _call(self, started):
        return self.env["hotline.call"].browse(started["id"])

    def _supervisor_elsewhere(self):
        """A supervisor of another body, who serves no case of this one."""
        body = self.env["res.company"].create({"name": "Другой орган"})
        return new_test_user(
            self.env,
            login="foreign_supervisor",
            groups="gov_hotline.group_supervisor",
            company_id=body.id,
            company_ids=[body.id],
        )

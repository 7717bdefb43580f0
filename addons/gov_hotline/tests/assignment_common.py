from odoo.tests import new_test_user

from .common import HotlineCommon


class AssignmentCommon(HotlineCommon):
    """Agencies of each kind, executors of each sort, helpers for one resolution."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.company._hotline_today()
        cls.env.company.email = "post@gov.example"
        cls.department = cls._agency("Управление ЖКХ", executor=cls.executor)
        cls.portal_user = cls._portal_user("portal_a", cls.agency)
        cls.other_portal = cls._portal_user("portal_b", cls._agency("Водоканал"))
        cls.by_letter = cls._agency("Дорожная служба")
        cls.other_body = cls._agency("Прокуратура", kind="other_body")

    @classmethod
    def _agency(cls, name, kind="own", executor=None):
        vals = {
            "name": name,
            "hotline_kind": "agency",
            "is_company": True,
            "hotline_addressee_kind": kind,
            "hotline_executor_id": executor and executor.id,
        }
        return cls.env["res.partner"].create(vals)

    @classmethod
    def _portal_user(cls, login, agency):
        user = new_test_user(cls.env, login=login, groups="base.group_portal", lang="ru_RU")
        user.partner_id.parent_id = agency
        return user

    @classmethod
    def _case(cls, **vals):
        return cls._registered(**vals).with_user(cls.officer)

    @classmethod
    def _resolve(cls, case, partners, **vals):
        """Send one resolution to `partners` as the officer; return the assignments."""
        before = case.assignment_ids
        dialog = cls.env["hotline.resolution"].with_user(cls.officer)
        dialog = dialog.with_context(**case.action_resolution()["context"])
        dialog.create({"addressee_ids": [(6, 0, partners.ids)], **vals}).action_sign_and_send()
        return case.assignment_ids - before

    @classmethod
    def _act(cls, assignment, act, user=None, **vals):
        """Do an act by its dialog as `user` (the officer)."""
        opened = getattr(assignment.with_user(user or cls.officer), f"action_open_{act}")()
        dialog = cls.env["hotline.assignment.act"].with_user(user or cls.officer)
        return dialog.with_context(**opened["context"]).create(vals).action_apply()

    @classmethod
    def _answered(cls, assignment, user=None, **vals):
        cls._act(assignment, "answer", user, **{"text": "Тепло дано.", **vals})
        return assignment

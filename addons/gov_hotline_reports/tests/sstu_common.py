from odoo.addons.gov_hotline.tests.common import HotlineCommon

BODY = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
OTHER = "9a0c3f25-04e0-4f89-91d3-0305e82c3302"


class SstuCommon(HotlineCommon):
    """A body known to ССТУ.РФ, appeals on a question of the classifier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.hotline_sstu_department = BODY
        cls.topic.code = "9999.0001.0001.0001"

    @classmethod
    def _export(cls, user=None, **vals):
        """Return an export of a wide period by the officer, not checked yet."""
        days = {"date_from": "2020-01-01", "date_to": "2099-12-31"}
        Export = cls.env["hotline.sstu.export"].with_user(user or cls.officer)
        return Export.create({**days, **vals})

    @classmethod
    def _checked(cls, **vals):
        export = cls._export(**vals)
        export.action_check()
        export.sudo()._run_to_end()
        return export

    @classmethod
    def _made(cls, **vals):
        export = cls._checked(**vals)
        export.action_make()
        export.sudo()._run_to_end()
        return export

    @classmethod
    def _sent(cls, **vals):
        export = cls._made(**vals)
        export.action_sent()
        return export

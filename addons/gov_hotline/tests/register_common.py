import base64

from odoo.tests import TransactionCase, new_test_user

from odoo.addons.queue_job.tests.common import trap_jobs

HEADING = "Лицевой счёт;ФИО;Улица;Дом;Кв;Телефон"
ROWS = (
    "4410-0001;Иванова Мария Петровна;Ленина;15;1;8 913 555-01-01",
    "4410-0002;КУЗНЕЦОВ ОЛЕГ ИЛЬИЧ;ул. Ленина;15;2;",
    "4410-0003;Ёлкина Анна Юрьевна;пр-кт Мира;7;3;",
)


class RegisterCommon(TransactionCase):
    """A company that sends its register, a settlement, and who loads it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor = cls._user("supervisor")
        cls.administrator = cls._user("administrator")
        cls.operator = cls._user("operator")
        cls.town = cls.env["hotline.territory"].create({"name": "Приозёрск-Тестовый"})
        cls.source = cls._source("Жилкомпания 1")

    @classmethod
    def _user(cls, role):
        return new_test_user(cls.env, f"register_{role}", f"gov_hotline.group_{role}")

    @classmethod
    def _source(cls, name, **vals):
        company = cls.env["res.partner"].create(
            {"name": name, "is_company": True, "hotline_kind": "organisation"}
        )
        return cls.env["hotline.register.source"].create(
            {"name": name, "partner_id": company.id, "territory_id": cls.town.id, **vals}
        )

    def _run(self, rows=ROWS, source=None, heading=HEADING, encoding="cp1251", content=None):
        """Return a load of these rows, made by the supervisor, not yet begun."""
        content = content or "\r\n".join((heading, *rows)).encode(encoding)
        runs = self.env["hotline.register.run"].with_user(self.supervisor)
        return runs.create(
            {
                "source_id": (source or self.source).id,
                "file": base64.b64encode(content),
                "filename": "реестр.csv",
            }
        )

    def _to_end(self, run, act="action_load"):
        """Begin a step and do its parts as the jobs do."""
        with trap_jobs() as queue:
            getattr(run, act)()
        self.assertEqual([job.method_name for job in queue.enqueued_jobs], ["_run_part"])
        job = run.with_user(self.env.ref("base.user_root"))
        while job.is_running:
            job._do_part()
        self.env.flush_all()  # as the job's commit does
        return run

    def _load(self, rows=ROWS, **given):
        return self._to_end(self._run(rows, **given))

    def _accounts(self, source=None):
        partner = (source or self.source).partner_id
        return self.env["hotline.account"].search([("provider_id", "=", partner.id)])

import base64

from odoo import Command

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import HotlineCommon

HEADING = "Номер;Дата;Заявитель;Адрес;Статус;Срок;Исх. №;Дата ответа;Куда направлено;Тема"
ROWS = (
    "15-01/1;02.11.2026;ИВАНОВА МАРИЯ ПЕТРОВНА;Ленина 15-3;На рассмотрении;02.12.2026;;;;Отопление",
    "15-01/2;03.11.2026;Ким Олег;г. Озёрск, ул. Тайная, 9;Дан ответ;;15-07/8;20.11.2026;;Дороги",
    "15-01/3;05.11.2026;Ёлкина Анна;ул. Мира, 7-1;Направлено по компетенции;;;;Ростехнадзор;Лифт",
)


class ExternalCommon(HotlineCommon):
    """A document system whose appeals are loaded by the supervisor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source = cls._source("СЭД администрации")

    @classmethod
    def _source(cls, name, **vals):
        return cls.env["hotline.external.source"].create({"name": name, **vals})

    def _run(self, rows=ROWS, source=None, as_of="2026-11-22 06:45:00", heading=HEADING, **vals):
        """Return a load of these rows, made by the supervisor, not yet begun."""
        content = "\r\n".join((heading, *rows)).encode("cp1251")
        runs = self.env["hotline.register.run"].with_user(self.supervisor)
        return runs.create(
            {
                "source_id": (source or self.source).register_id.id,
                "file": base64.b64encode(content),
                "filename": "выгрузка.csv",
                "as_of": as_of,
                **vals,
            }
        )

    def _to_end(self, run, act="action_load"):
        """Begin a step and do its parts as the jobs do."""
        with trap_jobs():
            getattr(run, act)()
            job = run.with_user(self.env.ref("base.user_root"))
            while job.is_running:
                job._do_part()
        self.env.flush_all()
        self.env.invalidate_all()
        return run

    def _load(self, rows=ROWS, **given):
        return self._to_end(self._run(rows, **given))

    def _cases(self, source=None):
        cases = self.env["hotline.external.case"].with_context(active_test=False)
        return cases.search([("source_id", "=", (source or self.source).id)], order="number")

    def _other_body(self):
        """Return a supervisor of another body."""
        company = self.env["res.company"].create({"name": "Другой орган"})
        user = self._new_role_user("supervisor", "operator")
        user.write({"company_ids": [Command.set(company.ids)], "company_id": company.id})
        return user

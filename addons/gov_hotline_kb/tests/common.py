from odoo.addons.gov_hotline.tests.common import HotlineCommon


class KnowledgeCommon(HotlineCommon):
    """Three published articles and a draft, beside those that ship."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.housing = cls.env["hotline.topic"].create({"code": "9998", "name": "Жильё", "level": 1})
        cls.topic.parent_id = cls.housing
        cls.env["document.page"].search([]).action_archive()
        cls.env["hotline.kb.synonym"].search([]).unlink()
        cls.env["hotline.kb.gap"].search([]).unlink()
        cls.env["tier.definition"].search([("hotline_kb", "=", True)]).action_archive()
        cls.heating = cls._article(
            "Холодные батареи",
            "<p>Заявка в аварийную службу. Нужен замер температуры или счётчик.</p>",
            topic_ids=cls.topic.ids,
            short_form="Позвоните в аварийную службу.",
        )
        cls.payment = cls._article(
            "Перерасчёт за коммунальные услуги",
            "<p>Перерасчёт за отопление делают по акту.</p>",
            topic_ids=cls.housing.ids,
        )
        cls.pass_office = cls._article("Замена паспорта", "<p>Заявление в МФЦ.</p>")
        cls.draft = cls._article("Черновик про батареи", "<p>Не проверено.</p>", publish=False)

    @classmethod
    def _article(cls, name, content, publish=True, **vals):
        page = cls.env["document.page"].create({"name": name, "content": content, **vals})
        if publish:
            page.action_publish()
        return page

    def _pages(self, user=None):
        return self.env["document.page"].with_user(user or self.operator)

    def _titles(self, query, user=None):
        return [found["title"] for found in self._pages(user).search_text(query)]

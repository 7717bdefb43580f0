from odoo.tests import tagged

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestNames(HotlineCommon):
    def _applicant(self, **vals):
        partner = self.env["res.partner"].create(vals)
        applicant = self.env["helpdesk.ticket"]._applicant_vals(partner)
        return [applicant[f"applicant_{part}"] for part in ("surname", "given_name", "patronymic")]

    def test_a_name_in_one_line_is_split_for_the_appeal(self):
        """Art. 7: surname, given name and patronymic each in its place."""
        self.assertEqual(
            self._applicant(name="Мария Петровна Иванова"), ["Иванова", "Мария", "Петровна"]
        )
        self.assertEqual(
            self._applicant(surname="Ким", given_name="Чен", name="x"), ["Ким", "Чен", False]
        )
        self.assertEqual(
            self._applicant(name="ООО Тёплый дом", is_company=True),
            ["ООО Тёплый дом", False, False],
        )
        nobody = self.env["helpdesk.ticket"]._applicant_vals(self.env["res.partner"])
        self.assertFalse(nobody["applicant_surname"])

    def test_yo_is_found_however_it_is_typed(self):
        """E3: «Семенов» finds «Семёнов», «Королёва» finds «Королева», and no one else."""
        made = {
            surname: self.env["res.partner"].create(
                {"hotline_kind": "citizen", "surname": surname, "given_name": "Анна"}
            )
            for surname in ("Семёнова-Тест", "Семонова-Тест", "Королева-Тест")
        }
        workplace = self.env["hotline.workplace"].with_user(self.operator)

        def found(text):
            return [one["id"] for one in workplace.search_citizens(text)["citizens"]]

        self.assertEqual(found("семенова-тест анна"), made["Семёнова-Тест"].ids)
        self.assertEqual(found("Королёва-тест"), made["Королева-Тест"].ids)

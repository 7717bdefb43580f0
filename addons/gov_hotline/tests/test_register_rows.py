import importlib.util
import io
from pathlib import Path

import xlsxwriter
from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models import hotline_register_run_part
from .register_common import HEADING, ROWS, RegisterCommon

MIGRATION = Path(__file__).parents[1] / "migrations" / "19.0.1.9.0" / "post-service_names.py"


@tagged("post_install", "-at_install")
class TestRegisterRows(RegisterCommon):
    """What stands in a register's rows: read, told in words, or refused with its reason."""

    def test_bad_rows_have_their_reason(self):
        """D2: each with the reason in a table that can be mended; the others are loaded."""
        rows = [
            ROWS[0],
            ";Без Номера;Ленина;15;4;",
            "4,41001E+12;Испорченный Номер;Ленина;15;5;",
            ROWS[0],
            "4410-0007;Без Дома;Ленина;;;",
            "4410-0008;Плохой Телефон;Ленина;15;8;нет",
            "4410-0009;лишний;Петров;ул. Садовая",
            "4410-0010;=HYPERLINK(1);Ленина;15;10;",
        ]
        run = self._load(rows)
        self.assertRecordValues(
            run, [{"bad_count": 6, "told_count": 1, "created_count": 2, "state": "done"}]
        )
        shifted = (
            "Cells of the row and of the heading: 4 ≠ 6. Is a separator or a quotation mark lost "
            "or too many?"
        )
        book = load_workbook(io.BytesIO(run.with_context(lang="en_US")._xlsx()))
        table = list(book.active.values)
        self.assertEqual(table[0][:3], ("Row of the file", "What is wrong", "Лицевой счёт"))
        self.assertEqual(
            [row[:2] for row in table[1:]],
            [
                (3, "No number of the account."),
                (4, "The number 4,41001E+12 was spoilt by a spreadsheet: save it as text."),
                (5, "This account stands above in the file: 4410-0001."),
                (6, "No number of the house: Ленина."),
                (7, "Loaded without the telephone «нет»."),
                (8, shifted),
                (9, "«=HYPERLINK(1)» is no name of a person."),
            ],
        )
        petrov = self.env["hotline.object"].search([("address", "ilike", "Петров")])
        self.assertFalse(petrov)

    def test_a_dash_is_no_flat(self):
        """D2: the account is the house's."""
        self._load(["4410-0001;Иванова Мария;Ленина;2;-;", "4410-0002;Петров Олег;Ленина;4;нет;"])
        kinds = [account.object_id.kind_id.code for account in self._accounts()]
        self.assertEqual(kinds, ["house", "house"])

    def test_a_number_nobody_can_read_asks_about_who_is_missed(self):
        """D2: a spoilt number closes nobody's account by itself."""
        self.source.gone_percent = 100
        self._load()
        run = self._load([*ROWS[:2], "4,4E+9;Ёлкина Анна Юрьевна;пр-кт Мира;7;3;"])
        self.assertEqual(run.state, "asking")

    def test_services_and_meters(self):
        """D2: known ones; unknown ones are told and left out."""
        service = self.env["hotline.service"].create({"name": "Проба воды", "code": "test_water"})
        heading = "ЛС;Адрес;Услуги;Номер счётчика;Вид счётчика"
        rows = ["1;Ленина 15-3;проба воды, Неведомая;77001;Проба воды", "2;Ленина 15-4;;5;газ?"]
        run = self._load(rows, heading=heading)
        first, second = self._accounts()
        self.assertEqual((first.service_ids, first.meter_ids.serial), (service, "77001"))
        self.assertFalse(second.meter_ids)
        self.assertEqual(run.told_count, 2)

    def test_what_was_left_out_comes_with_the_same_file(self):
        """D2: told at each check and load while the service lacks; once there, it is loaded."""
        heading = "ЛС;Адрес;Услуги;Номер счётчика;Вид счётчика"
        rows = ["1;Ленина 15-3;Неведомая;77001;Неведомая", "2;Ленина 15-4;;;"]
        check = self._run(rows, heading=heading)
        self._to_end(check, "action_check")
        self.assertRecordValues(check, [{"told_count": 1, "created_count": 2}])
        told = [["service", "Неведомая"], ["meter", "77001"]]
        self.assertEqual(check.row_ids.mapped("remarks"), [told])
        for counts in ({"created_count": 2}, {"same_count": 2}):
            run = self._load(rows, heading=heading)
            self.assertRecordValues(run, [{"told_count": 1, **counts}])
            self.assertEqual(run.row_ids.mapped("remarks"), [told])
        service = self.env["hotline.service"].create(
            {"name": "Проба", "code": "test_water", "other_names": "Проба воды,  НЕВЕДОМАЯ ,"}
        )
        run = self._load(rows, heading=heading)
        counts = {"told_count": 0, "changed_count": 1, "same_count": 1}
        self.assertRecordValues(run, [counts])
        account = self._accounts()[0]
        self.assertEqual((account.service_ids, account.meter_ids.serial), (service, "77001"))
        again = self._load(rows, heading=heading)
        self.assertRecordValues(again, [{"same_count": 2, "changed_count": 0}])

    def test_what_is_not_known_wipes_nothing_out(self):
        """D2: services set by hand stand where the file tells only unknown ones."""
        heading, rows = "ЛС;Адрес;Услуги", ["1;Ленина 15-3;Неведомая"]
        self._load(rows, heading=heading)
        service = self.env["hotline.service"].create({"name": "Проба", "code": "test_water"})
        account = self._accounts()
        account.service_ids = service
        self._load(["1;Ленина 15-5;Неведомая"], heading=heading)
        self.assertEqual(account.service_ids, service)

    def test_usual_names_of_shipped_services(self):
        """D2: «ХВС» and «ГВС» are known as the product comes."""
        heading = "ЛС;Адрес;Номер счётчика;Вид счётчика"
        run = self._load(["1;Ленина 15-3;77001, 77002;ХВС, ГВС"], heading=heading)
        self.assertRecordValues(run, [{"told_count": 0, "bad_count": 0}])
        codes = self._accounts().meter_ids.service_id.mapped("code")
        self.assertEqual(sorted(codes), ["cold_water", "hot_water"])

    def test_an_update_names_the_services(self):
        """D2: an update to 19.0.1.9.0: usual names come where there are none, others stay."""
        shipped = self.env.ref("gov_hotline.service_cold_water")
        own = self.env.ref("gov_hotline.service_hot_water")
        shipped.other_names, own.other_names = False, "кипяток"
        spec = importlib.util.spec_from_file_location("service_names", MIGRATION)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.env.flush_all()
        module.migrate(self.env.cr, "19.0.1.8.0")
        self.env.invalidate_all()
        self.assertIn("ХВС", shipped.other_names)
        self.assertEqual(own.other_names, "кипяток")

    def test_no_file_is_told(self):
        """D2: by RPC, without a file."""
        run = self.env["hotline.register.run"].with_user(self.supervisor)
        run = run.create({"source_id": self.source.id})
        with self.assertRaisesRegex(UserError, "Choose a file"):
            run.action_look()

    def test_several_rows_of_one_account(self):
        """D2, E3: a row for each meter, service or holder: one account, wherever the rows stand."""
        self.patch(hotline_register_run_part, "PART", 2)
        names = ("Проба воды", "Проба тепла")
        services = self.env["hotline.service"].create(
            [{"name": name, "code": f"test_more_{place}"} for place, name in enumerate(names)]
        )
        heading = "ЛС;ФИО;Адрес;Услуги;Номер счётчика;Вид счётчика"
        rows = [
            "1;Иванова Мария Петровна;Ленина 15-3;Проба воды;77001;Проба воды",
            "2;Петров Олег Ильич;Ленина 15-4;;;",
            "3;Ёлкина Анна Юрьевна;Ленина 15-5;;;",
            "1;Иванова Мария Петровна;Ленина 15-3;Проба тепла;77002;Проба тепла",
            "1;Иванов Пётр Ильич;ул. Ленина, д. 15, кв. 3;;;",
            "1;Чужой Олег Ильич;Ленина 17-3;;;",
            "2;Петров Олег Ильич;Ленина 15-4;;;",
        ]
        run = self._load(rows, heading=heading)
        counts = {"created_count": 3, "joined_count": 2, "bad_count": 2, "done": 7, "total": 7}
        self.assertRecordValues(run, [{**counts, "state": "done", "gone_count": 0}])
        self.assertEqual(run.row_ids.mapped("remarks"), [[["elsewhere", "1"]], [["repeated", "2"]]])
        account = self._accounts()[0]
        self.assertEqual(account.service_ids, services)
        self.assertEqual(account.meter_ids.mapped("serial"), ["77001", "77002"])
        self.assertEqual(account.holder_name, "Иванова Мария Петровна; Иванов Пётр Ильич")
        self.assertEqual(account.holder_id.name, "Иванова Мария Петровна")
        found = self.env["hotline.finder"].with_user(self.operator).find("иванов петр 15")
        self.assertIn(account.id, [row["id"] for row in found if row["kind"] == "account"])
        again = self._load(rows, heading=heading)
        self.assertRecordValues(again, [{"same_count": 3, "joined_count": 2, "changed_count": 0}])
        self.assertEqual(account.holder_id.name, "Иванова Мария Петровна")

    def test_a_flat_in_an_entrance_is_found(self):
        """D2, D3: the company writes house and flat, the body has drawn the entrances."""
        kinds = {one.code: one for one in self.env["hotline.object.kind"].search([])}
        above = self.env["hotline.object"]
        for code, name in (("street", "Ленина"), ("house", "15"), ("entrance", "1"), ("flat", "3")):
            above = above.create(
                {
                    "kind_id": kinds[code].id,
                    "name": name,
                    "parent_id": above.id,
                    **({} if above else {"territory_id": self.town.id}),
                }
            )
        self._load(["1;Иванова Мария;Ленина;15;3;", "2;Петров Олег;Ленина;15;4;"])
        first, second = self._accounts()
        self.assertEqual(first.object_id, above)
        self.assertEqual(second.object_id.parent_id, above.parent_id.parent_id)

    def test_a_territory_that_is_not_there(self):
        """D2: settlements are set by people, a register makes none."""
        heading = "ЛС;Город;Улица;Дом"
        run = self._load(["1;Небывальск;Ленина;1", "2;г. Приозерск-тестовый;Ленина;1"],
                         heading=heading)  # fmt: skip
        self.assertEqual((run.bad_count, run.created_count), (1, 1))
        self.assertEqual(run.row_ids.remarks, [["locality", "небывальск"]])

    def test_xlsx(self):
        """D2: a spreadsheet with a title above the heading; numbers are no fractions."""
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            sheet = book.add_worksheet()
            sheet.write(0, 0, "Реестр за ноябрь")
            sheet.write_row(2, 0, ["Лицевой счет", "ФИО", "Адрес", "Дата открытия"])
            sheet.write_row(3, 0, [44100001.0, "Иванова Мария", "Ленина 15-3"])
            day = book.add_format({"num_format": "dd.mm.yyyy"})
            sheet.write_number(3, 3, 43891, day)
        run = self._to_end(self._run(content=buffer.getvalue()))
        self.assertRecordValues(run, [{"kind": "xlsx", "header": 3, "created_count": 1}])
        account = self._accounts()
        self.assertEqual((account.number, str(account.opened_on)), ("44100001", "2020-03-01"))

    def test_no_register_at_all(self):
        """D2: a photograph is refused in words."""
        with self.assertRaises(UserError) as caught:
            self._run(content=b"%PDF-1.7")
        self.assertIn("CSV", str(caught.exception))

    def test_another_encoding_in_the_middle(self):
        """D2: told in words on the load, which may be taken in hand again."""
        rows = [ROWS[0].replace("0001", f"{n:04}") for n in range(40)]
        good = "\r\n".join((HEADING, *rows, "")).encode()
        run = self._run(content=good + b"1;\xc8\xe2;\xcb;1;1;\r\n")
        run.encoding = "utf-8"
        run._write_by_act({"state": "loading"})
        run.with_user(self.env.ref("base.user_root"))._run_part()
        self.assertEqual(run.state, "failed")
        self.assertIn("42", run.failure)
        run.action_again()
        self.assertEqual(run.state, "draft")

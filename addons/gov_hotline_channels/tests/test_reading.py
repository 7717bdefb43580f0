from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PDF, IncomingCommon, letter


@tagged("post_install", "-at_install")
class TestReading(IncomingCommon):
    def test_what_it_says(self):
        """E1: sender, addressees, subject, date, words and files are read out of the letter."""
        mail = self._read(
            letter(
                files=[("Ответ.pdf", PDF)],
                In_Reply_To="<card@gov.example>",
                References="<a@gov.example> <card@gov.example>",
            )
        )
        self.assertRecordValues(
            mail.with_user(self.officer),
            [
                {
                    "state": "quarantine",
                    "from_address": "chief@teplo.example",
                    "from_name": "Теплосеть",
                    "to_addresses": "line@gov.example",
                    "subject": "Ответ по карточке",
                    "message_id": "<1@teplo.example>",
                    "in_reply_to": "<card@gov.example>",
                    "references": "<a@gov.example> <card@gov.example>",
                    "body": "Отопление восстановлено.",
                    "faults": False,
                    "last_error": False,
                }
            ],
        )
        self.assertEqual(str(mail.dated_at), "2026-11-16 07:00:00")
        self.assertIn("date: Mon, 16 Nov 2026", mail.headers)
        file = mail.attachment_ids.with_user(self.officer)
        self.assertEqual((file.name, file.raw), ("Ответ.pdf", PDF))

    def test_what_is_not_taken_is_named(self):
        """E1: archives, programmes, empty files: named, kept in the letter as it came."""
        files = [
            ("Ответ.pdf", PDF),
            ("пусто.pdf", b""),
            ("всё.zip", b"PK\x05\x06" + b"\0" * 18),
            ("отчёт.pdf", b"MZprogramme"),
            ("большой.txt", b"x" * (20 * 1024 * 1024 + 1)),
        ]
        mail = self._read(letter(files=files))
        self.assertEqual(mail.attachment_ids.mapped("name"), ["Ответ.pdf"])
        self.assertEqual(
            mail.faults.split("\n"),
            [
                "Файл «пусто.pdf» пуст: запросите его ещё раз.",
                "«всё.zip» не взят: такие файлы орган не принимает.",
                (
                    "«отчёт.pdf» не взят: это архив, программа или веб-страница либо не то, "
                    "что сказано в имени."
                ),
                "«большой.txt» не взят: он больше 20 МБ.",
                "То, что не взято, осталось в письме, как оно пришло.",
            ],
        )
        self.assertIn("всё.zip".encode(), mail.raw_id.raw)

    def test_password(self):
        """E1: an archive under a password, which this body takes, is taken and named."""
        self.env.company.hotline_file_types += " zip"
        raw = bytearray(b"PK\x03\x04\x14\0\x01\0" + b"\0" * 18 + b"\x01\0\0\0a")
        end = len(raw)
        raw += b"PK\x01\x02\x14\0\x14\0\x01\0" + b"\0" * 18 + b"\x01\0" + b"\0" * 16 + b"a"
        raw += b"PK\x05\x06\0\0\0\0\x01\0\x01\0" + (len(raw) - end).to_bytes(4, "little")
        raw += end.to_bytes(4, "little") + b"\0\0"
        mail = self._read(letter(files=[("всё.zip", bytes(raw))]))
        self.assertEqual(mail.attachment_ids.mapped("name"), ["всё.zip"])
        self.assertEqual(mail.faults, "Защищён паролем: «всё.zip». Запросите пароль у отправителя.")

    def test_our_failure_is_shown_and_tried_again(self):
        """E1: a rule that fails leaves the letter read and in sight; the next try places it."""
        place = type(self.env["hotline.incoming.mail"])._place

        def broken(mail):
            mail._write_by_act({"state": "placed"})
            raise KeyError("rule")

        mail = self._take(letter())
        self._jobs(mail).unlink()  # it runs now
        with patch.object(type(mail), "_place", broken):
            mail._run_reader()
        self.assertRecordValues(
            mail, [{"state": "failed", "tries": 1, "subject": "Ответ по карточке"}]
        )
        self.assertIn("KeyError", mail.last_error)
        self.assertTrue(self._jobs(mail).filtered("eta"))
        self.assertIs(type(mail)._place, place)
        mail._run_reader()
        self.assertRecordValues(mail, [{"state": "quarantine", "tries": 0, "last_error": False}])

    def test_one_bad_letter_stops_nobody(self):
        """E1: bytes that are no letter at all are read as far as they go, others beside them."""
        bad, good = self._take(b"\x00\xff" * 500), self._take(letter())
        (bad + good).mapped(lambda mail: mail._run_reader())
        self.assertEqual((bad + good).mapped("state"), ["quarantine", "quarantine"])

    def test_read_again_by_hand(self):
        """B4: after the last try an officer has it read again; the auditor may not."""
        mail = self._take(letter())
        mail._write_by_act({"state": "failed", "tries": 9})
        self._jobs(mail).unlink()
        with self.assertRaises(AccessError):
            mail.with_user(self.auditor).action_read_again()
        mail.with_user(self.officer).action_read_again()
        self.assertEqual((mail.tries, len(self._jobs(mail))), (0, 1))
        mail._run_reader()
        with self.assertRaises(UserError):
            mail.with_user(self.officer).action_read_again()

    def test_forgotten_letters_are_found(self):
        """E1: a letter whose job is gone gets another one."""
        mail = self._take(letter())
        self._jobs(mail).unlink()
        self.env["hotline.incoming.mail"]._cron_find_forgotten()
        self.assertFalse(self._jobs(mail), "it has only just come")
        self.env.cr.execute(
            "UPDATE hotline_incoming_mail SET create_date = create_date - interval '1 hour' "
            "WHERE id = %s", [mail.id],
        )  # fmt: skip
        self.env["hotline.incoming.mail"]._cron_find_forgotten()
        self.assertTrue(self._jobs(mail))

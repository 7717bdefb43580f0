import base64

from odoo.addons.gov_hotline.tests.common import HotlineCommon

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def letter(text="Отопление восстановлено.", files=(), **headers):
    """Return the bytes of a letter; `files`: (name, bytes); headers by name, `_` for `-`."""
    fields = {
        "From": "Теплосеть <chief@teplo.example>",
        "To": "line@gov.example",
        "Subject": "Ответ по карточке",
        "Message-ID": "<1@teplo.example>",
        "Date": "Mon, 16 Nov 2026 10:00:00 +0300",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    body = "\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n"
    parts = [
        f'--B\r\nContent-Disposition: attachment; filename="{name}"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{base64.encodebytes(content).decode()}\r\n"
        for name, content in files
    ]
    kind = 'Content-Type: multipart/mixed; boundary="B"\r\n'
    return (head + kind + body + "".join(parts) + "--B--\r\n").encode()


class IncomingCommon(HotlineCommon):
    """Letters come in as the mail gate of Odoo brings them; once read, they wait for a person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        def hold(mail):
            mail._write_by_act({"state": "quarantine"})

        cls.classPatch(type(cls.env["hotline.incoming.mail"]), "_place", hold)

    @classmethod
    def _take(cls, raw):
        """Bring a letter in; return its record as the system."""
        number = cls.env["mail.thread"].message_process("hotline.incoming.mail", raw)
        return cls.env["hotline.incoming.mail"].browse(number)

    @classmethod
    def _read(cls, raw):
        """Bring a letter in and run its job; return its record as the system."""
        mail = cls._take(raw)
        mail._run_reader()
        return mail

    def _jobs(self, mail):
        """Return the background jobs of a letter."""
        key = f"hotline.incoming.mail,{mail.id}"
        return self.env["queue.job"].search([("identity_key", "in", (key, f"{key},now"))])

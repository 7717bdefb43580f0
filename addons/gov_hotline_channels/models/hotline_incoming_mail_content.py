from odoo import models
from odoo.tools import format_datetime

from odoo.addons.gov_hotline.domain import persons, texts, uploads


class HotlineIncomingMail(models.Model):
    """What of a letter goes into the case: its words, copies of its files, the sender's name."""

    _inherit = "hotline.incoming.mail"

    def _copies(self, files=None):
        """Return loose copies of the files: the letter keeps its own, the bytes are shared."""
        files = self.attachment_ids if files is None else files
        made = self.env["ir.attachment"].sudo()  # sudo: the mark is nobody's to set
        for file in files.sudo():
            owner = {"res_model": False, "res_id": False, "res_field": False}
            made += file.copy({"name": file.name, "hotline_incoming_id": self.id, **owner})
        return made.sudo(False)

    def _clipped(self, text):
        """Return `text` as a case takes it, and the whole of it as a file where it is longer."""
        made = self.env["ir.attachment"].sudo()  # sudo: as above
        if len(text) > texts.TEXT_LIMIT:
            name = self.env._("Full text of the letter.txt")
            made = made.create({"name": name, "raw": text.encode(), "hotline_incoming_id": self.id})
        return texts.clip(text, texts.TEXT_LIMIT), made.sudo(False)

    def _give_files(self, case, full):
        """Hang the files of the letter on a draft."""
        files = self._copies() | full
        files.sudo().write({"res_model": case._name, "res_id": case.id})  # sudo: as above

    def _taken_files(self):
        """Return (files the body takes with an addition, those it does not)."""
        company = self.company_id.sudo()  # sudo: limits of the body
        limits = (uploads.types(company.hotline_file_types or ""), company.hotline_file_megabytes)
        files = self.attachment_ids.sudo()  # sudo: names and sizes of the letter's own files
        fit = files.filtered(
            lambda file: not list(uploads.refused([_offered(file)], *limits, len(files)))
        )[: company.hotline_file_count]
        return fit, files - fit

    def _with_refused(self, text, refused):
        if not refused:
            return text
        words = self.env._(
            "Files left in the incoming letter: %(names)s.", names=", ".join(refused.mapped("name"))
        )
        return f"{text.strip()}\n\n{words}"

    def _signed_text(self):
        """Return the words of the letter under who wrote them, and when it came."""
        company = self.company_id.sudo()  # sudo: the time zone of the body
        sender = f"{self.from_name or ''} <{self.from_address or ''}>".strip()
        head = self.env._(
            "Letter from %(sender)s, came on %(moment)s.",
            sender=sender,
            moment=format_datetime(
                self.env, self.received_at, tz=company.hotline_tz, dt_format="dd.MM.yyyy HH:mm"
            ),
        )
        return f"{head}\n\n{(self.body or '').strip()}".strip()

    def _received_on(self):
        return self.company_id.sudo()._hotline_date(self.received_at)  # sudo: the body's clock

    def _person_vals(self):
        """Return the applicant's columns: the address, and the name where it is one in full."""
        vals = {"applicant_email": self.from_address}
        words = (self.from_name or "").split()
        if len(words) == 3 and any(persons.is_patronymic(word) for word in words):
            name = persons.split_name(self.from_name)
            vals |= {
                "applicant_surname": name.surname,
                "applicant_given_name": name.given,
                "applicant_patronymic": name.patronymic,
            }
        return vals


def _offered(file):
    return uploads.File(file.name, file.file_size, uploads.content_kind(file.raw or b""))

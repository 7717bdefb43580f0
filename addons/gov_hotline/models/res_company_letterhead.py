from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain import phones
from ..report import letter_docx

MEGABYTE = 1024 * 1024


class ResCompany(models.Model):
    """The letterhead of the body: emblem, name, reference data; an own Word file where wished."""

    _inherit = "res.company"

    hotline_letter_emblem = fields.Image(
        string="Emblem of the letterhead", max_width=512, max_height=512
    )
    hotline_letter_name = fields.Text(
        string="Name on the letterhead", help="In lines, as it is set; empty: the body's name."
    )
    hotline_letter_lines = fields.Text(
        string="Reference data", help="Address, telephone, e-mail, codes: a line each."
    )
    hotline_letter_docx = fields.Binary(string="Own letterhead (DOCX)", attachment=True)
    hotline_letter_docx_name = fields.Char(string="File of the own letterhead")
    hotline_envelope = fields.Selection(
        [("c5", "C5, 229 × 162 mm"), ("dl", "DL, 220 × 110 mm")],
        string="Envelope",
        required=True,
        default="c5",
    )

    @api.constrains("hotline_letter_docx")
    def _check_hotline_letter_docx(self):
        for company in self.filtered("hotline_letter_docx"):
            content = company.with_context(bin_size=False)._hotline_letter_file()
            if len(content) > 5 * MEGABYTE:
                raise ValidationError(self.env._("The letterhead is larger than 5 MB."))
            problems = letter_docx.problems(content)
            if problems:
                raise ValidationError(company._letterhead_words(problems))

    def _hotline_letter_file(self):
        """Return the bytes of the own letterhead; empty for none."""
        self.ensure_one()
        field = self._fields["hotline_letter_docx"]
        # sudo: the file of a field is read with the company, whoever prints the letter
        files = self.env["ir.attachment"].sudo()
        found = files.search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", field.name),
                ("res_id", "=", self.id),
            ],
            limit=1,
        )
        return found.raw or b""

    def _letterhead_words(self, problems):
        """Return why the file does not serve as a letterhead."""
        if letter_docx.NOT_DOCX in problems:
            return self.env._("This is not a DOCX file. Save the letterhead from Word as DOCX.")
        if letter_docx.NOT_A_NAME in problems:
            return self.env._(
                "The letterhead holds commands. Only names in double braces are filled in, for "
                "example {{ %(name)s }}.",
                name=letter_docx.NAMES[0],
            )
        if letter_docx.NO_TEXT in problems:
            return self.env._("The letterhead has no place for the text: {{ текст }}.")
        return self.env._(
            "The letterhead holds names that cannot be filled in: %(unknown)s. Known names: "
            "%(known)s.",
            unknown=", ".join(problems),
            known=", ".join(letter_docx.NAMES),
        )

    def _letterhead(self):
        """Return what stands on every letter of the body: (name lines, reference lines)."""
        self.ensure_one()
        name = self.hotline_letter_name or self.name
        lines = self.hotline_letter_lines or self._letterhead_contacts()
        return name.strip().splitlines(), lines.strip().splitlines()

    def _letterhead_contacts(self):
        address = self.partner_id._display_address(without_company=True)
        parts = [", ".join(filter(None, map(str.strip, address.splitlines())))]
        return "\n".join(
            filter(None, [*parts, phones.on_paper(self.phone), self.email, self.website])
        )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_letter_emblem = fields.Image(related="company_id.hotline_letter_emblem", readonly=False)
    hotline_letter_name = fields.Text(related="company_id.hotline_letter_name", readonly=False)
    hotline_letter_lines = fields.Text(related="company_id.hotline_letter_lines", readonly=False)
    hotline_letter_docx = fields.Binary(related="company_id.hotline_letter_docx", readonly=False)
    hotline_letter_docx_name = fields.Char(
        related="company_id.hotline_letter_docx_name", readonly=False
    )
    hotline_envelope = fields.Selection(related="company_id.hotline_envelope", readonly=False)

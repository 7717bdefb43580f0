import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools.pdf import merge_pdf

from ..domain import post
from ..models.hotline_letter_bulk import WITH_ENVELOPE

PART = 4  # letters in one call: each is drawn in about half a second, and the progress is seen
MOST = 300  # letters in one file: what a printer takes and a server holds


class HotlineOutgoingPrint(models.TransientModel):
    """Many letters as one file to print: the letters in their order, then their envelopes."""

    _name = "hotline.outgoing.print"
    _description = "Print of outgoing letters"

    line_ids = fields.One2many("hotline.outgoing.print.line", "print_id", string="Letters")
    count = fields.Integer(compute="_compute_count", string="How many letters")
    envelope_count = fields.Integer(compute="_compute_count", string="Envelopes")
    with_envelopes = fields.Boolean(
        help="Behind the letters, in the same order: the paper in the printer is changed once."
    )

    @api.depends("line_ids")
    def _compute_count(self):
        for one in self:
            one.count = len(one.line_ids)
            one.envelope_count = len(one.line_ids.filtered("is_enveloped"))

    @api.model
    def _open_for(self, letters):
        """Return the window of the print of these letters (a list of records)."""
        if not letters:
            raise UserError(self.env._("Tick at least one letter."))
        if len(letters) > MOST:
            raise UserError(
                self.env._(
                    "At most %(most)s letters are printed at once, %(count)s are ticked.",
                    most=MOST,
                    count=len(letters),
                )
            )
        lines = [
            Command.create({"res_model": letter._name, "res_id": letter.id}) for letter in letters
        ]
        made = self.create({"line_ids": lines})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Print of letters"),
            "res_model": self._name,
            "res_id": made.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_print(self):
        """Return the client action that draws the letters part by part, then gives the file."""
        self._check_own()
        # sudo: the bytes are nobody's column; what was drawn before is drawn anew
        self.sudo().line_ids.write({"letter_file": False, "envelope_file": False})
        return {
            "type": "ir.actions.client",
            "tag": "hotline_batch",
            "name": self.env._("Print of letters"),
            "params": {
                "model": "hotline.outgoing.print.line",
                "method": "print_part",
                "ids": self.line_ids.ids,
                "part": PART,
                "words": {"skipped": self.env._("Printed in part")},
                "then": {
                    "type": "ir.actions.act_url",
                    "url": f"/hotline/outgoing/print/{self.id}.pdf",
                    "target": "self",  # a window opened so late would be blocked
                },
            },
        }

    def _check_own(self):
        # Of a transient record Odoo checks the model only: whose it is, we do.
        if any(one.create_uid != self.env.user for one in self.sudo()):  # sudo: whose
            raise AccessError(self.env._("This print was prepared by somebody else."))

    def _pdf(self):
        """Return the file (bytes), None where nothing was drawn; the own one only."""
        self.ensure_one()
        self._check_own()
        lines = self.sudo().line_ids  # sudo: the bytes are nobody's column, the owner was checked
        files = [*lines.mapped("letter_file"), *lines.mapped("envelope_file")]
        drawn = [base64.b64decode(one) for one in files if one]
        return merge_pdf(drawn) if drawn else None

    def _file_name(self):
        """Return «Исходящие 22.11.2026, писем 5.pdf»."""
        drawn = self.sudo().line_ids.filtered("letter_file")  # sudo: as above
        day = self.env.company._hotline_today().strftime("%d.%m.%Y")
        name = self.env._("Outgoing letters %(day)s, letters %(count)s", day=day, count=len(drawn))
        return f"{name}.pdf"


class HotlineOutgoingPrintLine(models.TransientModel):
    """One letter of the print: its bytes once it is drawn, for the owner of the print alone."""

    _name = "hotline.outgoing.print.line"
    _inherit = "hotline.letter.line"
    _description = "Letter of a print"
    _order = "id"

    print_id = fields.Many2one("hotline.outgoing.print", required=True, ondelete="cascade")
    is_enveloped = fields.Boolean(compute="_compute_is_enveloped")
    letter_file = fields.Binary(attachment=False, readonly=True, groups=fields.NO_ACCESS)
    envelope_file = fields.Binary(attachment=False, readonly=True, groups=fields.NO_ACCESS)

    @api.depends("res_model", "res_id")
    def _compute_is_enveloped(self):
        """What went, or is to go, by post; a forwarding by e-mail needs none."""
        for line in self:
            line.is_enveloped = line._goes_in_envelope()

    def _goes_in_envelope(self):
        letter = self._letter()
        if letter._name not in WITH_ENVELOPE or not letter.has_access("read"):
            return False
        if letter._name == "hotline.assignment":
            return letter._goes_on_paper()
        return letter.channel == post.POST or letter._course() == post.TO_POST

    def print_part(self):
        """Draw these letters of the own print.

        Returns {"done": how many, "refused": [{"id", "name", "reason", "url"}], "skipped": [{"id",
        "name", "words", "url"}]}: a letter is printed, its envelope or an enclosure not.
        """
        self.print_id._check_own()
        reasons = {line: line._why_refused("letter") for line in self}
        refused = [line._named(reason=reason) for line, reason in reasons.items() if reason]
        drawn = self.filtered(lambda line: not reasons[line])
        bare = {line: line._why_refused("envelope") for line in drawn._to_envelope()}
        left = {line: line._left_words(bare.get(line, "")) for line in drawn}
        skipped = [line._named(words=words) for line, words in left.items() if words]
        return {"done": len(drawn), "refused": refused, "skipped": skipped}

    def _left_words(self, envelope):
        """Return what of a printed letter is not in the file, '' for nothing."""
        letter = self._letter()
        _sheets, others = letter._printed_annexes()
        return " ".join(filter(None, [envelope, letter._left_words(others) if others else ""]))

    def _to_envelope(self):
        return self.filtered(lambda line: line.print_id.with_envelopes and line.is_enveloped)

    def _named(self, **why):
        url = f"/odoo/{self.res_model}/{self.res_id}"
        return {"id": self.id, "name": self._title(), "url": url, **why}

    def _title(self):
        """Return «№ ИСХ-37/2026, Прокуратура»; of what the user may not read only its kind."""
        letter = self._letter()
        if not letter.exists() or not letter.has_access("read"):
            return dict(self._fields["res_model"]._description_selection(self.env))[self.res_model]
        number = letter[getattr(letter, "_sheet_number", "outgoing_number")] or "–"
        return f"№ {number}, {letter._mail_addressee() or letter.display_name}"

    def _why_refused(self, what):
        """Draw the letter or the envelope; return why that was refused, '' for done."""
        try:
            with self.env.cr.savepoint():
                self._draw(what)
        except UserError as refusal:
            return str(refusal)
        return ""

    def _draw(self, what):
        letter = self._letter()
        drawn = letter._printed_pdf() if what == "letter" else letter._printed_envelope()
        self._note(letter, what)
        self.sudo().write({f"{what}_file": base64.b64encode(drawn)})  # sudo: nobody's column

    def _note(self, letter, what):
        """Leave the traces of a single print: the journal, who saw the case."""
        self.env["hotline.sight"]._note(letter.ticket_id, "printed")
        name = letter._name.rpartition(".")[2]
        self.env[f"report.gov_hotline.report_{what}_{name}"]._append_print(letter)

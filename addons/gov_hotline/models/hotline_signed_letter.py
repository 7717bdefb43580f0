import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..domain import uploads
from ..domain.problems import Problem
from . import signature_file
from .signature_file import NoSignatureError

KINDS = [("paper", "Paper original and a scan"), ("ukep", "Qualified electronic signature")]
# What the file itself says: nobody types it.
CERTIFICATE = frozenset(
    {"certificate_subject", "certificate_issuer", "certificate_serial", "certificate_from",
     "certificate_to", "is_gost", "is_signature_compared", "export_file", "export_name"}
)  # fmt: skip
UNSIGNED_ROADS = ("phone", "sms")  # what is told needs no sheet


class HotlineSignedLetter(models.AbstractModel):
    """A letter signed on paper and scanned, or a file signed outside (practice 11).

    `_signing_article`: by which article an unsigned one is held back, as its problems tell it.
    """

    _name = "hotline.signed.letter"
    _description = "Signed letter"
    _signing_article = ""

    signature_kind = fields.Selection(KINDS, string="How it is signed", copy=False)
    scan_file = fields.Binary(string="Scan of the signed original", attachment=True, copy=False)
    scan_name = fields.Char(copy=False)
    export_file = fields.Binary(
        string="File to be signed", attachment=True, readonly=True, copy=False
    )
    export_name = fields.Char(readonly=True, copy=False)
    signature_file = fields.Binary(string="Signature (.sig)", attachment=True, copy=False)
    signature_file_name = fields.Char(copy=False)
    certificate_subject = fields.Char(string="Certificate of", readonly=True, copy=False)
    certificate_issuer = fields.Char(string="Issued by", readonly=True, copy=False)
    certificate_serial = fields.Char(string="Serial No.", readonly=True, copy=False)
    certificate_from = fields.Datetime(string="Certificate from", readonly=True, copy=False)
    certificate_to = fields.Datetime(string="Certificate until", readonly=True, copy=False)
    is_gost = fields.Boolean(string="GOST signature", readonly=True, copy=False)
    is_signature_compared = fields.Boolean(
        string="Signature of this very file", readonly=True, copy=False
    )
    signature_note = fields.Text(compute="_compute_signature_note", string="About the signature")

    @api.depends("certificate_subject", "is_gost", "is_signature_compared")
    @api.depends_context("lang")
    def _compute_signature_note(self):
        for letter in self:
            letter.signature_note = letter.certificate_subject and letter._signature_words()

    def _signature_words(self):
        """Say plainly what is known of the signature and what is not."""
        if self.is_signature_compared:
            return self.env._(
                "The signature belongs to the exported file. Its certificate is shown as it stands "
                "in the file: neither the chain of trust nor revocation is checked here."
            )
        return self.env._(
            "The certificate is shown as it stands in the file. A GOST signature is not verified "
            "here: check it with the tool it was made with."
        )

    def _offer_export(self):
        """Return the address of the file that is to be signed."""
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/export_file"
            "?filename_field=export_name&download=true",
            # not "download": that one leaves the form as it was, without the field for the .sig
            "target": "new",
        }

    def _export_vals(self, name):
        """Return the columns of the letter as it will be signed, under the file name `name`."""
        body = base64.b64encode(self._letter_pdf())
        return {"export_file": body, "export_name": name, "signature_kind": "ukep"}

    def _certificate_vals(self, content):
        """Return what a loaded signature file says of itself; `content` in Base64.

        Raises UserError: no signature, or the signature of another file.
        """
        try:
            read = signature_file.read(base64.b64decode(content))
        except NoSignatureError as error:
            raise UserError(
                self.env._(
                    "This is no signature file with a certificate. Load the .sig file that was "
                    "made with the exported one."
                )
            ) from error
        compared = self._compared(read)
        return {
            "certificate_subject": read.subject,
            "certificate_issuer": read.issuer,
            "certificate_serial": read.serial,
            "certificate_from": read.valid_from,
            "certificate_to": read.valid_to,
            "is_gost": read.is_gost,
            "is_signature_compared": bool(compared),
        }

    def _compared(self, read):
        self.ensure_one()
        if not self.export_file:
            raise UserError(self.env._("Export the file first: the signature is of that file."))
        compared = read.is_of(base64.b64decode(self.export_file))
        if compared is False:
            raise UserError(
                self.env._(
                    "This is the signature of another file. Sign the exported file and load its "
                    "signature."
                )
            )
        return compared

    def _missing_signature(self):
        """Return what of the chosen way of signing is missing; nothing where none is chosen."""
        if self.signature_kind == "paper":
            return [] if self.scan_file else [self._unsigned("no_scan", "load_scan", "scan_file")]
        return self._ukep_problems() if self.signature_kind == "ukep" else []

    def _ukep_problems(self):
        if not self.signature_file:
            return [self._unsigned("no_sig", "load_sig", "signature_file")]
        today = self.company_id._hotline_today()
        signed_on = self.signed_on or today
        if self.certificate_from.date() <= signed_on <= self.certificate_to.date():
            return []
        return [self._unsigned("certificate_not_valid", "load_sig", "signature_file")]

    def _unsigned(self, code, way_out, name):
        return Problem(code, self._signing_article, "block", (name,), "ANS-SIGN", way_out)

    def _unsigned_kind(self):
        return self._unsigned("no_signature_kind", "choose_signature", "signature_kind")

    def _files_as_signed(self):
        """Return what was signed, as it was signed: [(name, bytes)]; nothing where there is none.

        The very file that was exported with its signature, or the scan of the paper (practice,
        11): a letter printed anew would carry nobody's signature.
        """
        if self.signature_kind == "ukep" and self.signature_file:
            name = self.export_name
            signature = self.signature_file_name or f"{name}.sig"
            files = [(name, self.export_file), (signature, self.signature_file)]
        elif self.signature_kind == "paper" and self.scan_file:
            files = [(self.scan_name or f"{self._letter_name()}.pdf", self.scan_file)]
        else:
            files = []
        return [(name, base64.b64decode(body)) for name, body in files]

    def _check_scan(self):
        """A scan is a picture or a PDF, by its bytes."""
        for letter in self.filtered("scan_file"):
            kind = uploads.content_kind(base64.b64decode(letter.scan_file))
            if kind not in (uploads.PDF, uploads.IMAGE):
                raise UserError(self.env._("The scan of the original is a picture or a PDF file."))

    def _certificate_term(self):
        """Return the days of the certificate in words."""
        days = [format_date(self.env, day) for day in (self.certificate_from, self.certificate_to)]
        return " – ".join(days)

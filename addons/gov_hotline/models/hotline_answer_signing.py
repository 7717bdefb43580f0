import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..domain import approval, uploads
from ..domain.problems import Problem
from . import signature_file
from .guards import without_defaults, without_names
from .signature_file import NoSignatureError

ART_10_3 = "ч. 3 ст. 10 59-ФЗ"
KINDS = [("paper", "Paper original and a scan"), ("ukep", "Qualified electronic signature")]
# What the file itself says: nobody types it.
CERTIFICATE = frozenset(
    {"certificate_subject", "certificate_issuer", "certificate_serial", "certificate_from",
     "certificate_to", "is_gost", "is_signature_compared", "export_file", "export_name"}
)  # fmt: skip
# What the exported file names beside the text.
PRINTED = frozenset(
    {"outgoing_number", "outgoing_date", "authority_id", "signer_name", "signer_authority"}
)
UNSIGNED_ROADS = ("phone",)  # what is told needs no sheet


class HotlineAnswer(models.Model):
    """How the answer is signed: paper and its scan, or a file signed outside (practice 11)."""

    _inherit = "hotline.answer"

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
        for answer in self:
            answer.signature_note = answer.certificate_subject and answer._signature_words()

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

    def action_export(self):
        """Make the file that is signed outside and offer it; officer. It stays as it is signed."""
        self.ensure_one()
        self._require_author()
        if self.state == approval.GIVEN:
            raise UserError(self.env._("This answer was given already."))
        self._check_approved()
        if not self.export_file:
            number = (self.ticket_id.number or "").replace("/", "-")
            name = self.env._("Answer %(number)s.pdf", number=number)
            body = base64.b64encode(self._letter_pdf())
            exported = {"export_file": body, "export_name": name, "signature_kind": "ukep"}
            self._by_act({**exported, "content_hash": self._content_digest()})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/hotline.answer/{self.id}/export_file"
            "?filename_field=export_name&download=true",
            # not "download": that one leaves the form as it was, without the field for the .sig
            "target": "new",
        }

    def _read_signature(self, vals):
        """Return `vals` with what the loaded signature file says of itself.

        Raises UserError: no signature, or the signature of another file.
        """
        try:
            read = signature_file.read(base64.b64decode(vals["signature_file"]))
        except NoSignatureError as error:
            raise UserError(
                self.env._(
                    "This is no signature file with a certificate. Load the .sig file that was "
                    "made with the exported one."
                )
            ) from error
        compared = self._compared(read)
        return {
            **vals,
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

    def _signing_problems(self):
        """ANS-SIGN: what of the chosen way of signing is missing; a route demands the way."""
        if self.channel in UNSIGNED_ROADS:
            return []
        if self.signature_kind == "paper":
            return [] if self.scan_file else [self._unsigned("no_scan", "load_scan", "scan_file")]
        if self.signature_kind == "ukep":
            return self._ukep_problems()
        if self.state == approval.APPROVED:
            return [self._unsigned("no_signature_kind", "choose_signature", "signature_kind")]
        return []

    def _ukep_problems(self):
        if not self.signature_file:
            return [self._unsigned("no_sig", "load_sig", "signature_file")]
        today = self.company_id._hotline_today()
        signed_on = self.signed_on or today
        if self.certificate_from.date() <= signed_on <= self.certificate_to.date():
            return []
        return [self._unsigned("certificate_not_valid", "load_sig", "signature_file")]

    def _unsigned(self, code, way_out, name):
        return Problem(code, ART_10_3, "block", (name,), "ANS-SIGN", way_out)

    def _give_problems(self):
        return [*super()._give_problems(), *self._signing_problems()]

    def _void(self):  # pylint: disable=missing-return
        """What was exported is of the approved words: with them it goes."""
        super()._void()
        self._drop_export()

    def _void_if_changed(self):  # pylint: disable=missing-return
        """A draft without a route may be exported too: changed words need a new file."""
        super()._void_if_changed()
        for answer in self.filtered(lambda one: one.state == approval.DRAFT and one.export_file):
            if answer._is_changed():
                answer._drop_export()

    def action_take_back(self):
        done = super().action_take_back()
        self._drop_export()
        return done

    def _printed(self):
        """Return what the exported file names beside the text: with a change it is another file."""
        return [self[name] for name in sorted(PRINTED)]

    def _drop_export(self):
        nothing = dict.fromkeys((*CERTIFICATE, "signature_file", "signature_file_name"), False)
        self._by_act(nothing)

    @api.model_create_multi
    def create(self, vals_list):
        names = CERTIFICATE | {"signature_file"}  # a signature is of a file exported before
        clean = super(HotlineAnswer, without_defaults(self, names))
        answers = clean.create([without_names(vals, names) for vals in vals_list])
        answers = answers.with_env(self.env)
        answers._check_scan()
        return answers

    def write(self, vals):
        if vals.keys() & (CERTIFICATE | {"signature_file", "scan_file"}) and not self._is_by_act():
            vals = without_names(vals, CERTIFICATE)
            vals = self._signature_vals(vals)
        printed_again = PRINTED & vals.keys()
        exported = self.filtered("export_file") if printed_again else self.browse()
        before = {answer: answer._printed() for answer in exported}
        done = super().write(vals)
        for answer, printed in before.items():
            if answer.export_file and answer._printed() != printed:
                answer._drop_export()
        if vals.get("scan_file"):
            self._check_scan()
        if vals.get("signature_file") and not self._is_by_act():
            for answer in self:
                answer._journal("signature_imported")
        return done

    def _signature_vals(self, vals):
        if vals.get("signature_file"):
            return self._read_signature(vals)
        if "signature_file" in vals:
            gone = CERTIFICATE - {"export_file", "export_name"}
            return {**vals, **dict.fromkeys(gone, False)}
        return vals

    def _check_scan(self):
        """A scan is a picture or a PDF, by its bytes."""
        for answer in self.filtered("scan_file"):
            kind = uploads.content_kind(base64.b64decode(answer.scan_file))
            if kind not in (uploads.PDF, uploads.IMAGE):
                raise UserError(self.env._("The scan of the original is a picture or a PDF file."))

    def _certificate_term(self):
        """Return the days of the certificate in words."""
        days = [format_date(self.env, day) for day in (self.certificate_from, self.certificate_to)]
        return " – ".join(days)

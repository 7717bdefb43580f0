from odoo import api, models
from odoo.exceptions import UserError

from ..domain import approval
from .guards import without_defaults, without_names
from .hotline_signed_letter import CERTIFICATE, UNSIGNED_ROADS

# What the exported file names beside the text.
PRINTED = frozenset(
    {"outgoing_number", "outgoing_date", "authority_id", "signer_name", "signer_authority"}
)


class HotlineAnswer(models.Model):
    """How the answer is signed: paper and its scan, or a file signed outside (practice 11)."""

    _name = "hotline.answer"
    _inherit = ["hotline.answer", "hotline.signed.letter"]
    _signing_article = "ч. 3 ст. 10 59-ФЗ"

    def action_export(self):
        """Make the file that is signed outside and offer it; officer. It stays as it is signed."""
        self.ensure_one()
        self._require_author()
        if self.state == approval.GIVEN:
            raise UserError(self.env._("This answer was given already."))
        self._check_approved()
        if not self.export_file:
            number = (self.ticket_id.number or "").replace("/", "-")
            exported = self._export_vals(self.env._("Answer %(number)s.pdf", number=number))
            self._by_act({**exported, "content_hash": self._content_digest()})
        return self._offer_export()

    def _signing_problems(self):
        """ANS-SIGN: what of the chosen way of signing is missing; a route demands the way."""
        if self.channel in UNSIGNED_ROADS:
            return []
        if not self.signature_kind and self.state == approval.APPROVED:
            return [self._unsigned_kind()]
        return self._missing_signature()

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
            return {**vals, **self._certificate_vals(vals["signature_file"])}
        if "signature_file" in vals:
            gone = CERTIFICATE - {"export_file", "export_name"}
            return {**vals, **dict.fromkeys(gone, False)}
        return vals

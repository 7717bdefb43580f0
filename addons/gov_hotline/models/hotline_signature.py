from odoo import api, fields, models

from ..domain import signature as domain_signature
from ..domain.signature import Signature
from .guards import without_names

WORDS = frozenset({"signer_name", "signer_authority"})


class HotlineSignature(models.AbstractModel):
    """A signature as a recorded fact: who, by which authority, on which day (practice 11).

    The words are a snapshot: an authority that ends or is renamed later changes nothing signed.
    """

    _name = "hotline.signature"
    _description = "Signature"

    authority_id = fields.Many2one(
        "hotline.authority", string="Signer", ondelete="restrict", index="btree_not_null"
    )
    signed_on = fields.Date(string="Signed on")
    signer_name = fields.Char(
        string="Signed by", compute="_compute_signer", store=True, readonly=False, precompute=True
    )
    signer_authority = fields.Char(
        string="Authority of the signer",
        compute="_compute_signer",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("authority_id")
    def _compute_signer(self):
        for record in self:
            authority = record.authority_id.sudo()  # the signer is named to every reader
            if authority:
                record.signer_name = authority.name
                record.signer_authority = authority._authority_text()

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._by_authority(vals) for vals in vals_list])

    def write(self, vals):
        stays = "authority_id" not in vals and all(one.authority_id for one in self)
        return super().write(without_names(vals, WORDS) if stays else self._by_authority(vals))

    @api.model
    def _by_authority(self, vals):
        """Who is chosen in the directory is named in its words, whatever a screen sends beside."""
        return without_names(vals, WORDS) if vals.get("authority_id") else vals

    def _check_signature(self, right):
        """Return the domain problems of this signature for `right` (sign, extend, decide …)."""
        self.ensure_one()
        company = self._signature_company()
        today = company._hotline_today()
        known = self.env["hotline.authority"]._with_right(company, right, today).sudo()  # as above
        named = known.filtered(lambda one: one.name == self.signer_name)[:1]
        signature = Signature(
            signer=self.signer_name or "",
            signed_on=self.signed_on or None,
            authority=(self.authority_id.sudo() or named)._domain_authority(),  # as above
            is_own_act=self.signer_name == self.env.user.name,
        )
        found = domain_signature.check(signature, right, today, is_directory_kept=bool(known))
        return list(found)

    def _signature_company(self):
        """Return the body whose directory of authorities holds."""
        return self.company_id if "company_id" in self else self.env.company

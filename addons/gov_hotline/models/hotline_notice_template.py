from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain import notice_text
from .helpdesk_ticket import KINDS

NOTICE_KINDS = [
    ("registration", "Registration"),
    ("forwarding", "Forwarding"),
    ("extension", "Extension of the term"),
    ("stopping", "Stopping of correspondence"),
    ("no_answer", "Leaving without an answer"),
    ("return", "Return"),
    ("how_to_file", "How to file an appeal"),
    ("withdrawal", "Ending at the applicant's request"),
    ("postponement", "Postponement of the answer"),
]


class HotlineNoticeTemplate(models.Model):
    """The proposed text of a notice: by kind and ground, with validity dates."""

    _name = "hotline.notice.template"
    _inherit = "hotline.validity"
    _description = "Text of a notice"
    _order = "kind, sequence, id"

    code = fields.Char(default=lambda self: self._new_code())
    kind = fields.Selection(NOTICE_KINDS, required=True, index=True)
    ground = fields.Char(help="Code of the ground; empty: every ground of the kind.")
    ticket_kind = fields.Selection(KINDS, string="Kind of appeal", help="Empty: every kind.")
    article = fields.Char(help="As it is quoted in the letter: in Russian.")
    text = fields.Text(
        required=True, help="Facts of the appeal stand in braces: {number}, {registered_on} …"
    )
    company_id = fields.Many2one("res.company", string="Body", help="Empty: every body.")

    @api.constrains("text")
    def _check_text(self):
        for template in self:
            try:
                unknown = notice_text.unknown_facts(template.text or "")
            except ValueError:
                unknown = ("{ }",)
            if unknown:
                raise ValidationError(
                    self.env._(
                        "«%(name)s»: these places cannot be filled: %(facts)s. Known facts: "
                        "%(known)s.",
                        name=template.name,
                        facts=", ".join(unknown),
                        known=", ".join(sorted(notice_text.FACTS)),
                    )
                )

    @api.model
    def _for(self, kind, ground, ticket, day):
        """Return the text for `kind` and `ground` of a case: the body's own before the common."""
        company = ticket.company_id
        domain = self._valid_on_domain(day)
        domain &= fields.Domain("kind", "=", kind)
        domain &= fields.Domain("ground", "in", [ground, False] if ground else [False])
        domain &= fields.Domain("ticket_kind", "in", [ticket.kind, False])
        domain &= fields.Domain("company_id", "in", [company.id, False])
        # sudo: the texts are the administrator's, every act proposes them
        found = self.sudo().search(domain)
        return found.sorted(
            lambda one: (not one.ground, not one.company_id, not one.ticket_kind, one.sequence)
        )[:1]

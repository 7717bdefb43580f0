from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain import placeholders, sms
from .helpdesk_ticket import KINDS

NOTICE_KINDS = [
    ("registration", "Registration"),
    ("forwarding", "Notice of forwarding"),
    ("extension", "Extension of the term"),
    ("stopping", "Stopping of correspondence"),
    ("no_answer", "Leaving without an answer"),
    ("return", "Return"),
    ("explanation", "Explanation about a question"),
    ("how_to_file", "How to file an appeal"),
    ("withdrawal", "Ending at the applicant's request"),
    ("postponement", "Postponement of the answer"),
]
ANSWER = "answer"
FORWARDING_LETTER = "forwarding_letter"
MAIL = "mail"
LETTER_KINDS = [
    (ANSWER, "Answer"),
    *NOTICE_KINDS,
    (FORWARDING_LETTER, "Forwarding letter"),
    ("request", "Request to another body"),
    ("covering_report", "Report to the body on control"),
    (MAIL, "E-mail"),
    ("sms", "SMS"),
]
# Letters by e-mail (hotline.mail): what each of them is.
MAIL_KINDS = [
    (ANSWER, "Answer"),
    ("notice", "Notice"),
    ("card", "Card to the executor"),
    ("card_corrected", "Corrected card"),
    (FORWARDING_LETTER, "Forwarding letter"),
    ("reminder", "Reminder to the executor"),
    ("new_date", "New control date to the executor"),
    ("covering_report", "Report to the body on control"),
    ("request", "Request"),
    ("upload_link", "Link for large files"),
]


class HotlineLetterTemplate(models.Model):
    """The proposed text of a letter: by kind, ground and topic, with validity dates.

    Names in braces are those of the catalogue (domain/placeholders.py); nothing is evaluated.
    """

    _name = "hotline.letter.template"
    _inherit = "hotline.validity"
    _description = "Letter template"
    _order = "kind, sequence, id"
    _rec_names_search = ["name", "topic_id.name"]

    code = fields.Char(default=lambda self: self._new_code(), copy=False)
    kind = fields.Selection(LETTER_KINDS, required=True, index=True)
    ground = fields.Char(help="Code of the ground; empty: every ground of the kind.")
    ticket_kind = fields.Selection(KINDS, string="Kind of appeal", help="Empty: every kind.")
    topic_id = fields.Many2one(
        "hotline.topic", index="btree_not_null", help="With all topics below it."
    )
    article = fields.Char(help="As it is quoted in the letter: in Russian.")
    mail_kind = fields.Selection(
        MAIL_KINDS,
        string="Of which letters",
        compute="_compute_mail_kind",
        inverse="_inverse_mail_kind",
        help="The e-mail with which these letters leave.",
    )
    subject = fields.Char(string="Subject of the mail")
    text = fields.Text(required=True, help="Names of the catalogue stand in braces.")
    with_certificate = fields.Boolean(
        string="With the counting of the term", help="The letter says how the term was counted."
    )
    company_id = fields.Many2one("res.company", string="Body", help="Empty: every body.")
    catalogue = fields.Html(compute="_compute_catalogue", sanitize=False, string="What to insert")
    sample = fields.Text(compute="_compute_sample", string="What it will look like")

    @api.depends("kind", "ground")
    def _compute_mail_kind(self):
        known = dict(MAIL_KINDS)
        for template in self:
            is_mail = template.kind == MAIL and template.ground in known
            template.mail_kind = template.ground if is_mail else False

    def _inverse_mail_kind(self):
        for template in self.filtered(lambda one: one.kind == MAIL):
            template.ground = template.mail_kind

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_catalogue(self):
        row = Markup("<tr><td><code>{%s}</code></td><td>%s</td><td class='text-muted'>%s</td></tr>")
        style = Markup("class='table table-sm small text-break mb-0' style='table-layout: fixed'")
        for template in self:
            rows = Markup("").join(
                row % (one.name, one.description, one.example)
                for one in placeholders.CATALOGUE.values()
                if template.kind != "sms" or one.name in sms.NAMES
            )
            template.catalogue = Markup("<table %s>%s</table>") % (style, rows)

    @api.depends("text")
    def _compute_sample(self):
        for template in self:
            template.sample = placeholders.example(template.text or "")

    @api.constrains("kind", "text")
    def _check_sms(self):
        """An SMS names the appeal and the body, never the content (practice 20)."""
        for template in self.filtered(lambda one: one.kind == "sms"):
            more = sorted(placeholders.names(template.text or "") - sms.NAMES)
            if more:
                raise ValidationError(
                    self.env._(
                        "An SMS tells nothing of the content: %(names)s cannot stand in it. These "
                        "can: %(known)s.",
                        names=", ".join(f"{{{name}}}" for name in more),
                        known=", ".join(f"{{{name}}}" for name in sorted(sms.NAMES)),
                    )
                )
            if len(placeholders.example(template.text)) > sms.LONGEST:
                raise ValidationError(
                    self.env._("An SMS has at most %(most)s signs.", most=sms.LONGEST)
                )

    @api.constrains("text", "subject")
    def _check_placeholders(self):
        for template in self:
            unknown = placeholders.unknown(f"{template.subject or ''}\n{template.text or ''}")
            if unknown:
                raise ValidationError(template._unknown_words(unknown))

    def _unknown_words(self, unknown):
        """Return what is wrong and the nearest right names, a line for each."""
        return "\n".join(
            [
                self.env._("«%(name)s» holds names that cannot be filled in:", name=self.name),
                *(self._unknown_line(one) for one in unknown),
                self.env._("All names stand beside the text, under «What to insert»."),
            ]
        )

    def _unknown_line(self, one):
        if one.name in ("{", "}"):
            return self.env._("a lone brace: %(brace)s", brace=one.name)
        if not one.nearest:
            return self.env._("{%(name)s}: there is no such name", name=one.name)
        near = ", ".join(f"{{{name}}}" for name in one.nearest)
        return self.env._("{%(name)s}: perhaps %(near)s?", name=one.name, near=near)

    @api.model
    def _for(self, kind, ground, ticket, day):
        """Return the text for `kind` and `ground` of a case: the closest one, own before common."""
        grounds = [ground, False] if ground else [False]
        found = self._for_case(kind, ticket, day).filtered(lambda one: one.ground in grounds)
        return found.sorted(
            lambda one: (
                not one.ground, not one.company_id, -len(one.topic_id.parent_path or ""),
                not one.ticket_kind, one.sequence,
            )
        )[:1]  # fmt: skip

    @api.model
    def _for_mail(self, mail_kind, ticket):
        """Return the words of the e-mail with which letters of `mail_kind` of a case leave."""
        day = ticket.company_id._hotline_today()
        return self._for(MAIL, mail_kind, ticket, day).filtered(lambda one: one.ground == mail_kind)

    @api.model
    def _for_case(self, kind, ticket, day):
        """Return all texts of `kind` that suit a case on `day` (a date of the body)."""
        above = [int(part) for part in (ticket.topic_id.parent_path or "").split("/") if part]
        domain = self._valid_on_domain(day)
        domain &= fields.Domain("kind", "=", kind)
        domain &= fields.Domain("ticket_kind", "in", [ticket.kind, False])
        domain &= fields.Domain("topic_id", "in", [*above, False])
        domain &= fields.Domain("company_id", "in", [ticket.company_id.id, False])
        # sudo: the texts are the administrator's, every act proposes them
        return self.sudo().search(domain)

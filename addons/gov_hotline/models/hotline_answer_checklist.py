from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from ..domain import approval, checklist
from ..domain.problems import WARN, Problem
from .hotline_signed_letter import UNSIGNED_ROADS

_lt = LazyTranslate(__name__)

ART_6_2 = "ч. 2 ст. 6 59-ФЗ"
FINE = {
    "questions": _lt("All questions have an outcome"),
    "blank": _lt("Every place of the text is filled in"),
    "addressee": _lt("The addressee is named"),
    "address": _lt("There is an address for this way of sending"),
    "personal_data": _lt("No personal data of other people was found"),
    "enclosures": _lt("Enclosures: the letter names each of them"),
    "number": _lt("The outgoing number is there"),
    "date": _lt("The outgoing date is there"),
    "signature": _lt("The answer is signed"),
}
WRONG = {
    "questions": _lt("Not every question has an outcome"),
    "blank": _lt("The text has blanks that were not filled in"),
    "addressee": _lt("The name of the addressee is missing"),
    "address": _lt("There is no address for this way of sending"),
    "personal_data": _lt("Personal data of other people? %(found)s"),
    "enclosures": _lt("Enclosures: the text names %(named)s, attached are %(attached)s"),
    "number": _lt("No outgoing number yet"),
    "date": _lt("No outgoing date yet"),
    "signature": _lt("No signature yet: name the signer and load the scan or the .sig"),
}
SIGNS = {
    checklist.OK: ("fa-check", "text-success"),
    checklist.WARN: ("fa-exclamation-triangle", "text-warning-emphasis"),
    checklist.BAD: ("fa-times", "text-danger"),
}


class HotlineAnswer(models.Model):
    """The list gone through before an answer is signed."""

    _inherit = "hotline.answer"

    checklist_html = fields.Html(
        compute="_compute_checklist_html", sanitize=False, string="Check before signing"
    )

    is_giving_due = fields.Boolean(compute="_compute_is_giving_due", string="Ready to be given")

    @api.depends("text", "channel", "attachment_ids", "ticket_id", "signer_name", "state",
                 "outgoing_number", "outgoing_date", "signature_kind", "scan_file",
                 "signature_file", "ticket_id.question_ids.outcome_id")  # fmt: skip
    @api.depends_context("lang")
    def _compute_checklist_html(self):
        for answer in self:
            lines = [answer._sign_line(sign) for sign in answer._checklist()]
            answer.checklist_html = Markup('<ul class="list-unstyled mb-0">%s</ul>') % Markup(
                ""
            ).join(lines)

    def _sign_line(self, sign):
        icon, colour = SIGNS[sign.level]
        line = Markup('<li class="d-flex gap-2"><i class="fa %s %s mt-1"/><span>%s</span></li>')
        return line % (icon, colour, self._sign_words(sign))

    def _sign_words(self, sign):
        if sign.level == checklist.OK:
            return self.env._(FINE[sign.code])
        words = self.env._(WRONG[sign.code])
        if sign.code == "enclosures":
            return words % dict(zip(("named", "attached"), sign.found, strict=True))
        return words % {"found": "; ".join(sign.found)}

    def _checklist(self):
        """Return the domain's signs of this answer as it stands."""
        ticket = self.ticket_id
        content_name = ticket.applicant_name or ""
        road = ticket._reply_addresses() if ticket else {"postal": "", "email": ""}
        has = {"post": road["postal"], "email": road["email"]}
        questions = ticket.question_ids
        return checklist.check(
            checklist.Answer(
                text=self.text or "",
                channel=self.channel or "",
                name=content_name,
                has_address=bool(has.get(self.channel, "-").strip()),
                open_questions=sum(not question._is_decided() for question in questions),
                files=len(self.attachment_ids),
                known=self._known_people(),
                missing=tuple(self._missing_formal()),
                is_due=self.is_giving_due,
            )
        )

    def _missing_formal(self):
        """Return the codes of what the giving asks for beside the words."""
        signatures = {"paper": self.scan_file, "ukep": self.signature_file}
        is_told = self.channel in UNSIGNED_ROADS or not (self.signature_kind or self.route_name)
        signed = self.signer_name and (is_told or signatures.get(self.signature_kind))
        missing = {
            "number": not self.outgoing_number,
            "date": not self.outgoing_date,
            "signature": not signed,
        }
        return [code for code in checklist.FORMAL if missing[code]]

    @api.depends("state", "route_name")
    def _compute_is_giving_due(self):
        for answer in self:
            alone = answer.state == approval.DRAFT and not answer.route_name
            answer.is_giving_due = alone or answer.state == approval.APPROVED

    def _known_people(self):
        """Return names, telephones and e-mails that may stand in this answer."""
        ticket = self.ticket_id.sudo()  # names of officials and agencies: told to every reader
        company = self.company_id or self.env.company
        agencies = ticket.assignment_ids.partner_id | ticket.question_ids.competent_body_id
        places = company.sudo().partner_id | agencies  # sudo: a body's own name
        known = [
            # sudo: compared, not shown
            ticket.applicant_name, ticket.sudo().applicant_phone, ticket.applicant_email,
            self.signer_name, self.env.user.name, ticket.user_id.name,
            *ticket.coapplicant_ids.mapped("name"),
            *(value for place in places for value in (place.name, place.phone, place.email)),
        ]  # fmt: skip
        return tuple(filter(None, known))

    def _foreign_data_problems(self):
        """PD-FOREIGN: the answer discloses nothing about others; a reason tells why it may."""
        found = checklist.foreign_data(self.text or "", self._known_people())
        if not found:
            return []
        words = {"found": "; ".join(found)}
        return [
            Problem("foreign_data", ART_6_2, WARN, ("text",), "PD-FOREIGN", "remove_data", words)
        ]

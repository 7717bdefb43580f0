from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..domain import texts
from ..report.report_card import CARD_ROLES

# What one sheet takes beside the rest of the card; the whole text is in the case.
CARD_TEXT, CARD_LINES = 5_500, 60
CARD_CELL, CARD_CELL_LINES = 600, 8
SMALL_FROM, SMALL_FROM_LINES = 1_800, 25  # longer texts are set in a small type


class HelpdeskTicket(models.Model):
    """The registration card (РКК) on paper (B5)."""

    _inherit = "helpdesk.ticket"

    def action_print_card(self):
        """Return the action that prints the body's own copy of the card."""
        self._check_print_card()
        return self.env.ref("gov_hotline.action_report_card").report_action(self)

    def action_print_card_citizen(self):
        """Return the action that prints the card with number and code for the applicant."""
        self._check_print_card(for_citizen=True)
        return self.env.ref("gov_hotline.action_report_card_citizen").report_action(self)

    def _check_print_card(self, for_citizen=False):
        """Refuse roles that see no dossier; the code is for who registers, not for readers."""
        roles = ("operator", "officer", "administrator") if for_citizen else CARD_ROLES
        if not self._roles() & {*roles, "system"}:
            raise AccessError(
                self.env._(
                    "Your role does not print registration cards. Ask the officer in charge."
                )
            )
        self.check_access("read")
        drafts = self.filtered(lambda ticket: ticket.state == "draft")
        if drafts:
            raise UserError(
                self.env._(
                    "«%(name)s» has no number yet: register it, then print the card.",
                    name=drafts[0].name,
                )
            )

    def _card_title(self):
        """Return the name of the printed file, without what file systems dislike."""
        self.ensure_one()
        return self.env._("Card %(number)s", number=self.number.replace("/", "-"))

    def _card_rows(self):
        """Return the rows of the card: (label, value), the empty ones left out."""
        self.ensure_one()
        rows = [
            (self._label("kind"), self._selected("kind")),
            (self._label("origin"), self._selected("origin")),
            (self.env._("Applicant"), self._card_applicant()),
            (self._label("applicant_address"), self._card_address()),
            (self.env._("Telephone, e-mail"), self._card_contacts()),
            (self._label("complaint_against_id"), self.complaint_against_id.name),
            (self._label("topic_id"), self.topic_id.display_name),
            (self._label("object_id"), self.object_id.address),
            (self.env._("Department"), self.team_id.name),
            (self.env._("Responsible officer"), self.user_id.name),
        ]
        return [(label, self._card_cell(value)) for label, value in rows if value]

    def _card_text(self):
        """Return the text of the appeal as far as the sheet takes it."""
        self.ensure_one()
        text = self.appeal_text or self.name or ""
        return texts.printable(text, CARD_TEXT, CARD_LINES, self._card_tail())

    def _card_text_is_small(self):
        text = self._card_text()
        return len(text) > SMALL_FROM or text.count("\n") >= SMALL_FROM_LINES

    def _card_cell(self, text):
        """Return what a cell of the card shows of `text`."""
        return texts.printable(text or "", CARD_CELL, CARD_CELL_LINES, self._card_tail())

    def _card_tail(self):
        return self.env._("… (the full text is in the case file)")

    def _card_dates(self):
        """Return the dates of the card: (label, text)."""
        self.ensure_one()
        names = ("received_on", "registered_on", "due_on", "closed_on")
        return [
            (self._label(name), format_date(self.env, self[name])) for name in names if self[name]
        ]

    def _card_applicant(self):
        if self.is_anonymous:
            return self.env._("Anonymous")
        collective = self.env._("(collective)") if self.is_collective else ""
        return f"{self.applicant_name or ''} {collective}".strip()

    def _card_address(self):
        return self.address_part if self._hides("address") else self.applicant_address

    def _card_contacts(self):
        """Return telephone and e-mail: a print shows what its reader sees."""
        phone = self.phone_end if self._hides("phone") else self.applicant_phone
        email = self.email_part if self._hides("email") else self.applicant_email
        return ", ".join(filter(None, (phone, email)))

    def _label(self, name):
        return self._fields[name]._description_string(self.env)

    def _selected(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")


class HotlineAnswer(models.Model):
    _inherit = "hotline.answer"

    def _selected_channel(self):
        """Return the channel in words."""
        return dict(self._fields["channel"]._description_selection(self.env)).get(self.channel, "")

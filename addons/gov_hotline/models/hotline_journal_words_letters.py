import json

from odoo import api, models
from odoo.tools import format_date

# What of a payload is the id of a letter → its model.
LETTERS = {
    "mail": "hotline.mail",
    "sms": "hotline.sms",
    "notice": "hotline.notice",
    "answer": "hotline.answer",
    "assignment": "hotline.assignment",
    "request": "hotline.request",
    "covering_letter": "hotline.covering.letter",
}
WIRES = ("hotline.mail", "hotline.sms")


class HotlineJournal(models.Model):
    """A letter in words: its outgoing number and date, or whom it is for; the line holds its id."""

    _inherit = "hotline.journal"

    @api.depends_context("lang")
    def _compute_words(self):
        """Look the letters of all lines up at one go."""
        told = self.with_context(hotline_letters=self._letters_of_lines())
        return super(HotlineJournal, told)._compute_words()

    @api.model
    def _event_words(self):
        return super()._event_words() | {
            "letter_posted": self.env._("Letter marked as posted"),
            "posting_corrected": self.env._("Mark of a posting corrected"),
            "forwarding_left": self.env._("Forwarding done: the last letter has left"),
        }

    @api.model
    def _payload_labels(self):
        return super()._payload_labels() | {
            "letter": self.env._("letter"),
            "way": self.env._("kind of posting"),
            "track": self.env._("postal identifier or No."),
            "was_on": self.env._("was: on"),
            "was_way": self.env._("was: kind of posting"),
            "was_track": self.env._("was: postal identifier or No."),
        }

    def _payload_value(self, name, value):
        key = _letter_key(name, value)
        if key:
            words = (self.env.context.get("hotline_letters") or {}).get(key)
            return words or f"№ {key[1]}"
        if name in ("way", "was_way") and value:
            field = self.env["hotline.notice"]._fields["posted_way"]
            return dict(field._description_selection(self.env)).get(value, value)
        return super()._payload_value(name, value)

    def _letters_of_lines(self):
        """Return {(model, id): words} of the letters that these lines name; the gone have none."""
        keys = {key for line in self for key in line._letter_keys()}
        found = {}
        for name in {model for model, _id in keys} & set(self.env.registry):
            ids = [res_id for model, res_id in keys if model == name]
            # sudo: number and addressee are told beside the line to whoever reads the journal
            letters = self.env[name].sudo().browse(ids).exists()
            sources = _sources(letters) if name in WIRES else {}
            for letter in letters:
                source = letter
                if name in WIRES:
                    source = sources.get((letter.res_model, letter.res_id))
                found[name, letter.id] = self._letter_told(letter, source)
        return found

    def _letter_keys(self):
        try:
            payload = json.loads(self.payload or "{}")
        except ValueError:
            return []
        keys = [_letter_key(name, value) for name, value in payload.items()]
        return [key for key in keys if key]

    def _letter_told(self, letter, source):
        """Return «ИСХ-12/2026 от 20.11.2026», where it has no number whom it is for."""
        number, day = _number(source)
        if number:
            dated = day and format_date(self.env, day, date_format="dd.MM.yyyy")
            return self.env._("%(number)s of %(day)s", number=number, day=dated or "–")
        if letter._name in WIRES:
            return letter.addressee or ""
        body = "partner_id" in letter and letter.partner_id
        return (body and body.name) or ""


def _letter_key(name, value):
    """Return (model, id) of the letter that a payload's entry names, None for none."""
    if name in LETTERS and isinstance(value, int) and not isinstance(value, bool):
        return LETTERS[name], value
    model, _comma, number = str(value).partition(",") if name == "letter" else ("", "", "")
    return (model, int(number)) if number.isdigit() else None


def _sources(wires):
    """Return {(model, id): record} of what these e-mails or SMS tell of, the gone left out."""
    return {
        (model, source.id): source
        for model, some in wires.grouped("res_model").items()
        for source in wires.env[model].browse(some.mapped("res_id")).exists()
    }


def _number(source):
    """Return (number, date) under which the letter left, empty where it has none."""
    if not source:
        return "", None
    if source._name == "hotline.covering.letter":
        return source.report_number, source.report_date
    known = "outgoing_number" in source
    return (source.outgoing_number, source.outgoing_date) if known else ("", None)

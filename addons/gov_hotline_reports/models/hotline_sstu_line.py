import hashlib

from odoo import api, fields, models

from ..domain import sstu

CHANGES = [
    ("new", "Is new"),
    ("changed", "Has changed"),
    ("same", "Has not changed"),
    ("skipped", "Left out by its number"),
]


class HotlineSstuLine(models.Model):
    """One appeal in an export: its file, whether it has changed, what it lacks. No names."""

    _name = "hotline.sstu.line"
    _inherit = "hotline.by.act"
    _description = "Appeal in an export to ССТУ.РФ"
    _order = "is_faulty desc, id"
    _rec_name = "number"

    export_id = fields.Many2one(
        "hotline.sstu.export", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="export_id.company_id", store=True, index=True)
    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", index="btree_not_null", ondelete="set null"
    )
    number = fields.Char(string="No. of the appeal", required=True)
    file_name = fields.Char(string="File", required=True)
    digest = fields.Char(string="SHA-256 of what is told", required=True)
    change = fields.Selection(CHANGES, string="Since the last one", required=True)
    faults = fields.Json()
    is_faulty = fields.Boolean(string="Something is missing")
    part_id = fields.Many2one(
        "hotline.sstu.part", string="In the file", index="btree_not_null", ondelete="set null"
    )
    missing_text = fields.Text(compute="_compute_missing_text", string="What is missing")
    case_state = fields.Selection(related="ticket_id.state", string="State")

    @api.depends("faults")
    @api.depends_context("lang")
    def _compute_missing_text(self):
        words = self._fault_words()
        for line in self:
            line.missing_text = "\n".join(
                self._in_words(words.get(code, code), question)
                for code, question in line.faults or []
            )

    def _in_words(self, words, question):
        if not question:
            return words
        return self.env._("Question %(number)s: %(words)s", number=question, words=words)

    @api.model
    def _fault_words(self):
        """Return {code of the domain's fault: what is missing and what to do}."""
        return {
            "gone": self.env._("the appeal was destroyed by act since the check"),
            "department": self.env._("the code of the body in ССТУ.РФ is not set (settings)"),
            "number": self.env._("no number: enter that of the covering letter"),
            "letter_date": self.env._("no date of the covering letter"),
            "name": self.env._("no name of the applicant"),
            "questions": self.env._("no question"),
            "code": self.env._("no question of the classifier is chosen: a theme is not enough"),
            "incomingDate": self.env._("no date of receipt"),
            "registrationDate": self.env._("no date of registration"),
            "responseDate": self.env._("no date of the answer"),
            "transfer": self.env._("the outcome is a forwarding, but no letter to a body was sent"),
            "incoming_before_letter": self.env._("received before the date of the covering letter"),
            "registered_before": self.env._("registered before it was received"),
            "responded_before": self.env._("answered before it was registered"),
            "attachment": self.env._("the file of the answer is larger than 7.5 MB"),
            "transfer_department": self.env._(
                "the body it was forwarded to has no code of ССТУ.РФ (its card)"
            ),
            "transfer_date": self.env._("the letter of the forwarding has no date"),
            "transfer_number": self.env._("the letter of the forwarding has no number"),
        }

    def action_open_case(self):
        """Open the appeal, by the rights of the user."""
        self.ensure_one()
        return self.ticket_id.get_formview_action()

    # What is told

    @api.model
    def _seen(self, appeal):
        """Return the columns that tell how the domain's `appeal` stands."""
        missing = sstu.faults(appeal)
        return {
            "digest": hashlib.sha256(sstu.dump(sstu.document(appeal))).hexdigest(),
            "faults": [[fault.code, fault.question] for fault in missing],
            "is_faulty": bool(missing),
        }

    def _is_right_still(self):
        """Look at the case once more: it may have changed, or gone, since the check."""
        self.ensure_one()
        if not self.ticket_id:
            self._write_by_act({"faults": [["gone", 0]], "is_faulty": True})
            return False
        seen = self._seen(self.ticket_id._sstu_appeal())
        if seen["digest"] != self.digest or seen["is_faulty"]:
            self._write_by_act(seen)
        return not seen["is_faulty"]

    def _file(self):
        """Return (file name, bytes) as ССТУ.РФ gets them: the appeal as it stands now."""
        self.ensure_one()
        return self.file_name, self.ticket_id._sstu_document(self.ticket_id._sstu_appeal())

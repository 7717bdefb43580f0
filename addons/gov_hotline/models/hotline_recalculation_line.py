from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..domain import recalculation as recounting

STATES = [
    ("proposed", "To be moved"),
    ("applied", "Moved"),
    ("left", "Not ticked"),
    ("skipped", "Passed over"),
    ("kept", "Stays"),
]


class HotlineRecalculationLine(models.Model):
    """One deadline in a recalculation: before, after, what the manager should know."""

    _name = "hotline.recalculation.line"
    _inherit = "hotline.by.act"
    _description = "Date in a recalculation"
    _order = "recalculation_id desc, state, due_after, id"
    _rec_name = "ticket_number"
    _editable = frozenset({"is_chosen"})

    recalculation_id = fields.Many2one(
        "hotline.recalculation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", string="Body", required=True, readonly=True, index=True, ondelete="cascade"
    )
    deadline_id = fields.Many2one("hotline.deadline", readonly=True, index=True, ondelete="cascade")
    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, readonly=True, index=True,
        ondelete="cascade",
    )  # fmt: skip
    ticket_number = fields.Char(related="ticket_id.number", string="No.")
    term_id = fields.Many2one(related="deadline_id.term_id", string="Term")
    user_id = fields.Many2one("res.users", string="Officer", readonly=True, index=True)
    due_before = fields.Date(string="Before", required=True, readonly=True)
    due_after = fields.Date(string="After", readonly=True)
    days_moved = fields.Integer(string="Days", readonly=True, help="Minus: earlier.")
    notes = fields.Json(readonly=True)
    told_on = fields.Date(string="Date told to the applicant", readonly=True)
    report_by = fields.Date(string="Report to a higher body", readonly=True)
    beyond_count = fields.Integer(string="Control dates beyond", readonly=True)
    note_text = fields.Char(compute="_compute_note_text", string="To be considered")
    is_noted = fields.Boolean(string="Has something to consider", readonly=True)
    is_proposed = fields.Boolean(string="Proposed", readonly=True)
    is_chosen = fields.Boolean(string="Move")
    state = fields.Selection(STATES, required=True, default="proposed", readonly=True)
    why = fields.Char(readonly=True, help="Code of why it was kept or passed over.")
    can_decide = fields.Boolean(related="recalculation_id.can_decide")

    _state_idx = models.Index("(recalculation_id, state, id)")

    @api.depends("notes", "why", "told_on", "report_by", "beyond_count")
    @api.depends_context("lang")
    def _compute_note_text(self):
        for line in self:
            words = [line._note_words(note) for note in line.notes or ()]
            line.note_text = " ".join([*line._why_words(), *words]) or False

    def _note_words(self, note):
        texts = {
            recounting.TOLD: self.env._(
                "The applicant was told %(day)s by letter.",
                day=self.told_on and format_date(self.env, self.told_on),
            ),
            recounting.INTO_PAST: self.env._("The new date has passed: overdue at once."),
            recounting.NO_MORE_LATE: self.env._("Overdue by the old date, in term by the new one."),
            recounting.REPORT_LEADS: self.env._(
                "The report to a higher body leads: %(day)s.",
                day=self.report_by and format_date(self.env, self.report_by),
            ),
            recounting.CONTROLS: self.env._(
                "Control dates later than the new date: %(count)s.", count=self.beyond_count
            ),
        }
        return texts[note]

    def _why_words(self):
        texts = {
            recounting.BOTH_PAST: self.env._("Overdue before and after: the date stays."),
            recounting.UNCOUNTED: self.env._("How it was counted is not known: look at it."),
            recounting.MET: self.env._("Met in between."),
            recounting.CLOSED: self.env._("The case was closed in between."),
            recounting.CHANGED: self.env._("The date or the calendar changed in between."),
        }
        return [texts[self.why]] if self.why in texts else []

    def action_open_case(self):
        """Open the case, to read it before deciding."""
        self.ensure_one()
        self.ticket_id.check_access("read")
        return self.ticket_id._open_form()

    def _check_editable(self, names):  # pylint: disable=missing-return
        """The tick alone is set by hand, by whoever decides, while the decision is open."""
        super()._check_editable(names)
        for recalculation in self.recalculation_id:
            recalculation._check_decider()
        if any(line.state != "proposed" for line in self):
            raise UserError(self.env._("This date stays: there is nothing to move."))

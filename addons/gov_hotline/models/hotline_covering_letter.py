from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..domain import covering
from ..domain.transitions import DRAFT, FINAL_STATES
from .hotline_letter_sheet import KEPT

REPORT = frozenset({"report_number", "report_date", "report_text", "report_attachment_ids"})
STATES = [
    ("open", "Without control"),
    ("control", "On control"),
    ("reported", "Reported"),
]
BY_ACT = frozenset(
    {
        "state", "off_control_on", *KEPT,
        "awaits_posting", "posted_on", "posted_way", "posted_number",
    }
)  # fmt: skip


class HotlineCoveringLetter(models.Model):
    """The letter of a higher body that came with a citizen's; the report on it (practice 10)."""

    _name = "hotline.covering.letter"
    _inherit = ["hotline.case.record", "hotline.overdue"]
    _description = "Covering letter"
    _order = "report_by, id"
    _rec_names_search = ["sender_number", "sender_id"]
    _set_by_act = BY_ACT
    _files = ("attachment_ids", "report_attachment_ids")
    _due = "report_by"
    _awaited = ("state", "control")

    ticket_number = fields.Char(related="ticket_id.number", string="No. of the appeal")
    sender_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict")
    sender_number = fields.Char(string="Sender's No.", required=True, index="trigram")
    sender_date = fields.Date(string="Sender's date", required=True)
    is_controlled = fields.Boolean(string="On control", help="The sender wants a report.")
    report_by = fields.Date(string="Report by")
    attachment_ids = fields.Many2many(
        "ir.attachment", "hotline_covering_letter_file_rel", string="Files of the letter"
    )
    report_number = fields.Char(string="No. of the report", copy=False, index="btree_not_null")
    report_date = fields.Date(string="Date of the report", copy=False)
    report_text = fields.Text(string="Text of the report", copy=False)
    report_attachment_ids = fields.Many2many(
        "ir.attachment",
        "hotline_covering_letter_report_file_rel",
        string="Files of the report",
        copy=False,
    )
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, readonly=True, index=True, copy=False
    )
    off_control_on = fields.Date(string="Off control", readonly=True, copy=False)
    summary = fields.Text(compute="_compute_summary", string="Letter in words")

    @api.depends("is_controlled", "off_control_on")
    def _compute_state(self):
        for letter in self:
            asked = "control" if letter.is_controlled else "open"
            letter.state = "reported" if letter.off_control_on else asked

    @api.depends("sender_id", "sender_number")
    def _compute_display_name(self):
        for letter in self:
            sender = letter.sender_id.display_name or ""
            letter.display_name = f"{sender} № {letter.sender_number or ''}"

    @api.depends("sender_id", "sender_number", "sender_date", "state", "report_by", "report_number")
    @api.depends_context("lang")
    def _compute_summary(self):
        for letter in self:
            letter.summary = letter._in_words() if letter.sender_id else False

    # Acts

    def action_report(self):
        """Record the report and take the letter off control; numbered by the series. Officer."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        self.ticket_id._check_open_for_acts()
        for letter in self:
            letter._check_not_reported()
            letter._report()

    def _report(self):
        ticket, today = self.ticket_id, self.company_id._hotline_today()
        typed = self.report_number or self.report_date
        report = self._domain_report() if typed else self._domain_report(number="+", dated=today)
        found = covering.check_report(
            self._domain_letter(), report, ticket.registered_on or None, today
        )
        ticket._enforce(found, subject=self._subject())
        number = {}
        if not typed:
            number = dict(
                zip(("report_number", "report_date"), ticket._next_outgoing(), strict=True)
            )
        self._write_by_act({**number, "off_control_on": today})
        self.env["hotline.journal"]._append(
            "covering_reported", ticket, covering_letter=self.id, report_date=self.report_date
        )

    def action_open(self):
        """Open the letter in a dialog."""
        self.ensure_one()
        return self.ticket_id._act_dialog(self._name, self.env._("Covering letter"), self.id)

    def _check_not_reported(self):
        if self.off_control_on:
            raise UserError(
                self.env._("The report on «%(name)s» was made already.", name=self.display_name)
            )

    def _domain_letter(self):
        return covering.Letter(
            sender=self.sender_id.display_name or "",
            number=self.sender_number or "",
            dated=self.sender_date or None,
            is_controlled=self.is_controlled,
            report_by=self.report_by or None,
        )

    def _domain_report(self, **known):
        report = {
            "number": self.report_number or "",
            "dated": self.report_date or None,
            "text": self.report_text or "",
            "files": len(self.report_attachment_ids),
        }
        return covering.Report(**{**report, **known})

    def _in_words(self):
        """Return the letter as the registration card tells it."""
        self.ensure_one()
        words = [
            self.env._(
                "%(sender)s, No. %(number)s of %(day)s",
                sender=self.sender_id.display_name,
                number=self.sender_number,
                day=_day(self.sender_date),
            )
        ]
        if self.state == "reported":
            words.append(
                self.env._(
                    "reported: No. %(number)s of %(day)s",
                    number=self.report_number,
                    day=_day(self.report_date),
                )
            )
        elif self.is_controlled and self.report_by:
            words.append(self.env._("on control, report by %(day)s", day=_day(self.report_by)))
        elif self.is_controlled:
            words.append(self.env._("on control"))
        return "; ".join(words)

    # Guards

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create(vals_list)
        made._check_entered()
        for letter in made.filtered(lambda letter: letter.ticket_id.state != DRAFT):
            letter._journal_entered()
        return made

    def write(self, vals):
        if self._is_by_act():
            return super().write(vals)
        self._check_control_kept(vals)
        done = super().write(vals)
        if set(vals) - REPORT - self._derived:
            self._check_entered()
        return done

    @api.model
    def _check_cases(self, tickets):
        tickets._check_may_enter_letters()

    def _check_editable(self, names):  # pylint: disable=missing-return
        super()._check_editable(names)
        for letter in self:
            letter._check_not_reported()

    def _check_control_kept(self, vals):
        """Taking off control without the report is blocked, whatever the road (CONTROL-10)."""
        if vals.get("is_controlled", True):
            return
        for letter in self.filtered(lambda letter: letter.ticket_id.state != DRAFT):
            found = covering.off_control([(letter._domain_letter(), False)])
            letter.ticket_id._enforce(found, subject=letter._subject())

    def _check_entered(self):
        for letter in self:
            today = letter.company_id._hotline_today()
            found = covering.check_letter(letter._domain_letter(), today)
            letter.ticket_id._enforce(found, subject=letter._subject())

    def _journal_entered(self):
        self.env["hotline.journal"]._append(
            "covering_entered", self.ticket_id, covering_letter=self.id, report_on=self.report_by
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered(self):
        """A letter entered by mistake is deleted from a draft; later by nobody."""
        self.ticket_id._check_may_enter_letters()
        if any(letter.ticket_id.state != DRAFT for letter in self):
            raise UserError(
                self.env._("The covering letter of a registered appeal is not deleted.")
            )


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _check_may_enter_letters(self):
        """The operator enters covering letters of drafts, the officer of cases in work too."""
        for ticket in self:
            if ticket.state in FINAL_STATES:
                ticket._check_open_for_acts()
            role = "operator" if ticket.state == DRAFT else "officer"
            if not self.env.su and role not in ticket._roles():
                raise AccessError(
                    self.env._("The covering letter of this appeal is entered by the officer.")
                )


def _day(day):
    return day.strftime("%d.%m.%Y") if day else ""

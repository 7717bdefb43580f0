from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..domain import covering
from ..domain.transitions import DRAFT, FINAL_STATES
from .guards import without_defaults, without_names
from .own_files import own_files

BY_ACT = frozenset({"state", "off_control_on"})
DERIVED = frozenset({"company_id"})  # the body is that of the appeal, whatever a caller says
REPORT = frozenset({"report_number", "report_date", "report_text", "report_attachment_ids"})
STATES = [
    ("open", "Without control"),
    ("control", "On control"),
    ("reported", "Reported"),
]
# In the context of our own acts alone: an object cannot be forged over RPC.
_BY_ACT = object()


class HotlineCoveringLetter(models.Model):
    """The letter of a higher body that came with a citizen's; the report on it (practice 10)."""

    _name = "hotline.covering.letter"
    _description = "Covering letter"
    _order = "report_by, id"
    _rec_names_search = ["sender_number", "sender_id"]

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, index=True, ondelete="cascade"
    )
    ticket_number = fields.Char(related="ticket_id.number", string="No. of the appeal")
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
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
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")

    @api.depends("is_controlled", "off_control_on")
    def _compute_state(self):
        for letter in self:
            asked = "control" if letter.is_controlled else "open"
            letter.state = "reported" if letter.off_control_on else asked

    @api.depends("report_by", "state")
    def _compute_is_overdue(self):
        """Derived from the clock, never stored."""
        for letter in self:
            today = letter.company_id._hotline_today() if letter.company_id else False
            waits = letter.state == "control" and letter.report_by
            letter.is_overdue = bool(waits) and letter.report_by < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._hotline_today()
        overdue = Domain("state", "=", "control") & Domain("report_by", "<", today)
        return overdue if True in value else ~overdue

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
        ticket._enforce(found, subject=f"{self._name},{self.id}")
        number = {}
        if not typed:
            number = dict(
                zip(("report_number", "report_date"), ticket._next_outgoing(), strict=True)
            )
        self._by_act({**number, "off_control_on": today})
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

    def _by_act(self, vals):
        self.with_context(hotline_by=_BY_ACT).write(vals)

    # Guards

    @api.model_create_multi
    def create(self, vals_list):
        names = BY_ACT | DERIVED
        ticket_ids = [vals["ticket_id"] for vals in vals_list if vals.get("ticket_id")]
        self.env["helpdesk.ticket"].browse(ticket_ids)._check_may_enter_letters()
        clean = super(HotlineCoveringLetter, without_defaults(self, names))
        made = clean.create([without_names(vals, names) for vals in vals_list])
        made = made.with_env(self.env)
        made.ticket_id._check_may_enter_letters()
        made._check_entered()
        for letter in made.filtered(lambda letter: letter.ticket_id.state != DRAFT):
            letter._journal_entered()
        return made

    def write(self, vals):
        if self.env.context.get("hotline_by") is _BY_ACT:
            return super().write(vals)
        if BY_ACT & set(vals):
            raise AccessError(self.env._("Use the buttons of the covering letter."))
        vals = without_names(vals, DERIVED)
        if vals:
            for letter in self:
                letter._check_not_reported()
            self._check_control_kept(vals)
        self.ticket_id._check_may_enter_letters()
        done = super().write(vals)
        self.ticket_id._check_may_enter_letters()
        if set(vals) - REPORT:
            self._check_entered()
        self._own_files()
        return done

    def _check_control_kept(self, vals):
        """Taking off control without the report is blocked, whatever the road (CONTROL-10)."""
        if vals.get("is_controlled", True):
            return
        for letter in self.filtered(lambda letter: letter.ticket_id.state != DRAFT):
            found = covering.off_control([(letter._domain_letter(), False)])
            letter.ticket_id._enforce(found, subject=f"{self._name},{letter.id}")

    def _check_entered(self):
        for letter in self:
            today = letter.company_id._hotline_today()
            found = covering.check_letter(letter._domain_letter(), today)
            letter.ticket_id._enforce(found, subject=f"{self._name},{letter.id}")
        self._own_files()

    def _own_files(self):
        for letter in self:
            own_files(letter, letter.attachment_ids | letter.report_attachment_ids)

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

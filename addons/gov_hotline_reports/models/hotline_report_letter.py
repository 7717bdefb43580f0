from odoo import api, fields, models

from odoo.addons.gov_hotline.domain import mails

from .hotline_report_schedule import DECIDERS

# Told anew: the words of an inherited choice are translated by the add-on that tells them.
STATES = [
    (mails.QUEUED, "In the queue"),
    (mails.SENDING, "Being sent"),
    (mails.SENT, "Has left"),
    (mails.FAILED, "Has not left"),
    (mails.UNKNOWN, "Unknown whether it left"),
    (mails.CANCELLED, "Cancelled"),
]


class HotlineReportLetter(models.Model):
    """A letter with a report: sent as the letters of appeals are, of no appeal."""

    _name = "hotline.report.letter"
    _inherit = "hotline.mail"
    _description = "Letter with a report"
    _code = "report_letter"

    ticket_id = fields.Many2one(
        compute="_compute_ticket_id", store=False, required=False, index=False
    )
    run_id = fields.Many2one(
        "hotline.report.run", string="Report", required=True, readonly=True, index=True,
        ondelete="restrict",
    )  # fmt: skip
    kind = fields.Selection(selection_add=[("report", "Report")], ondelete={"report": "cascade"})
    state = fields.Selection(STATES)
    email_to = fields.Char(groups=False)  # a manager's, not a citizen's
    ticket_number = fields.Char(related=None, compute="_compute_ticket_id")

    def _compute_ticket_id(self):
        self.ticket_id = self.ticket_number = False

    @api.depends("email_to")
    def _compute_to_part(self):
        """A manager's address is shown whole."""
        for one in self:
            one.to_part = one.email_to

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_acts(self):
        decides = bool(self.env["helpdesk.ticket"]._roles() & set(DECIDERS))
        for one in self:
            for act in ("again", "cancel", "confirm", "now"):
                one[f"can_{act}"] = decides and mails.next_state(act, one.state) is not None

    @api.model
    def _enqueue_report(self, run, address, name, files):
        """Put the letter of `run` to `address` into the queue; of a period and address one."""
        key = f"hotline.report.run,{run.id},{address}"
        found = self._with_key(key)
        if found:
            return found
        company = run.company_id
        letter = self._create_by_act(
            {
                "run_id": run.id, "res_model": run._name, "res_id": run.id, "kind": "report",
                "company_id": company.id, "addressee": name, "email_to": address,
                "dedupe_key": key, "subject": run._title(), "body": run._body(),
                "message_id": mails.message_id(company._hotline_mail_domain()),
            }
        ).sudo()  # fmt: skip  # sudo: a job sends
        letter._keep_files(files)
        letter._journal("queued")
        letter._call_sender()
        return letter

    def action_open_source(self):
        """Open the report."""
        self.ensure_one()
        self.check_access("read")
        return self.run_id.get_formview_action()

    def _check_act(self):
        self.env["helpdesk.ticket"]._require_role(*DECIDERS)
        self.check_access("read")

    def _journal(self, event):
        for one in self.sudo():  # sudo: ids only, of whatever the act was allowed on
            self.env["hotline.journal"]._append(f"report_{event}", one.run_id, letter=one.id)

    def _what(self):
        return self.env._("Report")

    def _answered_for_by(self):
        return self.run_id.user_id

    def _belongs_to(self):
        return self.run_id.display_name


class HotlineOutboxDigest(models.Model):
    _inherit = "hotline.outbox.digest"

    @api.model
    def _outboxes(self):
        """Letters with reports are told of in the morning as those of appeals are."""
        return (*super()._outboxes(), "hotline.report.letter")

import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import retention
from .case_graph import CASE
from .helpdesk_ticket import KINDS
from .hotline_retention import OTHER_KINDS

_logger = logging.getLogger(__name__)
LINE_STATES = [
    (retention.PLANNED, "To be destroyed"),
    (retention.DESTROYED, "Destroyed"),
    (retention.KEPT, "Left alone"),
]


class HotlineDestructionLine(models.Model):
    """What an act destroys, and what remains of it: number, dates; no name, no link to break."""

    _name = "hotline.destruction.line"
    _inherit = "hotline.by.act"
    _description = "Case in an act of destruction"
    _order = "closed_on, ticket_ref"
    _rec_name = "number"

    act_id = fields.Many2one(
        "hotline.destruction",
        string="Act of destruction",
        required=True,
        index=True,
        ondelete="cascade",
    )
    act_date = fields.Date(related="act_id.act_date", string="Date of the act")
    company_id = fields.Many2one(related="act_id.company_id", store=True, index=True)
    res_model = fields.Char(string="Kind of record", required=True, default=CASE)
    ticket_ref = fields.Integer(string="Record of the journal", required=True)
    number = fields.Char(string="Appeal No.", required=True, index=True)
    kind = fields.Selection([*KINDS, *OTHER_KINDS], required=True)
    registered_on = fields.Date(string="Registered")
    closed_on = fields.Date(string="Closed", required=True)
    kept_until = fields.Date(string="Kept until", required=True)
    retention_id = fields.Many2one("hotline.retention", string="Term", ondelete="restrict")
    state = fields.Selection(LINE_STATES, required=True, default=retention.PLANNED, index=True)
    destroyed_at = fields.Datetime(string="Destroyed on")
    record_count = fields.Integer(string="Records")
    file_count = fields.Integer(string="Files")
    why = fields.Char(string="Why it was left alone")

    # A case is in one act at a time, and is destroyed once.
    _case_uniq = models.UniqueIndex(
        "(res_model, ticket_ref) WHERE state IN ('planned', 'destroyed')",
        "This case is in an act already.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self.act_id._check_draft()

    # One case

    def _record(self):
        # sudo: the act has been approved; whoever carries it out need not read every department
        if self.res_model not in self.env:
            return self.env[CASE].sudo().browse()
        return self.env[self.res_model].sudo().browse(self.ticket_ref).exists()  # as above

    def _destroy(self):
        """Destroy the case, or say why it was left alone. Another's failure stops nobody."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._destroy_or_keep()
        except psycopg2.OperationalError:
            raise  # the job is repeated: two transactions met
        except Exception as error:  # whatever hangs on it, the next one has its turn
            _logger.info("case %s was not destroyed", self.ticket_ref, exc_info=True)
            self.env.invalidate_all(flush=False)
            words = error.args[0] if isinstance(error, UserError) else type(error).__name__
            self._keep(self.env._("An error, tell the administrator: %(error)s", error=words))

    def _destroy_or_keep(self):
        record = self._record()
        reasons = record._reasons_to_keep() if record else ()
        if not record or reasons:
            return self._keep(self._reason_words(reasons))
        facts = {"destruction": self.act_id.id, "act_number": self.act_id.number}
        event = "case_destroyed" if record._name == CASE else "record_destroyed"
        self.env["hotline.journal"]._append(
            event, record, **facts, number=self.number, closed_on=self.closed_on,
            kept_until_date=self.kept_until,
        )  # fmt: skip
        self._remember_people(record._kept_people())
        # sudo: the act has been approved
        counts = self.env["hotline.case.graph"].sudo()._destroy(record, **facts)
        return self._write_by_act(
            {
                "state": retention.DESTROYED,
                "destroyed_at": fields.Datetime.now(),
                "file_count": counts.get("ir.attachment", 0),
                "record_count": sum(counts.values()) - counts.get("ir.attachment", 0),
            }
        )

    def _remember_people(self, people):
        """Note on the cards when their citizens were dealt with last: their own term runs on."""
        for card in people:
            card.hotline_last_on = max(filter(None, [card.hotline_last_on, self.closed_on]))

    def _keep(self, why):
        self._write_by_act({"state": retention.KEPT, "why": why})

    def _reason_words(self, reasons):
        words = {
            retention.NOT_CLOSED: self.env._("not closed"),
            retention.NO_TERM: self.env._("no term of storage is set for it"),
            retention.TERM_RUNS: self.env._("the term of storage has not ended"),
            retention.ON_HOLD: self.env._("marked «Do not destroy»"),
            retention.TASK_OPEN: self.env._("a task of the case is not done"),
            retention.STOP_RESTS: self.env._("the correspondence stopped by it is not taken up"),
            retention.LINKED_OPEN: self.env._("an appeal in work refers to it"),
            retention.NAMED: self.env._("an appeal or another record that is kept names them"),
            retention.HAS_ACCOUNT: self.env._(
                "has an account of the portal: the administrator deletes it first"
            ),
            retention.OPEN_ACCOUNT: self.env._(
                "holds a company's account that is open or has no day of closing"
            ),
        }
        if not reasons:
            return self.env._("is not in the database")
        return "; ".join(words[reason] for reason in reasons)


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _kept_people(self):
        """Return the citizen whom the case names."""
        return self.partner_id.filtered(lambda card: card.hotline_kind == "citizen")

    def _reasons_to_keep(self):
        """Return why the case may not be destroyed today (domain/retention.py), as the system."""
        if not self:
            return (retention.NOT_CLOSED,)
        self.ensure_one()
        term = self._retention()
        # sudo: whatever stands in the way counts, whoever may see it
        stopped = self.env["hotline.stopped.topic"].sudo()
        graph = self.env["hotline.case.graph"].sudo()  # as above
        tasks = self.env["hotline.task"].sudo()  # as above
        facts = retention.Facts(
            is_closed=self.is_final,
            closed_on=self.closed_on or None,
            years=term.years if term else None,
            is_held=any(not hold.lifted_on for hold in self.sudo().hold_ids),  # as above
            has_open_task=bool(
                tasks.search_count([("ticket_id", "=", self.id), ("state", "=", "open")], limit=1)
            ),
            is_ground_of_stop=bool(
                stopped.search_count(
                    [("ticket_id", "=", self.id), ("state", "=", "stopped")], limit=1
                )
            ),
            linked_open=bool(graph._open_neighbours(self)),
        )
        return retention.reasons_to_keep(facts, self.company_id._hotline_today())

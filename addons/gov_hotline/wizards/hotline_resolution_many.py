from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import email_normalize

from ..domain import assignments as rules
from ..domain import letters, strictness

OF_LINE = (
    "partner_id", "executor_user_id", "addressee_kind", "role", "answer_by", "pd_mode",
    "pd_consent", "control_on",
)  # fmt: skip


class HotlineResolution(models.TransientModel):
    """One resolution for many cases: each gets assignments, letters and numbers of its own (B3)."""

    _inherit = "hotline.resolution"

    ticket_ids = fields.Many2many(
        "helpdesk.ticket", "hotline_resolution_ticket_rel", string="Appeals", readonly=True
    )
    case_count = fields.Integer(string="How many appeals", compute="_compute_case_count")
    is_many = fields.Boolean(compute="_compute_case_count")
    is_forwarding = fields.Boolean(readonly=True)
    with_files = fields.Boolean(
        string="Hand over the files of each appeal", default=True,
        help="What was attached to the appeal itself; files of internal notes stay.",
    )  # fmt: skip

    is_again = fields.Boolean(
        readonly=True, help="Given again to those it was refused for, were it one."
    )
    reason = fields.Text(
        string="Reason for departing from a rule",
        help="For every warning it meets; recorded in the appeals where there was one.",
    )

    roadless = fields.Char(
        string="No way to send", compute="_compute_roadless",
        help="Other bodies with neither e-mail nor postal address: their letter stays with us.",
    )  # fmt: skip

    @api.depends("line_ids.partner_id", "line_ids.addressee_kind")
    def _compute_roadless(self):
        for resolution in self:
            lines = resolution.line_ids.filtered(lambda one: one.addressee_kind == rules.OTHER_BODY)
            # sudo: how a body is written to is for every officer
            bodies = lines.partner_id.sudo().filtered(_is_roadless)
            resolution.roadless = ", ".join(bodies.mapped("name"))

    @api.depends("ticket_ids", "is_again")
    def _compute_case_count(self):
        for resolution in self:
            resolution.case_count = len(resolution.ticket_ids)
            resolution.is_many = resolution.case_count > 1 or resolution.is_again

    @api.depends("ticket_ids")
    def _compute_proposed(self):  # pylint: disable=missing-return
        """Of many cases, nobody is usual where their topics differ: the first is not the others."""
        super()._compute_proposed()
        for resolution in self:
            if len({case.topic_id.id for case in resolution.ticket_ids}) > 1:
                resolution.proposed_ids = resolution.proposed_why = False

    def _is_many_new(self):
        return len(self.env.context.get("default_ticket_ids") or ()) > 1

    def _default_control_on(self):
        """Of many each has its own proposed date, unless one is written for all."""
        return False if self._is_many_new() else super()._default_control_on()

    def _default_files(self):
        return self.env["ir.attachment"] if self._is_many_new() else super()._default_files()

    def _default_text(self):
        if self.env.context.get("default_is_forwarding"):
            return self.env._("We forward the appeal to you by competence (59-FZ, art. 8, p. 3).")
        return super()._default_text()

    def _line_vals(self, partner, first):
        vals = super()._line_vals(partner, first)
        if self.is_forwarding:
            company = self.ticket_id.company_id or self.env.company
            mode = partner._pd_mode(rules.OTHER_BODY, company)
            vals.update(addressee_kind=rules.OTHER_BODY, role=rules.MAIN, pd_mode=mode)
        return vals

    def action_sign_and_send(self):
        """Of many cases: return the client action that gives it part by part. Officer."""
        if not self.is_many:
            return super().action_sign_and_send()
        cases = self.ticket_ids
        cases._require_role("officer")
        cases.check_access("write")
        self._complete_lines()
        if not self.line_ids:
            raise UserError(self.env._("Choose to whom the resolution goes."))
        self._check_reason()
        batch = cases._batch(self._title(), "resolve_part", self.id)
        batch["params"]["again"] = {"model": self._name, "id": self.id}
        return batch

    def _title(self):
        return self.env._("Forwarding") if self.is_forwarding else self.env._("Resolution")

    def _check_reason(self):
        if self.reason and not strictness.is_reason(self.reason):
            raise UserError(
                self.env._(
                    "A reason is written in words: at least %(count)s characters.",
                    count=strictness.REASON_LENGTH,
                )
            )

    def action_repeat(self, ticket_ids):
        """Open what was written, for those of its cases it was not given to (ids). Officer."""
        self.ensure_one()
        left = self.ticket_ids.filtered(lambda case: case.id in ticket_ids)
        left._require_role("officer")
        self._check_own(left)
        self.write(
            {"ticket_ids": [Command.set(left.ids)], "ticket_id": left[0].id, "is_again": True}
        )
        return self._window()

    def _window(self, **changed):
        """Return the action that shows this resolution as it is written."""
        return {
            "type": "ir.actions.act_window",
            "name": self._title(),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": self.env.context,
            **changed,
        }

    def _check_own(self, cases):
        # Of a transient record Odoo checks the model only: whose it is and what it is for, we do.
        # sudo: whose it is
        if self.sudo().create_uid != self.env.user or not cases or cases - self.ticket_ids:
            raise AccessError(self.env._("This resolution was not prepared for the appeal."))

    def _give_to(self, case):
        """Give the resolution to one of its cases, as if it had been written for it alone.

        Returns what left, in words: a line for each addressee.
        """
        self._check_own(case)
        own = self.with_context(
            default_ticket_id=case.id, default_ticket_ids=False, default_parent_id=False,
            **({"hotline_reason": self.reason} if self.reason else {}),
        )  # fmt: skip
        before = case.assignment_ids
        own.create(self._vals_for(case)).action_sign_and_send()
        return "\n".join(one._sent_words() for one in case.assignment_ids - before)

    def _vals_for(self, case):
        vals = {
            "ticket_id": case.id,
            "text": self.text,
            "own_part": self.own_part,
            "ask_result": self.ask_result,
            "authority_id": self.authority_id.id,
            "addressee_ids": [Command.set(self.line_ids.partner_id.ids)],
            "line_ids": [Command.create(self._copied_line(line)) for line in self.line_ids],
        }
        if self.control_on:
            vals["control_on"] = self.control_on
        if not self.with_files:
            vals["file_ids"] = [Command.clear()]
        return vals

    def _copied_line(self, line):
        return {name: line._fields[name].convert_to_write(line[name], line) for name in OF_LINE}


def _is_roadless(body):
    postal = body._display_address(without_company=True)
    return not email_normalize(body.email or "") and not letters.address_lines(postal)

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date

from ..domain import transitions
from ..domain.problems import Problem
from . import people_texts  # noqa: F401 - the words of the problems below


class HelpdeskTicket(models.Model):
    """Corrections asked for after hand-over and additions: beside the registered text (B4)."""

    _inherit = "helpdesk.ticket"

    correction_ids = fields.One2many("hotline.correction", "ticket_id", string="Corrections")
    addition_ids = fields.One2many("hotline.addition", "ticket_id", string="Additions")

    additions_html = fields.Html(
        compute="_compute_additions_html", sanitize=False, string="Text of additions"
    )

    @api.depends("addition_ids.off_at")
    @api.depends_context("lang")
    def _compute_additions_html(self):
        """Each addition with its day, what it is, its words and files."""
        for ticket in self:
            parts = [addition._html() for addition in ticket.addition_ids]
            ticket.additions_html = Markup("").join(parts)

    def _more_acts(self):
        acts, roles = super()._more_acts(), self._roles()
        is_final = self.state in transitions.FINAL_STATES
        if self.state == transitions.DRAFT or "operator" not in roles:
            return acts
        if not is_final:
            label = self.env._("Ask for a correction")
            acts.append(self._act("action_ask_correction", label, step=False))
            label = self.env._("Addition of the applicant")
            acts.append(self._act("action_add_addition", label, step=False))
        elif "officer" in roles:
            label = self.env._("Addition to the closed case")
            acts.append(self._act("action_add_addition", label, step=False))
        return acts

    def action_ask_correction(self):
        """Open the request to correct in a dialog; operator."""
        self.ensure_one()
        self._require_role("operator")
        return self._dialog("hotline.correction", self.env._("Ask for a correction"))

    def action_add_addition(self):
        """Open an addition in a dialog: operator until closing, officer afterwards."""
        self.ensure_one()
        self._require_role("operator")
        name = self.env._("Addition")
        if self.state in transitions.FINAL_STATES:
            name = self.env._("Addition to the closed case")
        return self._dialog("hotline.addition", name)

    def _dialog(self, model, name, **defaults):
        """Return the action that opens a new `model` of this case over the form."""
        context = {f"default_{key}": value for key, value in defaults.items()}
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id, **context},
        }

    def _closing_problems(self):
        found = super()._closing_problems()
        if "asked" in self.correction_ids.mapped("state"):
            found.append(Problem("correction_undecided", way_out="decide_correction"))
        return found

    def _accepted_corrections(self):
        return self.correction_ids.filtered(lambda one: one.state == "accepted").sorted("id")

    def _card_mark(self):
        """Return «corrected on …: what» for the printed card; "" where nothing was."""
        self.ensure_one()
        accepted = self._accepted_corrections()
        if not accepted:
            return ""
        labels = dict(accepted._fields["field_name"]._description_selection(self.env))
        what = dict.fromkeys(labels[one.field_name].lower() for one in accepted)
        day = self.company_id._hotline_date(accepted[-1].decided_at)
        return self.env._(
            "CORRECTED on %(day)s: %(what)s", day=format_date(self.env, day), what=", ".join(what)
        )

    def _portal_card(self):
        own = self.addition_ids._of_applicant()
        return {
            **super()._portal_card(),
            "can_add": self.state not in (transitions.DRAFT, *transitions.FINAL_STATES),
            "additions": [addition._portal_values() for addition in own],
            "file_hint": self.company_id._hotline_file_hint(),
        }

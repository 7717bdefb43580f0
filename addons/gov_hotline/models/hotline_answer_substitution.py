from odoo import fields, models

from ..domain.problems import BLOCK, WARN, Problem


class HotlineAnswer(models.Model):
    """A substitute in the place of another: by which order, and not both pairs of eyes in one."""

    _inherit = "hotline.answer"

    def _instead_vals(self, place):
        """Return what the sheet says of a decision in `place` (res.users) of another."""
        rules = self.env["hotline.substitute"].sudo().search(  # sudo: an order binds its reader
            [("user_id", "=", place.id), ("substitute_id", "=", self.env.uid),
             ("company_id", "=", self.company_id.id)]
        )  # fmt: skip
        today = self.company_id._hotline_today()
        rule = rules.filtered(lambda one: one._domain_substitution().holds_on(today))[:1]
        return {"for_name": place.sudo().name, "for_basis": rule.basis}  # sudo: a name only

    def _twice_problems(self, place):
        """Who has approved a step of this round approves another for a colleague.

        The body's setting makes it a refusal; else a written reason lets it pass.
        """
        done = self.sudo().approval_ids.filtered(  # sudo: the sheet binds whoever may not read it
            lambda one: (
                one.round == self.approval_round
                and one.decision == "approved"
                and one.user_id == self.env.user
            )
        )
        if not done or (place == self.env.user and not any(done.mapped("for_name"))):
            return []
        strict = self.company_id.sudo().hotline_one_step_each  # sudo: the setting
        severity = BLOCK if strict else WARN
        words = {"who": self.env.user.name, "step": done[-1].step or ""}
        return [Problem("approves_twice", "", severity, (), "", "ask_colleague", words)]

    def _twice_reason(self, problems):
        """Return the reason of whoever approves a second step: it stands in the sheet."""
        reasons = [self.ticket_id._reason_in_context(problem) for problem in problems]
        return next(filter(None, reasons), "")


class ResCompany(models.Model):
    _inherit = "res.company"

    hotline_one_step_each = fields.Boolean(
        string="A substitute who has approved a step approves no other",
        help="Off: the substitute writes a reason, the sheet of approval shows it.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_one_step_each = fields.Boolean(
        related="company_id.hotline_one_step_each", readonly=False
    )

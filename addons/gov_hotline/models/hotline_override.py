from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..domain import strictness


class HotlineOverride(models.Model):
    """A departure from a rule that warns: who, when and why. Written once."""

    _name = "hotline.override"
    _description = "Departure from a rule"
    _order = "id desc"
    _rec_name = "rule_code"

    ticket_id = fields.Many2one(
        "helpdesk.ticket", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    rule_code = fields.Char(string="Rule", required=True, readonly=True)
    finding = fields.Char(
        readonly=True, help="Key of the one warning departed from; empty: the whole rule."
    )
    warning = fields.Text(readonly=True, help="What the rule said, in its words of that day.")
    rule_name = fields.Char(string="What was departed from", compute="_compute_rule_name")
    article = fields.Char(compute="_compute_rule_name")
    rule_text = fields.Text(string="Departed from", compute="_compute_rule_name")
    subject = fields.Char(
        readonly=True, help="Record it is about: model and number; empty: the whole case."
    )
    reason = fields.Text(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Who", required=True, readonly=True, default=lambda self: self.env.uid
    )
    at = fields.Datetime(
        string="When", required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )

    @api.depends("rule_code", "warning")
    @api.depends_context("lang")
    def _compute_rule_name(self):
        # sudo: the name of a rule is no secret
        rules = self.env["hotline.rule"].sudo().with_context(active_test=False)
        found = rules.search([("code", "in", self.mapped("rule_code"))])
        by_code = {rule.code: rule for rule in found}
        for override in self:
            rule = by_code.get(override.rule_code, rules.browse())
            name, article = rule.name or override.rule_code, rule.article or False
            text = override.warning or (f"{name} ({article})" if article else name)
            override.update({"rule_name": name, "article": article, "rule_text": text})

    @api.constrains("reason")
    def _check_reason(self):
        for override in self:
            if not strictness.is_reason(override.reason):
                raise ValidationError(
                    self.env._(
                        "A reason is written in words: at least %(count)s characters.",
                        count=strictness.REASON_LENGTH,
                    )
                )

    def write(self, vals):
        if set(vals) - {"company_id"}:
            raise UserError(self.env._("A recorded departure from a rule does not change."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A recorded departure from a rule is not deleted."))

    @api.model
    def _record(self, ticket, departures, reasons, subject):
        """Record each of `departures` (rule_code, finding, warning) with its reason; journal."""
        # sudo: departures are made by acts alone, nobody writes them by hand
        overrides = self.sudo().create(
            [
                {
                    **departure,
                    "ticket_id": ticket.id,
                    "subject": subject,
                    "reason": reason.strip(),
                    "user_id": self.env.uid,
                }
                for departure, reason in zip(departures, reasons, strict=True)
            ]
        )
        for override in overrides:
            self.env["hotline.journal"]._append(
                "override", ticket, rule=override.rule_code, override=override.id
            )
        return overrides

from odoo import api, fields, models

from ..domain import extension, signature


class HotlineExtension(models.Model):
    """What forbids an extension: the facts of the case for the domain's rules."""

    _inherit = "hotline.extension"

    ticket_number = fields.Char(related="ticket_id.number", string="No. of the appeal")
    summary = fields.Text(compute="_compute_summary", string="Extension in words")
    dates_settled = fields.Boolean(
        string="Control dates looked at", readonly=True, copy=False,
        help="The officer has moved the dates of the assignments, or left them as they are.",
    )  # fmt: skip

    @api.depends("days", "reason", "state", "due_after", "signer_name", "refusal")
    @api.depends_context("lang")
    def _compute_summary(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for one in self:
            until = one.new_due_on.strftime("%d.%m.%Y") if one.new_due_on else "—"
            words = self.env._(
                "%(state)s: by %(days)s d., to %(until)s",
                state=labels[one.state],
                days=one.days,
                until=until,
            )
            signer = one.signer_name if one.state == "decided" else ""
            first = ", ".join(filter(None, [words, signer]))
            one.summary = "\n".join(filter(None, [first, one.refusal or one.reason]))

    def _problems(self, is_notified=True, has_right=True):
        """Return the domain problems of the decision as it would be taken now."""
        ticket = self.ticket_id
        term = ticket._extension_term()
        states = ticket.request_ids.mapped("state")
        proposal = extension.Proposal(
            days=self.days,
            longest=term.length if term else 0,
            reason=self.reason or "",
            due=min(self._running().mapped("due_on"), default=None),
            earlier=len(ticket.extension_ids.filtered(lambda one: one.state == "decided")),
            ground=self.ground,
            requests=states.count("sent") + states.count("answered"),
            notify_by=self._notify_by(),
            is_notified=is_notified,
            has_right=has_right,
            is_request_8fz=ticket.kind == "request_8fz",
            registered_on=ticket.registered_on or None,
            signed_on=self.signed_on or None,
        )
        return list(extension.check(proposal, fields.Datetime.now(), self.company_id.hotline_tz))

    def _notify_by(self):
        """Return the last day of the notice where the law sets one: 8-FZ, seven days."""
        ticket = self.ticket_id
        if ticket.kind != "request_8fz":
            return None
        terms = ticket._applicable_terms("registered", ticket.registered_on, "postponed")
        Deadline = self.env["hotline.deadline"]
        dates = [Deadline._prepare_vals(ticket, t, ticket.registered_on)["due_on"] for t in terms]
        return min(dates, default=None)

    def _signer_problems(self):
        """SELF-NO by the hierarchy: whoever is complained of is refused, those below warned of."""
        if not self.authority_id:
            return []  # the right is missing: said by the domain
        signer = self.authority_id.sudo().partner_id  # sudo: named to every reader
        complained = self.ticket_id._self_no_problems(signer, "signer")
        return [*self._check_signature(signature.EXTEND), *complained]

    def _own_authority(self):
        """Return the approver's own authority to extend, valid today; none where there is none."""
        today = self.company_id._hotline_today()
        valid = self.env["hotline.authority"]._with_right(self.company_id, signature.EXTEND, today)
        return valid.filtered(lambda authority: authority.user_id == self.env.user)[:1]

    def _settle_dates(self):
        """Note that the officer was offered to move the dates of the assignments."""
        decided = self.filtered(lambda one: one.state == "decided" and not one.dates_settled)
        if decided:
            decided._write_by_act({"dates_settled": True})

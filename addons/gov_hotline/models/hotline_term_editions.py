from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..domain import editions, term_choice

# Editions of one statutory term share these.
SCOPE = ("purpose", "trigger", "track", "kind", "ground")


class HotlineTerm(models.Model):
    """A term set by the law is never left without an edition in force (59-FZ, art. 12)."""

    _inherit = "hotline.term"

    def write(self, vals):
        scopes = self._statutory_scopes()
        done = super().write(vals)
        self._check_covered(scopes)
        return done

    def unlink(self):
        scopes = self._statutory_scopes()
        done = super().unlink()
        self._check_covered(scopes)
        return done

    def _statutory_scopes(self):
        """Return {scope: name} of the federal terms of law among these that cover today or later.

        The installation itself, as the system, replaces what it ships.
        """
        if self.env.su:
            return {}
        mine = self.filtered(lambda term: term._is_statutory() and term.active)
        return {term._scope(): term.name for term in mine}

    def _is_statutory(self):
        return self.basis == "law" and not self.company_id and not self.topic_id

    def _scope(self):
        code = self.code if self.purpose == term_choice.OTHER else False
        return (*(self[name] or False for name in SCOPE), code)

    @api.model
    def _check_covered(self, scopes):
        if not scopes:
            return
        today = self.env.company._hotline_today()
        for scope, name in scopes.items():
            gap = editions.first_gap(self._editions(scope), today)
            if gap:
                raise UserError(
                    self.env._(
                        "«%(name)s» is a term of the law: from %(day)s on there would be none. "
                        "Add the new edition first («New», the same code and conditions, «Valid "
                        "from» the day it begins), then set the last day of this one.",
                        name=name,
                        day=format_date(self.env, gap),
                    )
                )

    @api.model
    def _editions(self, scope):
        *values, code = scope
        domain = [(name, "=", value) for name, value in zip(SCOPE, values, strict=True)]
        domain += [("basis", "=", "law"), ("company_id", "=", False), ("topic_id", "=", False)]
        if code:
            domain.append(("code", "=", code))
        found = self.env["hotline.term"].search(domain)
        return [(term.valid_from or None, term.valid_to or None) for term in found]


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _start_work(self):  # pylint: disable=missing-return
        """An appeal without a term of its answer would never be overdue: it is not registered."""
        super()._start_work()
        appeals = self.filtered(lambda ticket: ticket.track == "appeal")
        if any(not ticket.deadline_ids.filtered("is_main") for ticket in appeals):
            raise UserError(
                self.env._(
                    "No term of the answer is in force for this appeal, so it cannot be "
                    "registered (59-FZ, art. 12). Ask the administrator to enter it: "
                    "«Settings», «Terms»."
                )
            )

"""Whose figures a supervisor sees: those of the own departments; of none, those of the body."""

from odoo import api, models

SCOPE = frozenset({"user_ids", "hotline_head_id", "active", "parent_id"})


class ResUsers(models.Model):
    _inherit = "res.users"

    def _hotline_report_teams(self):
        """Return the departments that the user heads or is a member of, with their parts.

        Archived ones too: whose department is closed has the own figures still, not the body's.
        """
        # sudo: asked by the record rules
        Team = self.env["helpdesk.ticket.team"].sudo().with_context(active_test=False)
        own = Team.search(["|", ("hotline_head_id", "=", self.id), ("user_ids", "in", self.ids)])
        return Team.search([("id", "child_of", own.ids)])

    def _hotline_report_departments(self):
        """Return the domain of a supervisor's rows; a supervisor of no department has the shift."""
        teams = self._hotline_report_teams()
        return [("team_id", "in", teams.ids)] if teams else [(1, "=", 1)]

    def _hotline_report_own(self, path):
        """Return the domain of reports made: one counted for the whole body is not theirs."""
        return [(path, "=", self.id)] if self._hotline_report_teams() else [(1, "=", 1)]

    def _hotline_report_people(self):
        """Return the domain of the operators' days that a supervisor sees."""
        teams = self._hotline_report_teams()
        return [("operator_id", "in", teams.user_ids.ids)] if teams else [(1, "=", 1)]


class HelpdeskTicketTeam(models.Model):
    _inherit = "helpdesk.ticket.team"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()  # the rules of the reports depend on who is where
        return super().create(vals_list)

    def write(self, vals):
        done = super().write(vals)
        if SCOPE & set(vals):
            self.env.registry.clear_cache()  # as above
        return done

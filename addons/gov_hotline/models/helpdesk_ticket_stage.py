from odoo import api, fields, models, tools
from odoo.exceptions import UserError

# In the order of domain.transitions.STATES.
STATES = [
    ("draft", "Draft"),
    ("in_work", "In work"),
    ("deferred", "Deferred"),
    ("closed", "Closed"),
    ("forwarded", "Forwarded by competence"),
    ("returned", "Returned"),
    ("no_answer", "Left without answer"),
    ("stopped", "Correspondence stopped"),
    ("withdrawn", "Ended at the applicant's request"),
    ("converted", "Converted to an appeal"),
]

# What a stage of ours means: whoever renames it does not change this.
FIXED = frozenset({"closed", "hotline_state", "active"})


class HelpdeskTicketStage(models.Model):
    _inherit = "helpdesk.ticket.stage"

    hotline_state = fields.Selection(
        STATES,
        readonly=True,
        help="The state of an appeal that this stage shows. The state is the truth; "
        "the stage follows it.",
    )

    _hotline_state_uniq = models.UniqueIndex(
        "(hotline_state) WHERE hotline_state IS NOT NULL",
        "Each state of an appeal has exactly one stage.",
    )

    @api.model
    def _archive_helpdesk_stages(self):
        """Put away every stage that shows no state of ours (called at install and update)."""
        self.search([("hotline_state", "=", False)]).action_archive()

    @api.model
    def _by_state(self):
        """Return {state: stage} for all states."""
        stages = self.sudo()  # read by every role
        return {state: stages.browse(stage_id) for state, stage_id in self._ids_by_state()}

    @api.model
    @tools.ormcache()
    def _ids_by_state(self):
        """Return ((state, id of its stage), ...): asked at every change of every case."""
        stages = self.sudo().search([("hotline_state", "!=", False)])  # as above
        return tuple((stage.hotline_state, stage.id) for stage in stages)

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self._check_fixed(vals)
        self.env.registry.clear_cache()
        return super().write(vals)

    def _check_fixed(self, vals):
        """Words, colour and order of our stages are the house's; what they mean is not."""
        names = () if self.env.su else FIXED & set(vals)
        ours = self.filtered("hotline_state") if names else ()
        if any(stage[name] != vals[name] for stage in ours for name in names):
            raise UserError(
                self.env._(
                    "The stages of the hotline show the states of appeals: neither «closed» nor "
                    "the state of a stage is switched, and none is archived."
                )
            )

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

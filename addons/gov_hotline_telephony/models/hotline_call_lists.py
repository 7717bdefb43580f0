from odoo import models

LIVE = "gov_hotline.live"


class HotlineCall(models.Model):
    """Says that the supervisor's list of who waits has changed; what it holds is read by right."""

    _inherit = "hotline.call"

    def _tell_list(self):
        tell_lists(self.env, self.company_id, self._name)


def tell_lists(env, companies, model):
    """Tell whoever has such a list open; once a transaction, without a word of what it is."""
    told = env.cr.precommit.data.setdefault(LIVE, set())
    for company in companies:
        if (company.id, model) not in told:
            told.add((company.id, model))
            env["bus.bus"]._sendone((company, LIVE), LIVE, {"model": model})

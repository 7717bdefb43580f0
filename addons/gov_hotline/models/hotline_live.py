from odoo import api, models

# Pages of what goes on now hear on this channel of a body that something of a model has changed;
# what it is they read by their user's right.
LIVE = "gov_hotline.live"
READERS = ("gov_hotline.group_supervisor", "gov_hotline.group_auditor")
ON_BOARD = frozenset({"state", "kind", "due_at", "company_id", "call_id"})


def tell(env, companies, model):
    """Tell whoever has such a page open; once a transaction, without a word of what it is."""
    told = env.cr.precommit.data.setdefault(LIVE, set())
    for company in companies:
        if (company.id, model) not in told:
            told.add((company.id, model))
            env["bus.bus"]._sendone((company, LIVE), LIVE, {"model": model})


class IrWebsocket(models.AbstractModel):
    """Who may hear that what goes on has changed: asked when a page subscribes."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """As Odoo; a page asks by a name, the channels are of its user's bodies."""
        if LIVE in channels:
            channels = [one for one in channels if one != LIVE] + self._live_channels()
        return super()._build_bus_channel_list(channels)

    def _live_channels(self):
        user = self.env.user
        if not any(user.has_group(group) for group in READERS):
            return []
        return [(company, LIVE) for company in user.company_ids]


class HotlineTask(models.Model):
    """A call-back or a promise more or less stands on the board."""

    _inherit = "hotline.task"

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        tell(self.env, tasks.company_id, self._name)
        return tasks

    def write(self, vals):
        done = super().write(vals)
        if ON_BOARD & set(vals):
            tell(self.env, self.company_id, self._name)
        return done


class HotlineAlarm(models.Model):
    """So does an alarm."""

    _inherit = "hotline.alarm"

    def _tell(self):
        told = super()._tell()
        tell(self.env, self.company_id, self._name)
        return told

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

WAITING_LIST = "gov_hotline_telephony.hotline_call_action_waiting"
OPERATORS = "gov_hotline_telephony.hotline_operator_state_action"


class HotlineBoard(models.AbstractModel):
    """What telephony knows for the board."""

    _inherit = "hotline.board"

    @api.model
    def _asked_sql(self):
        return SQL("COALESCE(c.callback_wish, FALSE)")

    @api.model
    def _asked(self):
        return Domain("callback_wish", "=", True)

    @api.model
    def _lines_of(self, states):
        """An operator serves the lines of all queues of the PBX of the own telephone."""
        lines = {
            pbx: pbx.queue_ids.line_id.ids for pbx in states.extension_id.pbx_id if pbx.queue_ids
        }
        return {one.id: lines.get(one.extension_id.pbx_id) or None for one in states}

    @api.model
    def _troubles(self, bodies):
        # sudo: which PBX is away
        away = self.env["hotline.pbx"].sudo().search(
            [("company_id", "in", bodies.ids), ("state", "=", "offline")]
        )  # fmt: skip
        return [
            self.env._(
                "No connection to «%(name)s»: who waits and what operators do is not known now.",
                name=pbx.name,
            )
            for pbx in away
        ]

    @api.model
    def _supervises(self):
        """Return whether the user has the right to listen in and a telephone for it."""
        is_supervisor = "supervisor" in self.env["helpdesk.ticket"]._roles()
        return is_supervisor and bool(self.env["hotline.pbx.extension"]._of(self.env.user))

    @api.model
    def _drills(self):
        drills = super()._drills()
        _action, name, domain = drills["waiting"]
        return {
            **drills,
            "waiting": (WAITING_LIST, name, domain),
            "operators": (OPERATORS, self.env._("Operators on the line"), self._on_line),
        }

    @api.model
    def _on_line(self):
        return Domain([("until", "=", False), ("state", "!=", "offline")])


class HotlineCall(models.Model):
    _inherit = "hotline.call"

    def _reconciled(self, added):
        """The books of the PBX have changed the day's figures."""
        self._tell_list()
        return super()._reconciled(added)

from odoo import api, fields, models

from ..domain import addresses
from .hidden_table import READERS

SHOWN = 20


class HotlineCall(models.Model):
    _inherit = "hotline.call"

    object_id = fields.Many2one("hotline.object", index="btree_not_null", ondelete="restrict")
    account_id = fields.Many2one("hotline.account", index="btree_not_null", ondelete="set null")
    territory_id = fields.Many2one(
        related="object_id.territory_id", store=True, index="btree_not_null", string="Territory"
    )


class HotlineObject(models.Model):
    """The history of an object: cases and calls about it and about its parts (D3)."""

    _inherit = "hotline.object"

    case_count = fields.Integer(string="Appeals", compute="_compute_case_count", groups=READERS)
    call_count = fields.Integer(string="Calls", compute="_compute_call_count", groups=READERS)
    account_count = fields.Integer(
        string="Number of accounts", compute="_compute_account_count", groups=READERS
    )
    part_count = fields.Integer(string="Number of parts", compute="_compute_part_count")
    case_ids = fields.Many2many(
        "helpdesk.ticket", string="Last appeals", compute="_compute_history", groups=READERS
    )
    call_ids = fields.Many2many(
        "hotline.call", string="Last calls", compute="_compute_history", groups=READERS
    )

    @api.depends("parent_path")
    def _compute_case_count(self):
        self._count_with_parts("helpdesk.ticket", "case_count", [("state", "!=", "draft")])

    @api.depends("parent_path")
    def _compute_call_count(self):
        self._count_with_parts("hotline.call", "call_count", [])

    @api.depends("parent_path")
    def _compute_account_count(self):
        self._count_with_parts("hotline.account", "account_count", [])

    @api.depends("parent_path")
    def _compute_part_count(self):
        """Count the parts of every level that the reader may see; one query for all."""
        counts = dict.fromkeys(self.ids, 0)
        for one in self.search_fetch([("id", "child_of", self.ids)], ["parent_path"]):
            for id_ in addresses.above(one.parent_path):
                if id_ in counts and id_ != one.id:
                    counts[id_] += 1
        for one in self:
            one.part_count = counts.get(one.id, 0)

    def _count_with_parts(self, model, name, domain):
        """Count the records about each object and all its parts; one query for all of them."""
        domain = [*domain, ("object_id", "child_of", self.ids)]
        counts = dict.fromkeys(self.ids, 0)
        for one, count in self.env[model]._read_group(domain, ["object_id"], ["__count"]):
            # sudo: a case tells of its object whoever may read that one
            for id_ in addresses.above(one.sudo().parent_path):
                if id_ in counts:
                    counts[id_] += count
        for one in self:
            one[name] = counts.get(one.id, 0)

    def _compute_history(self):
        for one in self:
            about = [("object_id", "child_of", one.ids)]
            tickets = self.env["helpdesk.ticket"].search(
                [*about, ("state", "!=", "draft")], limit=SHOWN
            )
            one.case_ids = tickets
            one.call_ids = self.env["hotline.call"].search(about, limit=SHOWN)

    def action_open_cases(self):
        """Open the appeals about this object and its parts."""
        return self._open_about("gov_hotline.helpdesk_ticket_action")

    def action_open_calls(self):
        """Open the calls about this object and its parts."""
        return self._open_about("gov_hotline.hotline_call_action")

    def action_open_accounts(self):
        """Open the accounts at this object and its parts."""
        return self._open_about("gov_hotline.hotline_account_action")

    def action_open_parts(self):
        """Open the parts of this object."""
        action = self._open_about("gov_hotline.hotline_object_action")
        return {
            **action,
            "domain": [("id", "child_of", self.id), ("id", "!=", self.id)],
            "context": {"default_parent_id": self.id},
        }

    def _open_about(self, action):
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(action),
            "name": self.address,
            "domain": [("object_id", "child_of", self.id)],
            "context": {"default_object_id": self.id},
            "path": False,
        }

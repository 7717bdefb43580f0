from odoo import api, models

# What readers and writers of articles know by these words; the rest serves the machine.
OFFERED = frozenset({
    "active", "audience", "checked_on", "company_id", "draft_at", "draft_author_id",
    "helped_count", "is_example", "is_in_force", "last_used_on", "name", "not_helped_count",
    "owner_ids", "published_at", "published_by_id", "review_on", "search_words", "situation_ids",
    "state", "territory_ids", "topic_ids", "used_count", "valid_from", "valid_to",
})  # fmt: skip


class DocumentPage(models.Model):
    """Which columns of articles a user may filter and group by."""

    _inherit = "document.page"

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer to own filters and groups only what has a meaning on the screen."""
        found = super().fields_get(allfields, attributes)
        for name in found.keys() - OFFERED:
            told = {"searchable": False, "groupable": False}
            found[name] |= {key: value for key, value in told.items() if key in found[name]}
        return found

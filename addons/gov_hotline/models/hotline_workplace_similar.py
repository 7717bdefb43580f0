from odoo import api, models


class HotlineWorkplace(models.AbstractModel):
    """«Похожие обращения» beside the talk: shown while the operator types, never in the way."""

    _inherit = "hotline.workplace"

    @api.model
    def find_similar(self, call_id, text, topic_id=False):
        """Return similar cases of this body, best first; see helpdesk.ticket `_find_similar`.

        `text`: what was typed so far. Nothing is stored. Of a caller nobody knows only the same
        words on the same topic are looked for.
        """
        call = self._own_open_call(call_id)
        facts = {
            "partner_id": call.partner_id.id,
            "topic_id": topic_id or False,
            "text": text or "",
            "company_id": call.company_id.id,
        }
        return self.env["helpdesk.ticket"]._find_similar(facts, call.ticket_id.ids)

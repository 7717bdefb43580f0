from odoo import fields, models

NO_ARTICLE = "no_article"  # hotline.call.redirect_cause


class HotlineDisposition(models.Model):
    _inherit = "hotline.disposition"

    no_article = fields.Boolean(
        string="No answer in the base",
        help="A call that ends so puts its question into the list of those without an answer.",
    )


class HotlineCall(models.Model):
    """Calls that tell what the knowledge base does not answer (A2)."""

    _inherit = "hotline.call"

    def write(self, vals):
        ending = self.filtered(lambda call: call.state != "closed")
        done = super().write(vals)
        if vals.get("state") == "closed":
            ending._note_gaps()
        return done

    def _note_gaps(self):
        """Count the questions of calls transferred or ended for want of an article."""
        Gap = self.env["hotline.kb.gap"]
        for call in self:
            if call.redirect_cause == NO_ARTICLE or call.disposition_id.no_article:
                # sudo: whose name it is must be known to be left out, whoever ends the call
                names = call.sudo().partner_id.mapped("name")
                Gap._count(call.question, call.topic_id, call.company_id, names=names, of_call=True)

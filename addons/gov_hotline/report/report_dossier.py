from odoo import api, models


class ReportDossier(models.AbstractModel):
    """The dossier of a person on paper, as its filters show it (B7)."""

    _name = "report.gov_hotline.report_dossier"
    _description = "Dossier on paper"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Check the role, return what the template needs."""
        Dossier = self.env["hotline.dossier"]
        partners = self.env["res.partner"].union(*(Dossier._partner(one) for one in docids))
        filters = Dossier._clean(self.env.context.get("hotline_dossier"))
        return {
            "doc_ids": docids,
            "doc_model": "res.partner",
            "docs": partners,
            "head": Dossier._head,
            "facts": self._facts,
            "narrowed": Dossier._filter_words(filters),
            "sections": lambda partner: Dossier._printed_sections(partner, filters),
            "company": self.env.company,
            "printed": Dossier._moment(self.env.cr.now(), self.env.company),
        }

    @api.model
    def _facts(self, head):
        """Return the counts of the head: (label, count), the empty ones left out."""
        facts = [
            (self.env._("Appeals"), head["total"]),
            (self.env._("Being considered"), head["open"]),
            (self.env._("Overdue"), head["overdue"]),
            (self.env._("Repeats"), head["repeat"]),
            (self.env._("Collective appeals"), head["collective"]),
            (self.env._("Correspondence stopped"), head["stopped"]),
        ]
        return [(label, count) for index, (label, count) in enumerate(facts) if count or not index]

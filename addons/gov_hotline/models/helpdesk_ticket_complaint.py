from odoo import api, fields, models

from ..domain import complaints
from ..domain.complaints import Tree


class HelpdeskTicket(models.Model):
    """«На кого жалоба»: who may not touch the case, and who is proposed first (art. 8, p. 6)."""

    _inherit = "helpdesk.ticket"

    complaint_hint = fields.Char(compute="_compute_complaint_hint", string="Who considers it")

    @api.depends("complaint_against_id")
    @api.depends_context("lang")
    def _compute_complaint_hint(self):
        for ticket in self:
            against = ticket.complaint_against_id
            ticket.complaint_hint = ticket._complaint_words() if against else False

    def _complaint_words(self):
        higher = self._higher_bodies()[:1]
        if higher:
            return self.env._(
                "The complaint goes to the higher body: %(body)s (59-FZ, art. 8, p. 6).",
                body=higher.name,
            )
        return self.env._(
            "No higher body is known. Enter it on the card of the agency; if there is none, the "
            "complaint is returned with the way to a court (59-FZ, art. 8, p. 7)."
        )

    def _self_no_problems(self, who, role="addressee"):
        """Return the domain problems of giving `role` to `who`.

        `who`: res.partner or res.users, one or several. `role`: addressee, executor, signer,
        approver. The body or the person complained of is a block, a subordinate a warning; the
        higher body is none.
        """
        self.ensure_one()
        complained = self.complaint_against_id
        partners = who.partner_id if who._name == "res.users" else who
        # sudo: whom the complaint is about binds those too who do not see the card
        partners, complained = partners.sudo(), complained.sudo()
        if not complained or not partners:
            return []
        tree = self._complaint_tree(partners | complained)
        names = self._complaint_names(tree, partners | complained)
        return [
            problem
            for partner in partners
            for problem in complaints.check(partner.id, complained.id, tree, role=role, names=names)
        ]

    def _proposed_addressees(self):
        """Return bodies to send the case to: the higher one first, then the competent ones."""
        self.ensure_one()
        competent = self.question_ids.competent_body_id
        allowed = competent.filtered(
            lambda body: not any(one.blocks for one in self._self_no_problems(body))
        )
        return self._higher_bodies() | allowed

    def _higher_bodies(self):
        """Return whoever stands over the one complained of, the nearest first."""
        complained = self.complaint_against_id
        if not complained:
            return complained
        tree = self._complaint_tree(complained)
        above = complained.browse(tree.above(complained.id)).sudo()  # sudo: as above
        return above.filtered(lambda body: body.hotline_kind or body.is_company).sudo(False)

    @api.model
    def _complaint_tree(self, partners):
        """Return the domain's Tree of `partners` and everything above them."""
        # sudo: who belongs to whom counts, whoever may read the cards
        belongs, under, waiting, seen = {}, {}, partners.sudo(), partners.sudo()
        while waiting:
            for partner in waiting:
                if partner.parent_id:
                    belongs[partner.id] = partner.parent_id.id
                if partner.hotline_higher_id:
                    under[partner.id] = partner.hotline_higher_id.id
            waiting = (waiting.parent_id | waiting.hotline_higher_id) - seen
            seen |= waiting
        return Tree(belongs, under)

    @api.model
    def _complaint_names(self, tree, partners):
        known = {*partners.ids, *tree.belongs.values(), *tree.under.values()}
        return {partner.id: partner.name for partner in partners.browse(sorted(known))}

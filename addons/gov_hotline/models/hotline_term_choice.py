from odoo import api, models, tools

from ..domain import term_choice


class HotlineTerm(models.Model):
    """Which terms a case is under: this loads the rows, the domain chooses."""

    _inherit = "hotline.term"

    @api.model
    def _applicable(self, ticket, trigger, day, stated=""):
        """Return the terms that `trigger` starts for `ticket` by the law of `day`.

        With `stated` (a ground that has just been stated) only the terms of that ground.
        """
        case = term_choice.Case(
            track=ticket.track,
            kind=ticket.kind,
            body=ticket.company_id.id,
            on=day,
            topics=ticket._term_topics(),
            grounds=ticket._term_grounds(),
        )
        chosen = term_choice.choose(self._rules(), case, trigger, stated)
        return self.sudo().browse(  # sudo: rules of the house, read for every role
            [rule.key for rule in chosen]
        )

    @api.model
    @tools.ormcache()
    def _rules(self):
        """Return every active edition as a domain Rule."""
        # sudo: as above; bodies are told apart by the domain; a few dozen in all
        terms = self.sudo().search([])  # pylint: disable=no-search-all
        return tuple(term._rule() for term in terms)

    def _rule(self):
        return term_choice.Rule(
            key=self.id,
            code=self.code,
            purpose=self.purpose,
            trigger=self.trigger,
            track=self.track,
            kind=self.kind or "",
            ground=self.ground or "",
            topic=self.topic_id.id or None,
            body=self.company_id.id or None,
            valid_from=self.valid_from or None,
            valid_to=self.valid_to or None,
            sequence=self.sequence,
        )

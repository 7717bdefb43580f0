from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..domain import grounds, stopping, transitions
from .helpdesk_ticket import KINDS
from .helpdesk_ticket_stage import STATES
from .hotline_letter_template import NOTICE_KINDS
from .hotline_term import GROUNDS as TERM_GROUNDS

LAW_COLUMNS = frozenset(
    {
        "code", "article", "rule_code", "track", "kind", "final_state", "term_ground",
        "notice_kind", "needs_answer", "needs_decision", "needs_url", "needs_statement",
        "valid_from",
    }
)  # fmt: skip


class HotlineGround(models.Model):
    """A ground of articles 8 and 11, stated for a question: data with validity dates (C5)."""

    _name = "hotline.ground"
    _inherit = "hotline.validity"
    _description = "Ground"

    code = fields.Char(default=lambda self: self._new_code())
    article = fields.Char(
        required=True, help="As it is quoted on screens, in notices and answers: in Russian."
    )
    rule_code = fields.Char(string="Rule", help="Code of the rule that sets how strict it is.")
    track = fields.Selection([("appeal", "Appeal"), ("message", "Message")])
    kind = fields.Selection(KINDS, help="Empty: every kind of the track.")
    final_state = fields.Selection(
        [state for state in STATES if state[0] in transitions.FINAL_STATES],
        string="The question ends as",
        help="Empty: the question is considered and answered all the same.",
    )
    term_ground = fields.Selection(
        TERM_GROUNDS, string="Starts the term of", help="Once stated, the term of it runs."
    )
    notice_kind = fields.Selection(NOTICE_KINDS, string="The applicant gets")
    outcome_id = fields.Many2one("hotline.outcome", ondelete="restrict")
    needs_answer = fields.Boolean(string="An answer is due all the same")
    needs_decision = fields.Boolean(string="By an authorised decision")
    needs_url = fields.Boolean(string="With an address on the site")
    needs_statement = fields.Boolean(string="With the applicant's statement")
    min_earlier_answers = fields.Integer(
        string="Earlier answers, at least", help="Answered questions of earlier appeals."
    )

    _edition_uniq = models.UniqueIndex(
        "(code, COALESCE(track, ''), COALESCE(kind, ''), COALESCE(valid_from, '0001-01-01'::date))",
        "This edition of the ground exists already.",
    )

    @api.constrains("min_earlier_answers", "code", "rule_code", "final_state")
    def _check_earlier_answers(self):
        for ground in self:
            stops = grounds.stops(ground.code, ground.rule_code or "", ground.final_state or "")
            if stops and ground.min_earlier_answers < stopping.LEAST_ANSWERS:
                raise ValidationError(
                    self.env._(
                        "«%(name)s»: correspondence is stopped after two written answers at the "
                        "least (59-FZ, art. 11, p. 5). Enter 2 or more.",
                        name=ground.name,
                    )
                )

    @api.depends("name", "article")
    def _compute_display_name(self):
        for ground in self:
            ground.display_name = ", ".join(filter(None, [ground.name, ground.article]))

    def write(self, vals):
        """A stated ground keeps its law: a changed law is a new edition with its first day."""
        changed = {name for name in LAW_COLUMNS & set(vals) if self._differs(name, vals[name])}
        if changed and self._is_stated() and not self.env.su:
            raise UserError(
                self.env._(
                    "A ground that has been stated is not changed. Set its last day of validity "
                    "and add a new edition."
                )
            )
        return super().write(vals)

    def _differs(self, name, value):
        return any((ground[name] or False) != (value or False) for ground in self)

    def _is_stated(self):
        # sudo: stated anywhere, also where the administrator sees nothing
        return bool(
            self.env["hotline.question"].sudo().search_count([("ground_id", "in", self.ids)])
        )

    @api.model
    def _available(self, ticket, day):
        """Return the grounds that may be stated for a question of `ticket` by the law of `day`."""
        track = Domain("track", "=", False) | Domain("track", "=", ticket.track)
        kind = Domain("kind", "=", False) | Domain("kind", "=", ticket.kind)
        found = self.search(self._valid_on_domain(day) & track & kind)
        newest = {}
        for ground in found.sorted(lambda one: str(one.valid_from or "")):
            newest[ground.code] = ground
        return self.browse([ground.id for ground in newest.values()]).sorted("sequence")

    def _domain_ground(self):
        """Return the domain's Ground."""
        self.ensure_one()
        return grounds.Ground(
            code=self.code,
            article=self.article,
            rule=self.rule_code or "",
            final=self.final_state or "",
            notice=self.notice_kind or "",
            needs_answer=self.needs_answer,
            needs_decision=self.needs_decision,
            needs_url=self.needs_url,
            needs_statement=self.needs_statement,
            earlier=self.min_earlier_answers,
        )

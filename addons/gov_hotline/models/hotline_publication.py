from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..domain import publication, texts
from ..domain.strictness import is_reason
from . import publication_texts  # noqa: F401 - the words of the problems below
from .problem_texts import problem_text

STATES = [
    ("draft", "In preparation"),
    ("ready", "May be published"),
    ("withdrawn", "Taken back"),
]


class HotlinePublication(models.Model):
    """A given answer made ready for the site, without personal data (ANS-PUB; art. 10, p. 4).

    The text is its own: the answer never changes. Nothing is published by itself: whoever keeps the
    site takes the text from here. It lives on after closing.
    """

    _name = "hotline.publication"
    _inherit = "hotline.by.act"
    _description = "Publication of an answer"
    _order = "id desc"
    _set_by_act = frozenset({"state", "marked_by_id", "marked_at", "company_id", "ticket_id"})
    _editable = frozenset(
        {"text", "is_of_public_interest", "is_personal_data_removed", "departure_reason", "url"}
    )

    answer_id = fields.Many2one(
        "hotline.answer", required=True, index=True, ondelete="cascade",
        domain=[("state", "=", "given")],
    )  # fmt: skip
    ticket_id = fields.Many2one(related="answer_id.ticket_id", store=True, index=True)
    ticket_number = fields.Char(related="ticket_id.number", string="Appeal No.")
    company_id = fields.Many2one(related="answer_id.company_id", store=True, index=True)
    text = fields.Text(
        string="Text for the site", compute="_compute_text", store=True, readonly=False,
        precompute=True, required=True,
    )  # fmt: skip
    is_of_public_interest = fields.Boolean(
        string="Concerns an indefinite circle of people", help="59-FZ, art. 10, p. 4."
    )
    is_personal_data_removed = fields.Boolean(
        string="Personal data removed", help="59-FZ, art. 6, p. 2: without the author's consent."
    )
    known_from = fields.Char(compute="_compute_known_from", string="The applicant is known from")
    departure_reason = fields.Char(
        string="Why it may stay", help="At least ten characters; it stays in the publication."
    )
    url = fields.Char(string="Address on the site", help="Where it was published, by hand.")
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False)
    marked_by_id = fields.Many2one("res.users", string="Allowed by", readonly=True, copy=False)
    marked_at = fields.Datetime(string="Allowed on", readonly=True, copy=False)

    @api.depends("answer_id")
    def _compute_text(self):
        """Begin with the words of the answer: they are cleaned by hand."""
        for one in self:
            one.text = one.text or one.answer_id.text

    @api.depends("text")
    def _compute_known_from(self):
        """Tell while the text is cleaned what is still in it."""
        for one in self:
            found = publication.tells_of(one._domain_text())
            one.known_from = ", ".join(dict.fromkeys(found))

    @api.depends("ticket_number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            number = one.ticket_number or ""
            one.display_name = self.env._("Publication: %(number)s", number=number)

    @api.constrains("text")
    def _check_text(self):
        for one in self:
            if len(one.text or "") > texts.TEXT_LIMIT:
                raise ValidationError(
                    self.env._(
                        "At most %(limit)s characters: the rest is a file.",
                        limit=texts.TEXT_LIMIT,
                    )
                )

    @api.constrains("url")
    def _check_url(self):
        for one in self.filtered("url"):
            if not one.url.startswith(("https://", "http://")):
                raise ValidationError(self.env._("An address begins with https://"))

    # Acts

    def action_mark_ready(self):
        """Allow the publication; officer. Refused until personal data are ticked as removed."""
        self._check_officer()
        for one in self:
            one._check_state("draft")
            one._enforce(publication.problems(one._domain_text()))
            one._set("ready", marked_by_id=self.env.uid, marked_at=fields.Datetime.now())

    def action_withdraw(self):
        """Take the permission back; officer. A new publication is made of the same answer."""
        self._check_officer()
        for one in self:
            one._check_state("ready")
            one._set("withdrawn")

    def _domain_text(self):
        # sudo: the press of a button compares with the card, the words are not shown
        ticket = self.answer_id.sudo().ticket_id
        return publication.Text(
            text=self.text or "",
            is_given=self.answer_id.state == "given",
            is_of_public_interest=self.is_of_public_interest,
            is_personal_data_removed=self.is_personal_data_removed,
            surname=ticket.applicant_surname or "",
            phone=ticket.sudo().applicant_phone or "",  # sudo: looked for in the text, not shown
            email=ticket.applicant_email or "",
            address=ticket.applicant_address or "",
        )

    def _enforce(self, problems):
        """Refuse what the rules block; what they warn of passes with the reason written here.

        The case has ended and is locked, so that the departure stays with the publication.
        """
        found = self.env["hotline.rule"]._applied(problems, self.company_id._hotline_today())
        blocks = [problem for problem in found if problem.blocks]
        if found and (blocks or not is_reason(self.departure_reason)):
            lines = [problem_text(self.env, problem) for problem in blocks or found]
            raise UserError("\n".join(lines))

    def _set(self, state, **vals):
        self._write_by_act({"state": state, **vals})
        self.env["hotline.journal"]._append(
            f"publication_{state}", self.ticket_id, publication=self.id, answer=self.answer_id.id
        )

    def _check_officer(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")

    def _check_state(self, state):
        if self.state != state:
            raise UserError(
                self.env._("«%(name)s»: this was done already.", name=self.display_name)
            )

    # Guards

    def _check_editable(self, names):
        result = super()._check_editable(names)
        if any(one.state != "draft" for one in self) and names - {"url"}:
            raise AccessError(
                self.env._("An allowed publication is not rewritten: take it back, make a new one.")
            )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_drafts(self):
        if any(one.state != "draft" for one in self):
            raise UserError(self.env._("An allowed publication is kept: take it back."))


class HelpdeskTicket(models.Model):
    """Publications of the answers of a case: also after its end."""

    _inherit = "helpdesk.ticket"

    publication_ids = fields.One2many(
        "hotline.publication", "ticket_id", string="Publications",
        groups="gov_hotline.group_officer,gov_hotline.group_supervisor,gov_hotline.group_auditor",
    )  # fmt: skip

    def _more_acts(self):
        acts = super()._more_acts()
        if "officer" in self._roles() and "given" in self.answer_ids.mapped("state"):
            label = self.env._("Publish the answer on the site")
            acts.append(self._act("action_publication", label, step=False))
        return acts

    def action_publication(self):
        """Open the publication of the latest given answer in preparation, or a new one; officer."""
        self.ensure_one()
        self._require_role("officer")
        begun = self.publication_ids.filtered(lambda one: one.state == "draft")[:1]
        given = self.answer_ids.filtered(lambda one: one.state == "given")
        return self._act_dialog(
            "hotline.publication", self.env._("Publication of the answer"), begun.id,
            default_answer_id=given.sorted("id")[-1:].id,
        )  # fmt: skip

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..domain import placeholders, resolutions, texts

MOST_DAYS = 250  # working days: a year; more is a slip of the pen


class HotlineResolutionTemplate(models.Model):
    """What an officer writes again and again: to whom, what, in how many working days.

    Own ones belong to their officer, shared ones (without an owner) to the supervisor.
    """

    _name = "hotline.resolution.template"
    _description = "Resolution template"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    text = fields.Text(string="What to do", required=True)
    partner_ids = fields.Many2many(
        "res.partner", string="To whom", domain=[("is_addressee", "=", True)]
    )
    days = fields.Integer(
        string="Working days", help="Until the control date; 0: as usual, before the due date."
    )
    topic_ids = fields.Many2many(
        "hotline.topic", string="Topics", help="With everything below them. Empty: any topic."
    )
    user_id = fields.Many2one(
        "res.users", string="Whose", default=lambda self: self.env.user, index=True, copy=False,
        ondelete="cascade", readonly=True,
    )  # fmt: skip
    is_shared = fields.Boolean(
        string="For all officers", compute="_compute_is_shared", inverse="_inverse_is_shared",
        search="_search_is_shared",
    )  # fmt: skip
    company_id = fields.Many2one(
        "res.company", string="Body", default=lambda self: self.env.company, index=True
    )
    catalogue = fields.Html(compute="_compute_sample", sanitize=False, string="What to insert")
    sample = fields.Text(compute="_compute_sample", string="What it will look like")

    @api.depends("user_id")
    def _compute_is_shared(self):
        for one in self:
            one.is_shared = not one.user_id

    def _inverse_is_shared(self):
        for one in self:
            one.user_id = False if one.is_shared else one.user_id or self.env.user

    def _search_is_shared(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("user_id", "=" if True in value else "!=", False)

    @api.depends("text")
    def _compute_sample(self):
        row = Markup("<tr><td><code>{%s}</code></td><td class='text-muted'>%s</td></tr>")
        shown = resolutions.catalogue()
        rows = Markup("").join(row % (one.name, one.description) for one in shown)
        table = Markup("<table class='table table-sm small mb-0'>%s</table>") % rows
        for one in self:
            known = not resolutions.strangers(one.text or "")
            one.sample = placeholders.example(one.text or "") if known else one.text
            one.catalogue = table

    @api.constrains("text", "days")
    def _check_template(self):
        for one in self:
            wrong = resolutions.strangers(one.text)
            if wrong:
                raise ValidationError(
                    self.env._(
                        "A resolution is read by executors, it names no applicant. These names"
                        " cannot stand in it: %(names)s",
                        names=", ".join(f"{{{name}}}" for name in wrong),
                    )
                )
            if len(one.text) > texts.TEXT_LIMIT or not 0 <= one.days <= MOST_DAYS:
                raise ValidationError(
                    self.env._("A control date is 0 to %(most)s working days ahead.",
                               most=MOST_DAYS)
                )  # fmt: skip

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        templates._check_may_keep()
        return templates

    def write(self, vals):
        self._check_may_keep()
        done = super().write(vals)
        self._check_may_keep()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_by_keeper(self):
        self._check_may_keep()

    def _check_may_keep(self):
        """Own ones are the officer's, shared ones the supervisor's or the administrator's."""
        keeps_all = self.env["helpdesk.ticket"]._roles() & {"supervisor", "administrator", "system"}
        strange = self.filtered(lambda one: one.user_id != self.env.user)
        if strange and not keeps_all:
            raise AccessError(
                self.env._("«%(name)s» is not yours: copy it, or ask the supervisor.",
                           name=strange[0].name)
            )  # fmt: skip

    @api.model
    def _for_case(self, ticket):
        """Return the templates that suit a case: by its topic and those above it."""
        above = [int(part) for part in (ticket.topic_id.parent_path or "").split("/") if part]
        company = ticket.company_id or self.env.company
        domain = Domain("company_id", "in", (False, company.id))
        domain &= Domain("topic_ids", "=", False) | Domain("topic_ids", "in", above)
        return self.search(domain)

    def _text_for(self, ticket):
        """Return the text for one case, its names filled in."""
        return resolutions.fill(self.text, ticket._resolution_facts())

    def _control_on(self, ticket, parent):
        """Return the control date: so many working days ahead, never later than is lawful."""
        usual = ticket._default_control_on(parent)
        if not self.days:
            return usual
        company = ticket.company_id
        calendar = self.env["hotline.day"]._calendar(company)
        wanted = calendar.add_working_days(company._hotline_today(), self.days)
        latest = min(filter(None, (ticket.due_on, parent.control_on)), default=wanted)
        return wanted if wanted <= latest else usual


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _resolution_facts(self):
        """Return what a resolution may name: the case and the body, nothing of the applicant."""
        words = {
            **self._case_words(self.question_ids),
            **self._body_words(self.env["hotline.authority"]),
        }
        return placeholders.Facts(words=words)

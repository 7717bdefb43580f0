import hashlib

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..domain import texts, transitions, uploads
from . import addition_sql
from .own_files import own_files

AFTER_CLOSING = "closed"
LETTER = "letter"  # of anybody else than the applicant: internal


class HotlineAddition(models.Model):
    """What is added to a case and never changes it (59-FZ, art. 5, cl. 1; B4).

    Of the applicant until closing, a remark in place of a correction of the text, and of the
    officer after closing: that one lives on. None is ever changed or deleted, by SQL neither.
    """

    _name = "hotline.addition"
    _inherit = "hotline.by.act"
    _description = "Addition to an appeal"
    _order = "ticket_id, id"
    _rec_name = "kind"
    _set_by_act = frozenset(
        {"kind", "user_id", "company_id", "received_at", "off_reason", "off_by_id", "off_at"}
    )

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("applicant", "Addition of the applicant"),
            ("remark", "Remark on the text"),
            (AFTER_CLOSING, "Addition to the closed case"),
            (LETTER, "Letter in the case"),
        ],
        string="What it is",
        readonly=True,
        required=True,
        default="applicant",
    )
    origin = fields.Selection(
        [
            ("phone", "Telephone"),
            ("visit", "Personal visit"),
            ("paper", "Letter"),
            ("email", "E-mail"),
            ("portal", "Portal"),
        ],
        string="How it came",
        default="phone",
    )
    text = fields.Text(string="Text of the addition", required=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    file_names = fields.Char(string="Attached", compute="_compute_file_names")
    received_at = fields.Datetime(string="When", readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", string="Entered by", readonly=True, default=lambda self: self.env.user
    )
    off_reason = fields.Text(string="Why it was taken off", readonly=True, copy=False)
    off_by_id = fields.Many2one("res.users", string="Taken off by", readonly=True, copy=False)
    off_at = fields.Datetime(string="Taken off on", readonly=True, copy=False)

    def init(self):
        """Refuse every change in the database; after all tables are there."""
        self.pool.post_init(self._install_triggers)

    def _install_triggers(self):
        relation = self._fields["attachment_ids"].relation
        for statement in addition_sql.statements(self._table, relation):
            self.env.cr.execute(statement)

    @api.depends("attachment_ids")
    def _compute_file_names(self):
        for addition in self:
            addition.file_names = ", ".join(addition.attachment_ids.mapped("name"))

    @api.constrains("text")
    def _check_text(self):
        for addition in self:
            if not addition.text.strip() or len(addition.text) > texts.TEXT_LIMIT:
                raise ValidationError(
                    self.env._(
                        "An addition has from one to %(limit)s characters; longer ones are "
                        "attached as a file.",
                        limit=texts.TEXT_LIMIT,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        additions = super().create(vals_list)
        additions._check_may_add()
        additions._own_files()
        for addition in additions:
            addition._settle_kind()
            addition._journal()
            if addition.kind == "applicant":
                addition.ticket_id._tell_of_addition(addition)
        return additions

    def _check_may_add(self):
        """An operator until closing, the officer afterwards; the citizen comes by `_of_citizen`."""
        for ticket in self.ticket_id:
            if ticket.state == transitions.DRAFT:
                raise UserError(self.env._("A draft has no additions: write into its text."))
            role = "officer" if ticket.state in transitions.FINAL_STATES else "operator"
            ticket._require_role(role)
            ticket.check_access("read")

    def _settle_kind(self):
        if self.ticket_id.state in transitions.FINAL_STATES and self.kind == "applicant":
            self._write_by_act({"kind": AFTER_CLOSING, "origin": False})

    def _own_files(self):
        """Check the files and make them the addition's own: fixed with it, read by its readers."""
        for addition in self:
            # sudo: a file just uploaded belongs to its uploader alone
            files = addition.sudo().attachment_ids
            addition.company_id._check_hotline_files(
                [uploads.File(file.name, file.file_size) for file in files]
            )
            own_files(addition, files)

    def _journal(self):
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        self.env["hotline.journal"]._append(
            "addition", self.ticket_id, addition=self.id, addition_kind=self.kind, sha256=digest
        )

    @api.model
    def _remark(self, ticket, text):
        """Keep beside the registered text what should stand in it; the act has checked who asks."""
        vals = {"ticket_id": ticket.id, "kind": "remark", "origin": False, "text": text}
        return self._create_by_act(vals)

    @api.model
    def _letter_in_case(self, vals):
        """Keep somebody's letter with the case, unseen by the citizen; officer who reads it."""
        ticket = self.env["helpdesk.ticket"].browse(vals["ticket_id"])
        ticket._require_role("officer")
        ticket.check_access("read")
        return self._create_by_act({**vals, "kind": LETTER})

    @api.model
    def _of_citizen(self, ticket, text, files=()):
        """Add the citizen's own words to the own open case `ticket` (sudo, checked by the caller).

        `files`: (name, bytes) pairs. Raises UserError once the case is closed.
        """
        if ticket.state in (transitions.DRAFT, *transitions.FINAL_STATES):
            raise UserError(self.env._("This appeal is considered: file a new one, refer to it."))
        ticket.company_id._check_hotline_files(
            [uploads.File(name, len(content)) for name, content in files]
        )
        # sudo: a citizen has no access to records; text and files are what the own page sent
        made = self.env["ir.attachment"].sudo()
        for name, content in files:
            made += made.create({"name": name, "raw": content})
        vals = {"ticket_id": ticket.id, "origin": "portal", "text": text}
        # sudo: the page has checked whose case it is
        return self.sudo().create({**vals, "attachment_ids": [fields.Command.set(made.ids)]})

    def _take_off(self, reason):
        """Note that it does not belong to the case; its words stay, nobody is shown them there.

        For the act that attached it by mistake: it has checked who asks and the reason.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        self._write_by_act({"off_reason": reason, "off_by_id": self.env.uid, "off_at": now})

    def _of_applicant(self):
        """Return those that the applicant sees as the own ones."""
        return self.filtered(lambda one: one.kind == "applicant" and not one.off_at)

    def _off_html(self, head):
        words = self.env._(
            "Taken off the appeal on %(day)s, %(who)s: %(reason)s",
            day=format_date(self.env, self.company_id._hotline_date(self.off_at)),
            who=self.off_by_id.sudo().name,  # sudo: who took it off is told to every reader
            reason=self.off_reason,
        )
        return Markup('<div class="mb-2 text-muted small"><div>%s</div><div>%s</div></div>') % (
            head,
            words,
        )

    def _html(self):
        """Return the addition for the card of the case; the words are text, never markup."""
        self.ensure_one()
        day = self.company_id._hotline_date(self.received_at)
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        if self.off_at:
            return self._off_html(f"{format_date(self.env, day)} · {kind}")
        link = Markup('<a href="/web/content/%s?download=1">%s</a> ')
        files = Markup("").join(link % (file.id, file.name) for file in self.attachment_ids)
        return Markup(
            '<div class="mb-2"><div class="text-muted small">%s · %s · %s</div>'
            '<div style="white-space: pre-line">%s</div>%s</div>'
            # sudo: a name only
        ) % (format_date(self.env, day), kind, self.user_id.sudo().name, self.text, files)

    def _portal_values(self):
        """Return an own addition as its author sees it."""
        self.ensure_one()
        return {
            "at": self.company_id._hotline_date(self.received_at),
            "text": self.text,
            "files": [{"id": file.id, "name": file.name} for file in self.attachment_ids],
        }

from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..domain import clock, codes, lookup, phones
from .helpdesk_ticket_lifecycle import _BY_TRANSITION

CONFIRMED_HOW = [
    ("portal", "On the site, identified"),
    ("account", "On the site, not identified"),
    ("paper", "Signed paper"),
    ("visit", "At the reception"),
]
CANDIDATES = 5  # drafts of one telephone that a code is compared with, always as many
LIFE_PARAM = "gov_hotline.draft_days"
LIFE = 30  # days (practice 4)
NUMBER_LETTER = "Ч"


class HelpdeskTicket(models.Model):
    """A draft appeal with a code: written with the operator, confirmed by the citizen (A4).

    It is no appeal before that: no number, no clock. The code is told once and kept as a digest.
    """

    _inherit = "helpdesk.ticket"

    draft_number = fields.Char(string="Number of the draft", copy=False, index="btree_not_null")
    draft_key = fields.Char(copy=False, index="btree_not_null")
    draft_phone = fields.Char(
        compute="_compute_draft_phone", store=True, index="btree_not_null", help="E.164"
    )
    draft_digest = fields.Char(copy=False, groups=fields.NO_ACCESS)
    draft_until = fields.Date(string="Draft valid until", copy=False)
    confirmed_at = fields.Datetime(string="Confirmed by the applicant", copy=False)
    confirmed_how = fields.Selection(CONFIRMED_HOW, string="How it was confirmed", copy=False)
    identified_by = fields.Char(
        string="Identified by",
        copy=False,
        help="The service that identified the applicant (59-FZ, art. 4, p. 1).",
    )
    identified_at = fields.Datetime(string="Identified", copy=False)
    is_awaiting = fields.Boolean(
        string="Waits for confirmation",
        compute="_compute_is_awaiting",
        search="_search_is_awaiting",
    )
    is_expired = fields.Boolean(compute="_compute_is_awaiting")

    @api.depends("state", "draft_number", "confirmed_at", "draft_until")
    def _compute_is_awaiting(self):
        for ticket in self:
            with_code = ticket.state == "draft" and ticket.draft_number
            ticket.is_awaiting = bool(with_code and not ticket.confirmed_at)
            today = ticket.company_id._hotline_today() if ticket.is_awaiting else False
            ticket.is_expired = ticket.is_awaiting and ticket.draft_until < today

    def _search_is_awaiting(self, operator, value):
        if operator != "in":
            return NotImplemented
        waiting = Domain("state", "=", "draft") & Domain("draft_number", "!=", False)
        waiting &= Domain("confirmed_at", "=", False)
        return waiting if True in value else ~waiting

    @api.depends("applicant_phone", "draft_number")
    def _compute_draft_phone(self):
        for ticket in self:
            number = ticket.draft_number and phones.normalise(ticket.applicant_phone or "").e164
            ticket.draft_phone = number or False

    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        tickets.filtered("identified_by")._check_typed_identification()
        return tickets

    def write(self, vals):
        done = super().write(vals)
        if {"identified_by", "origin"} & set(vals):
            self._check_typed_identification()
        return done

    def _check_typed_identification(self):
        """Of a filing on our own site the server knows who signed in: nobody types it."""
        on_site = self.filtered(lambda one: one.identified_by and one.origin == "portal")
        if on_site and not self.env.su:
            raise ValidationError(
                self.env._("Who was identified on the portal is noted by the system.")
            )

    # Making it

    def action_issue_draft_code(self):
        """Give the draft a number and a code, or a new code; operator.

        Returns {ticket_id, number, code, until, text, name}: the code is told once and not kept.
        """
        self.ensure_one()
        self._require_role("operator")
        self.check_access("write")
        self._check_may_await()
        code, renewed = codes.status_code(), bool(self.draft_number)
        self._write_draft(self._prepare_draft_code_vals(code))
        event = "draft_renewed" if renewed else "draft_made"
        self.env["hotline.journal"]._append(event, self, number=self.draft_number)
        return {**self._draft_vals(), "code": code}

    def _check_may_await(self):
        if self.state != "draft" or self.confirmed_at:
            raise UserError(self.env._("Only a draft that nobody has confirmed gets a code."))
        if not (self.appeal_text or "").strip():
            raise UserError(
                self.env._("Write the text of the appeal first: it is what is confirmed.")
            )

    def _prepare_draft_code_vals(self, code):
        # sudo: operators do not read sequences
        sequence = self.env["ir.sequence"].sudo()
        number = self.draft_number or sequence.next_by_code("hotline.draft")
        return {
            "draft_number": number,
            "draft_key": lookup.number_key(number),
            "draft_digest": self._draft_code_digest(self.id, code),
            "draft_until": self.company_id._hotline_today() + timedelta(days=self._draft_days()),
            "kind": "appeal_59",
        }

    @api.model
    def _draft_days(self):
        # sudo: a parameter of the system
        days = self.env["ir.config_parameter"].sudo().get_param(LIFE_PARAM, "")
        return int(days) if days.isdecimal() and int(days) else LIFE

    @api.model
    def _draft_code_digest(self, ticket_id, code):
        # sudo: the database's secret
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret") or ""
        return codes.code_digest(secret, f"draft:{ticket_id}", code)

    def _write_draft(self, vals):
        """Write the columns that only these acts write."""
        # sudo: the digest of the code is nobody's to write; the acts have checked the rights
        self.sudo().with_context(hotline_by=_BY_TRANSITION).write(vals)

    def _draft_vals(self):
        """Return what the operator's screen shows of the draft; never the code."""
        return {
            "ticket_id": self.id,
            "number": self.draft_number,
            "until": format_date(self.env, self.draft_until),
            "expired": self.is_expired,
            "text": self.appeal_text or "",
            "name": self.applicant_name or "",
        }

    # Finding it

    @api.model
    def _draft_subject(self, typed):
        """Return what was typed as one of {"phone": E.164} or {"key": key of a draft's number}."""
        number = phones.normalise(typed or "").e164
        if number:
            return {"phone": number, "key": ""}
        key = lookup.number_key(typed)
        return {"phone": "", "key": f"{NUMBER_LETTER}-{key}" if key.isdecimal() else key}

    @api.model
    def _draft_by_code(self, subject, code):
        """Return the draft (confirmed and expired ones too), as sudo, or none.

        One query and as many comparisons whether there is no such draft or the code is wrong.
        """
        self.flush_model(["draft_key", "draft_phone", "draft_digest"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id, draft_digest FROM helpdesk_ticket"
                " WHERE draft_digest IS NOT NULL AND (draft_key = %s OR draft_phone = %s)"
                " ORDER BY id DESC LIMIT %s",
                subject["key"] or "-",
                subject["phone"] or "-",
                CANDIDATES,
            )
        )
        rows += [(0, "")] * (CANDIDATES - len(rows))
        found = [
            row_id
            for row_id, kept in rows
            if codes.digests_match(self._draft_code_digest(row_id, code), kept)
        ]
        return self.sudo().browse(found[:1])  # sudo: number and code are the key

    # Confirming it

    def _check_can_confirm(self):
        """Refuse what is confirmed already or has expired, and say what to do."""
        if self.state != "draft" or self.confirmed_at:
            raise UserError(
                self.env._("Draft %(number)s was confirmed already.", number=self.draft_number)
            )
        if not self.is_awaiting:
            raise UserError(self.env._("This draft has no code: make it a draft with a code."))
        if self.is_expired:
            raise UserError(
                self.env._(
                    "Draft %(number)s expired on %(day)s. Give it a new code (it starts a new "
                    "term), then confirm it.",
                    number=self.draft_number,
                    day=format_date(self.env, self.draft_until),
                )
            )

    def _confirm_draft(self, how, **vals):
        """Note how and when the citizen confirmed; the receipt is `received_at` of `vals`."""
        self.ensure_one()
        self._check_can_confirm()
        now = fields.Datetime.now()
        self._write_draft({"confirmed_how": how, "confirmed_at": now, "received_at": now, **vals})
        self.env["hotline.journal"]._append(
            "draft_confirmed",
            self,
            number=self.draft_number,
            confirmed_how=how,
            received_on=self.received_on,
            identified=bool(self.identified_by),
        )

    def _confirm_on_site(self, user, text, identification):
        """The citizen sends the draft from the own account: the receipt is this moment.

        `identification` is that of the session. With it an appeal under 59-FZ is registered,
        without it a message. Called on sudo by the page; returns what `action_register` does.
        """
        vals = {"appeal_text": text, "origin": "portal", "partner_id": user.partner_id.id}
        if identification:
            vals |= self._identified_vals(user.partner_id, identification)
        else:
            vals["kind"] = "message"
        if not self.applicant_email and user.partner_id.email:
            vals["applicant_email"] = user.partner_id.email
        self._confirm_draft("portal" if identification else "account", **vals)
        return self.action_register()

    @api.model
    def _identified_vals(self, partner, identification):
        """The name is that of the identified account where it has one."""
        vals = {
            "kind": "appeal_59",
            "identified_by": identification["provider"].name,
            "identified_at": identification["at"],
        }
        if partner.surname and partner.given_name:
            names = ("surname", "given_name", "patronymic")
            vals |= {f"applicant_{name}": partner[name] for name in names}
        return vals

    @api.model
    def _midday(self, company, day):
        """Return the UTC moment of midday of the body's `day`, for a receipt known by its date."""
        return clock.utc_of_body(datetime.combine(day, time(12)), company.hotline_tz)

    def _intake_facts(self):
        """What is filed by the portal is decided by the login it came with (REG-CH)."""
        facts = super()._intake_facts()
        facts["identified"] = bool(self.identified_by)
        facts["account_id"] = self.confirmed_how in ("portal", "account")
        return facts

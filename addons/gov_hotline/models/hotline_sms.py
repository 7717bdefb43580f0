import uuid

from odoo import api, fields, models

from ..domain import phones, placeholders, sms
from ..domain.notice_text import russian_date
from .helpdesk_ticket_outbox import OUTBOX
from .hotline_outbox import CONTENT, COURSE
from .hotline_outbox_send import NOT_SET_UP, Outcome

KINDS = [("registration", "Number of the appeal")]
# Everybody but the press service: it answers in the network where it was written to.
CONTACT_READERS = ",".join(
    f"gov_hotline.group_{role}"
    for role in ("operator", "approver", "supervisor", "executor", "auditor")
)


class HotlineSms(models.Model):
    """An SMS to the applicant: the same honesty as a letter, another wire."""

    _name = "hotline.sms"
    _inherit = "hotline.outbox"
    _description = "Outgoing SMS"
    _rec_name = "body"
    _code = "sms"
    _to = "phone_to"
    _give_up_after = sms.GIVE_UP_AFTER
    _set_by_act = frozenset((*CONTENT, *COURSE, "phone_to", "reference", "gateway_key"))

    kind = fields.Selection(KINDS, string="What it is", required=True, index=True)
    phone_to = fields.Char(string="Telephone", required=True)
    server = fields.Char(string="SMS gateway")
    reference = fields.Char(string="No. at the gateway", copy=False)
    gateway_key = fields.Char(
        string="Key for the gateway",
        copy=False,
        help="One in the world, the same at every try: the gateway knows a double by it.",
    )

    @api.model
    def _enqueue(self, source, kind, phone_to, text, key):
        """Put an SMS into the queue, in the transaction of the act that asks for it.

        `phone_to`: E.164; `text`: as it is sent; the same `key` again returns the first one. The
        act has checked who asks and whether the applicant agreed. Returns it as the system.
        """
        found = self._with_key(key)
        if found:
            return found
        vals = {"kind": kind, "phone_to": phone_to, "body": text}
        made = self._put(source, {**vals, "gateway_key": str(uuid.uuid4())}, key)
        made._journal("queued")
        made._call_sender()
        return made

    def _what(self):
        return self.env._("SMS «%(kind)s»", kind=self._selected_label("kind"))

    def _taken_vals(self, outcome):
        return {"reference": outcome.reference}

    def _not_set_up_words(self):
        return self.env._("SMS are switched off in the settings")

    def _talk(self):
        provider = self.company_id._sms_provider()
        if provider is None:
            return Outcome("delay", NOT_SET_UP)
        key = self.gateway_key or self.dedupe_key  # queued before there were keys for gateways
        return provider._send(self.company_id, self.phone_to, self.body, key)


class HotlineSmsProvider(models.AbstractModel):
    """How SMS are handed over: each provider is a model `hotline.sms.<code>` of this kind."""

    _name = "hotline.sms.provider"
    _description = "Provider of SMS"

    @api.model
    def _send(self, company, to, text, key):
        """Hand one SMS over: `to` in E.164; `key` names it for ever, the same at every try.

        Returns an Outcome, whatever the gateway answers. «lose» once it may have been taken.
        """
        raise NotImplementedError


class HotlineNotice(models.Model):
    """A notice of registration by SMS: the number, and nothing else (practice 20)."""

    _inherit = "hotline.notice"

    channel = fields.Selection(selection_add=[("sms", "SMS")], ondelete={"sms": "set default"})

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """The way «SMS» is offered only where a body of the user sends SMS."""
        found = super().fields_get(allfields, attributes)
        ways = found.get("channel", {}).get("selection")
        if ways and not any(company._is_sms_on() for company in self.env.companies):
            found["channel"]["selection"] = [way for way in ways if way[0] != "sms"]
        return found

    @api.onchange("channel")
    def _onchange_sms(self):
        """Show what will be sent: the text of an SMS is not written by hand."""
        if self.channel == "sms" and self.ticket_id:
            self.address = self.ticket_id._sms_phone()
            self.text = self.ticket_id._sms_text(self.kind)

    def _issue(self):  # pylint: disable=missing-return
        if self.channel == "sms":
            self._prepare_sms()
        super()._issue()
        if self.channel == "sms":
            self.env["hotline.sms"]._enqueue(
                self, self.kind, self.address, self.text, f"{self._name},{self.id}"
            )

    def _prepare_sms(self):
        """Refuse what must not go by SMS; set number and text as they are sent."""
        self._check_draft()
        ticket = self.ticket_id
        typed = phones.normalise(self.address).e164
        phone = sms.mobile(typed) if typed else ticket._sms_phone()
        facts = sms.Notice(
            kind=self.kind,
            phone=phone,
            is_on=self.company_id._is_sms_on(),
            is_agreed=ticket.sms_agreed,
        )
        ticket._enforce(sms.check(facts), subject=self._subject())
        self._write_by_act({"address": phone, "text": ticket._sms_text(self.kind)})


class HelpdeskTicket(models.Model):
    """The applicant's tick, and the words of an SMS."""

    _inherit = "helpdesk.ticket"

    sms_agreed = fields.Boolean(
        string="Agrees to SMS",
        copy=False,
        groups=CONTACT_READERS,
        help="The applicant wants the number of the appeal by SMS. Never anything else.",
    )
    is_sms_on = fields.Boolean(compute="_compute_is_sms_on")
    sms_ids = fields.One2many("hotline.sms", "ticket_id", string="Outgoing SMS", groups=OUTBOX)

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create(vals_list)
        # sudo: a maker of the draft may not read it
        made.sudo().filtered("sms_agreed")._journal_sms_agreed()
        return made

    def write(self, vals):
        if "sms_agreed" not in vals:
            return super().write(vals)
        tick = bool(vals["sms_agreed"])
        changed = self.filtered(lambda ticket: ticket.sms_agreed != tick)
        done = super().write(vals)
        changed._journal_sms_agreed()
        return done

    def _journal_sms_agreed(self):
        """Append who set or took off the tick: it may come by telephone, after hand-over."""
        for ticket in self:
            event = "sms_agreed" if ticket.sms_agreed else "sms_agreement_withdrawn"
            self.env["hotline.journal"]._append(event, ticket)

    @api.depends("company_id")
    def _compute_is_sms_on(self):
        for ticket in self:
            ticket.is_sms_on = (ticket.company_id or self.env.company)._is_sms_on()

    @api.depends("sms_ids.state", "sms_ids.last_error")
    def _compute_mail_trouble(self):  # pylint: disable=missing-return
        super()._compute_mail_trouble()
        for ticket in self:
            lines = [one._trouble_text() for one in ticket.sms_ids.filtered("in_trouble")]
            ticket.mail_trouble = "\n".join(filter(None, [ticket.mail_trouble, *lines]))

    def _sms_phone(self):
        return sms.mobile(self.sudo().applicant_phone or "")  # sudo: asked for by the officer

    def _sms_text(self, kind):
        """Return the words of the SMS: by the template, of safe names only."""
        lang = self.company_id._hotline_lang()
        ticket = self.with_context(lang=lang)
        day = self.company_id._hotline_today()
        template = self.env["hotline.letter.template"]._for("sms", kind, self, day)
        if template:
            facts = placeholders.Facts(words=ticket._sms_words())
            return placeholders.fill_known(template.text, facts)[: sms.LONGEST]
        return ticket.env._(
            "Your appeal has got the number %(number)s of %(date)s.",
            number=self.number,
            date=russian_date(self.registered_on),
        )

    def _sms_words(self):
        company = self.company_id.sudo()  # sudo: how the body is reached is no secret
        return {
            "number": self.number if self.registered_on else "",
            "registered_on": russian_date(self.registered_on),
            "body": company.name,
            "body_phone": company.phone or "",
            "site": company.website or "",
            "today": russian_date(company._hotline_today()),
        }


class HotlineJournal(models.Model):
    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {
            **super()._event_words(),
            "sms_queued": self.env._("SMS put into the queue"),
            "sms_sent": self.env._("SMS taken by the gateway"),
            "sms_failed": self.env._("SMS refused by the gateway"),
            "sms_unknown": self.env._("Unknown whether the SMS left"),
            "sms_again": self.env._("SMS sent again by hand"),
            "sms_confirmed": self.env._("SMS noted as received by the applicant"),
            "sms_cancelled": self.env._("SMS cancelled"),
            "sms_agreed": self.env._("Consent to SMS noted"),
            "sms_agreement_withdrawn": self.env._("Consent to SMS taken off"),
        }

    @api.model
    def _payload_labels(self):
        return {**super()._payload_labels(), "sms": self.env._("SMS")}

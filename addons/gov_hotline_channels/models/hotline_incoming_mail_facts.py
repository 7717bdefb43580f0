import re
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from odoo.addons.gov_hotline.domain import assignments as assignment_rules
from odoo.addons.gov_hotline.domain import lookup, transitions

from ..domain import letterhead, placing
from .hotline_incoming_mail import CONTENT, COURSE, READ

MESSAGE_ID = re.compile(r"<[^<>\s]+>")
# What a report about a letter of ours quotes of it.
QUOTED_ID = re.compile(rb"<[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[^<>\s]{1,200}>")
HOUR = timedelta(hours=1)
# Mailboxes that anybody may have: their domain tells nothing of who writes.
PUBLIC_DOMAINS = frozenset(
    {
        "mail.ru", "inbox.ru", "list.ru", "bk.ru", "internet.ru", "vk.com", "yandex.ru", "ya.ru",
        "yandex.com", "rambler.ru", "lenta.ru", "autorambler.ru", "myrambler.ru", "ro.ru",
        "gmail.com", "outlook.com", "hotmail.com", "icloud.com", "yahoo.com",
    }
)  # fmt: skip


class HotlineMail(models.Model):
    _inherit = "hotline.mail"

    message_id = fields.Char(index=True)  # what came in is looked up by it


class HotlineIncomingMail(models.Model):
    """What the body knows of a letter: which of ours it answers, whose the sender is."""

    _inherit = "hotline.incoming.mail"
    _set_by_act = frozenset((*CONTENT, *READ, *COURSE, "our_mail_id", "sender_id"))

    our_mail_id = fields.Many2one(
        "hotline.mail", string="Answers our letter", readonly=True, copy=False,
        index="btree_not_null",
    )  # fmt: skip
    sender_id = fields.Many2one(
        "res.partner", string="Known sender", readonly=True, copy=False, index="btree_not_null"
    )

    def _placing_letter(self):
        """Return what the rules look at."""
        lines = (line.partition(":") for line in (self.headers or "").splitlines())
        headers = {}
        for name, _colon, value in lines:
            headers.setdefault(name.strip().lower(), value.strip())
        return placing.Letter(
            from_address=self.from_address or "",
            subject=self.subject or "",
            body=self.body or "",
            files=len(self.attachment_ids),
            headers=headers,
            content_type=headers.get("content-type", "").lower(),
            from_name=self.from_name or "",
        )

    def _placing_facts(self):
        """Return the domain's Facts; `our_mail_id` and `sender_id` are known already."""
        partner, case = self.sender_id, self._named_case()
        return placing.Facts(
            is_ours=bool(self.message_id and self._our_letters([self.message_id])),
            is_own_address=self._is_own_address(),
            reply=self._reply(),
            case_named=bool(case) and not self.our_mail_id,
            sender=(partner and self._sender_kind(partner)) or "",
            recent=self._recent(),
            named_as_body=bool(self._body_by_name()),
        )

    # Which letter of ours

    def _our_letters(self, message_ids):
        """Return the body's letters with these Message-IDs, in their order."""
        domain = [("message_id", "in", message_ids), ("company_id", "=", self.company_id.id)]
        found = self.env["hotline.mail"].search(domain)
        return found.sorted(lambda mail: message_ids.index(mail.message_id))

    def _find_our_mail(self):
        """Return the letter of ours that this one answers, else the one that it reports on."""
        answered = MESSAGE_ID.findall(self.in_reply_to or "")
        chain = MESSAGE_ID.findall(self.references or "")
        found = self._our_letters([*answered, *reversed(chain)])[:1]
        if found or not placing.is_auto_reply(self._placing_letter()):
            return found
        quoted = QUOTED_ID.findall(self.raw_id.raw or b"")
        return self._our_letters([one.decode("ascii", "replace") for one in quoted])[:1]

    def _reply(self):
        """Return the domain's Reply, None where nothing of ours is answered."""
        if not self.our_mail_id:
            return None
        of, source = self._replied(), self._replied_record()
        known = self.from_address in self._known_addresses(of, source)
        return placing.Reply(of, known, self._takes(of, source))

    def _replied_record(self):
        return self.our_mail_id._source()

    def _replied(self):
        """Return of whom our letter was answered, by what it told of."""
        model = self.our_mail_id.res_model
        if model == "hotline.assignment":
            return placing.EXECUTOR
        own = ("hotline.answer", "hotline.notice", "helpdesk.ticket")
        return placing.APPLICANT if model in own else placing.OTHER

    def _known_addresses(self, of, source):
        """Return the addresses from which a reply is taken without asking."""
        addresses = [self.our_mail_id.email_to]
        if of == placing.EXECUTOR:
            partners = source.partner_id | source.partner_id.child_ids
            addresses += [*partners.mapped("email"), source.executor_user_id.email]
        elif of == placing.APPLICANT:
            addresses.append(self.our_mail_id.ticket_id.applicant_email)
        return {address.strip().lower() for address in addresses if address}

    def _takes(self, of, source):
        """Return whether what our letter told of still takes a reply."""
        is_open = self.our_mail_id.ticket_id.state in transitions.WORKING_STATES
        if of == placing.EXECUTOR:
            takes = assignment_rules.may("answer_part", source.state, assignment_rules.OFFICER)
            return is_open and takes
        return is_open

    def _named_case(self):
        """Return the case whose number the subject names; none where several are named."""
        keys = [lookup.number_key(number) for number in placing.numbers(self.subject or "")]
        registered = Domain("state", "!=", transitions.DRAFT)
        own = registered & Domain("company_id", "=", self.company_id.id)
        named = Domain("number_key", "in", list(filter(None, keys)))
        cases = self.env["helpdesk.ticket"].search(own & named, limit=2)
        return cases if len(cases) == 1 else cases[:0]

    def _open_assignment(self, case):
        """Return the one assignment of the sender in `case` that awaits an answer."""
        open_ones = case.assignment_ids.filtered(
            lambda one: (
                one.state == assignment_rules.SENT
                and one.partner_id.commercial_partner_id == self.sender_id.commercial_partner_id
            )
        )
        return open_ones if len(open_ones) == 1 else open_ones[:0]

    # Who

    def _find_sender(self):
        """Return the agency or organisation of the sender: by the address, else by its domain."""
        address = self.from_address or ""
        bodies = Domain("hotline_kind", "in", ("agency", "organisation"))
        contacts = bodies | Domain("parent_id.hotline_kind", "in", ("agency", "organisation"))
        partners = self.env["res.partner"].search(
            contacts & Domain("email_normalized", "=", address) & self._of_the_body()
        )
        domain = address.rpartition("@")[2]
        if not partners and domain and domain not in PUBLIC_DOMAINS | self._own_domains():
            by_domain = Domain("email_normalized", "=like", f"%@{self._escaped(domain)}")
            partners = self.env["res.partner"].search(bodies & by_domain & self._of_the_body())
        found = partners.mapped(lambda one: one if one.hotline_kind else one.parent_id)
        return found.sorted("id")[:1]  # a body with two cards in the directory is a body still

    def _body_by_name(self):
        """Return the body of the directory that the sender's name is: proposed, never believed."""
        name = " ".join((self.from_name or "").split())
        if not name:
            return self.env["res.partner"]
        same = Domain("hotline_kind", "=", "agency") & Domain("name", "=ilike", self._escaped(name))
        return self.env["res.partner"].search(same & self._of_the_body(), limit=1)

    @api.model
    def _escaped(self, domain):
        return domain.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")

    def _of_the_body(self):
        return Domain("company_id", "in", (False, self.company_id.id))

    def _sender_kind(self, partner):
        kinds = {
            assignment_rules.OWN: placing.SUBORDINATE,
            assignment_rules.ORGANISATION: placing.ORGANISATION,
        }
        return kinds.get(partner._addressee_kind(), placing.AGENCY)

    def _own_domains(self):
        return self.company_id._hotline_mail_domains() - PUBLIC_DOMAINS

    def _is_own_address(self):
        own = (self.company_id.email or "").strip().lower()
        address = self.from_address or ""
        return bool(address) and (
            address == own or address.rpartition("@")[2] in self._own_domains()
        )

    def _recent(self):
        """Return how many letters of this sender about the same thing came within an hour."""
        if not self.from_address:
            return 0
        return self.search_count(
            [
                ("id", "<", self.id),
                ("company_id", "=", self.company_id.id),
                ("from_address", "=", self.from_address),
                ("our_mail_id", "=", self.our_mail_id.id),
                ("received_at", ">", self.received_at - HOUR),
            ]
        )

    def _letterhead(self):
        """Return what the letter says of its own number, date and control."""
        return letterhead.read(self.subject or "", self.body or "")

    def _as_system(self):
        """Return the letter as the system reads it: whoever called, the files of all cases."""
        lang = self.company_id.sudo()._hotline_lang()  # sudo: its language
        return self.with_user(SUPERUSER_ID).with_context(lang=lang)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..domain import assignments as rules
from ..domain import mails, post, postal
from .hotline_assignment import STAFF

WAYS = [
    (postal.REGISTERED, "Registered letter"),
    (postal.PLAIN, "Ordinary letter"),
    ("courier", "Courier"),
    ("documents", "Document system of the bodies"),
    (post.HAND, "In person"),
]
COURSES = [
    (post.TO_POST, "To be printed and posted"),
    (post.QUEUED, "In the queue"),
    (post.SENT, "Sent"),
    (post.ASTRAY, "Not delivered"),
    (post.DROPPED, "Withdrawn before it left"),
]
ON_PAPER = (post.POST, post.HAND)
# What waits on paper, or did not leave by e-mail and goes on paper instead.
TO_MARK = (post.TO_POST, post.ASTRAY)


class HotlinePosting(models.AbstractModel):
    """A letter on paper: it has left once somebody marks when and how, after closing too."""

    _name = "hotline.posting"
    _description = "Letter on paper"

    posted_on = fields.Date(string="Handed to the post on", readonly=True, copy=False)
    posted_way = fields.Selection(WAYS, string="Kind of posting", readonly=True, copy=False)
    posted_number = fields.Char(
        string="Postal identifier or No. in the register", readonly=True, copy=False,
        index="btree_not_null",
    )  # fmt: skip

    def _can_post(self):
        """Return those that wait on paper."""
        raise NotImplementedError

    def _course(self):
        """Return how the letter fares: of COURSES."""
        raise NotImplementedError

    def _what_and_whom(self):
        """Return (what the letter is, name of whom it is for)."""
        raise NotImplementedError

    def _outgoing_mark(self):
        """Return (number, date) of the letter in the series."""
        return self.outgoing_number or "", self.outgoing_date or None

    def _letter_title(self):
        """Return «Сопроводительное письмо № ИСХ-37/2026 от 22.11.2026, Прокуратура»."""
        self.ensure_one()
        (what, whom), (number, day) = self._what_and_whom(), self._outgoing_mark()
        return self.env._(
            "%(what)s No. %(number)s of %(day)s, %(whom)s",
            what=what,
            number=number or "–",
            day=format_date(self.env, day) or "–",
            whom=whom or "–",
        )

    def _note_posting(self, vals):
        """Record that the letter left: `vals` are posted_on, posted_way, posted_number."""
        self._write_mark(vals)

    def _write_mark(self, vals):
        """Write posted_on, posted_way, posted_number past the guards; the acts'."""
        raise NotImplementedError

    def action_post(self):
        """Open the entry of when and how these letters were handed to the post; officer."""
        return self.env["hotline.posting.entry"]._open_for(self)

    def _mark_posted(self, vals):
        """Record the posting of each; officer. Raises UserError where it does not wait on paper."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("read")
        for letter in self:
            letter._check_waits_on_paper()
            ticket, day = letter.ticket_id, letter._check_day(vals.get("posted_on"))
            letter._mails().filtered(lambda one: one.state in mails.TROUBLES)._give_up()
            letter._note_posting(vals)
            self.env["hotline.journal"]._append(
                "letter_posted", ticket, letter=f"{letter._name},{letter.id}",
                happened_on=day, way=vals.get("posted_way") or None,
            )  # fmt: skip

    def _check_day(self, posted_on):
        """Refuse a day on which the letter cannot have been posted; return it as a date."""
        day = fields.Date.to_date(posted_on) or None
        numbered, today = self._outgoing_mark()[1], self.company_id._hotline_today()
        self.ticket_id._enforce(list(post.check_posting(day, numbered, today)))
        return day

    def _check_waits_on_paper(self):
        if not self._can_post():
            raise UserError(
                self.env._(
                    "Letter %(number)s does not wait to be posted: it has left, or goes by e-mail.",
                    number=self._outgoing_mark()[0],
                )
            )

    @api.model
    def _check_identifiers(self, identifiers):
        """Refuse identifiers of registered letters that cannot be theirs: {letter: identifier}.

        Raises UserError: a slip of the pen, one for two of them, or that of another letter.
        """
        named = {one._short_title(): number for one, number in identifiers.items() if number}
        problems = list(postal.check(named))
        for letter, number in identifiers.items():
            other = number and letter._other_with(number)
            if other and other not in identifiers:
                both = f"{letter._short_title()}; {other._short_title()}"
                problems.append(postal.taken(number, both))
        self.env["helpdesk.ticket"]._raise_problems(problems)

    def _short_title(self):
        """Return «№ ИСХ-37/2026»: what a refusal calls the letter."""
        return self.env._("No. %(number)s", number=self._outgoing_mark()[0] or "–")

    def _other_with(self, identifier):
        """Return the letter of the same body that has this identifier, None for none."""
        same = [("company_id", "=", self.company_id.id), ("posted_number", "=", identifier)]
        for name in self._posted_models():
            # sudo: a letter that this user may not see has its identifier all the same
            found = self.env[name].sudo().search(same)
            if other := (found - self if name == self._name else found)[:1]:
                return self.env[name].browse(other.id)
        return None

    @api.model
    def _posted_models(self):
        """Return the models of letters that are marked as posted."""
        return [
            "hotline.notice", "hotline.assignment", "hotline.answer", "hotline.request",
            "hotline.covering.letter",
        ]  # fmt: skip


class HotlineNotice(models.Model):
    _name = "hotline.notice"
    _inherit = ["hotline.notice", "hotline.posting"]

    def _can_post(self):
        return self.filtered(lambda one: one._course() in TO_MARK)

    def _course(self):
        return self._courses()[self]

    def _courses(self):
        """Return {notice: how it fares}, e-mails read at once."""
        queued = self.filtered(lambda one: one.state == "queued")
        by_mail = queued.filtered(lambda one: one.channel == post.EMAIL)
        newest = by_mail._newest_mails()
        waiting = {
            one: post.TO_POST if one.channel in ON_PAPER else post.QUEUED
            for one in queued - by_mail
        }
        mailed = {one: post.course(newest.get(one, ""), None) for one in by_mail}
        return {one: one.state for one in self} | waiting | mailed

    def _what_and_whom(self):
        return self._selected("kind"), self.addressee_name

    def _note_posting(self, vals):  # pylint: disable=missing-return
        super()._note_posting(vals)
        self._mark_sent()

    def _write_mark(self, vals):
        self._write_by_act(vals)

    def action_mark_sent(self):  # pylint: disable=missing-return
        """Record that queued letters have left, those on paper today; officer."""
        paper = self._can_post().filtered(lambda one: one.channel == post.POST)
        super().action_mark_sent()
        for notice in paper.filtered(lambda one: not one.posted_on):
            notice._write_by_act({"posted_on": notice.company_id._hotline_today()})


class HotlineAssignment(models.Model):
    """The letter of a forwarding: by e-mail, or on paper until it is marked (art. 8, p. 3, 4)."""

    _name = "hotline.assignment"
    _inherit = ["hotline.assignment", "hotline.posting"]

    posted_on = fields.Date(groups=STAFF)
    posted_way = fields.Selection(groups=STAFF)
    posted_number = fields.Char(groups=STAFF)
    letter_course = fields.Selection(
        COURSES, compute="_compute_letter_course", string="Forwarding letter", groups=STAFF
    )

    @api.depends("state", "addressee_kind", "posted_on")
    def _compute_letter_course(self):
        letters = self._forwardings().filtered(lambda one: one.state != rules.DRAFT)
        newest = letters._newest_cards()
        for one in self:
            one.letter_course = one in letters and post.course(
                newest.get(one.id, ""),
                one.posted_on or None,
                is_withdrawn=one.state == rules.WITHDRAWN,
            )

    def _newest_cards(self):
        """Return {id: state of the newest e-mail that carried the letter itself}."""
        cards = self._mails().filtered(lambda mail: mail.kind == "card") if self else ()
        return {mail.res_id: mail.state for mail in reversed(cards)}

    def _can_post(self):
        return self.filtered(lambda one: one.letter_course in TO_MARK)

    def _course(self):
        return self.letter_course

    def _what_and_whom(self):
        # sudo: the addressee is named to every reader
        return self.env._("Forwarding letter"), self.partner_id.sudo().name

    def _goes_on_paper(self):
        """Whether the letter went, or is to go, by post: what a register of post lists."""
        return self.letter_course == post.TO_POST or bool(
            self.posted_on and self.posted_way not in (post.HAND, "documents")
        )

    def _posting_address(self):
        """Return where the letter goes: the postal address of the body, or its e-mail."""
        if not self.posted_on and self.letter_course != post.TO_POST:
            return self._card_address()
        # sudo: the address of a body is for every officer
        words = self.partner_id.sudo()._display_address(without_company=True)
        return ", ".join(filter(None, map(str.strip, words.splitlines())))

    def _posting_words(self):
        """Return how the letter goes, as the register tells it."""
        if self.posted_way:
            return self._selected_way()
        by_mail = not self.posted_on and self.letter_course != post.TO_POST
        return self.env._("E-mail") if by_mail else self.env._("Post")

    def _selected_way(self):
        return dict(self._fields["posted_way"]._description_selection(self.env))[self.posted_way]

    def _note_posting(self, vals):  # pylint: disable=missing-return
        super()._note_posting(vals)
        self.ticket_id._settle_forwarding()

    def _write_mark(self, vals):
        self._set(**vals)

    def _officer_acts(self):
        """On paper: print it, then say when it left."""
        acts = super()._officer_acts()
        if not self.letter_course:
            return acts
        printed = [
            self._letter_act("action_print_forwarding", self.env._("Print the letter")),
            self._letter_act("action_print_envelope", self.env._("Print the envelope")),
            self._letter_act("action_download_docx", self.env._("Letter in Word")),
        ]
        if self._can_post():
            posted = self._letter_act("action_post", self.env._("Mark as posted"), step=True)
            return [posted, *printed, *acts]
        slip = self._letter_act("action_correct_posting", self.env._("Correct the posting"))
        return [*acts, *([slip] if self.posted_on else []), *printed]

    def _letter_act(self, method, label, *, step=False):
        return {"method": method, "label": label, "blocked": False, "step": step}

    @api.depends("posted_on")
    @api.depends_context("uid", "lang")
    def _compute_acts(self):
        return super()._compute_acts()

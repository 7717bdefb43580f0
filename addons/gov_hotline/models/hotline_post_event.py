from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import mails, post
from . import post_event_sql

CAUSES = [
    ("expired", "Not fetched, the time of keeping ended"),
    ("left", "The addressee has moved away"),
    ("refused", "The addressee refused it"),
    ("address", "Incomplete or wrong address"),
    ("other", "Another cause"),
]
CARRIED = (post.POST, post.EMAIL)  # what can come back
ROADS = [(post.POST, "Post"), (post.EMAIL, "E-mail"), (post.HAND, "In person")]


class HotlinePostEvent(models.Model):
    """A letter came back by post or went again: made once, never changed, after closing too."""

    _name = "hotline.post.event"
    _inherit = "hotline.by.act"
    _description = "Returned and re-sent letters"
    _order = "happened_on desc, id desc"
    _set_by_act = frozenset({"user_id"})
    _derived = frozenset({"ticket_id", "company_id"})

    kind = fields.Selection(
        [(post.RETURNED, "Came back"), (post.RESENT, "Sent again")],
        string="What happened",
        required=True,
        default=post.RETURNED,
    )
    notice_id = fields.Many2one("hotline.notice", index="btree_not_null", ondelete="cascade")
    answer_id = fields.Many2one("hotline.answer", index="btree_not_null", ondelete="cascade")
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Appeal",
        compute="_compute_ticket_id",
        store=True,
        precompute=True,
        index=True,
        ondelete="cascade",
    )
    ticket_number = fields.Char(related="ticket_id.number", string="Appeal No.")
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    outgoing_number = fields.Char(compute="_compute_letter", string="Outgoing No.")
    addressee = fields.Char(compute="_compute_letter")
    happened_on = fields.Date(
        string="On", required=True, default=lambda self: self.env.company._hotline_today()
    )
    cause = fields.Selection(CAUSES, string="Cause of the return")
    note = fields.Char(string="Remark")
    address = fields.Char(string="New address")
    channel = fields.Selection(ROADS, string="Sent by", default=post.POST)
    is_waiting = fields.Boolean(
        string="To be sent again", compute="_compute_is_waiting", search="_search_is_waiting"
    )
    track = fields.Char(string="Postal identifier")
    user_id = fields.Many2one(
        "res.users", string="Entered by", readonly=True, default=lambda self: self.env.user
    )

    _one_letter = models.Constraint(
        "CHECK ((notice_id IS NULL) <> (answer_id IS NULL))",
        "It is either a notice or an answer that came back.",
    )

    def init(self):
        """Refuse every change in the database; after all tables are there."""
        self.pool.post_init(self._install_trigger)

    def _install_trigger(self):
        for statement in post_event_sql.statements(self._table):
            self.env.cr.execute(statement)

    @api.depends("notice_id", "answer_id")
    def _compute_ticket_id(self):
        for event in self:
            event.ticket_id = event._letter().ticket_id

    @api.depends("notice_id", "answer_id")
    def _compute_letter(self):
        for event in self:
            letter = event._letter().sudo()  # sudo: named beside the event to its readers
            event.outgoing_number = letter.outgoing_number
            event.addressee = letter._addressee() if letter else False

    def _compute_is_waiting(self):
        """Nothing has happened to the letter since it came back."""
        for event in self:
            last = event._letter().post_event_ids.sorted("id")[-1:]
            event.is_waiting = event.kind == post.RETURNED and event == last

    def _search_is_waiting(self, operator, value):
        if operator != "in":
            return NotImplemented
        # a letter's state is that of its last event: of its returns the last one waits
        back = fields.Domain("kind", "=", post.RETURNED) & (
            fields.Domain("answer_id.post_state", "=", post.RETURNED)
            | fields.Domain("notice_id.post_state", "=", post.RETURNED)
        )
        last = {event._letter(): event.id for event in self.search(back, order="id")}
        return fields.Domain("id", "in" if True in value else "not in", list(last.values()))

    @api.depends("kind", "happened_on")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for event in self:
            words = (kinds.get(event.kind), event.outgoing_number)
            event.display_name = " ".join(filter(None, words))

    def _road_words(self):
        """Return by what way the letter went again; by post, where nobody was asked."""
        roads = dict(self._fields["channel"]._description_selection(self.env))
        return roads[self.channel or post.POST]

    def _letter(self):
        return self.notice_id or self.answer_id

    @api.model_create_multi
    def create(self, vals_list):
        """Enter what happened to a letter; officer. Raises UserError where it cannot have."""
        self.env["helpdesk.ticket"]._require_role("officer")
        events = self.browse()
        for vals in vals_list:  # each one is checked against those before it
            event = super().create([vals])
            event._check_event()
            event._journal()
            if event.kind == post.RESENT:
                event._letter()._sent_again(event)
            events += event
        return events

    def _check_event(self):
        letter = self._letter()
        letter.check_access("read")
        if self.kind == post.RETURNED and not self.cause:
            raise UserError(self.env._("Choose why the letter came back."))
        before = (letter.post_event_ids - self).sorted(lambda one: one.id)[-1:]
        problems = post.check(
            self._domain_event(),
            sent_on=letter._posted_on(),
            last=before._domain_event() if before else None,
            today=self.company_id._hotline_today(),
            is_lost=letter.is_mail_lost,
        )
        letter.ticket_id._enforce(list(problems), subject=f"{letter._name},{letter.id}")

    def _domain_event(self):
        day, road = self.happened_on or None, self.channel or post.POST
        return post.Event(self.kind, day, self.address or "", road)

    def _journal(self):
        letter = self._letter()
        self.env["hotline.journal"]._append(
            f"letter_{self.kind}", self.ticket_id, letter=f"{letter._name},{letter.id}",
            happened_on=self.happened_on, cause=self.cause or None,
        )  # fmt: skip

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("What happened to a letter is not deleted. Add what came after.")
        )


class HotlinePostedLetter(models.AbstractModel):
    """What the post did with a letter to the applicant."""

    _name = "hotline.posted.letter"
    _description = "Letter by post"

    post_state = fields.Selection(
        [(post.RETURNED, "Came back"), (post.RESENT, "Sent again")],
        string="Post",
        compute="_compute_post_state",
        store=True,
        copy=False,
    )

    is_mail_lost = fields.Boolean(compute="_compute_is_mail_lost", string="E-mail did not leave")

    @api.depends("post_event_ids.kind")
    def _compute_post_state(self):
        for letter in self:
            last = letter.post_event_ids.sorted(lambda one: one.id if one.id else 0)[-1:]
            letter.post_state = last.kind or False

    def _posted_on(self):
        """Return the day the letter left by post or e-mail, None for one that has not."""
        raise NotImplementedError

    def action_post_returned(self):
        """Open the entry of a return; officer."""
        return self._post_event_action(post.RETURNED, self.env._("The letter came back"))

    def action_post_resend(self):
        """Open the entry of a re-sending with the new address; officer."""
        return self._post_event_action(post.RESENT, self.env._("Send the letter again"))

    def _post_event_action(self, kind, name):
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("read")
        link = "notice_id" if self._name == "hotline.notice" else "answer_id"
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "hotline.post.event",
            "views": [(self.env.ref("gov_hotline.hotline_post_event_view_form").id, "form")],
            "target": "new",
            "context": {
                f"default_{link}": self.id,
                "default_kind": kind,
                "default_channel": self._again_road() if kind == post.RESENT else False,
            },
        }

    def _again_road(self):
        """Return the way to propose: that of the letter."""
        return self.channel if self.channel in CARRIED else post.POST

    def _envelope_address(self):
        """Return the address of the last re-sending by post, else that of the letter."""
        sent = self.sudo().post_event_ids  # sudo: on the envelope, whoever prints it
        posted = sent.filtered(lambda one: one.address and one.channel != post.EMAIL)
        return posted.sorted(lambda one: one.id)[-1:].address or self._address()

    def _compute_is_mail_lost(self):
        """The last e-mail of this letter failed, or nobody knows whether it left."""
        for letter in self:
            letter.is_mail_lost = letter._mails()[:1].state in mails.TROUBLES

    def _sent_again(self, event):
        """Put the letter into the queue by e-mail, or take note of another way; the event's act.

        The e-mail that did not leave is given up: two ways of one letter would be two letters.
        """
        self._mails().filtered(lambda one: one.state in mails.TROUBLES)._give_up()
        if event.channel == post.EMAIL:
            self._mail_letter(event.address, f"{self._name},{self.id},{event.id}")

    def _mail_letter(self, email_to, key):
        """Put the letter as it was issued into the queue to `email_to`."""
        raise NotImplementedError


class HotlineNotice(models.Model):
    _name = "hotline.notice"
    _inherit = ["hotline.notice", "hotline.posted.letter"]

    post_event_ids = fields.One2many("hotline.post.event", "notice_id", string="By post")

    def _posted_on(self):
        left = self.channel in CARRIED and self.state in ("queued", "sent", "failed")
        return self.outgoing_date or None if left else None

    def _sent_again(self, event):  # pylint: disable=missing-return
        super()._sent_again(event)
        if event.channel != post.EMAIL and self.state == "failed":
            self._mark_sent()


class HotlineAnswer(models.Model):
    _name = "hotline.answer"
    _inherit = ["hotline.answer", "hotline.posted.letter"]

    post_event_ids = fields.One2many("hotline.post.event", "answer_id", string="By post")

    def _posted_on(self):
        left = self.channel in CARRIED and self.state == "given"
        return self.outgoing_date or None if left else None

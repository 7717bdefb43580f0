from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..domain import assignments, post
from .hotline_letter_printed import printed_words
from .hotline_letter_template import NOTICE_KINDS
from .hotline_notice import UNISSUED
from .hotline_posting import COURSES, ON_PAPER

KINDS = [
    ("answer", "Answer"),
    *(("notice_" + kind, words) for kind, words in NOTICE_KINDS),
    ("forwarding_letter", "Forwarding letter"),
    ("request", "Request"),
    ("report", "Report to the body on control"),
]
CHANNELS = [
    ("post", "Post"),
    ("email", "E-mail"),
    ("portal", "Portal"),
    ("hand", "In person"),
    ("phone", "By telephone"),
    ("sms", "SMS"),
    ("other", "By post, courier or a document system"),
]
# The last run of digits before the year: «ИСХ-12/2026» is 12, so ИСХ-9 stands before ИСХ-10.
_SERIAL = SQL(r"substring(l.outgoing_number from '(\d{1,9})(?:/\d{4})?\D*$')::integer")
# The identifiers of five tables in one column: ten times the row, and which table.
TABLES = {
    "hotline.notice": 0,
    "hotline.answer": 1,
    "hotline.assignment": 2,
    "hotline.request": 3,
    "hotline.covering.letter": 4,
}
FORWARDING = "hotline.assignment"
NEVER = SQL("FALSE")
POSTED = ("awaits_posting", "posted_on")
PRINTED = ("printed_at", "printed_by_id")
COLUMNS = (
    "ticket_id", "company_id", "signer_name", "outgoing_number", "outgoing_date", *PRINTED,
)  # fmt: skip


class HotlineOutgoing(models.Model):
    """Everything that left under an outgoing number, whatever it is: one list, read only.

    The series of numbers is one, so is its list: answers, notices, forwardings, requests, reports.
    A letter that is still being signed has its number and has not left: it is not here.
    """

    _name = "hotline.outgoing"
    _description = "Outgoing letter"
    _auto = False
    _order = "outgoing_date desc, serial desc, id desc"
    _rec_name = "outgoing_number"
    _depends = {
        "hotline.mail": ["res_model", "res_id", "kind", "state"],
        "hotline.notice": [*COLUMNS, "kind", "channel", "state", "addressee_name", "post_state"],
        "hotline.answer": [
            *COLUMNS, "channel", "state", "sent_name", "post_state", "awaits_posting", "posted_on",
        ],
        "hotline.assignment": [
            *COLUMNS, "partner_id", "addressee_kind", "state", "posted_on", "posted_way",
        ],
        "hotline.request": [
            *COLUMNS, "channel", "state", "partner_id", "received_on", *POSTED,
        ],
        "hotline.covering.letter": [
            "ticket_id", "company_id", "signer_name", "channel", "sender_id", "report_number",
            "report_date", "off_control_on", *PRINTED, *POSTED,
        ],
    }  # fmt: skip

    outgoing_number = fields.Char(string="Outgoing No.", readonly=True)
    outgoing_date = fields.Date(string="Outgoing date", readonly=True)
    serial = fields.Integer(string="No. in the series", readonly=True, aggregator=None)
    kind = fields.Selection(KINDS, string="What", readonly=True)
    addressee_name = fields.Char(string="Addressee as it was written", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Body", readonly=True)
    addressee = fields.Char(compute="_compute_addressee")
    ticket_id = fields.Many2one("helpdesk.ticket", string="Appeal", readonly=True)
    ticket_number = fields.Char(related="ticket_id.number", string="Appeal No.")
    company_id = fields.Many2one("res.company", string="Our body", readonly=True)
    channel = fields.Selection(CHANNELS, string="Sent by", readonly=True)
    signer_name = fields.Char(string="Signed by", readonly=True)
    state = fields.Selection(COURSES, readonly=True)
    post_state = fields.Selection(
        [("returned", "Came back"), ("resent", "Sent again")], string="Post", readonly=True
    )
    printed_at = fields.Datetime(string="Printed on", readonly=True)
    printed_by_id = fields.Many2one("res.users", string="Printed by", readonly=True)
    printed_text = fields.Char(compute="_compute_printed_text", string="Printed")
    source_model = fields.Char(string="Kind of the record", readonly=True)
    source_id = fields.Integer(string="Record", readonly=True, aggregator=None)

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join(
            [self._notices(), self._answers(), self._forwardings(), self._requests(),
             self._reports()]
        )  # fmt: skip

    @api.depends("addressee_name", "partner_id")
    def _compute_addressee(self):
        for letter in self:
            # sudo: the name of a body or an applicant as the letter itself has it
            named = letter.partner_id.sudo().name or letter.ticket_id.sudo().applicant_name
            letter.addressee = letter.addressee_name or named

    @api.depends("printed_at", "printed_by_id")
    @api.depends_context("lang")
    def _compute_printed_text(self):
        for letter in self:
            letter.printed_text = printed_words(letter)

    def action_open(self):
        """Open the letter itself; a forwarding by its assignment. By the rights of the user."""
        self.ensure_one()
        source = self.env[self.source_model].browse(self.source_id)
        source.check_access("read")
        return source.get_formview_action()

    def action_mark_posted(self):
        """Open the entry of when these letters were handed to the post; officer."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("read")
        return self.env["hotline.posting.entry"]._open_for(*self._waiting_letters())

    def _waiting_letters(self):
        """Return the letters of these rows that wait on paper, in order. UserError for none."""
        posted = self.env["hotline.posting"]._posted_models()
        waiting = {one for model in posted for one in self._sources(model)._can_post()}
        found = [one for one in self._letters() if one in waiting]
        if not found:
            raise UserError(self.env._("None of these letters waits to be posted."))
        return found

    def _sources(self, model):
        rows = self.filtered(lambda one: one.source_model == model)
        return self.env[model].browse(rows.mapped("source_id"))

    def _letters(self):
        """Return the letters themselves, in the order of these rows."""
        return [self.env[row.source_model].browse(row.source_id) for row in self]

    def action_print_selected(self):
        """Open the print of these letters as one file, in their order; who prints each alone."""
        self.check_access("read")
        return self.env["hotline.outgoing.print"]._open_for(self._letters())

    # One part of the list a table

    def _notices(self):
        course = SQL(
            "CASE WHEN l.state <> 'queued' THEN l.state WHEN l.channel IN %s THEN %s"
            " WHEN l.channel = 'email' THEN COALESCE(%s, %s) ELSE l.state END",
            ON_PAPER,
            post.TO_POST,
            self._mailed("hotline.notice"),
            post.TO_POST,
        )
        return self._part(
            "hotline.notice",
            SQL("'notice_' || l.kind"),
            addressee=SQL("l.addressee_name"),
            state=course,
            post=SQL("l.post_state"),
            where=SQL("l.state NOT IN %s", UNISSUED),
        )

    def _answers(self):
        return self._part(
            "hotline.answer",
            SQL("'answer'"),
            addressee=SQL("l.sent_name"),
            post=SQL("l.post_state"),
            state=SQL(
                "CASE WHEN l.awaits_posting AND l.posted_on IS NULL AND l.post_state IS NULL"
                " THEN %s ELSE COALESCE(%s, 'sent') END",
                post.TO_POST,
                self._mailed("hotline.answer"),
            ),
            where=SQL("l.state = 'given'"),
        )

    def _forwardings(self):
        """The letters to other bodies: an assignment of ours has no number in the series.

        As `post.course` says it: without an e-mail nothing is sent until it is marked.
        """
        mailed = self._mailed(FORWARDING, "card")
        withdrawn = SQL(
            "CASE WHEN l.state = 'withdrawn' AND %s IS DISTINCT FROM 'sent' THEN %s END",
            mailed,
            post.DROPPED,
        )
        return self._part(
            "hotline.assignment",
            SQL("'forwarding_letter'"),
            body=SQL("l.partner_id"),
            channel=SQL(
                "CASE WHEN l.posted_on IS NULL AND %s IS NOT NULL THEN 'email'"
                " WHEN l.posted_way = 'hand' THEN 'hand'"
                " WHEN l.posted_way IN ('courier', 'documents') THEN 'other' ELSE 'post' END",
                mailed,
            ),
            state=SQL(
                "CASE WHEN l.posted_on IS NOT NULL THEN 'sent' ELSE COALESCE(%s, %s, %s) END",
                withdrawn,
                mailed,
                post.TO_POST,
            ),
            where=SQL("l.addressee_kind = %s AND l.state <> 'draft'", assignments.OTHER_BODY),
        )

    def _requests(self):
        return self._part(
            "hotline.request",
            SQL("'request'"),
            body=SQL("l.partner_id"),
            state=self._body_course(
                "hotline.request",
                withdrawn=SQL("l.state = 'withdrawn'"),
                arrived=SQL("(l.received_on IS NOT NULL OR l.state = 'answered')"),
            ),
            where=SQL("l.state <> 'draft'"),
        )

    def _reports(self):
        letters = SQL(
            "(SELECT *, report_number AS outgoing_number, report_date AS outgoing_date"
            " FROM hotline_covering_letter)"
        )
        return self._part(
            "hotline.covering.letter",
            SQL("'report'"),
            table=letters,
            body=SQL("l.sender_id"),
            state=self._body_course("hotline.covering.letter"),
            where=SQL("l.off_control_on IS NOT NULL"),
        )

    def _body_course(self, model, *, withdrawn=NEVER, arrived=NEVER):
        """Return how a letter to a body fares, as `hotline.body.letter._course` says it."""
        mailed = self._mailed(model)
        return SQL(
            "CASE WHEN l.posted_on IS NOT NULL THEN 'sent'"
            " WHEN %(withdrawn)s AND l.awaits_posting AND %(mailed)s IS DISTINCT FROM 'sent'"
            " THEN %(dropped)s"
            " ELSE COALESCE(%(mailed)s, CASE WHEN l.awaits_posting AND NOT %(arrived)s"
            " THEN %(to_post)s ELSE 'sent' END) END",
            mailed=mailed,
            withdrawn=withdrawn,
            arrived=arrived,
            dropped=post.DROPPED,
            to_post=post.TO_POST,
        )

    def _mailed(self, model, kind=None):
        """Return how the newest e-mail of the row's letter fares, NULL where none carries it."""
        words = [SQL("WHEN %s THEN %s", *pair) for pair in post.COURSE_OF_MAIL.items()]
        return SQL(
            "(SELECT CASE m.state %s END FROM hotline_mail m WHERE m.res_model = %s"
            " AND m.res_id = l.id AND m.kind = COALESCE(%s, m.kind) ORDER BY m.id DESC LIMIT 1)",
            SQL(" ").join(words),
            model,
            kind,
        )

    def _part(self, model, kind, *, where, **columns):
        """Return the SELECT of one table. `columns`: addressee, body, channel, state, post."""
        table = columns.get("table") or SQL.identifier(self.env[model]._table)
        none = SQL("NULL::varchar")
        return SQL(
            """SELECT l.id * 10 + %(table_no)s AS id, %(kind)s AS kind, l.outgoing_number,
                l.outgoing_date, %(serial)s AS serial, %(addressee)s AS addressee_name,
                %(body)s AS partner_id, l.ticket_id, l.company_id, %(channel)s AS channel,
                l.signer_name, %(state)s AS state, %(post)s AS post_state,
                l.printed_at, l.printed_by_id,
                %(model)s AS source_model, l.id AS source_id
            FROM %(table)s l WHERE l.outgoing_number IS NOT NULL AND %(where)s""",
            table_no=TABLES[model],
            kind=kind,
            serial=_SERIAL,
            addressee=columns.get("addressee") or none,
            body=columns.get("body") or SQL("NULL::integer"),
            channel=columns.get("channel") or SQL("l.channel"),
            state=columns.get("state") or SQL("'sent'"),
            post=columns.get("post") or none,
            model=model,
            table=table,
            where=where,
        )

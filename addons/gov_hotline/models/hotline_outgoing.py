from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import assignments
from .hotline_letter_template import NOTICE_KINDS
from .hotline_notice import STATES, UNISSUED

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
COLUMNS = ("ticket_id", "company_id", "signer_name", "outgoing_number", "outgoing_date")


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
        "hotline.notice": [*COLUMNS, "kind", "channel", "state", "addressee_name", "post_state"],
        "hotline.answer": [*COLUMNS, "channel", "state", "sent_name", "post_state"],
        "hotline.assignment": [*COLUMNS, "partner_id", "addressee_kind", "state"],
        "hotline.request": [*COLUMNS, "channel", "state", "partner_id"],
        "hotline.covering.letter": [
            "ticket_id", "company_id", "signer_name", "channel", "sender_id", "report_number",
            "report_date", "off_control_on",
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
    state = fields.Selection([one for one in STATES if one[0] not in UNISSUED], readonly=True)
    post_state = fields.Selection(
        [("returned", "Came back"), ("resent", "Sent again")], string="Post", readonly=True
    )
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

    def action_open(self):
        """Open the letter itself; a forwarding by its assignment. By the rights of the user."""
        self.ensure_one()
        source = self.env[self.source_model].browse(self.source_id)
        source.check_access("read")
        return source.get_formview_action()

    # One part of the list a table

    def _notices(self):
        return self._part(
            "hotline.notice",
            SQL("'notice_' || l.kind"),
            addressee=SQL("l.addressee_name"),
            state=SQL("l.state"),
            post=SQL("l.post_state"),
            where=SQL("l.state NOT IN %s", UNISSUED),
        )

    def _answers(self):
        return self._part(
            "hotline.answer",
            SQL("'answer'"),
            addressee=SQL("l.sent_name"),
            post=SQL("l.post_state"),
            where=SQL("l.state = 'given'"),
        )

    def _forwardings(self):
        """The letters to other bodies: an assignment of ours has no number in the series."""
        return self._part(
            "hotline.assignment",
            SQL("'forwarding_letter'"),
            body=SQL("l.partner_id"),
            channel=SQL("NULL::varchar"),
            where=SQL("l.addressee_kind = %s AND l.state <> 'draft'", assignments.OTHER_BODY),
        )

    def _requests(self):
        return self._part(
            "hotline.request",
            SQL("'request'"),
            body=SQL("l.partner_id"),
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
            where=SQL("l.off_control_on IS NOT NULL"),
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

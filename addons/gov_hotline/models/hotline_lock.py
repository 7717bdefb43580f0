import json
from contextlib import contextmanager, suppress

from psycopg2.errors import InFailedSqlTransaction

from odoo import api, models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from . import lock_sql
from .helpdesk_ticket_lifecycle import LEGAL_FIELDS

# Of whatever hangs on a closed case: these columns stand still. The case itself: LEGAL_FIELDS,
# the same list the Python guard uses. A hotline model here has a stored `ticket_id`; its files are
# locked with it.
LOCKED_COLUMNS = {
    "hotline.question": (
        "ticket_id", "sequence", "topic_id", "text", "competent_body_id", "outcome_id", "answer_id",
        "ground_id", "ground_stated_on", "ground_note", "ground_url", "authority_id", "signed_on",
        "signer_name", "signer_authority",
    ),
    "hotline.answer": (
        "ticket_id", "text", "channel", "outgoing_number", "outgoing_date", "signer_name",
        "signer_authority", "authority_id", "signed_on", "state", "given_at", "content_hash",
        "signature_kind", "certificate_subject", "certificate_issuer", "certificate_serial",
        "certificate_from", "certificate_to", "with_certificate", "lead_id", "common_text",
        "sent_name", "sent_address", "posted_on+",
    ),
    "hotline.approval": (
        "ticket_id", "answer_id", "round", "step", "decision", "user_id", "user_name", "for_name",
        "at", "reason", "content_hash",
    ),
    "hotline.deadline": (
        "ticket_id", "term_id", "start_on", "raw_due_on", "due_on", "certificate",
        "calendar_version", "is_preliminary", "met_on+",
    ),
    # the delivery lives on: state, sent_at, failure; a slip in posted_way, posted_number
    "hotline.notice": (
        "ticket_id", "kind", "text", "addressee_name", "address", "channel", "outgoing_number",
        "outgoing_date", "entered_by_post", "issued_at", "authority_id", "signed_on",
        "signer_name", "signer_authority", "with_certificate", "signature_kind",
        "certificate_subject", "certificate_issuer", "certificate_serial", "certificate_from",
        "certificate_to", "posted_on+",
    ),
    "hotline.assignment": (
        "ticket_id", "parent_id", "addressee_kind", "partner_id", "executor_user_id", "role",
        "answer_by", "pd_mode", "pd_consent", "text", "control_on", "sent_on", "own_part",
        "ask_result",
        "outgoing_number", "outgoing_date", "notice_id", "authority_id", "signed_on",
        "signer_name", "signer_authority", "state", "asked_until", "ask_reason", "ask_state",
        "return_reason", "redo_reason", "withdraw_reason", "closed_on", "posted_on+",
    ),
    "hotline.assignment.answer": (
        "ticket_id", "assignment_id", "text", "is_final", "came_by", "outgoing_number",
        "outgoing_date", "signer_name", "author_id", "received_on",
    ),
    "hotline.override": (
        "ticket_id", "rule_code", "finding", "warning", "subject", "reason", "user_id", "at",
    ),
    "hotline.correction": (
        "ticket_id", "field_name", "value_before", "value_after", "reason", "user_id", "state",
        "decided_by_id", "decided_at", "refusal_reason",
    ),
    "hotline.coapplicant": ("ticket_id", "name", "address", "wants_copy"),
    "hotline.case.link": ("ticket_id", "other_id", "kind", "is_undone"),
    "hotline.request": (
        "ticket_id", "partner_id", "text", "outgoing_number", "outgoing_date", "received_on",
        "wanted_on", "deadline_id", "due_on", "answer_text", "answer_number", "answered_on",
        "state", "channel", "authority_id", "signed_on", "signer_name", "signer_authority",
        "posted_on+",
    ),
    "hotline.extension": (
        "ticket_id", "ground", "days", "reason", "decision_number", "notice_id", "decided_at",
        "due_before", "due_after", "state", "refusal", "authority_id", "signed_on", "signer_name",
        "signer_authority",
    ),
    "hotline.covering.letter": (
        "ticket_id", "sender_id", "sender_number", "sender_date", "is_controlled", "report_by",
        "report_number", "report_date", "report_text", "state", "off_control_on",
        "channel", "authority_id", "signed_on", "signer_name", "signer_authority", "posted_on+",
    ),
    "mail.message": (
        "model", "res_id", "subject", "body", "date", "author_id", "email_from", "message_type",
    ),
    "ir.attachment": (
        "res_model", "res_id", "res_field", "name", "type", "url", "db_datas", "store_fname",
        "checksum", "file_size", "mimetype",
    ),
}  # fmt: skip
# Beside UPDATE and DELETE: nothing is added to these once the case is closed.
NOTHING_ADDED = {
    "hotline.question", "hotline.answer", "hotline.deadline", "hotline.notice", "hotline.override",
    "hotline.correction", "hotline.coapplicant", "hotline.case.link",
    "hotline.assignment", "hotline.assignment.answer",
    "hotline.request", "hotline.extension", "hotline.covering.letter",
}  # fmt: skip
# Beside the hotline's own: what hangs on cases.
KEPT_MODELS = {"helpdesk.ticket", "mail.message", "ir.attachment"}
# Of the case itself beside its text: «+» may be given where there was none, «-» taken back.
BESIDE_THE_TEXT = {"sms_agreed-", "channel_id", "email_cc", "access_token+"}
# Emptied by nobody at one blow, beside what is listed above.
NEVER_EMPTIED = (
    "hotline.addition", "hotline.post.event", "hotline.mail", "hotline.sms", "hotline.number",
    "hotline.destruction", "hotline.destruction.line", "hotline.hold",
)  # fmt: skip
# Cards of their own, without a case: these columns stand still once the reception is over.
KEPT_COLUMNS = {
    "hotline.reception": (
        "number", "company_id", "held_at", "held_on", "duration", "official_id", "official_name",
        "place", "partner_id", "citizen_name", "citizen_address", "citizen_phone", "category_id",
        "is_first_turn", "document_kind", "document_checked", "document_number", "topic_id",
        "content", "has_paper", "result", "oral_answer", "oral_agreed", "explanation", "agency_id",
        "earlier_ticket_id", "departure_reason", "ticket_id", "held_by_id", "state",
    ),
}  # fmt: skip


class HotlineLock(models.AbstractModel):
    """Closed is locked in the database: the last line behind the Python guards (B4).

    Triggers refuse a change of the named legal columns, whoever asks and by whatever road. What
    lives on passes: new messages, files being added, ratings, access tokens, a contact's parent.

    Lawful destruction needs a way through: `SET LOCAL hotline.permit = '<id of the case>'` opens
    that one case until the transaction ends ('<table>,<id>' a card of KEPT_COLUMNS). Only
    `_permitted` sets it; RPC cannot reach it.
    """

    _name = "hotline.lock"
    _description = "Lock of closed appeals"

    def init(self):
        """Make the triggers anew from the list; after all tables are there."""
        self.pool.post_init(self._install)

    def _install(self):
        lines, cards = (self._tables(names) for names in (self._lines(), KEPT_COLUMNS))
        self.env.cr.execute(lock_sql.functions(lines, cards, self._people_columns()))
        for statement in self._statements():
            self.env.cr.execute(statement)

    def _lines(self):
        """Return the models whose rows belong to a case by their `ticket_id`."""
        return [name for name in LOCKED_COLUMNS if "ticket_id" in self.env[name]._fields]

    def _tables(self, names):
        return [self.env[name]._table for name in names]

    def _people_columns(self):
        """Return the names of the locked columns that hold a card of `res.partner`."""
        named = {"helpdesk.ticket": LEGAL_FIELDS, **LOCKED_COLUMNS, **KEPT_COLUMNS}
        return sorted(
            {
                column
                for name, columns in named.items()
                for column in self._columns(self.env[name], columns)
                if self.env[name]._fields[column.rstrip("+-")].comodel_name == "res.partner"
            }
        )

    def _statements(self):
        """Yield the statements that (re)make every trigger."""
        ticket = self.env["helpdesk.ticket"]
        wanted = LEGAL_FIELDS | BESIDE_THE_TEXT
        yield from lock_sql.case_triggers(ticket._table, self._columns(ticket, wanted))
        for table in self._never_emptied():
            yield from lock_sql.truncate_trigger(table)
        owners = [ticket._name, *self._lines(), *KEPT_COLUMNS]
        for name, wanted in LOCKED_COLUMNS.items():
            model = self.env[name]
            columns = self._columns(model, wanted)
            yield from lock_sql.line_triggers(
                model._table, columns, owners, insert=name in NOTHING_ADDED
            )
        for name, wanted in KEPT_COLUMNS.items():
            model = self.env[name]
            yield from lock_sql.card_triggers(model._table, self._columns(model, wanted))
        for field, insert in self._lists():
            source = self.env[field.model_name]._table
            yield from lock_sql.link_triggers(field.relation, field.column1, source, insert=insert)

    def _never_emptied(self):
        """Return the tables of cases and of all that hangs on them, their lists too."""
        names = ("helpdesk.ticket", *LOCKED_COLUMNS, *KEPT_COLUMNS, *NEVER_EMPTIED)
        lists = [field.relation for field, _insert in self._lists()]
        return sorted({*self._tables(names), *lists})

    def _lists(self):
        """Yield every stored list (files, questions) of what locks, and whether none is added.

        Files come to a message of a closed case, as new messages do; a line gets nothing more.
        """
        yield self.env["mail.message"]._fields["attachment_ids"], False
        for name in (*self._lines(), *KEPT_COLUMNS):
            for field in self.env[name]._fields.values():
                if field.type == "many2many" and field.store:
                    yield field, name in NOTHING_ADDED or name in KEPT_COLUMNS

    @api.model
    def _columns(self, model, wanted):
        """Return those of `wanted` (with their marks) that are columns of the table, sorted."""
        stored = {
            name for name, field in model._fields.items() if field.store and field.column_type
        }
        return sorted(one for one in wanted if one.rstrip("+-") in stored)

    @api.model
    @contextmanager
    def _permitted(self, record, **cause):
        """Open the one closed case (or kept card) for lawful destruction, inside the block only.

        `cause`: ids for the journal, such as those of the act.
        """
        record.ensure_one()
        self.env["hotline.journal"]._append("lock_opened", record, **cause)
        is_card = record._name in KEPT_COLUMNS
        permit = f"{record._table},{record.id}" if is_card else record.id
        with self._setting("hotline.permit", permit):
            yield

    @api.model
    @contextmanager
    def _permitted_merger(self, card, kept):
        """Let the card `kept` stand wherever `card` stands in what is locked; nothing else."""
        with self._setting("hotline.merge", f"{card.id}>{kept.id}"):
            yield

    @contextmanager
    def _setting(self, name, value):
        """Set a parameter of the transaction inside the block; what was written is flushed."""
        self.env.flush_all()  # nothing that was begun before passes by the permit
        self._set(name, value)
        try:
            yield
            self.env.flush_all()
        finally:
            # a broken transaction is undone, and the parameter with it
            with suppress(InFailedSqlTransaction):
                self._set(name, "")

    def _set(self, name, value):
        self.env.cr.execute(
            "SELECT set_config(%s, %s, true)", (name, str(value)), log_exceptions=False
        )


class Base(models.AbstractModel):
    """What holds for every record: no forged removal; the trigger's refusal in words."""

    _inherit = "base"

    def unlink(self):
        """A caller's context does not switch off what forbids to delete: only a removal does."""
        records = self
        if self.env.context.get(MODULE_UNINSTALL_FLAG) and not self.env.su and self._is_kept():
            records = self.with_context(**{MODULE_UNINSTALL_FLAG: False})
        return super(Base, records).unlink()

    @api.model
    def _is_kept(self):
        return self._name.startswith("hotline.") or self._name in KEPT_MODELS

    @api.model
    def _sql_error_to_message(self, exc):
        detail = lock_sql.refusal(exc)
        if detail is None:
            return super()._sql_error_to_message(exc)
        locked = json.loads(detail)
        number = locked.get("number") or "?"
        if locked.get("card"):
            return self.env._(
                "reception %(number)s is over, so its card is locked: neither it nor its files "
                "change any more.",
                number=number,
            )
        return self.env._(
            "appeal %(number)s is registered and closed, so it is locked: its text, dates, "
            "answers, messages and files do not change any more.",
            number=number,
        )

from odoo import api, models
from odoo.fields import Domain

from ..domain import control, steps
from .hotline_step_work import Item

ACTIVITY = "gov_hotline.mail_activity_type_draft"
_TOLD = """
    SELECT FROM mail_activity
     WHERE res_model = %s AND res_id IN %s AND activity_type_id = %s LIMIT 1
"""
REMIND_DAYS = (3,)  # working days before a draft with a code expires


class HotlineStep(models.Model):
    """What waits for registration, and drafts with a code that nobody confirms."""

    _inherit = "hotline.step"

    @api.model
    def _sweeps(self):
        return super()._sweeps() | {
            steps.REGISTRATION: ("unregistered",),
            steps.DRAFTS: ("expiring", "expired"),
        }

    # Registration (59-FZ, art. 8, p. 2): three days from receipt

    def _find_unregistered(self, company, after, limit):
        """Drafts that came in and whose last day of registration is here, near or past.

        They have no clock before they are registered: the term is counted here, once for each
        date of receipt and kind. A draft with a code has come in when it is confirmed.
        """
        tickets = self.env["helpdesk.ticket"].search(
            Domain("state", "=", "draft")
            & Domain("company_id", "=", company.id)
            & Domain("id", ">", after)
            & (Domain("draft_number", "=", False) | Domain("confirmed_at", "!=", False)),
            order="id",
        )
        ends, found = {}, []
        done = self._marked("unregistered", tickets)
        for ticket in tickets:
            key = (ticket.received_on, ticket.kind)
            if key not in ends:
                ends[key] = ticket._registration_mark()
            due, mark = ends[key]
            if mark is not None and (ticket.id, due, mark) not in done:
                found.append(Item(ticket.id, ticket.id, {"due": due, "mark": mark}))
        return found[:limit]

    @api.model
    def _marked(self, sweep, records):
        """Return {(id, date, mark)} of what the sweep has marked for `records`."""
        domain = [("sweep", "=", sweep), ("res_id", "in", records.ids)]
        marks = self.env["hotline.step.mark"].search(domain)
        return {(one.res_id, one.due_on, one.mark) for one in marks}

    def _do_unregistered(self, run, items):
        tickets = self.env["helpdesk.ticket"].browse([item.ticket_id for item in items])
        due = {item.ticket_id: item.facts["due"] for item in items}
        tickets._tell_of_drafts(
            {ticket: ticket._registration_words(due[ticket.id]) for ticket in tickets}
        )
        self.env["hotline.step.mark"]._put(run, "unregistered", items)

    # Drafts with a code (practice 4): thirty days

    def _find_expiring(self, company, after, limit):
        today = company._hotline_today()
        calendar = self.env["hotline.day"]._calendar(company)
        marks = {one.due: one.mark for one in steps.reminders(today, REMIND_DAYS, calendar)}
        domain = Domain("draft_until", ">=", today) & Domain("draft_until", "in", list(marks))
        return self._awaited_drafts("expiring", company, domain, after, limit, marks)

    def _find_expired(self, company, after, limit):
        domain = Domain("draft_until", "<", company._hotline_today())
        return self._awaited_drafts("expired", company, domain, after, limit, {})

    @api.model
    def _awaited_drafts(self, sweep, company, domain, after, limit, marks):
        domain &= Domain("is_awaiting", "=", True) & Domain("company_id", "=", company.id)
        drafts = self.env["helpdesk.ticket"].search(domain & Domain("id", ">", after), order="id")
        done = {(one, due) for one, due, _mark in self._marked(sweep, drafts)}
        return [
            Item(one.id, one.id, {"due": one.draft_until, "mark": marks.get(one.draft_until, 0)})
            for one in drafts
            if (one.id, one.draft_until) not in done
        ][:limit]

    def _do_expiring(self, run, items):
        drafts = self.env["helpdesk.ticket"].browse([item.ticket_id for item in items])
        drafts._tell_of_drafts({draft: draft._expiring_words for draft in drafts})
        self.env["hotline.step.mark"]._put(run, "expiring", items)

    def _do_expired(self, run, items):
        """An expired draft stays and can get a new code; its end is a journal line."""
        drafts = self.env["helpdesk.ticket"].browse([item.ticket_id for item in items])
        drafts._tell_of_drafts({draft: draft._expired_words for draft in drafts})
        self.env["hotline.step.mark"]._put(run, "expired", items)
        lines = [(draft, {"number": draft.draft_number}) for draft in drafts]
        self.env["hotline.journal"]._append_many("draft_expired", lines)


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _registration_mark(self):
        """Return (last day of registration, mark of today); mark None: nothing to say yet.

        0: it is the last day or past it; 1: one working day is left.
        """
        self.ensure_one()
        company = self.company_id
        today = company._hotline_today()
        term = self._applicable_terms("received", self.received_on).filtered(
            lambda one: one.purpose == "register"
        )[:1]
        if not self.received_on or not term:
            return False, None
        due = self.env["hotline.deadline"]._prepare_vals(self, term, self.received_on)["due_on"]
        if due <= today:
            return due, 0
        calendar = self.env["hotline.day"]._calendar(company)
        days = control.parse_days(term.reminder_days or "")
        marks = {one.due: one.mark for one in steps.reminders(today, days, calendar)}
        return due, marks.get(due)

    def _registration_words(self, due):
        def words(lang):
            day = due.strftime("%d.%m.%Y")
            return self.with_context(lang=lang).env._(
                "Waits for registration, last day %(day)s (59-FZ, art. 8, p. 2)", day=day
            )

        return words

    def _expiring_words(self, lang):
        return self.with_context(lang=lang).env._(
            "Draft %(number)s expires on %(day)s: remind the applicant to confirm it",
            number=self.draft_number,
            day=self.draft_until.strftime("%d.%m.%Y"),
        )

    def _expired_words(self, lang):
        return self.with_context(lang=lang).env._(
            "Draft %(number)s expired on %(day)s without confirmation",
            number=self.draft_number,
            day=self.draft_until.strftime("%d.%m.%Y"),
        )

    def _tell_of_drafts(self, words):
        """Plan or freshen an activity of whoever wrote the draft, else of its officer."""
        quick = self.with_context(mail_activity_quick_update=True, hotline_only_told=True)
        for draft in quick:
            user = (draft.user_id or draft.create_uid).filtered(
                lambda one: one.active and not one.share and not one._is_superuser()
            )
            draft.activity_unlink([ACTIVITY])
            if user:
                draft.activity_schedule(
                    ACTIVITY,
                    date_deadline=draft.company_id._hotline_today(),
                    summary=words[draft.with_env(self.env)](user.lang),
                    user_id=user.id,
                )

    def _start_work(self):  # pylint: disable=missing-return
        """Who registered it needs to be told of it no more."""
        super()._start_work()
        if self._has_draft_activity():
            self.sudo().activity_unlink([ACTIVITY])  # sudo: also those of colleagues

    def _has_draft_activity(self):
        """Whether one of these was told of; asked without the ORM: a registration waits for it.

        Of a draft made just now it is known.
        """
        told = self.sudo()._fields["activity_ids"]  # sudo: the cache of the system's reading
        unknown = self.browse(told._cache_missing_ids(self))
        if not unknown and not self.sudo().activity_ids:  # sudo: whether one is there
            return False
        kind = self.env["ir.model.data"]._xmlid_to_res_id(ACTIVITY, raise_if_not_found=True)
        self.env["mail.activity"].flush_model()
        self.env.cr.execute(_TOLD, (self._name, tuple(self.ids), kind))
        return bool(self.env.cr.rowcount)

    def _write_draft(self, vals):  # pylint: disable=missing-return
        """A new code, a confirmation or a withdrawal: what was said of the draft has passed."""
        super()._write_draft(vals)
        self.sudo().activity_unlink([ACTIVITY])  # sudo: also those of colleagues

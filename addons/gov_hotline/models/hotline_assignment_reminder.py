from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..domain import assignments as rules

ACTIVITY = "gov_hotline.mail_activity_type_assignment_reminder"
BY_HAND = "by_hand"
BY_TERM = "by_term"


class HotlineAssignment(models.Model):
    """«Remind the executor» (B8): by the officer's button or by the scheduled step, once a day.

    Who works here as an employee is reminded inside, everybody else by a letter of the body's own
    outbox. A reminder names the appeal and the date, of the applicant nothing in any mode.
    """

    _inherit = "hotline.assignment"

    reminded_on = fields.Date(string="Last reminder", readonly=True, copy=False)
    reminder_ids = fields.One2many(
        "mail.activity", "hotline_assignment_id", string="Reminders", copy=False,
        groups=fields.NO_ACCESS,
    )  # fmt: skip

    def action_remind(self):
        """Remind the executors of these now. Officer.

        One that cannot be reminded is refused with its reason; among several it is left out and
        named. Returns the notification to show.
        """
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        refused = {one: why for one in self if (why := one._why_not_reminded())}
        reminded = self.filtered(lambda one: one not in refused)._remind(BY_HAND)
        if not reminded:
            raise UserError("\n".join(f"{one.display_name}: {refused[one]}" for one in refused))
        return self._reminded_words(reminded, refused)

    def _reminded_words(self, reminded, refused):
        words = [self.env._("Reminded: %(count)s", count=len(reminded))]
        words += [f"{one.display_name}: {why}" for one, why in refused.items()]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if refused else "success",
                "message": "\n".join(words),
                "sticky": bool(refused),
            },
        }

    def _remind(self, kind=BY_HAND):
        """Remind the executors of these; return the reminded ones, the others are left out.

        `kind`: BY_HAND or BY_TERM, for the journal. The caller has checked who asks.
        """
        reminded = self.filtered(lambda one: not one._why_not_reminded())
        inside = reminded.filtered(lambda one: one._reminded_user())
        inside._remind_inside()
        (reminded - inside)._remind_by_mail()
        for day, those in reminded.grouped(lambda one: one._today()).items():
            those._set(reminded_on=day)
        told = [
            (
                one.ticket_id,
                {"assignment": one.id, "addressee": one.partner_id.id, "reminder": kind},
            )
            for one in reminded.sudo()  # sudo: ids only
        ]
        self.env["hotline.journal"]._append_many("assignment_remind", told)
        return reminded

    def _why_not_reminded(self):
        """Return why there is nobody to remind, in words; '' where there is."""
        self.ensure_one()
        one = self.sudo()  # sudo: dates and addresses; who may act was checked
        if one.state != rules.SENT:
            return one._why_not_awaited()
        if not one._is_running():
            return self.env._("Another body answers the applicant itself; no result is awaited.")
        if one.reminded_on == one._today():
            return self.env._("Was reminded today already: once a day is enough.")
        if not one._reminded_user() and not one._card_address():
            return self.env._("Neither an account nor an e-mail address of the executor is known.")
        return ""

    def _why_not_awaited(self):
        if self.state == rules.DRAFT:
            return self.env._("Nothing was sent to the executor yet.")
        if self.state == rules.ANSWERED:
            return self.env._("The executor has answered already.")
        label = dict(self._fields["state"]._description_selection(self.env))[self.state]
        return self.env._("Nobody is awaited: it is «%(state)s».", state=label)

    def _reminded_user(self):
        """Return the employee who is reminded inside; empty where a letter goes."""
        user = self.sudo().executor_user_id  # sudo: an officer reads no accounts
        return user.filtered(lambda one: one.active and not one.share)

    def _reminded_how(self):
        """Return who was reminded and by what, in words."""
        name, user = self.partner_id.name or "", self._reminded_user()
        if user:
            return self.env._("%(name)s: in the system (%(who)s)", name=name, who=user.name)
        address = self.sudo()._card_address()  # sudo: as `_why_not_reminded`
        return self.env._("%(name)s: by letter to %(address)s", name=name, address=address)

    # Inside

    def _remind_inside(self):
        """Plan one activity each, or freshen the one that is open; quick: Odoo mails nobody."""
        fresh = []
        # sudo: of a colleague
        these = self.sudo().with_context(mail_activity_quick_update=True)
        for one in these:
            vals = one._reminder_vals()
            if one.reminder_ids:
                one.reminder_ids.write(vals)
            else:
                fresh.append({**one._first_reminder_vals(), **vals})
        these.env["mail.activity"].create(fresh)

    def _reminder_vals(self):
        user = self.executor_user_id
        words = self.with_context(lang=user.lang)._reminder_subject()
        return {"summary": words, "date_deadline": self._today(), "user_id": user.id}

    def _first_reminder_vals(self):
        """A free activity: an executor reads no case, and an assignment has no messages."""
        return {
            "activity_type_id": self.env.ref(ACTIVITY).id,
            "note": self._reminder_link(),
            "hotline_assignment_id": self.id,
        }

    def _reminder_link(self):
        return Markup('<p><a href="%s">%s</a></p>') % (self._card_link(), self.display_name)

    # By mail

    def _remind_by_mail(self):
        """Put the reminders into the queue; the same day again is the same letter."""
        # sudo: the texts are the administrator's
        templates = self.env["hotline.letter.template"].sudo()
        has_own = templates.search_count(
            [("kind", "=", "mail"), ("ground", "=", "reminder")], limit=1
        )
        letters = []
        for one in self:
            one = one.with_context(lang=one.sudo().company_id._hotline_lang())  # sudo: the body
            words = one._reminder_subject(), one._reminder_body()
            if has_own:
                words = one._mail_content("reminder", *words)
            key = f"reminder:{one.id}:{one._today()}"
            letters.append((one, one._card_address(), *words, key))
        self.env["hotline.mail"]._enqueue_many("reminder", letters)

    def _reminder_subject(self):
        facts = {"number": self.case_number or "", "left": self.due_text or ""}
        if not self.control_on:
            return self.env._("Reminder: appeal No. %(number)s", **facts)
        facts["date"] = format_date(self.env, self.control_on)
        return self.env._("Reminder: appeal No. %(number)s, answer by %(date)s (%(left)s)", **facts)

    def _reminder_body(self):
        """Return the words of the letter; for «link only» no text of the assignment."""
        until = self.control_on and format_date(self.env, self.control_on)
        awaited = self.env._("We await your answer to the assignment on this appeal.")
        if self.addressee_kind == rules.OTHER_BODY:
            awaited = self.env._("We await the result of the appeal that we forwarded to you.")
        lines = [
            self.company_id.name,
            awaited,
            until and self.env._("Answer by: %(date)s", date=until),
            self._card_mode() != rules.LINK_ONLY and self.text,
            self._card_link() and self.env._("Open and answer: %(url)s", url=self._card_link()),
            self.signer_name,
        ]
        return "\n\n".join(filter(None, lines))

    # A reminder lives as long as something is awaited

    def _step(self, act, **vals):  # pylint: disable=missing-return
        super()._step(act, **vals)
        self._forget_reminders()

    def _forget_reminders(self):
        """Take the reminders of what is awaited no longer out of the executors' lists."""
        done = self.sudo().filtered(lambda one: not one._is_running())  # sudo: of colleagues
        done.reminder_ids.unlink()

    def _remind_act(self):
        """Return the officer's button, grey with its reason; None where nobody is awaited."""
        if not self._is_running():
            return None
        return {
            "method": "action_remind",
            "label": self.env._("Remind the executor"),
            "blocked": self._why_not_reminded() or False,
            "step": False,
        }

    def _officer_acts(self):
        return [*super()._officer_acts(), *filter(None, [self._remind_act()])]


class MailActivity(models.Model):
    _inherit = "mail.activity"

    hotline_assignment_id = fields.Many2one(
        "hotline.assignment", string="Assignment", ondelete="cascade", index="btree_not_null"
    )

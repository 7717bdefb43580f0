from odoo import fields, models
from odoo.tools import format_date

KIND = "new_date"


class HotlineAssignment(models.Model):
    """A control date that the body itself has moved: the executor is told, and sees it (X9).

    By the way of a reminder: who works here inside, everybody else by a letter of the outbox. It
    names the appeal and the dates, of the applicant nothing in any mode.
    """

    _inherit = "hotline.assignment"

    control_was_on = fields.Date(string="Control date before", readonly=True, copy=False)

    def _set(self, **vals):
        """What was before is told of the body's own move alone: any other date forgets it."""
        if "control_on" in vals:
            vals = {"control_was_on": False, **vals}
        return super()._set(**vals)

    def _tell_new_dates(self):
        """Tell the executors of these; whom no way reaches sees it in the list alone."""
        inside = self.filtered(lambda one: one._reminded_user())
        inside._tell_inside()
        (self - inside).filtered(lambda one: one._card_address())._tell_by_mail()

    def _tell_inside(self):
        # sudo: of a colleague; quick: Odoo mails nobody
        these = self.sudo().with_context(mail_activity_quick_update=True)
        fresh = []
        for one in these:
            words = one.with_context(lang=one.executor_user_id.lang)._new_date_subject()
            vals = {**one._reminder_vals(), "summary": words}
            if one.reminder_ids:
                one.reminder_ids.write(vals)
            else:
                fresh.append({**one._first_reminder_vals(), **vals})
        these.env["mail.activity"].create(fresh)

    def _tell_by_mail(self):
        """Put the letters into the queue; the same date again is the same letter."""
        letters = []
        for one in self:
            one = one.with_context(lang=one.sudo().company_id._hotline_lang())  # sudo: the body
            words = one._mail_content(KIND, one._new_date_subject(), one._new_date_body())
            letters.append((one, one._card_address(), *words, f"{KIND}:{one.id}:{one.control_on}"))
        self.env["hotline.mail"]._enqueue_many(KIND, letters)

    def _new_date_facts(self):
        return {
            "number": self.case_number or "",
            "date": format_date(self.env, self.control_on),
            "before": format_date(self.env, self.control_was_on),
        }

    def _new_date_subject(self):
        return self.env._(
            "New date of the answer: appeal No. %(number)s, by %(date)s (was %(before)s)",
            **self._new_date_facts(),
        )

    def _new_date_body(self):
        facts = self._new_date_facts()
        lines = [
            self.company_id.name,
            self.env._(
                "The production calendar has changed. Please answer by %(date)s in place of "
                "%(before)s.",
                **facts,
            ),
            self._card_link() and self.env._("Open and answer: %(url)s", url=self._card_link()),
            self.signer_name,
        ]
        return "\n\n".join(filter(None, lines))

from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models

UNDECIDED = ("waiting", "computing", "to_confirm")
# Days are edited one after the other: counted once, this long after the last of them.
SETTLE = timedelta(minutes=1)


class HotlineRecalculation(models.Model):
    """A changed calendar: one recalculation a body, the jobs, who is told."""

    _inherit = "hotline.recalculation"

    @api.model
    def _bodies_with_running_terms(self):
        bodies = self.env["res.company"].sudo().search([])  # pylint: disable=no-search-all
        Deadline = self.env["hotline.deadline"].sudo()  # sudo: whether there is any, whose matter
        return bodies.filtered(
            lambda body: Deadline.search_count(
                [("company_id", "=", body.id), ("met_on", "=", False)], limit=1
            )
        )

    @api.model
    def _propose(self, body, before, days, lines):
        """Note that `days` of the calendar of `body` have changed, `lines` in words.

        Changes before the decision are one recalculation: a list already counted gives way.
        """
        # sudo: whoever may change the calendar starts the recalculation, as the system
        found = self.sudo().search([("company_id", "=", body.id), ("state", "in", UNDECIDED)])
        years = {day.year for day in days} | {body._hotline_today().year}
        vals = {
            "changed_at": fields.Datetime.now(),
            "settled": False,
            "cause": "\n".join(filter(None, [found.cause, *lines])),
            "version_before": found.version_before or before.version(years),
            "version_after": self.env["hotline.day"]._calendar(body).version(years),
            "changed_days": sorted({*(found.changed_days or ()), *map(str, days)}),
        }
        if found.state == "waiting":
            found._write_by_act(vals)
        else:
            found = self._begin(body, vals)
            found._call_job(after=SETTLE)
        self.env["hotline.journal"]._append("calendar_changed", found, **found._versions())

    @api.model
    def _begin(self, body, vals):
        """Return a new recalculation; one that waits for a decision gives way to it."""
        # sudo: as above
        old = self.sudo().search([("company_id", "=", body.id), ("state", "in", UNDECIDED)])
        old._write_by_act({"state": "superseded"})
        old._untell()
        self.env.flush_all()
        # sudo: what it counts is of every department
        new = self._create_by_act({"company_id": body.id, **vals}).sudo()
        old._write_by_act({"superseded_by_id": new.id})
        return new

    def _call_job(self, after=None):
        """Ask for the next part; it starts after the commit, `after` a while."""
        job = self.with_user(self.decided_by_id.id or SUPERUSER_ID).sudo()  # as above
        job = job.with_delay(
            description=self.display_name,
            identity_key=f"{self._name},{self.id},{self.state},{self.cursor},{not after}",
            max_retries=0,
            eta=after,
        )
        job._run_part()

    # Who is told

    def _tell_deciders(self):
        """Plan an activity for each supervisor and approver of the body."""
        users = self._role_users("supervisor") | self._role_users("approver")
        for user in users:
            words = self.with_context(lang=user.lang)
            self._plan(
                user,
                words.env._(
                    "Confirm the recalculation of terms: %(count)s", count=self.moved_count
                ),
            )

    def _role_users(self, role):
        users = self.env.ref(f"gov_hotline.group_{role}").sudo().all_user_ids  # sudo: the system
        return users.filtered(
            lambda user: user.active and not user.share and self.company_id in user.company_ids
        )

    def _plan(self, user, summary, note=False):
        """Plan an activity; quick: Odoo mails nobody about it, and nobody becomes a follower."""
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "gov_hotline.mail_activity_type_recalculation",
            date_deadline=self.company_id._hotline_today(),
            summary=summary,
            note=note,
            user_id=user.id,
        )

    def _untell(self):
        """What is decided needs nobody any more."""
        self.sudo().activity_ids.unlink()  # sudo: also those of colleagues

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """An activity makes nobody a follower: notes would be mailed to them."""
        return True

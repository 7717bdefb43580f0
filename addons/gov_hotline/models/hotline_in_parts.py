from datetime import timedelta

from odoo import fields, models

# A part takes seconds: one that has been at it for so long was killed with its process.
DEAD = timedelta(minutes=5)


class HotlineInParts(models.AbstractModel):
    """Long work that jobs do in parts, each committed: what the screen tells of it.

    A job killed with its process is put into the queue again by the job runner when it starts; the
    part begins anew, because nothing of it was committed.
    """

    _name = "hotline.in.parts"
    _description = "Work done in parts"

    run_text = fields.Char(string="How it goes", compute="_compute_run_text")

    def _compute_run_text(self):
        for one in self:
            one.run_text = one._is_in_parts() and one._run_words()

    def _is_in_parts(self):
        """Whether the work is on: an extension point."""
        return False

    def _run_words(self):
        """Return how its job fares, in words."""
        # sudo: the queue is the administrator's; only the state of one's own work is told
        jobs = self.env["queue.job"].sudo().search(
            [
                ("identity_key", "=like", f"{self._name},{self.id}%"),
                ("state", "not in", ("done", "cancelled")),
            ],
            order="id desc",
        ).filtered(lambda job: job.records == self.sudo())  # fmt: skip
        if not jobs or jobs[0].state == "failed":
            return self.env._("Interrupted: press «Continue». What is done stays done.")
        job = jobs[0]
        if job.state != "started":
            return self.env._("In the queue.")
        if job.date_started and job.date_started < fields.Datetime.now() - DEAD:
            return self.env._("Interrupted, will go on by itself. What is done stays done.")
        return self.env._("Under way.")

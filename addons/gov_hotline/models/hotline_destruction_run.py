from odoo import SUPERUSER_ID, fields, models

from ..domain import retention

PART = 50  # cases in one transaction: some seconds


class HotlineDestruction(models.Model):
    """Carrying the act out: parts by a background job, each committed; what is done stays done."""

    _inherit = "hotline.destruction"

    def action_start(self):
        """Begin to destroy what the approved act names; officer. Cannot be undone."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        for act in self:
            act._step("start", started_by_id=self.env.uid, started_at=fields.Datetime.now())
            act._call_part()

    def action_continue(self):
        """Call the job again where it is gone; officer. Nothing is done twice."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        for act in self.filtered(lambda act: act.state == retention.RUNNING):
            act._call_part()

    def _is_in_parts(self):
        return self.state == retention.RUNNING

    def _call_part(self):
        job = self.with_user(SUPERUSER_ID).with_delay(
            description=self.env._("Act of destruction %(number)s", number=self.number),
            identity_key=f"{self._name},{self.id}",
        )
        job._run_part()

    def _run_part(self):
        """Destroy the next cases; called by the job. Killed in the middle, the part begins anew:
        nothing of it was committed, and no file has left the disk.
        """
        self.ensure_one()
        self.lock_for_update()  # two jobs of one act take turns
        if self.state != retention.RUNNING:
            return
        act = self.with_context(lang=self.company_id._hotline_lang())
        planned = [("act_id", "=", self.id), ("state", "=", retention.PLANNED)]
        lines = act.env["hotline.destruction.line"].search(planned, limit=PART)
        for line in lines:
            line._destroy()
        if len(lines) == PART:
            act._call_part()
        else:
            act._step("finish", done_at=fields.Datetime.now())
        self.env.cr.postcommit.add(self.env["hotline.case.graph"]._sweep_files)

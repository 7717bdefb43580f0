from odoo import SUPERUSER_ID, models
from odoo.fields import Domain

from odoo.addons.queue_job.exception import RetryableJobError

from ..domain import sstu, sstu_parts

PART = 500  # appeals looked at in one transaction: some seconds
WAIT = 5  # seconds until a job that cannot go on is tried again


class HotlineSstuExport(models.Model):
    """The check and the making of files, in parts: each is a job of its own and is committed."""

    _inherit = "hotline.sstu.export"
    _part_limit = sstu_parts.PART_LIMIT

    def _call_part(self):
        job = self.with_user(SUPERUSER_ID).with_delay(
            description=self.env._("Export to ССТУ.РФ: %(name)s", name=self.display_name),
            identity_key=f"{self._name},{self.id}",
        )
        job._run_part()

    def _run_part(self):
        """Do the next part; called by the job. Killed in the middle it begins anew: nothing of it
        was committed. Raises RetryableJobError to wait.
        """
        self.ensure_one()
        if not self.try_lock_for_update():
            raise RetryableJobError("another job is at it", seconds=WAIT, ignore_retry=True)
        if self.state == "checking":
            self._check_part()
        elif self.state == "making":
            self._make_part()
        if self.state in ("checking", "making"):
            self._call_part()

    def _run_to_end(self):
        """Do all parts here and now: for the console and for tests."""
        while self.state in ("checking", "making"):
            self._check_part() if self.state == "checking" else self._make_part()

    # Which appeals

    def _cases(self):
        """Appeals under 59-FZ that were in hand in the period or ended in it."""
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("kind", "=", "appeal_59")
            & Domain("state", "!=", "draft")
            & Domain("registered_on", "<=", self.date_to)
            & (Domain("closed_on", "=", False) | Domain("closed_on", ">=", self.date_from))
        )

    # The check

    def _check_part(self):
        tickets = self.env["helpdesk.ticket"].search(
            self._cases() & Domain("id", ">", self.cursor), order="id", limit=PART
        )
        told = self._told_before(tickets)
        appeals = tickets._sstu_appeals()
        self.env["hotline.sstu.line"]._create_by_act(
            [self._prepare_line_vals(ticket, appeals[ticket], told) for ticket in tickets]
        )
        self._write_by_act(
            {"done": self.done + len(tickets), "cursor": tickets[-1:].id or self.cursor}
        )
        if len(tickets) < PART:
            self._write_by_act({"state": "checked"})

    def _told_before(self, tickets):
        """Return {id of the appeal: digest of what a sent export last told of it}."""
        lines = self.env["hotline.sstu.line"].search(
            [
                ("ticket_id", "in", tickets.ids),
                ("part_id", "!=", False),
                ("export_id.state", "=", "sent"),
            ],
            order="export_id, id",
        )
        return {line.ticket_id.id: line.digest for line in lines}

    def _prepare_line_vals(self, ticket, appeal, told):
        seen = self.env["hotline.sstu.line"]._seen(appeal)
        return {
            "export_id": self.id,
            "ticket_id": ticket.id,
            "number": ticket.number,
            "file_name": sstu.file_name(self.company_id.hotline_sstu_department, ticket.id),
            "change": self._change(appeal, told.get(ticket.id), seen["digest"]),
            **seen,
        }

    def _change(self, appeal, before, digest):
        skip = self.company_id.hotline_sstu_skip or ""
        if not appeal.is_direct and sstu.is_skipped(appeal.number, skip):
            return "skipped"
        if before is None:
            return "new"
        return "same" if before == digest else "changed"

    # The files

    def _to_pack(self):
        changes = ("new", "changed") if self.only_changes else ("new", "changed", "same")
        return (
            Domain("export_id", "=", self.id)
            & Domain("change", "in", changes)
            & Domain("is_faulty", "=", False)
            & Domain("part_id", "=", False)
        )

    def _make_part(self):
        """Make the next ZIP: its bytes are kept, its appeals marked, in one transaction."""
        lines = self.env["hotline.sstu.line"].search(self._to_pack(), order="id")
        files = (line._file() for line in lines if line._is_right_still())
        part = next(sstu_parts.pack(files, self._part_limit), None)
        if part:
            self._keep_part(part, lines)
        if not lines.search_count(self._to_pack(), limit=1):
            self._made()

    def _keep_part(self, part, lines):
        kept = self.env["hotline.sstu.part"]._keep(self, part)
        names = set(part.names)
        packed = lines.filtered(lambda line: line.file_name in names)
        packed._write_by_act({"part_id": kept.id})
        self._write_by_act({"done": self.done + len(packed)})

    def _made(self):
        self._write_by_act({"state": "made"})
        digests = " ".join(self.part_ids.sorted("sequence").mapped("sha256"))
        self.with_user(self.made_by_id)._journal("sstu_made", sha256=digests)

from odoo import api, models
from odoo.exceptions import AccessError

from ..domain import journal
from . import journal_sql

PART = 20_000  # seals checked in one call: about a second
MOST_NAMED = 100  # findings of one call that are named; all are counted
CHECKERS = {"auditor", "supervisor"}


class HotlineJournalSeal(models.Model):
    """The check of the chain as the screen does it: part by part, so that its progress is seen."""

    _inherit = "hotline.journal.seal"

    @api.model
    def check_part(self, number=0, previous=journal.START, marks=""):
        """Check the seals after `number`, whose hash is `previous`; auditor or supervisor.

        `marks`: a text with control marks kept elsewhere, such as the letter. Returns {"number",
        "previous": where to go on, "total", "done", "count": findings, "faults": those in words,
        "marks": how many were read, "waiting": lines that wait for their seal}.
        """
        if not CHECKERS & self.env["helpdesk.ticket"]._roles():
            raise AccessError(self.env._("The journal is checked by an auditor or a supervisor."))
        cr, given = self.env.cr, journal.read_heads(str(marks))
        begin = journal.Head(int(number), str(previous))
        check = journal.Check({**journal_sql.kept_heads(cr), **given}, begin)
        faults = [
            fault
            for seal, line in journal_sql.walk(cr, begin.number, PART)
            for fault in check.seal(seal, line)
        ]
        total = journal_sql.head(cr).number
        done = check.head == begin or check.head.number >= total
        if done:
            faults += journal_sql.last_faults(cr, check)
        return {
            "number": check.head.number,
            "previous": check.head.hash,
            "total": total,
            "done": done,
            "count": len(faults),
            "faults": [self._fault_text(fault) for fault in faults[:MOST_NAMED]],
            "marks": len(given),
            "waiting": journal_sql.waiting(cr)[1] if done else 0,
        }

    def _fault_text(self, fault):
        """Return one line: where, what."""
        where = (
            self.env._("seal %(number)s", number=self._seals_named(fault)) if fault.number else "",
            self.env._("line %(id)s", id=fault.line) if fault.line else "",
            self.env._("table %(name)s", name=fault.table) if fault.table else "",
        )
        place = ", ".join(filter(None, where))
        return f"{place[:1].upper()}{place[1:]}: {self._fault_words()[fault.code]}"

    def _seals_named(self, fault):
        return f"{fault.number}–{fault.until}" if fault.until > fault.number else fault.number

    @api.model
    def _fault_words(self):
        return {
            journal.BROKEN_LINK: self.env._("the link to the seal before is broken"),
            journal.MISSING_SEAL: self.env._("the seal is missing"),
            journal.MISSING_LINE: self.env._("the sealed line is missing"),
            journal.CHANGED_LINE: self.env._("the line was changed after it was sealed"),
            journal.FOREIGN_LINE: self.env._("the line was not written by the hotline"),
            journal.UNSEALED_LINE: self.env._("the line has had no seal for too long"),
            journal.OTHER_CHAIN: self.env._(
                "does not fit the control mark: the journal was computed anew"
            ),
            journal.SHORT_CHAIN: self.env._(
                "stands in the control mark but not in the journal: its end was cut off"
            ),
            journal.NO_TRIGGER: self.env._("the database no longer refuses changes"),
        }

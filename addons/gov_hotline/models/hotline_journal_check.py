from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import LazyTranslate

from ..domain import journal
from . import journal_sql

PART = 20_000  # seals checked in one call: about a second
MOST_NAMED = 100  # findings of one call that are named; all are counted
CHECKERS = {"auditor", "supervisor"}
_lt = LazyTranslate(__name__)
WORDS = {
    journal.BROKEN_LINK: _lt("the link to the seal before is broken"),
    journal.MISSING_SEAL: _lt("the seal is missing"),
    journal.MISSING_LINE: _lt("the sealed line is missing"),
    journal.CHANGED_LINE: _lt("the line was changed after it was sealed"),
    journal.FOREIGN_LINE: _lt("the line was not written by the hotline"),
    journal.UNSEALED_LINE: _lt("the line has had no seal for too long"),
    journal.OTHER_CHAIN: _lt("does not fit the control mark: the journal was computed anew"),
    journal.SHORT_CHAIN: _lt(
        "stands in the control mark but not in the journal: its end was cut off"
    ),
    journal.NO_TRIGGER: _lt("the database no longer refuses changes"),
}


def fault_text(fault, say):
    """Return one line of a fault: where, what; `say` turns words into those of a language."""
    seals = f"{fault.number}–{fault.until}" if fault.until > fault.number else fault.number
    where = (
        fault.number and say(_lt("seal %(number)s", number=seals)),
        fault.line and say(_lt("line %(id)s", id=fault.line)),
        fault.table and say(_lt("table %(name)s", name=fault.table)),
    )
    place = ", ".join(filter(None, where))
    return f"{place[:1].upper()}{place[1:]}: {say(WORDS[fault.code])}"


class Words:
    """What the console says, in the language `lang`: no registry and no user is needed."""

    def __init__(self, lang):
        self._lang = lang

    def _say(self, words):
        return words._translate(self._lang)

    def fault(self, fault):
        """Return the line of one finding."""
        return fault_text(fault, self._say)

    def no_mark(self, files):
        """Return why nothing is checked: the files named hold no control mark."""
        return self._say(_lt("no control mark in %(files)s", files=files))

    def no_journal(self, database):
        """Return why nothing is checked: the database has none, or no hotline at all."""
        return self._say(_lt("database %(name)s has no sealed journal", name=database))

    def no_database(self, database, why):
        """Return why nothing is checked: the database does not answer."""
        return self._say(_lt("database %(name)s cannot be opened: %(why)s", name=database, why=why))

    def no_file(self, why):
        """Return why nothing is checked: a file of control marks cannot be read."""
        return self._say(_lt("a file of control marks cannot be read: %(why)s", why=why))

    def summary(self, seals, found, marks, waiting, seconds):
        """Return the lines at the end: how much was checked, how quickly, the verdict last."""
        facts = {
            "seals": seals, "seconds": f"{seconds:.1f}", "marks": marks, "waiting": waiting,
            "speed": round(seals / seconds) if seconds else 0,
        }  # fmt: skip
        verdict = _lt("FINDINGS: %(count)s", count=found) if found else _lt("no findings")
        lines = (
            _lt("Seals checked: %(seals)s in %(seconds)s s (%(speed)s a second)", **facts),
            _lt(
                "Control marks given: %(marks)s; lines waiting for their seal: %(waiting)s", **facts
            ),
            verdict,
        )
        return [self._say(line) for line in lines]


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
        return fault_text(fault, self.env._)

from datetime import timedelta

from .acts_common import ActsCommon


class RecalculationCommon(ActsCommon):
    """A case in work of an officer, and shorthands for changing its calendar."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case()
        cls.case.sudo().user_id = cls.officer
        cls.clock = cls.case.deadline_ids.filtered("is_main")
        cls.due = cls.clock.due_on
        cls.days = cls.env["hotline.day"].with_user(cls.administrator)

    def _earlier(self, day=None):
        """Return the working day before `day` (the due date of the case)."""
        calendar = self.env["hotline.day"]._calendar(self.env.company)
        return calendar.previous_working((day or self.due) - timedelta(days=1))

    def _day_off(self, day=None, **vals):
        """Make `day` (the due date of the case) a day off, as the administrator does."""
        return self.days.create({"date": day or self.due, "name": "Выходной", **vals})

    def _open(self):
        """Return the recalculation that waits to be counted or decided, as the supervisor."""
        undecided = [("state", "in", ("waiting", "computing", "to_confirm"))]
        found = self.env["hotline.recalculation"].sudo().search(undecided)
        return found.with_user(self.supervisor)

    def _counted(self):
        """Run the jobs of the count; return the recalculation as the supervisor."""
        found = self._open()
        found.action_count_now()
        self._run(found)
        return found

    def _run(self, found):
        """Run what the queue would: part after part."""
        system = found.sudo()
        for _part in range(20):
            if system.state not in ("waiting", "computing", "applying"):
                break
            system._run_part()
        found.invalidate_recordset()

    def _confirm(self, found):
        found.action_confirm()
        self._run(found)

from datetime import datetime, time, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from ..domain import steps
from .assignment_common import AssignmentCommon
from .outbox_common import OutboxCommon

TERM = "gov_hotline.mail_activity_type_term"


class StepCommon(OutboxCommon, AssignmentCommon):
    """Runs the scheduled steps as the scheduler does, on a day and hour of one's choice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.calendar = cls.env["hotline.day"]._calendar(cls.company)
        cls.Step = cls.env["hotline.step"]
        cls.by_letter.email = "roads@mail.example"
        # other tests' cases of this database are not told of
        cls.env["helpdesk.ticket"].search([]).active = False

    def _step(self, code):
        return self.Step.search([("code", "=", code)])

    def _run(self, *codes, day=None, hour=9):
        """Run the scheduled actions of `codes` (all), in order, on `day` at `hour` in Moscow."""
        moment = datetime.combine(day or self.today, time(hour)) - timedelta(hours=3)
        with freeze_time(moment), self.enter_registry_test_mode():
            for code in codes or steps.ORDER:
                self._step(code).cron_id.method_direct_trigger()
        self.env.invalidate_all()

    def _run_alone(self, *codes, day=None, hour=9):
        """Run `codes` with all other steps switched off."""
        others = self.Step.search([("code", "not in", codes)])
        others.is_on = False
        self._run(*codes, day=day, hour=hour)
        others.is_on = True

    def _runs(self, day=None):
        found = self.env["hotline.step.run"]._of_day(self.company, day or self.today)
        return {code: run.state for code, run in found.items()}

    def _record(self, code, day=None):
        return self.env["hotline.step.run"]._of_day(self.company, day or self.today)[code]

    def _in_charge(self, **vals):
        """Return a case in the hands of the officer."""
        return self._case(user_id=self.officer.id, **vals)

    def _before(self, due, days):
        """Return the day with `days` working days left to `due`."""
        return self.calendar.add_working_days(self.calendar.previous_working(due), -days)

    def _told(self, case, kind=TERM):
        return case.sudo().activity_ids.filtered(
            lambda one: one.activity_type_id == self.env.ref(kind)
        )

    def _letters(self, case):
        return case.mail_ids.filtered(lambda mail: mail.kind == "reminder")

    def _break(self, sweep, only=None):
        """Have the sweep raise, for the case `only` or for all."""
        model = type(self.Step)
        do = getattr(model, f"_do_{sweep}")

        def broken(step, run, items):
            if only is None or only.id in [item.ticket_id for item in items]:
                raise ValueError("broken on purpose")
            return do(step, run, items)

        return patch.object(model, f"_do_{sweep}", broken)

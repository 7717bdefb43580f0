"""The working days of ten years and the dates that the law's terms end on, as tables for SQL."""

from datetime import timedelta

from psycopg2.extras import Json, execute_values

AHEAD = 8  # working days after the registration that an act may name
YEARS = 9


class Days:
    """The body's working days up to today; day 0 is the first one of the benchmark."""

    def __init__(self, env):
        self.env = env
        self.today = env.company._hotline_today()
        self.calendar = env["hotline.day"]._calendar(env.company)
        first, last = self.today - timedelta(365 * YEARS), self.today + timedelta(30)
        every = (first + timedelta(n) for n in range((last - first).days))
        self.all = [day for day in every if self.calendar.is_working(day)]
        self.count = sum(day < self.today for day in self.all)  # days that are over

    def from_(self, k):
        """The k-th working day and the ones after it."""
        return self.all[k : k + AHEAD]

    def store(self, terms):
        """Make bench_day(k, days) and bench_due: when each of `terms` that starts then ends."""
        cr = self.env.cr
        cr.execute("CREATE UNLOGGED TABLE bench_day (k integer PRIMARY KEY, days date[])")
        last = len(self.all) - AHEAD
        rows = [(k, self.from_(k)) for k in range(last)]
        execute_values(cr._obj, "INSERT INTO bench_day VALUES %s", rows, "(%s, %s::date[])")
        cr.execute(
            "CREATE UNLOGGED TABLE bench_due (term_id integer, start date, raw date, due date,"
            " certificate jsonb, version text, preliminary boolean, PRIMARY KEY (term_id, start))"
        )
        due = [row for term in terms for row in self._of_term(term)]
        execute_values(cr._obj, "INSERT INTO bench_due VALUES %s", due, page_size=1000)
        cr.execute("ANALYZE bench_day")
        cr.execute("ANALYZE bench_due")

    def _of_term(self, term):
        ticket = self.env["helpdesk.ticket"].new({"company_id": self.env.company.id})
        make = self.env["hotline.deadline"]._prepare_vals
        for day in self.all[: self.count + 1]:
            vals = make(ticket, term, day)
            yield (
                term.id,
                day,
                vals["raw_due_on"],
                vals["due_on"],
                Json(vals["certificate"]),
                vals["calendar_version"],
                vals["is_preliminary"],
            )

"""The lists by which the copies differ: citizens, cases, calls; one line each, as tables."""

from . import ground as texts
from .copies import STRIDE

TICKET, PARTNER = "helpdesk_ticket", "res_partner"
OPEN_DAYS, SETTLED = 21, 3  # open cases were registered in the last weeks; acts lie behind
RICH = 500  # cases of the citizen number 1

CITIZENS = """
CREATE UNLOGGED TABLE bench_citizen AS
SELECT *, surname || ' ' || given || ' ' || patronymic AS name, {partner} + n AS partner_id
  FROM (SELECT n,
               (%(surnames)s)[n %% 32 + 1] AS surname,
               (%(given)s)[n / 32 %% 16 + 1] AS given,
               (%(patronymics)s)[n / 512 %% 12 + 1] AS patronymic,
               '+79' || 100000000 + n AS phone,
               'ул. ' || (%(streets)s)[n %% 8 + 1] || ', ' || n AS street
          FROM generate_series(1, %(count)s) AS n) AS people
"""
# Ended cases fill the years in the order of their numbers, open ones the last weeks.
CASES = """
CREATE UNLOGGED TABLE bench_case AS
WITH numbered AS (
    SELECT n, n > %(ended)s AS is_open,
           CASE WHEN n <= %(ended)s THEN n::bigint * 7919 %% %(ended)s
                ELSE %(ended)s + (n - %(ended)s)::bigint * 7919 %% (%(count)s - %(ended)s)
           END AS place,
           CASE WHEN n <= %(ended)s
                THEN ((n - 1)::bigint * %(old_days)s / %(ended)s)::integer
                ELSE (%(old_days)s + (n - 1 - %(ended)s)::bigint * %(open_days)s
                      / (%(count)s - %(ended)s))::integer END AS k,
           CASE WHEN n %% (%(count)s / %(rich)s) = 0 THEN 1
                ELSE 2 + n::bigint * 104729 %% (%(citizens)s - 1) END AS citizen
      FROM generate_series(1, %(count)s) AS n
), placed AS (
    SELECT numbered.*, s.shape, s.series, s.prefix,
           extract(year FROM days[1])::integer AS year
      FROM numbered
      JOIN unnest(%(shapes)s, %(starts)s, %(ends)s, %(series)s, %(prefixes)s)
           AS s (shape, first, after, series, prefix)
        ON numbered.place >= s.first AND numbered.place < s.after
      JOIN bench_day USING (k)
), counted AS (
    SELECT placed.*, p.partner_id, p.surname, p.given, p.patronymic, p.name, p.phone, p.street,
           row_number() OVER (PARTITION BY series, year ORDER BY placed.n)::integer AS seq,
           replace((%(texts)s)[placed.n %% 8 + 1], '{{n}}', placed.n::text) AS text,
           (%(topics)s)[placed.n %% %(topic_count)s + 1] AS topic_id,
           {ticket} + placed.n AS ticket_id
      FROM placed JOIN bench_citizen p ON p.n = placed.citizen
)
SELECT *, prefix || left(surname, 1) || '-' || seq || '/' || year AS number,
       replace(prefix, '-', '') || left(surname, 1) || '-' || seq || '-' || year AS number_key
  FROM counted ORDER BY n
"""
# Three of ten callers are known, five are not, two have a case of that day.
CALLS = """
CREATE UNLOGGED TABLE bench_call AS
SELECT n, x.shape, x.k, x.ticket_id, x.partner_id, x.topic_id, x.phone, x.text, x.seq,
       extract(year FROM days[1])::integer || '-' || lpad(n::text, 7, '0') AS number
  FROM (SELECT g.n, s.shape, g.n AS seq, c.topic_id, c.k,
               CASE s.shape WHEN 2 THEN c.ticket_id END AS ticket_id,
               CASE WHEN s.shape <> 1 THEN c.partner_id END AS partner_id,
               CASE WHEN s.shape <> 1 THEN c.phone
                    ELSE '+7495' || 1000000 + g.n %% 1000000 END AS phone,
               replace((%(texts)s)[g.n %% 8 + 1], '{n}', g.n::text) AS text
          FROM generate_series(1, %(count)s) AS g (n)
         CROSS JOIN LATERAL (SELECT CASE WHEN g.n %% 10 < 3 THEN 0 WHEN g.n %% 10 < 8 THEN 1
                                         ELSE 2 END) AS s (shape)
          JOIN bench_case c ON c.n = (g.n - 1)::bigint * %(ended)s / %(count)s + 1) AS x
  JOIN bench_day USING (k)
"""


def citizens(cr, bases, count):
    """Make bench_citizen."""
    cr.execute(
        CITIZENS.format(partner=bases[PARTNER]),
        {
            "count": count,
            "surnames": list(texts.SURNAMES),
            "given": list(texts.GIVEN),
            "patronymics": list(texts.PATRONYMICS),
            "streets": list(texts.STREETS),
        },
    )
    cr.execute("CREATE UNIQUE INDEX ON bench_citizen (n)")
    cr.execute("ANALYZE bench_citizen")


def cases(cr, bases, plan, days, shapes, topics):
    """Make bench_case; `shapes`: [(Shape, series, prefix of the number)] in the order of SHAPES."""
    starts, first, cut = [], 0, 0
    for shape, _series, _prefix in shapes:
        if shape.is_open and not cut:
            first = cut = plan.ended
        starts.append(first)
        first += plan.of(shape)
    ends = [*starts[1:], plan.cases + 1]
    old_days = days.count - SETTLED - OPEN_DAYS
    cr.execute(
        CASES.format(ticket=bases[TICKET]),
        {
            "count": plan.cases,
            "ended": plan.ended,
            "citizens": plan.citizens,
            "rich": min(RICH, plan.cases // 10),
            "old_days": old_days,
            "open_days": OPEN_DAYS,
            "shapes": list(range(len(shapes))),
            "starts": starts,
            "ends": ends,
            "series": [series for _shape, series, _prefix in shapes],
            "prefixes": [prefix for _shape, _series, prefix in shapes],
            "texts": list(texts.TEXTS),
            "topics": topics.ids,
            "topic_count": len(topics),
        },
    )
    cr.execute("CREATE UNIQUE INDEX ON bench_case (n)")
    cr.execute("CREATE INDEX ON bench_case (shape)")
    cr.execute("ANALYZE bench_case")


def calls(cr, plan):
    """Make bench_call."""
    cr.execute(
        CALLS,
        {"count": plan.calls, "ended": plan.ended, "texts": list(texts.TEXTS)},
    )
    cr.execute("CREATE UNIQUE INDEX ON bench_call (n)")
    cr.execute("ANALYZE bench_call")


def bases(cr):
    """{table: id below the first copy's}: above everything that is there."""
    found = {}
    for table in STRIDE:
        cr.execute(f"SELECT COALESCE(max(id), 0) + 1000 FROM {table}")
        found[table] = cr.fetchone()[0]
    return found

"""How long both databases need for the same questions, asked in turn by one process.

In turn, because the machine is seldom idle: what disturbs one disturbs the other.
"""

import os
import statistics
import time
from pathlib import Path

from lxml import etree

TIMES = 7
SERIES, EACH, AT_ONCE = 5, 40, 20
PAGE = 80
COUNTED = 10_001  # how far the web client lets a list be counted


def paired(ours, twin, times=TIMES):
    """{name: median milliseconds} of each; acts are (env, act) by name, asked in turn."""
    found = ({name: [] for name in ours}, {name: [] for name in twin})
    for turn in range(times + 1):
        for acts, seconds in zip((ours, twin), found, strict=True):
            for name, (env, act) in acts.items():
                seconds[name].append(_timed(env, act, turn))
    return tuple(
        {name: 1000 * statistics.median(one[1:]) for name, one in seconds.items()}
        for seconds in found
    )


def _timed(env, act, turn):
    """Seconds of `act(turn)` with an empty cache of the ORM, as a request begins."""
    env.invalidate_all()
    start = time.perf_counter()
    act(turn)
    return time.perf_counter() - start


def rates(ours, twin):
    """Cases a second, one by one and by twenty: [{"ours", "twin", "ours_cpu", "twin_cpu"}, ...].

    By the clock, the median of the series; by the processor time of this process and of its
    PostgreSQL together, which a busy machine does not change much.
    """
    return [_rates(ours, twin, size) for size in (1, AT_ONCE)]


def _rates(ours, twin, size):
    series = {"ours": [], "twin": []}
    for env, make in (ours, twin):
        env.cr.execute("SAVEPOINT bench_creation")
        _series(env, make, 1, size)
    for number in range(SERIES):
        for name, (env, make) in zip(series, (ours, twin), strict=True):
            series[name].append(_series(env, make, 1000 * (number + 2), size))
    for env, _make in (ours, twin):
        env.cr.execute("ROLLBACK TO SAVEPOINT bench_creation")
        env.invalidate_all(flush=False)
    found = {}
    for name, taken in series.items():
        found[name] = EACH / statistics.median(clock for clock, _cpu in taken)
        found[f"{name}_cpu"] = EACH / statistics.median(cpu for _clock, cpu in taken)
    return found


def _series(env, make, first, size):
    """Seconds of one series by the clock and of the processors, each case flushed."""
    clock, cpu = time.perf_counter(), _processor(env)
    for n in range(0, EACH, size):
        make([first + n + more for more in range(size)])
        env.flush_all()
    return time.perf_counter() - clock, _processor(env) - cpu


def _processor(env):
    """Seconds that this process and the PostgreSQL process of its connection have used."""
    stat = Path(f"/proc/{env.cr._cnx.get_backend_pid()}/stat")
    used = stat.read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


def queries(env, act):
    """How many queries a call needs, the caches of the server being warm."""
    env.invalidate_all()
    before = env.cr.sql_log_count
    act(0)
    return env.cr.sql_log_count - before


def page(env, view, wanted=()):
    """A function of (turn, domain) that reads the first page of a list as the web client does."""
    tickets = env["helpdesk.ticket"]
    arch = etree.fromstring(tickets.get_views([(view.id, "list")])["views"]["list"]["arch"])
    columns = {node.get("name"): _asked(tickets, node.get("name")) for node in arch.iter("field")}
    order = arch.get("default_order") or tickets._order

    def read(_turn=0, domain=wanted):
        return tickets.web_search_read(
            list(domain), columns, limit=PAGE, order=order, count_limit=COUNTED
        )

    return read


def _asked(tickets, name):
    relational = tickets._fields[name].type in ("many2one", "many2many", "one2many")
    return {"fields": {"display_name": {}}} if relational else {}


def rich_partner(env):
    """The citizen with the most cases."""
    env.cr.execute(
        "SELECT partner_id FROM helpdesk_ticket WHERE partner_id IS NOT NULL"
        " GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
    )
    return env.cr.fetchone()[0]


def some(env, column, table, where, count=9):
    """Values of a column, spread by their hash."""
    env.cr.execute(
        f"SELECT {column} FROM {table} WHERE {where} ORDER BY md5({column}) LIMIT {count}"
    )
    return [value for (value,) in env.cr.fetchall()]

"""What both databases are asked, as the web client asks it; medians of several."""

import statistics
import time

from lxml import etree

TIMES = 7
PAGE = 80
COUNTED = 10_001  # how far the web client lets a list be counted


def median(env, act, times=TIMES):
    """Milliseconds of `act()`, the first call not counted; the ORM's cache is empty each time."""
    found = []
    for turn in range(times + 1):
        env.invalidate_all()
        start = time.perf_counter()
        act(turn)
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found[1:])


def specification(env, model, view_id):
    """What the web client reads for a list: its columns, names of what they refer to."""
    view = env[model].get_views([(view_id, "list")])["views"]["list"]
    found = {}
    for node in etree.fromstring(view["arch"]).iter("field"):
        field = env[model]._fields[node.get("name")]
        if field.type == "many2one":
            found[field.name] = {"fields": {"display_name": {}}}
        elif field.type in ("many2many", "one2many"):
            found[field.name] = {"fields": {"display_name": {}}}
        else:
            found[field.name] = {}
    return found, etree.fromstring(view["arch"]).get("default_order") or ""


def page(env, model, view_id, domain):
    """A function that reads the first page of a list with its count."""
    columns, order = specification(env, model, view_id)
    order = order or env[model]._order

    def read(_turn=0, wanted=domain):
        return env[model].web_search_read(
            wanted, columns, limit=PAGE, order=order, count_limit=COUNTED
        )

    return read


def queries(env, act):
    """How many queries a call needs."""
    env.invalidate_all()
    before = env.cr.sql_log_count
    act()
    return env.cr.sql_log_count - before


def plain(env):
    """{what: milliseconds} of plain helpdesk_mgmt."""
    from .ground import QUIET  # noqa: PLC0415
    from .plain import ticket_vals  # noqa: PLC0415

    view = env.ref("helpdesk_mgmt.ticket_view_tree").id
    read = page(env, "helpdesk.ticket", view, [])
    env.cr.execute("SELECT min(id), max(id), count(*) FROM helpdesk_ticket")
    first, last, count = env.cr.fetchone()
    tickets = env["helpdesk.ticket"].browse(range(first, last, max(1, count // 40)))
    numbers = tickets.exists().mapped("number")
    env.cr.execute("SELECT phone FROM res_partner WHERE phone LIKE '+79%' ORDER BY id DESC LIMIT 9")
    phones = [phone[4:] for (phone,) in env.cr.fetchall()]
    rich = rich_partner(env)
    words = ["Яма на дороге у дома 77", "00777", "маршрута 123"]

    def contains(turn):
        word = words[turn % len(words)]
        read(wanted=["|", ("number", "ilike", word), ("name", "ilike", word)])

    partner = env["res.partner"]
    rates = creation(env, lambda n: env["helpdesk.ticket"].with_context(**QUIET).create(
        ticket_vals(env, rich, n)))  # fmt: skip
    return {
        "list": median(env, read),
        "list of open ones": median(env, lambda _: read(wanted=[("stage_id.closed", "=", False)])),
        "exact number": median(
            env, lambda turn: read(wanted=[("number", "=", numbers[turn % len(numbers)])])
        ),
        "contains": median(env, contains),
        "phone": median(
            env,
            lambda turn: partner.web_search_read(
                [("phone", "ilike", phones[turn])], {"display_name": {}, "phone": {}}, limit=PAGE
            ),
        ),
        "dossier": median(env, lambda _: read(wanted=[("partner_id", "=", rich)])),
        "create, per second": rates,
    }


def rich_partner(env):
    """The citizen with the most cases."""
    env.cr.execute(
        "SELECT partner_id FROM helpdesk_ticket WHERE partner_id IS NOT NULL"
        " GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
    )
    return env.cr.fetchone()[0]


def creation(env, make, each=40, times=5):
    """Cases a second, one by one, flush included: the median of five series; rolled back."""
    found = []
    env.cr.execute("SAVEPOINT bench_creation")
    for n in range(3):
        make(n)
    for series in range(times):
        start = time.perf_counter()
        for n in range(each):
            make(1_000_000 + series * each + n)
            env.flush_all()
        found.append(each / (time.perf_counter() - start))
    env.cr.execute("ROLLBACK TO SAVEPOINT bench_creation")
    env.invalidate_all(flush=False)
    return statistics.median(found)

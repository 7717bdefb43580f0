"""Articles found as an operator types, among thousands; runs in Odoo's shell.

``OPTIONS`` is set by whoever sends this script: {"articles": 5000}. The articles are made of the
sentences of those that ship; every one is published and indexed by the product's own function. The
last line printed is JSON: {"articles", "words", "queries": [{"text", "found", "ours", "plain"}]}.
"""

import json
import random
import time
from pathlib import Path

from odoo.fields import Domain
from odoo.tools import file_path

from odoo.addons.gov_hotline_kb.domain import questions

SENTENCES, TIMES, PLAIN_TIMES, AT_MOST = 40, 5, 2, 8
QUESTIONS = "gov_hotline_kb/tests/fixtures/questions.tsv"
INSERT = """
INSERT INTO document_page (name, type, active, audience, state, published_text, published_short,
    published_html, draft_revision, helped_count, not_helped_count)
VALUES (%s, 'content', true, 'both', 'published', %s, %s, '', 0, 0, 0) RETURNING id
"""


def fill(env, articles):
    """Make published articles of shuffled sentences; committed."""
    rng = random.Random(9)  # noqa: S311 - sentences, no secrets
    shipped = env["document.page"].search([("state", "=", "published")])
    titles = shipped.mapped("name")
    said = [line for text in shipped.mapped("published_text") for line in text.splitlines()]
    said = [line for line in said if len(line) > 20]
    made = []
    for number in range(articles - len(shipped)):
        text = "\n".join(rng.sample(said, SENTENCES))
        env.cr.execute(INSERT, [f"{rng.choice(titles)} {number}", text, rng.choice(said)])
        made.append(env.cr.fetchone()[0])
    for start in range(0, len(made), 500):
        env["document.page"].browse(made[start : start + 500])._index_words()
    env.cr.commit()
    with env.registry.cursor() as cr:
        cr._cnx.autocommit = True
        for table in ("document_page", "hotline_kb_word", "hotline_kb_stem"):
            cr.execute(f"VACUUM ANALYZE {table}")


def plain(page, text):
    """What Odoo's own search box would do: every word in the title or in the text."""
    words = [
        Domain("name", "ilike", word) | Domain("published_text", "ilike", word)
        for word in questions.words(text)
    ]
    return page.search(Domain.AND(words), limit=AT_MOST).mapped("name")


def timed(function, times):
    """Return (the result, seconds of each run)."""
    taken = []
    for _turn in range(times):
        env.invalidate_all()  # noqa: F821 - the shell's own
        begun = time.perf_counter()
        result = function()
        taken.append(time.perf_counter() - begun)
    return result, taken


def main(env, options):
    """Fill, ask, print."""
    fill(env, options["articles"])
    Page = env["document.page"].with_user(env.ref("base.user_admin"))
    lines = Path(file_path(QUESTIONS)).read_text(encoding="utf-8").splitlines()
    told = []
    for line in lines[::10]:
        text = line.split("\t")[1]
        found, ours = timed(lambda text=text: Page.search_text(text), TIMES)
        _rows, theirs = timed(lambda text=text: plain(Page, text), PLAIN_TIMES)
        told.append({"text": text, "found": len(found), "ours": ours, "plain": theirs})
    counts = {
        "articles": Page.search_count([("state", "=", "published")]),
        "words": env["hotline.kb.word"].sudo().search_count([]),
    }
    print(json.dumps({**counts, "queries": told}))  # noqa: T201


main(env, OPTIONS)  # noqa: F821 - the shell's own

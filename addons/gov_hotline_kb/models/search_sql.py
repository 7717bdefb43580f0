"""What the search of articles asks the database. Words come as values, never as SQL."""

from typing import NamedTuple

from odoo.tools import SQL

BEGUN_AT_MOST = 40
SHORTEST_KIN = 5  # letters of a stem: in shorter ones the last letter makes another word
LEAST = 0.3  # of the best one's score: the rest shares a word by chance
SURE = 0.4  # of what the question tells: an article that answers less of it is only similar
# What fits the case rises, what is for another place sinks.
OF_TOPIC, NEAR_TOPIC, OF_PLACE, ELSEWHERE = 1.5, 1.15, 1.2, 0.3


class Told(NamedTuple):
    """What the index knows of a word."""

    stems: tuple
    known: bool
    begun: tuple
    kin: tuple  # stems that differ by the last letter: the stemmer parts «батареи» and «батарея»


_TOLD = """
SELECT word, stems,
    EXISTS (SELECT FROM hotline_kb_stem AS one WHERE one.stem = ANY(stems)),
    ARRAY(
        SELECT one.stem FROM hotline_kb_stem AS one
        WHERE one.stem ~>=~ word AND one.stem ~<~ (word || chr(1114111))
        ORDER BY length(one.stem), one.stem LIMIT %s
    ),
    ARRAY(
        SELECT one.stem FROM unnest(stems) AS own JOIN hotline_kb_stem AS one
            ON one.stem = left(own, -1)
            OR (one.stem ~>=~ own AND one.stem ~<~ (own || chr(1114111))
                AND length(one.stem) = length(own) + 1)
        WHERE length(own) >= %s
        ORDER BY one.stem
    )
FROM (
    SELECT word, tsvector_to_array(to_tsvector('russian', word)) AS stems
    FROM unnest(%s::text[]) AS word
) AS asked
"""
_ALIKE = """
SELECT stem FROM hotline_kb_stem WHERE stem %% %s
ORDER BY similarity(stem, %s) DESC, stem LIMIT %s
"""
# A rare word tells more than a common one; an article with all the words more than with some.
# A word that no article knows tells most: without it what was found is only similar.
_RANKED = """
WITH asked (no, stem, weight) AS (
    SELECT * FROM unnest(%(nos)s::int[], %(stems)s::text[], %(weights)s::float[])
), telling AS MATERIALIZED (
    SELECT no, stem, weight * ln(1 + (
        SELECT count(*) FROM document_page WHERE state = 'published'
    )::float / held.pages) AS worth
    FROM asked CROSS JOIN LATERAL (
        SELECT count(*) AS pages FROM hotline_kb_word AS word WHERE word.stem = asked.stem
    ) AS held
    WHERE held.pages > 0
), hit AS (
    SELECT no, page_id, max(word.weight * worth) AS score, max(worth) AS worth
    FROM telling JOIN hotline_kb_word AS word USING (stem) GROUP BY no, page_id
), found AS (
    SELECT page_id, sum(score) * (0.4 + 0.6 * sum(worth) / (
        SELECT sum(most) FROM (SELECT max(worth) AS most FROM telling GROUP BY no) AS term
    )) AS score, sum(worth) AS worth
    FROM hit GROUP BY page_id
), told (worth) AS (
    SELECT sum(coalesce(most, weight * ln(2 + (
        SELECT count(*) FROM document_page WHERE state = 'published'
    )))) FROM (SELECT no, max(weight) AS weight FROM asked GROUP BY no) AS term
    LEFT JOIN (SELECT no, max(worth) AS most FROM telling GROUP BY no) AS known USING (no)
), fitting AS (
    SELECT page.id, found.score * %(fits)s AS score, found.worth / told.worth AS share
    FROM found JOIN document_page AS page ON page.id = found.page_id CROSS JOIN told
    WHERE page.id IN %(readable)s
)
SELECT id, share >= %(sure)s AS sure FROM fitting
WHERE score >= %(least)s * (SELECT max(score) FROM fitting)
ORDER BY score DESC, id LIMIT %(limit)s
"""


def told(env, words):
    """Return {word: Told} of each of `words`."""
    rows = env.execute_query(SQL(_TOLD, BEGUN_AT_MOST, SHORTEST_KIN, sorted(words)))
    return {
        word: Told(tuple(stems), known, tuple(begun), tuple(kin))
        for word, stems, known, begun, kin in rows
    }


def alike(env, stem, limit):
    """Return known stems written alike; needs pg_trgm.

    The usual threshold (0.3) is for whole words: a slip in a short stem leaves less in common.
    """
    env.cr.execute("SET LOCAL pg_trgm.similarity_threshold = 0.2")
    return [row[0] for row in env.execute_query(SQL(_ALIKE, stem, stem, limit))]


def ranked(terms, readable, topic, territory, limit):
    """Return the query of the best articles for `terms` among the `readable` ones.

    Its rows: id, whether the article answers enough of the question.
    """
    rows = [
        (no, stem, weight)
        for no, term in enumerate(terms)
        for stem, weight in sorted(term.stems.items())
    ]
    nos, stems, weights = (list(column) for column in zip(*rows, strict=True))
    return SQL(
        _RANKED, nos=nos, stems=stems, weights=weights, readable=readable,
        fits=SQL("%s * %s * %s", _topic(topic), _place(territory), _useful()),
        least=LEAST, sure=SURE, limit=limit,
    )  # fmt: skip


def _topic(topic):
    """Return the factor of the topic of the case: its own, of the same branch, another."""
    if not topic:
        return SQL("1")
    path = [int(one) for one in (topic.parent_path or "").split("/") if one]
    linked = SQL(
        "SELECT FROM document_page_hotline_topic_rel AS link"
        " JOIN hotline_topic AS topic ON topic.id = link.hotline_topic_id"
        " WHERE link.document_page_id = page.id"
    )
    own = SQL("%s AND topic.parent_path LIKE %s", linked, f"{topic.parent_path}%")
    near = SQL("%s AND topic.id = ANY(%s)", linked, path)
    return SQL(
        "CASE WHEN EXISTS (%s) THEN %s WHEN EXISTS (%s) THEN %s ELSE 1 END",
        own, OF_TOPIC, near, NEAR_TOPIC,
    )  # fmt: skip


def _place(territory):
    """Return the factor of the place of the case: an article of its region fits a settlement."""
    if not territory:
        return SQL("1")
    path = [int(one) for one in (territory.parent_path or "").split("/") if one]
    linked = SQL(
        "SELECT FROM document_page_hotline_territory_rel AS link"
        " WHERE link.document_page_id = page.id"
    )
    return SQL(
        "CASE WHEN NOT EXISTS (%s) THEN 1 WHEN EXISTS (%s) THEN %s ELSE %s END",
        linked, SQL("%s AND link.hotline_territory_id = ANY(%s)", linked, path),
        OF_PLACE, ELSEWHERE,
    )  # fmt: skip


def _useful():
    """Return the factor of what readers said (0.7 to 1.3) and of use (to 1.1), both slowly."""
    return SQL(
        "(1 + 0.3 * (page.helped_count - page.not_helped_count)::float"
        " / (page.helped_count + page.not_helped_count + 5))"
        " * (1 + 0.1 * page.used_count::float / (page.used_count + 50))"
    )

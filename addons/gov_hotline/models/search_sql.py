"""The SQL of the search: the condition that an index answers, and the words that are known.

The known words (hotline_search_word) are kept by triggers, whoever writes the lines: the ORM, an
import, a migration. Without uniqueness: two transactions that bring the same new word neither wait
for each other nor fail, and a double does no harm.
"""

from contextlib import contextmanager

from odoo.tools import SQL, escape_psql

from ..domain.search_words import LONGEST_KEPT, SHORTEST_KEPT

# Letters only: «simple» words as they are, so that nothing depends on a dictionary of PostgreSQL.
VECTOR = "array_to_tsvector(string_to_array(search_words, ' '))"
# A long list of words not yet in the index would be read by every search.
STORAGE = "WITH (fastupdate = on, gin_pending_list_limit = 256)"

_LETTERS = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯABCDEFGHIJKLMNOPQRSTUVWXYZ"
_APART = "-.,()«»\"'/"
_GREAT = f"{_LETTERS}Ёё{_APART}"
_SMALL = f"{_LETTERS.lower()}ее{' ' * len(_APART)}"

# Longer than 32 letters is no word that anybody types.
_LENGTHS = {"shortest": SHORTEST_KEPT, "longest": LONGEST_KEPT}
_NEW_WORDS = """
INSERT INTO hotline_search_word (word)
SELECT DISTINCT w.word FROM {source}
 WHERE length(w.word) BETWEEN {shortest} AND {longest} AND w.word !~ '[0-9]'
   AND NOT EXISTS (SELECT FROM hotline_search_word k WHERE k.word = w.word)
"""
_FUNCTIONS = """
CREATE OR REPLACE FUNCTION hotline_search_words_of_new() RETURNS trigger AS $$
BEGIN {of_new}; RETURN NULL; END $$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION hotline_search_words_of_changed() RETURNS trigger AS $$
BEGIN {of_changed}; RETURN NULL; END $$ LANGUAGE plpgsql;
""".format(
    of_new=_NEW_WORDS.format(
        source="new_lines l, unnest(string_to_array(l.search_words, ' ')) AS w (word)",
        **_LENGTHS,
    ),
    of_changed=_NEW_WORDS.format(
        source="unnest(string_to_array(NEW.search_words, ' ')) AS w (word)", **_LENGTHS
    ),
)
_KNOWN = """
SELECT q.typed, w.word
  FROM unnest(%s::text[]) AS q (typed)
 CROSS JOIN LATERAL (
       SELECT DISTINCT k.word FROM hotline_search_word k
        WHERE k.word ~>=~ q.typed AND k.word ~<~ (q.typed || chr(1114111))
        LIMIT %s) w
"""
_ALIKE = """
SELECT DISTINCT word, similarity(word, %(typed)s) AS likeness FROM hotline_search_word
 WHERE word %% %(typed)s ORDER BY likeness DESC, word LIMIT %(limit)s
"""


def index(where=""):
    """Return the definition of the index that answers `condition` on a table's own rows."""
    return f"USING gin ({VECTOR}) {STORAGE}{where}"


def condition(alias, search_text):
    """Return the SQL condition: the line holds what `search_text` (a tsquery) asks."""
    column = SQL.identifier(alias, "search_words")
    return SQL("array_to_tsvector(string_to_array(%s, ' ')) @@ %s::tsquery", column, search_text)


@contextmanager
def dear_words(cr):
    """Tell the planner what taking the words of a row apart costs: thirty times a comparison.

    Else a word of one row in twenty is looked for by reading the table: slower than the index.
    """
    cr.execute("SET LOCAL cpu_operator_cost = 0.05")
    yield
    cr.execute("SET LOCAL cpu_operator_cost TO DEFAULT")


def begins_with(alias, letter):
    """Return the SQL condition: a word of the line begins with `letter`."""
    return SQL("' ' || %s LIKE %s", SQL.identifier(alias, "search_words"), f"% {letter}%")


def named(alias, groups):
    """Return the SQL condition: of each group of beginnings one begins a word of the name.

    Letters are made small by a table of our own: what lower() knows depends on the database.
    """
    held = SQL("' ' || translate(%s, %s, %s)", SQL.identifier(alias, "name"), _GREAT, _SMALL)
    found = [
        SQL("%s LIKE ANY(%s)", held, [f"% {escape_psql(key)}%" for key in keys]) for keys in groups
    ]
    return SQL(" AND ").join(SQL("(%s)", one) for one in found) if found else SQL("TRUE")


def keep_words(cr, table):
    """Make the triggers of `table` anew that add its new words to the known ones."""
    cr.execute(_FUNCTIONS)
    for statement in _triggers(table):
        cr.execute(statement)


def _triggers(table):
    name = "hotline_search_words"
    yield f'DROP TRIGGER IF EXISTS {name}_new ON "{table}"'
    yield f'DROP TRIGGER IF EXISTS {name}_changed ON "{table}"'
    yield (
        f'CREATE TRIGGER {name}_new AFTER INSERT ON "{table}" REFERENCING NEW TABLE AS new_lines '
        f"FOR EACH STATEMENT EXECUTE FUNCTION hotline_search_words_of_new()"
    )
    yield (
        f'CREATE TRIGGER {name}_changed AFTER UPDATE OF search_words ON "{table}" FOR EACH ROW '
        f"WHEN (NEW.search_words IS DISTINCT FROM OLD.search_words) "
        f"EXECUTE FUNCTION hotline_search_words_of_changed()"
    )


def learn(cr, table):
    """Add the words of all lines of `table`: for lines written before the triggers were."""
    source = SQL(
        "%s l, unnest(string_to_array(l.search_words, ' ')) AS w (word)", SQL.identifier(table)
    )
    cr.execute(SQL(_NEW_WORDS.format(source="%s", **_LENGTHS), source))


def forget(cr, tables):
    """Delete known words that no line of `tables` holds any more; return how many."""
    quoted = SQL("(quote_literal(k.word))::tsquery")
    held = [
        SQL("EXISTS (SELECT FROM %s WHERE %s @@ %s)", SQL.identifier(table), SQL(VECTOR), quoted)
        for table in tables
    ]
    cr.execute(SQL("DELETE FROM hotline_search_word k WHERE NOT (%s)", SQL(" OR ").join(held)))
    return cr.rowcount


def known(cr, typed, limit):
    """Return {typed: known words that begin so}, at most `limit` of each."""
    found = {one: [] for one in typed}
    cr.execute(_KNOWN, (list(typed), limit))
    for one, word in cr.fetchall():
        found[one].append(word)
    return found


def alike(cr, typed, limit):
    """Return known words written alike; needs trigrams.

    The usual threshold (0.3) is for whole words: «ивнов» is the slip of one that is not finished.
    """
    cr.execute("SET LOCAL pg_trgm.similarity_threshold = 0.2")
    cr.execute(_ALIKE, {"typed": typed, "limit": limit})
    return [word for word, _likeness in cr.fetchall()]


def removal():
    """Return the statements that drop the functions and, with them, their triggers."""
    return [
        "DROP FUNCTION IF EXISTS hotline_search_words_of_new() CASCADE",
        "DROP FUNCTION IF EXISTS hotline_search_words_of_changed() CASCADE",
    ]

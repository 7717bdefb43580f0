"""Words to find citizens and agencies by: made in sets, not record by record by the ORM."""

from psycopg2.extras import execute_values

from odoo.tools.sql import column_exists

from odoo.addons.gov_hotline.domain import search_words

AT_ONCE = 5000


def migrate(cr, version):
    """Add the column with its words, so that the ORM finds nothing left to compute."""
    if column_exists(cr, "res_partner", "search_words"):
        return
    cr.execute("ALTER TABLE res_partner ADD COLUMN search_words varchar")
    last = 0
    while rows := _rows(cr, last):
        last = rows[-1][0]
        execute_values(
            cr._obj,
            "UPDATE res_partner p SET search_words = NULLIF(v.line, '')"
            " FROM (VALUES %s) AS v (id, line) WHERE p.id = v.id",
            [(row[0], search_words.line(row[1:])) for row in rows],
            page_size=AT_ONCE,
        )


def _rows(cr, last):
    """Return [(id, name, competence, address)]; as `_search_line` of the model reads them."""
    cr.execute(
        """
        SELECT id, name, CASE WHEN hotline_kind <> 'citizen' THEN hotline_competence END,
               concat_ws(', ', NULLIF(city, ''), NULLIF(street, ''), NULLIF(street2, ''))
          FROM res_partner WHERE hotline_kind IS NOT NULL AND id > %s ORDER BY id LIMIT %s
        """,
        (last, AT_ONCE),
    )
    return cr.fetchall()

"""Hours of agencies: one pair of times for all working days becomes a table by weekday."""

from odoo.tools.sql import column_exists


def migrate(cr, version):
    """Monday to Friday get the hours that were; «0:00 to 24:00» becomes round the clock.

    The old columns are there until Odoo drops the fields at the end of the update.
    """
    if not column_exists(cr, "res_partner", "hotline_closes"):
        return
    cr.execute(
        """UPDATE res_partner SET hotline_round_the_clock = TRUE
            WHERE COALESCE(hotline_opens, 0) = 0 AND hotline_closes = 24"""
    )
    cr.execute(
        """INSERT INTO hotline_opening (partner_id, weekday, opens, closes, lunch_from, lunch_to,
                                        create_uid, create_date, write_uid, write_date)
           SELECT p.id, d.weekday::text, COALESCE(p.hotline_opens, 0), p.hotline_closes, 0, 0,
                  1, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC'
             FROM res_partner p, generate_series(0, 4) AS d(weekday)
            WHERE p.hotline_closes > COALESCE(p.hotline_opens, 0)
              AND NOT (COALESCE(p.hotline_opens, 0) = 0 AND p.hotline_closes = 24)
           ON CONFLICT (partner_id, weekday) DO NOTHING"""
    )

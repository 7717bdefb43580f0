"""The scheduled steps take the place of two scheduled actions: one digest a person, one order."""

from psycopg2.extras import Json

from odoo import SUPERUSER_ID, api

NAME = {"en_US": "Morning digest", "ru_RU": "Сводка на утро"}
FORMER = ("cron_outbox_digest", "cron_remind_of_approval")


def migrate(cr, version):
    """Remove the former scheduled actions; what they did is done by the steps."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in FORMER:
        cron = env.ref(f"gov_hotline.{name}", raise_if_not_found=False)
        if cron:
            cron.unlink()
    kind = env.ref("gov_hotline.mail_activity_type_outbox", raise_if_not_found=False)
    if kind:
        cr.execute(
            "UPDATE mail_activity_type SET icon = 'fa-sun-o', name = name || %s WHERE id = %s",
            [Json(NAME), kind.id],
        )

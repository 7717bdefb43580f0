#!/bin/bash
# Bring the database to the add-ons of this image: install what is new, update what is there,
# and on the very first start set Russia's defaults and the administrator's password.
set -euo pipefail

modules=$(cd /opt/gov-hotline/addons && ls -d gov_hotline*/__manifest__.py | xargs dirname | paste -sd,)

/entrypoint.sh odoo -d "$HOTLINE_DB_NAME" -i "$modules" -u "$modules" \
    --load-language=ru_RU --stop-after-init --no-http
/entrypoint.sh odoo shell -d "$HOTLINE_DB_NAME" --no-http < /opt/gov-hotline/docker/first_start.py

#!/bin/bash
# The connector is a command of Odoo that takes no options of the database: libpq reads these.
set -euo pipefail

PGPASSWORD=$(cat "$PASSWORD_FILE")
export PGHOST="$HOST" PGPORT="$PORT" PGUSER="$USER" PGPASSWORD
exec odoo hotline_pbx -d "$HOTLINE_DB_NAME"

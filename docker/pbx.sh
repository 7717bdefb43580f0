#!/bin/bash
# Fill the places of asterisk/ and run the PBX in the foreground. The passwords of the telephones are
# made once and kept in the volume, for the secrets of the extensions in Odoo.
set -euo pipefail

cd /opt/gov-hotline
umask 0002 # the connector's container is of the same group
kept=/var/lib/asterisk/hotline-secrets.json
[ ! -s "$kept" ] || cp -p "$kept" /etc/asterisk/
python3 -m runtime.pbx_install /etc/asterisk --address 0.0.0.0 --ami-address 0.0.0.0 \
    --permit "$HOTLINE_AMI_PERMIT" --trunk "$HOTLINE_TRUNK" --caller-id "$HOTLINE_CALLER_ID" \
    --secret-file "$AMI_PASSWORD_FILE" --voice-secret-file "$VOICE_PASSWORD_FILE" \
    --voice-permit "$HOTLINE_AMI_PERMIT" ${HOTLINE_MENU:+--menu}
cp -p /etc/asterisk/hotline-secrets.json "$kept"
exec asterisk -f

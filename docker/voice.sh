#!/bin/bash
# The voice of the menu: its options from the environment, the secrets from their files.
set -euo pipefail

cd /opt/gov-hotline
options=$(mktemp)
python3 - > "$options" <<'END'
import json, os
from pathlib import Path

def secret(name):
    return Path(os.environ[name]).read_text(encoding="utf-8").strip()

print(json.dumps({
    "ami": {"host": os.environ["HOTLINE_PBX"], "port": 5038, "login": "voice",
            "secret": secret("VOICE_PASSWORD_FILE")},
    "odoo": {"url": os.environ["HOTLINE_ODOO"], "key": secret("VOICE_KEY_FILE")},
    "sounds": "/var/spool/asterisk/hotline-said", "heard": "/var/spool/asterisk/hotline-voice",
    "model": "/var/lib/hotline-model",
}))
END
exec /opt/gov-hotline/hears/bin/python -m voice "$options"

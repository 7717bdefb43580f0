# ruff: noqa: F821 - "env" is given by "odoo shell", which this file is fed to
# Once per database: Russia's defaults, and a password for "admin" instead of Odoo's known one.
import os
from pathlib import Path

SCRIPTS = Path("/opt/gov-hotline/runtime/scripts")
parameters = env["ir.config_parameter"]

if not parameters.get_param("gov_hotline.first_start"):
    password = Path(os.environ["ADMIN_PASSWORD_FILE"]).read_text(encoding="utf-8").strip()
    if len(password) < 12:
        raise SystemExit("docker/secrets/admin_password must hold at least 12 characters")
    env.ref("base.user_admin").password = password
    parameters.set_param("gov_hotline.first_start", "done")
    exec((SCRIPTS / "localize.py").read_text(encoding="utf-8"))  # noqa: S102 - our own file
    env.cr.commit()

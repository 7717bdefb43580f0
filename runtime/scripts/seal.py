# ruff: noqa: F821 - "env" is given by "odoo shell", which this file is fed to
# The demo's lines are of days gone by, so the check of the journal would miss their seals until
# the sealer has first run.
if "hotline.journal.seal" in env:
    env["hotline.journal.seal"]._seal(everything=True)
    env.cr.commit()

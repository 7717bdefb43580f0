# ruff: noqa: F821 - "env" is given by "odoo shell", which this file is fed to
# Scripts and styles of the pages, made before the first visitor: without them that one waits
# for seconds before a blank page. Odoo keeps them as attachments, named by their content.
env["ir.qweb"].with_context(lang="ru_RU")._pregenerate_assets_bundles()
env.cr.commit()

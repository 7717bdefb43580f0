# ruff: noqa: F821 - "env" is given by "odoo shell", which this file is fed to
# Scripts and styles of the first pages (sign-in, the portal, the back office), made before the
# first visitor: without them that one waits for seconds before a blank page. Odoo keeps them as
# attachments, named by their content. Only what these pages link: Odoo's own pre-generation also
# builds the bundles of its tests, which takes a minute.
SCRIPTS = ("web.assets_web", "web.assets_frontend_minimal", "web.assets_frontend_lazy")
STYLES = ("web.assets_web", "web.assets_web_print", "web.assets_frontend")

pages = env["ir.qweb"].with_context(lang="ru_RU")
for bundle in SCRIPTS:
    pages._get_asset_bundle(bundle, css=False, js=True).js()
for bundle in STYLES:
    pages._get_asset_bundle(bundle, css=True, js=False).css()
env.cr.commit()

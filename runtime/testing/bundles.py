"""The bundles of assets, made once in the template database: every copy of it has them.

Imported inside Odoo; only the standard library. Making them takes half a minute, more than most
tests; one whose sources changed since is made anew by whoever asks for it.
"""

# Odoo makes every bundle that a view names. These our tests never open; making them takes as long
# as making the others.
UNUSED = {
    "api_doc.assets",
    "mail.assets_discuss_public_test_tours",
    "mail.assets_public",
    "snailmail.report_assets_snailmail",
    "web.assets_web_dark",
    "web.qunit_suite_tests",
    "web.tests_assets",
}
# These no view names, a page asks for them when it needs them: {bundle: (css, js)}.
ASKED_FOR_LATER = {
    "bus.websocket_worker_assets": (False, True),
    "web.assets_backend_lazy": (True, True),
    "web.chartjs_lib": (False, True),
}
# For Odoo's shell.
SCRIPT = "from runtime.testing import bundles\nbundles.generate(env)\nenv.cr.commit()\n"


def generate(env):
    """Make the bundles that tests open; the caller commits."""
    qweb = env["ir.qweb"]
    scripts, styles = (names - UNUSED for names in qweb._get_bundles_to_pregenarate())
    wanted = {name: (name in styles, name in scripts) for name in sorted(scripts | styles)}
    for name, (css, js) in (wanted | ASKED_FOR_LATER).items():
        bundle = qweb._get_asset_bundle(name, css=css, js=js)
        if js:
            bundle.js()
        if css:
            bundle.css()

from odoo.tests import HttpCase, tagged

# The module, not the class: a class imported here would run the whole suite of web again.
from odoo.addons.web.tests import test_js

PAGE = "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id="


@tagged("post_install", "-at_install")
class TestHints(HttpCase):
    def test_hoot(self):
        """A2: beside the talk, articles are suggested, found, read and inserted."""
        suite = test_js.HOOTCommon._generate_hash(self, "@gov_hotline_kb")
        self.browser_js(
            PAGE + suite,
            "",
            "",
            login="admin",
            timeout=180,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )

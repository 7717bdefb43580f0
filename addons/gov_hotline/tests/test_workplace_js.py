from odoo.tests import no_retry, tagged

from odoo.addons.web.tests import test_js


@tagged("post_install", "-at_install")
class TestWorkplaceJs(test_js.HOOTCommon):
    """The workplace's JavaScript: Hoot tests of static/tests."""

    def get_hoot_filters(self):
        self._test_params = [("+", "@gov_hotline")]
        return super().get_hoot_filters()

    # Core tests these two of its helpers itself.
    test_generate_hoot_hash = None
    test_get_hoot_filter = None

    @no_retry
    def test_workplace(self):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000{self.hoot_filters}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )

"""A run of the add-ons' tests that was cut short is never a whole one."""

import pytest

from runtime.testing import addons


@pytest.mark.parametrize(
    ("code", "ended", "has_failures", "told"),
    [
        (0, True, False, False),
        (1, True, True, False),  # Odoo's own word for failed tests
        (124, False, True, True),  # the limit of time: the failures so far are not all
        (124, False, False, True),
        (1, True, False, True),
        (0, False, False, True),
    ],
)
def test_what_was_cut_short_is_told(code, ended, has_failures, told):
    assert addons.broke_off(code, ended, has_failures) is told

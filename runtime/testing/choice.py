"""What the user asked to leave out: HOTLINE_SKIP, words separated by commas.

``browser`` leaves out what needs a browser (on a machine that has none the run fails without it),
``phone`` what needs the real Asterisk; ``lint``, ``unit``, ``add-ons``, ``i18n`` and ``e2e`` leave
out a whole kind.
"""

import os
from collections.abc import Mapping

from runtime import shell
from runtime.faults import Fault

VARIABLE = "HOTLINE_SKIP"
WORDS = ("browser", "phone", "lint", "unit", "add-ons", "i18n", "e2e")
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def skipped(environ: Mapping[str, str] = os.environ) -> set[str]:
    """The words of HOTLINE_SKIP; Fault for one that means nothing."""
    words = {word.strip() for word in environ.get(VARIABLE, "").split(",") if word.strip()}
    unknown = ", ".join(sorted(words.difference(WORDS)))
    if unknown:
        raise Fault(f"{VARIABLE} names {unknown}", f"Known words: {', '.join(WORDS)}")
    return words


def browser() -> str | None:
    """The browser that Odoo's tests will find."""
    return next(filter(None, map(shell.find, BROWSERS)), None)


def need_browser(words: set[str]) -> None:
    """Fault if tests need a browser and the machine has none."""
    if "browser" not in words and not browser():
        raise Fault(
            "No browser: the tests of screens need one",
            f"apt-get install chromium (as root), or set {VARIABLE}=browser to leave them out",
        )

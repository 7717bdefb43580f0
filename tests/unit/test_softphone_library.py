"""The browser phone's library is the one that was read, byte for byte."""

import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "addons/gov_hotline_telephony/static/lib/jssip"


def test_library_is_the_pinned_one():
    """A changed file, or a new version without a new note, fails here."""
    pinned = re.search(r"SHA-256 of `jssip.js`: (\w{64})", (FOLDER / "README.md").read_text())
    assert hashlib.sha256((FOLDER / "jssip.js").read_bytes()).hexdigest() == pinned[1]


def test_library_names_its_version_and_licence():
    text = (FOLDER / "jssip.js").read_text(encoding="utf-8")
    assert 'version:"3.13.8"' in text
    assert "MIT License" in (FOLDER / "LICENSE.md").read_text() or "MIT" in text

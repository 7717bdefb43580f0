"""docs/legal.md speaks of tests and rules that exist."""

import re
from pathlib import Path

from gov_hotline.domain import intake_rules

from . import shipped

ROOT = Path(__file__).parents[3]
NOTES = (ROOT / "docs" / "legal.md").read_text(encoding="utf-8")
SOURCE = Path(intake_rules.__file__).read_text(encoding="utf-8")


def test_tests_named_in_the_notes_exist():
    written = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/test_*.py"))
    written += "".join(
        path.read_text(encoding="utf-8") for path in ROOT.glob("addons/*/tests/test_*.py")
    )
    named = set(re.findall(r"`(test_\w+)`", NOTES))
    assert named
    assert {name for name in named if f"def {name}(" not in written} == set()


def test_every_rule_of_intake_is_in_the_notes():
    rules = set(re.findall(r'"([A-Z0-9]+-\w+)"', SOURCE))
    rules |= {"ANON", "ORAL", "ACCEPT", "COLLECTIVE", "MESSAGE"}
    assert {rule for rule in rules if f"| {rule} |" not in NOTES} == set()


def test_every_term_stands_in_the_notes_as_it_is_shipped():
    """Code, length and strictness; a row of the notes without a record is found too."""
    table = NOTES.split("## Terms\n")[1].split("\n## ")[0]
    cells = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ")]
    noted = {
        code.strip(): (int(re.match(r"\s*(\d+)", length)[1]), strictness.strip())
        for code, _, length, _, _, _, strictness, _ in cells[1:]
    }
    shipped_rows = {
        code: (int(row["length"]), row["strictness"]) for code, row in shipped.ROWS.items()
    }
    assert noted == shipped_rows

"""docs/legal.md speaks of tests and rules that exist."""

import re
from pathlib import Path
from xml.etree import ElementTree

from gov_hotline.domain import intake_rules, signature

from . import shipped

ROOT = Path(__file__).parents[3]
NOTES = (ROOT / "docs" / "legal.md").read_text(encoding="utf-8")
DATA = ROOT / "addons" / "gov_hotline" / "data"
RULES = [
    {field.get("name"): field.text for field in record.iterfind("field")}
    for record in ElementTree.parse(DATA / "hotline_rule.xml").iterfind(".//record")
]
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


def test_every_rule_stands_in_the_notes_as_it_is_shipped():
    """Code, source and strictness; a switch where the body may tighten a warning."""
    table = NOTES.split("## Blocks and warnings\n")[1].split("\n## ")[0]
    cells = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ")]
    noted = {row[0].strip(): tuple(cell.strip() for cell in row[3:6]) for row in cells[1:]}
    expected = {
        rule["code"]: (
            rule["source"],
            rule["shipped"],
            "switch" if rule["shipped"] == "warn" else "–",
        )
        for rule in RULES
    }
    assert noted == expected


def test_every_rule_that_a_check_names_is_shipped():
    """A finding without its rule could be neither tightened nor explained."""
    shipped_codes = {rule["code"] for rule in RULES}
    grounds = ElementTree.parse(DATA / "hotline_ground.xml").iterfind(".//field[@name='rule_code']")
    named = {field.text for field in grounds} | {rule for rule, _ in signature.RULE_OF.values()}
    named |= {"SELF-NO", "SELF-SUB", "ANS-FORM", "SIGN-AUTH"}
    assert named - shipped_codes == set()


def test_a_block_was_read_or_is_named_by_practice():
    """Practice 13: remembered rules warn, but for article 8 part 6."""
    remembered = {rule["code"] for rule in RULES if rule["source"] == "memory"}
    blocks = {rule["code"] for rule in RULES if rule["shipped"] == "block"}
    assert remembered & blocks == {"SELF-NO"}

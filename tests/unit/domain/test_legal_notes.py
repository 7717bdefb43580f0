"""docs/legal.md speaks of tests and rules that exist."""

import re
from pathlib import Path
from xml.etree import ElementTree

from gov_hotline.domain import intake_rules

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
    table = table.split("\n\n| ", 2)[1]  # the first table; what has no clock follows it
    cells = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ")]
    noted = {
        code.strip(): (int(re.match(r"\s*(\d+)", length)[1]), strictness.strip())
        for code, _, length, _, _, _, strictness, _ in cells
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
    noted = {code: (*row[:2], row[2].split(";")[0]) for code, row in noted.items()}
    assert noted == expected


def _rows_of_rules():
    table = NOTES.split("## Blocks and warnings\n")[1].split("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_every_rule_has_a_test_in_the_notes():
    """Each row ends with tests that exist: their names are checked above."""
    without = {row[0] for row in _rows_of_rules() if not re.search(r"`test_\w+`", row[-1])}
    assert without == set()


def test_every_rule_has_its_article_in_the_notes():
    """59-FZ or 8-FZ with its article as in the data, or a local act."""
    articles = {rule["code"]: re.findall(r"\d+(?:\.\d)?", rule["article"]) for rule in RULES}
    for code, article, *_rest in _rows_of_rules():
        found = re.findall(r"\d+(?:\.\d)?", article)
        assert sorted(found) == sorted(articles[code]), code


def test_files_and_classes_named_in_the_notes_exist():
    """Paths, Test classes and files of tests: a renamed one is found here."""
    tests = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("addons/*/tests/*.py")]
    classes = "".join(path.read_text(encoding="utf-8") for path in tests)
    named = set(re.findall(r"`(Test[A-Z]\w+)`", NOTES))
    assert {name for name in named if f"class {name}(" not in classes} == set()
    for path in re.findall(r"`((?:addons|tests|domain|data)/[\w./*]+)`", NOTES):
        roots = (ROOT, ROOT / "addons" / "gov_hotline")
        assert any(list(root.glob(path)) or (root / path).exists() for root in roots), path
    files = {path.name for path in tests}
    assert set(re.findall(r"`(test_\w+\.py)`", NOTES)) <= files


def test_a_block_was_read_or_is_named_by_practice():
    """Practice 13: remembered rules warn, but for article 8 part 6."""
    remembered = {rule["code"] for rule in RULES if rule["source"] == "memory"}
    blocks = {rule["code"] for rule in RULES if rule["shipped"] == "block"}
    assert remembered & blocks == {"SELF-NO"}

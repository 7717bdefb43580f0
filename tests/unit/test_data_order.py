"""A new database loads the files of a manifest one by one: what a file refers to is there before.

An update hides a wrong order, for the records are in the database by then.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADDONS = sorted(path.parent for path in ROOT.glob("addons/*/__manifest__.py"))
MADE = {"record", "template", "menuitem", "report", "act_window"}
# Attributes that name other records; a menu's groups and an action's parent among them.
NAMING = ("ref", "parent", "action", "inherit_id", "groups")
_REF = re.compile(r"""\bref\(\s*['"]([\w.]+)['"]""")


def named(element: ElementTree.Element) -> Iterator[str]:
    """The ids that an element refers to while it is loaded."""
    for attribute in NAMING:
        if attribute == "groups" and element.tag not in MADE:
            continue
        value = element.get(attribute, "")
        yield from re.findall(r"[\w.]+", value.replace("-", ""))
    yield from _REF.findall(element.get("eval", ""))


def early(files: list[tuple[str, str]], module: str) -> list[str]:
    """What is referred to before it is made: "file: id"; `files`: (name, text) in their order."""
    trees = [(name, ElementTree.fromstring(text)) for name, text in files]
    own = {element.get("id") for _name, tree in trees for element in tree.iter() if _makes(element)}
    made: set[str | None] = set()
    found = []
    for name, tree in trees:
        for element in tree.iter():
            if element.tag == "data" or element.tag == "odoo":
                continue
            for other in named(element):
                bare = other.removeprefix(f"{module}.")
                if bare in own and bare not in made and bare != element.get("id"):
                    found.append(f"{name}: {bare}")
            if _makes(element):
                made.add(element.get("id"))
    return found


def _makes(element: ElementTree.Element) -> bool:
    return element.tag in MADE and bool(element.get("id"))


def test_a_view_before_the_one_it_extends_is_found():
    child = '<odoo><record id="b"><field name="inherit_id" ref="m.a"/></record></odoo>'
    parent = '<odoo><record id="a"/></odoo>'
    assert early([("b.xml", child), ("a.xml", parent)], "m") == ["b.xml: a"]
    assert early([("a.xml", parent), ("b.xml", child)], "m") == []


@pytest.mark.parametrize("addon", ADDONS, ids=lambda path: path.name)
def test_each_file_refers_to_what_is_there(addon: Path):
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))
    files = [
        (name, (addon / name).read_text(encoding="utf-8"))
        for name in manifest.get("data", [])
        if name.endswith(".xml")
    ]
    assert early(files, addon.name) == []

"""Filters that a window switches on together narrow each other: Odoo joins neighbours by «or»."""

import ast
from pathlib import Path

import pytest
from lxml import etree

ADDONS = Path(__file__).resolve().parents[2] / "addons"
DEFAULT = "search_default_"


def records(model: str):
    """Return the records of a model in the data of all add-ons."""
    for path in sorted(ADDONS.glob("*/views/*.xml")):
        yield from etree.parse(path).iterfind(f".//record[@model='{model}']")


def text(record, name: str) -> str:
    """Return a field of a record; empty where it has none."""
    return (record.findtext(f"field[@name='{name}']") or "").strip()


def groups() -> dict[str, dict[str, int]]:
    """Return {model: {name of a filter: number of its group}} of the search views."""
    found: dict[str, dict[str, int]] = {}
    for record in records("ir.ui.view"):
        search = record.find("field[@name='arch']/search")
        if search is None:
            continue
        number, places = 0, found.setdefault(text(record, "model"), {})
        for node in search:
            number += node.tag == "separator"
            if node.tag == "filter" and node.get("domain"):
                places[node.get("name")] = number
    return found


def windows():
    """Return (name, model, filters switched on) of each window with more than one."""
    for record in records("ir.actions.act_window"):
        try:
            context = ast.literal_eval(text(record, "context") or "{}")
        except ValueError:
            continue
        names = [name.removeprefix(DEFAULT) for name in context if name.startswith(DEFAULT)]
        if len(names) > 1:
            yield record.get("id"), text(record, "res_model"), names


@pytest.mark.parametrize(("window", "model", "names"), list(windows()))
def test_filters_on_together_stand_in_groups_of_their_own(window, model, names):
    """D5: «My tasks» were all open ones, and all of mine that were done."""
    places = groups().get(model, {})
    known = [places[name] for name in names if name in places]
    assert len(known) == len(set(known)), (window, names)

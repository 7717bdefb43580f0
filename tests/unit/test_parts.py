"""What the parts of a model say twice, and sudo() without its reason."""

from pathlib import Path

import pytest

from runtime.testing import parts, repository, sudo

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "addons/gov_hotline"

FIRST = """
from odoo import fields, models
KEPT = frozenset({"a"})
class First(models.Model):
    _name = "x"
    _set = KEPT
    name = fields.Char(string="Name")
    kind = fields.Selection([("a", "A")])
    def _words(self):
        return "first"
"""
LATER = (
    "from odoo import fields, models\nKEPT = 'x'\nclass Later(models.Model):\n    _inherit = {}\n{}"
)


def _clashes(folder: Path, first: str, later: str) -> list[str]:
    """Two files of one add-on, the later imported first by its name's order."""
    package = folder / "addons/gov_x"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("from . import zero, a_later\n", encoding="utf-8")
    (package / "zero.py").write_text(first, encoding="utf-8")
    (package / "a_later.py").write_text(later, encoding="utf-8")
    return parts.clashes([package], folder)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('    def _words(self):\n        return "later"', "x._words does not call super()"),
        ('    def _words(self):\n        return super()._words() + "later"', ""),
        ("    def _words(self):\n        clean = super(Later, self)\n        clean._words()", ""),
        (
            "    def _words(self):\n        return super()._others()",
            "x._words does not call super()",
        ),
        ('    def _words(self):\n        """In place of the short ones."""', ""),
        ('    name = fields.Char(groups="base.group_user")', ""),
        ('    name = fields.Char(string="Other")', "x.name says string again"),
        ('    kind = fields.Selection(selection_add=[("b", "B")], ondelete={"b": "cascade"})', ""),
        ('    kind = fields.Selection([("b", "B")])', "x.kind says its first value again"),
        ("    _words = None", "x._words is a method there and none here"),
        ("    _set = frozenset({'a', 'b'})", "x._set builds on nothing of it"),
        ("    _set = KEPT | {'b'}", ""),
        ("    _set = zero.First._set | {'b'}", ""),
        ("    def _other(self):\n        return 1", ""),
    ],
)
def test_a_name_that_two_parts_give(tmp_path: Path, body: str, found: str):
    clashes = _clashes(tmp_path, FIRST, LATER.format('"x"', body))
    assert [one for one in clashes if found not in one or not found] == []
    assert bool(clashes) == bool(found)


@pytest.mark.parametrize("inherit", ['["x", "mixin"]', '("x", "mixin")', "KEPT"])
def test_a_part_with_mixins_is_a_part_of_the_first(tmp_path: Path, inherit: str):
    later = LATER.format(inherit, "    def _words(self):\n        return 1")
    assert len(_clashes(tmp_path, FIRST, later)) == 1


def test_a_model_that_builds_on_another_is_its_own(tmp_path: Path):
    body = '    _name = "y"\n    def _words(self):\n        return 1'
    assert _clashes(tmp_path, FIRST, LATER.format('"x"', body)) == []


def test_an_extension_point_may_be_filled(tmp_path: Path):
    first = FIRST.replace("return", '"""An extension point."""\n        return')
    body = "    def _words(self):\n        return 1"
    assert _clashes(tmp_path, first, LATER.format('"x"', body)) == []


def test_the_order_is_that_of_the_import(tmp_path: Path):
    """The part that calls super() stands first here: what it called is cut off, and found."""
    first = FIRST.replace('return "first"', "return super()._words()")
    clashes = _clashes(
        tmp_path, first, LATER.format('"x"', "    def _words(self):\n        return 1")
    )
    assert clashes[0].startswith("addons/gov_x/a_later.py:5")


def test_modules_run_as_python_runs_them():
    """Every module of the core that holds a model is read, each once."""
    files = parts.imported(CORE)
    held = {path for path in files if path.parent.name == "models"}
    assert len(files) == len(set(files))
    assert held == set((CORE / "models").glob("*.py"))


def test_no_part_of_a_model_stands_in_place_of_another_unsaid():
    others = [addon for addon in repository.addons(ROOT) if addon != CORE]
    assert parts.clashes([CORE, *others], ROOT) == []


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["x.sudo().name"], [1]),
        (["x.sudo().name  # its name alone"], []),
        (["# sudo: its name alone", "x.sudo().name"], []),
        (["# sudo: its name", "y = 1", "x.sudo().name"], []),
        (["# sudo: its name", "y = 1", "z = 1", "x.sudo().name"], [4]),
        (["# sudo: its name, of", "# whoever", "# asks", "x.sudo().name"], []),
        (["# another thing", "x.sudo().name"], [2]),
        (["x.sudo(False).name"], []),
        (['"# sudo"', "x.sudo().name"], [2]),
        (["(x", ".sudo()  # its name", ".name)"], []),
        (["x.sudo"], []),
    ],
)
def test_sudo_without_a_reason_is_found(lines: list[str], found: list[int]):
    assert sudo.unexplained("\n".join(lines) + "\n") == found


def test_every_sudo_has_its_reason_beside_it():
    assert sudo.faults(ROOT) == []

"""Owl's templates know few of JavaScript's globals: another one is undefined, seen at the click."""

import re

import pytest

from runtime import paths

TEMPLATES = sorted(paths.ROOT.glob("addons/*/static/src/**/*.xml"))
# What Owl does not let through (its RESERVED_WORDS name what it does: Math, Object, Array, Date…).
UNKNOWN = re.compile(
    r"(?<![\w.'\"])(?:Number|String|Boolean|JSON|parseInt|parseFloat|isNaN|encodeURIComponent)[.(]"
)
EXPRESSION = re.compile(r"""\bt-(?!name|inherit|ref)[\w.-]+="([^"]*)\"""")


def unknown(text):
    """Return the expressions of a template that use a global Owl does not know."""
    return [found for found in EXPRESSION.findall(text) if UNKNOWN.search(found)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_uses_no_global_that_owl_does_not_know(template):
    assert not unknown(template.read_text())


def test_the_check_finds_them():
    assert unknown('<select t-on-change="(ev) => this.set(Number(ev.target.value))"/>')
    assert not unknown('<input t-on-input="(ev) => this.setNumber(question, ev.target.value)"/>')
    assert not unknown('<i t-att-style="Math.round(this.share)"/>')

"""Let the unit tests import the pure part of the add-ons in an interpreter without Odoo.

Each add-on folder becomes an empty package: ``gov_hotline.domain.terms`` is found, while the
add-on's own ``__init__`` (which imports Odoo models) never runs.
"""

import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def _mount(folder: Path) -> None:
    package = ModuleType(folder.name)
    package.__path__ = [str(folder)]
    sys.modules.setdefault(folder.name, package)


for _domain in sorted(ROOT.glob("addons/*/domain")):
    _mount(_domain.parent)

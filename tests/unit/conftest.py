"""Let the unit tests import the pure part of the add-ons in an interpreter without Odoo.

Each add-on folder becomes an empty package: ``gov_hotline.domain.terms`` is found, while the
add-on's own ``__init__`` (which imports Odoo models) never runs.
"""

import os
import sys
from pathlib import Path
from types import ModuleType

from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[2]


def _mount(folder: Path) -> None:
    package = ModuleType(folder.name)
    package.__path__ = [str(folder)]
    sys.modules.setdefault(folder.name, package)


for _domain in sorted(ROOT.glob("addons/*/domain")):
    _mount(_domain.parent)

_COMMON = {
    "deadline": None,
    "database": None,
    "suppress_health_check": [HealthCheck.too_slow],
}
# Every run is the same and short; HYPOTHESIS_PROFILE=thorough searches for new counterexamples.
settings.register_profile("steady", derandomize=True, max_examples=25, **_COMMON)
settings.register_profile("thorough", max_examples=2000, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

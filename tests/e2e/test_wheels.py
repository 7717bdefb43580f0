"""The add-ons as packages: built, installed without the clone and without an index, loaded."""

import subprocess
from pathlib import Path

from runtime import paths
from runtime.testing import odoo as bench_odoo
from runtime.testing import odoolog
from runtime.testing.odoo import Odoo

PATHS = (
    "from odoo.modules import get_module_path\n"
    "for name in {names!r}:\n"
    "    module = env['ir.module.module'].search([('name', '=', name)])\n"
    "    print('MODULE', name, module.state, get_module_path(name))\n"
)


def pip(odoo: Odoo, *arguments: str | Path) -> None:
    command = [odoo.environment.python, "-m", "pip", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def build(odoo: Odoo, folder: Path) -> list[Path]:
    # The build tool is in this environment already: an isolated build would fetch it anew.
    names = bench_odoo.own_addons()
    addons = [paths.ADDONS / name for name in names]
    pip(odoo, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, *addons)
    return sorted(folder.glob("*.whl"))


def test_wheels_are_built_installed_and_loaded(bench: tuple[Odoo, str], tmp_path: Path):
    odoo, _template = bench
    names = bench_odoo.own_addons()
    wheels = build(odoo, tmp_path / "wheels")
    assert len(wheels) == len(names)

    site, log = tmp_path / "site", odoo.folder / "e2e-wheels.log"
    pip(odoo, "install", "--no-index", "--no-deps", "--target", site, *wheels)
    packaged = odoo.packaged(site)
    packaged.configure()
    base, _results = bench_odoo.base(odoo)
    database = "e2e_wheels"
    odoo.databases.copy(base, database)
    assert packaged.install(database, names, log) == 0
    assert odoolog.unexpected(log, "e2e", odoolog.load_allowed()) == []

    lines = packaged.shell(database, PATHS.format(names=names), log).splitlines()
    found = [line.split()[1:] for line in lines if line.startswith("MODULE")]
    assert found == [[name, "installed", str(site / "odoo/addons" / name)] for name in names]
    odoo.databases.drop(database)

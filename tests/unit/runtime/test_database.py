"""The database is made whole or not at all, and updated when the clone has changed."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from runtime import database, modules
from runtime.faults import Fault
from runtime.modules import Module
from runtime.settings import OwnServer, Settings


@dataclass
class FakeServer:
    """A server that remembers: databases with installed modules, parameters and comments."""

    databases: dict = field(default_factory=dict)

    def exists(self, name):
        return name in self.databases

    def create(self, name, template=None):
        copied = self.databases[template] if template else {"installed": {}, "note": ""}
        self.databases[name] = {**copied, "installed": dict(copied["installed"])}

    def extend(self, name):
        self.databases[name]["extended"] = True

    def drop(self, name):
        self.databases.pop(name, None)

    def rename(self, name, new):
        self.databases[new] = self.databases.pop(name)

    def query(self, sql, database_name, **variables):
        data = self.databases[database_name]
        if sql.startswith("INSERT"):
            data["note"] = variables["value"]
        elif sql.startswith("COMMENT"):
            data["comment"] = "" if sql.endswith("NULL") else database.FILLING
        answers = {
            "to_regclass": "x" if data["installed"] else "",
            "shobj_description": data.get("comment", ""),
            "ir_config_parameter": data["note"],
            "ir_module_module": "\n".join("|".join(pair) for pair in data["installed"].items()),
        }
        return next((answer for word, answer in answers.items() if word in sql), "")


@dataclass
class Bench:
    """A database on a fake server, an Odoo that only takes note of its command lines."""

    server: FakeServer
    database: database.Database
    runs: list
    fail: bool = False

    @property
    def now(self):
        return self.server.databases.get("hotline")


@pytest.fixture
def bench(tmp_path, monkeypatch):
    """A clone with one add-on, gov_hotline 19.0.1.0.0."""
    environment = SimpleNamespace(state=tmp_path, odoo=tmp_path, addons_path=())
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo/release.py").write_text("19.0")
    found = [Module("gov_hotline", "19.0.1.0.0", "first")]
    monkeypatch.setattr(modules, "installable", lambda: found)
    server = FakeServer()
    made = database.Database(environment, server, tmp_path / "conf", Settings(), lambda _text: None)
    bench = Bench(server, made, [])
    bench.found = found

    def run(_environment, _conf, *words, **_options):
        bench.runs.append(words)
        if bench.fail:
            raise Fault("Odoo failed", "See its log")
        if "-d" in words:
            data = server.databases[words[words.index("-d") + 1]]
            data["installed"].update({module.name: module.version for module in found})

    monkeypatch.setattr(database.odoo, "run", run)
    bench.scripts = []
    monkeypatch.setattr(
        database.Database, "_script", lambda _self, *words: bench.scripts.append(words)
    )
    return bench


def words_of(run):
    """{option: value} of one command line."""
    return dict(zip(run[::2], run[1::2], strict=False))


def test_a_new_database_is_filled_as_a_draft(bench):
    assert bench.database.ensure() == "made"
    assert words_of(bench.runs[0])["-d"] == "hotline_draft"
    assert words_of(bench.runs[0])["-i"] == "gov_hotline"
    assert "--load-language=ru_RU" in bench.runs[0]
    assert list(bench.server.databases) == ["hotline"]


def test_the_pages_scripts_and_styles_are_made_before_the_first_visitor(bench):
    """After the demo, in the draft; anew after an update, not where nothing changed."""
    bench.database.ensure()
    assert bench.scripts == [
        ("hotline_draft", "localize.py"),
        ("hotline_draft", "seal.py"),
        ("hotline_draft", "bundles.py"),
    ]
    bench.scripts.clear()
    bench.database.ensure()
    assert bench.scripts == []
    bench.found[:] = [Module("gov_hotline", "19.0.1.0.0", "second")]
    bench.database.ensure()
    assert bench.scripts == [("hotline_draft", "bundles.py")]


@pytest.mark.parametrize("share", [0.5, 0.0])
def test_the_demo_is_made_once_and_only_if_wanted(bench, share):
    object.__setattr__(bench.database, "settings", Settings(seed=7, demo=share))
    bench.database.ensure()
    bench.database.ensure()
    made = [run for run in bench.runs if run[0] == "hotline_demo"]
    demo = ("hotline_demo", "-d", "hotline_draft", "--seed", 7, "--scale", 0.5)
    assert made == ([demo] if share else [])


def test_what_breaks_leaves_no_database_and_the_next_run_makes_it(bench):
    bench.fail = True
    with pytest.raises(Fault):
        bench.database.ensure()
    assert bench.now is None
    bench.fail = False
    assert bench.database.ensure() == "made"
    assert list(bench.server.databases) == ["hotline"]


def test_nothing_is_done_when_nothing_changed(bench):
    bench.database.ensure()
    bench.runs.clear()
    assert bench.database.ensure() == "as it was"
    assert bench.runs == []


def test_a_changed_add_on_is_updated_in_a_copy(bench):
    bench.database.ensure()
    bench.found[:] = [Module("gov_hotline", "19.0.1.1.0", "second")]
    assert bench.database.ensure() == "updated (gov_hotline)"
    assert words_of(bench.runs[-1])["-d"] == "hotline_draft"
    assert words_of(bench.runs[-1])["-u"] == "gov_hotline"
    assert bench.now["installed"] == {"gov_hotline": "19.0.1.1.0"}


def test_an_update_that_breaks_leaves_the_database_as_it_was(bench):
    bench.database.ensure()
    bench.found[:] = [Module("gov_hotline", "19.0.1.1.0", "second")]
    bench.fail = True
    with pytest.raises(Fault):
        bench.database.ensure()
    assert bench.now["installed"] == {"gov_hotline": "19.0.1.0.0"}


def test_a_new_add_on_is_installed(bench):
    bench.database.ensure()
    bench.found.append(Module("gov_hotline_kb", "19.0.1.0.0", "kb"))
    bench.database.ensure()
    assert words_of(bench.runs[-1])["-i"] == "gov_hotline_kb"
    assert "-u" not in bench.runs[-1]


def test_another_odoo_or_other_pins_update_everything(bench):
    bench.database.ensure()
    (bench.database.environment.odoo / "odoo/release.py").write_text("19.0+e")
    bench.database.ensure()
    assert words_of(bench.runs[-1])["-u"] == "all"


def test_a_database_of_a_newer_clone_is_refused(bench):
    bench.database.ensure()
    bench.now["installed"]["gov_hotline"] = "19.0.2.0.0"
    with pytest.raises(Fault, match=r"made by gov_hotline 19\.0\.2\.0\.0") as caught:
        bench.database.ensure()
    assert "git pull" in caught.value.way_out


def test_an_empty_database_of_the_user_is_filled_in_place_and_repaired(bench):
    own = Settings(server=OwnServer("db", 5432, "hotline", ""))
    object.__setattr__(bench.database, "settings", own)
    bench.server.create("hotline")
    bench.fail = True
    with pytest.raises(Fault):
        bench.database.ensure()
    bench.fail = False
    assert bench.database.ensure() == "filled"
    assert bench.now["extended"]
    assert bench.database.ensure() == "as it was"
    assert list(bench.server.databases) == ["hotline"]


def test_the_users_own_server_is_updated_in_place(bench):
    bench.database.ensure()
    own = Settings(server=OwnServer("db", 5432, "hotline", ""))
    object.__setattr__(bench.database, "settings", own)
    bench.found[:] = [Module("gov_hotline", "19.0.1.1.0", "second")]
    bench.database.ensure()
    assert words_of(bench.runs[-1])["-d"] == "hotline"


def test_tests_and_bytecode_do_not_make_an_add_on_new(tmp_path):
    addon = tmp_path / "gov_hotline"
    for name in ("models", "tests", "__pycache__"):
        (addon / name).mkdir(parents=True)
    (addon / "models/a.py").write_text("1")
    before = modules.digest(addon)
    (addon / "tests/test_a.py").write_text("1")
    (addon / "__pycache__/a.pyc").write_text("1")
    assert modules.digest(addon) == before
    (addon / "models/a.py").write_text("2")
    assert modules.digest(addon) != before


def test_versions_are_compared_as_numbers():
    assert modules.newer("19.0.1.10.0", "19.0.1.9.0")
    assert not modules.newer("19.0.1.9.0", "19.0.1.9.0")
    assert not modules.newer("", "19.0.1.0.0")


def test_an_add_on_that_is_not_installable_is_left_out(tmp_path):
    for name, flag in (("gov_hotline", True), ("gov_hotline_later", False)):
        (tmp_path / name).mkdir()
        text = str({"name": name, "version": "19.0.1.0.0", "installable": flag})
        (tmp_path / name / "__manifest__.py").write_text(text)
    assert [module.name for module in modules.installable(tmp_path)] == ["gov_hotline"]

"""Odoo comes from the machine's own mirror; what the mirror lacks is told with the ways out."""

import pytest

from runtime import apt, cache, system
from runtime.faults import Fault

STANZAS = """\
Types: deb
# the security archive is another one
URIs: https://example.org/debian-security
Suites: bookworm-security
Components: main

Types: deb
URIs: https://mirror.example.org/debian
Suites: bookworm bookworm-updates
Components: main
"""


def sources(tmp_path, **files):
    """A folder like /etc/apt with these files in it."""
    folder = tmp_path / "apt"
    (folder / "sources.list.d").mkdir(parents=True)
    for name, text in files.items():
        (folder / name.replace("__", "/").replace("_", ".")).write_text(text)
    return folder


def test_the_mirror_is_read_from_stanzas(tmp_path):
    folder = sources(tmp_path, sources_list_d__debian_sources="")
    (folder / "sources.list.d/debian.sources").write_text(STANZAS)
    assert apt.mirror(folder) == "https://mirror.example.org/debian"


def test_the_mirror_is_read_from_lines(tmp_path):
    folder = sources(tmp_path)
    (folder / "sources.list").write_text(
        "# deb http://old.example.org/debian trixie main\n"
        "deb cdrom:[Debian]/ trixie main\n"
        "deb [arch=amd64] http://tools.example.org/apt nodistro main\n"
        "deb [arch=amd64 signed-by=/k.gpg] http://own.example.org/debian trixie main\n"
    )
    assert apt.mirror(folder) == "http://own.example.org/debian"


def test_a_switched_off_source_does_not_count(tmp_path):
    folder = sources(tmp_path)
    off = STANZAS.replace("Types: deb\nURIs", "Enabled: no\nTypes: deb\nURIs")
    (folder / "sources.list.d/debian.sources").write_text(off)
    with pytest.raises(Fault, match="No Debian mirror"):
        apt.mirror(folder)


def test_the_user_may_name_a_mirror(tmp_path, monkeypatch):
    monkeypatch.setenv("HOTLINE_DEBIAN_MIRROR", "http://own.example.org/debian")
    assert apt.mirror(tmp_path) == "http://own.example.org/debian"


APT_CACHE = """
case "$1" in
  show) echo 'Package: python3-pip-whl'; echo 'Filename: pool/pip.deb'; echo 'SHA256: 00';;
  pkgnames) echo odoo-20; echo odoo-20-doc;;
esac
"""


@pytest.fixture
def machine(programme, monkeypatch, tmp_path):
    """A Debian whose mirror has moved on to odoo-20."""
    keyring = tmp_path / "keyring.gpg"
    keyring.touch()
    monkeypatch.setattr(apt, "KEYRING", keyring)
    monkeypatch.setenv("HOTLINE_DEBIAN_MIRROR", "http://own.example.org/debian")
    programme("apt-get", "exit 0")
    programme("apt-config", "echo 'Acquire::http::Proxy \"http://proxy:3128\";'; "
                            "echo 'APT::Update::Post-Invoke:: \"rm -rf /\";'; "
                            "echo 'Dir::Cache \"/var/cache/apt\";'")  # fmt: skip
    programme("apt-cache", APT_CACHE)
    apt.ready.cache_clear()
    return programme


def test_a_mirror_without_the_package_says_what_it_has_and_the_ways_out(machine, tmp_path):
    with pytest.raises(Fault, match=r"no package odoo-19 \(it has odoo-20\)") as caught:
        apt.fetch(("odoo-19",), tmp_path)
    assert "HOTLINE_ODOO" in caught.value.way_out
    assert "docker compose" in caught.value.way_out


def test_the_machines_proxy_is_kept_and_its_hooks_are_not(machine):
    home = apt.ready(print).home
    text = (home / "apt.conf").read_text()
    assert "http://proxy:3128" in text
    assert "rm -rf" not in text
    assert "/var/cache/apt" not in text
    assert "sid main" in (home / "sources.list").read_text()


def test_no_network(machine, tmp_path):
    machine("apt-get", "echo \"E: Could not resolve 'own.example.org'\"; exit 100")
    with pytest.raises(Fault, match="There is no network"):
        apt.fetch(("odoo-19",), tmp_path)


def test_without_a_network_the_cache_does(machine, tmp_path):
    source, target = tmp_path / "debs", tmp_path / "target"
    source.mkdir()
    target.mkdir()
    (source / "odoo-19_1_all.deb").write_text("package")
    cache.put_set("deb-odoo-19", source)
    machine("apt-get", "echo \"E: Could not resolve 'own.example.org'\"; exit 100")
    apt.fetch(("odoo-19",), target)
    assert (target / "odoo-19_1_all.deb").read_text() == "package"


def test_a_package_comes_from_the_cache_by_its_hash(machine, tmp_path):
    source = tmp_path / "pip.deb"
    source.write_text("package")
    machine("apt-cache", APT_CACHE.replace("SHA256: 00", f"SHA256: {cache.put(source)}"))
    machine("apt-get", "case $* in *download*) exit 1;; esac")
    target = tmp_path / "target"
    target.mkdir()
    apt.fetch(("python3-pip-whl",), target)
    assert (target / "pip.deb").read_text() == "package"


def test_no_debian(monkeypatch):
    monkeypatch.setattr(apt.shell, "find", lambda _name: None)
    apt.ready.cache_clear()
    with pytest.raises(Fault, match="this is no Debian") as caught:
        apt.ready(print)
    assert "docker compose" in caught.value.way_out


def test_without_root_the_exact_command_is_printed(monkeypatch):
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000)
    with pytest.raises(Fault) as caught:
        system.ensure(["libpango-1.0-0", "chromium"])
    command = "Run as root: apt-get install -y --no-install-recommends libpango-1.0-0 chromium"
    assert command in caught.value.way_out


def test_root_installs_it(machine, monkeypatch, tmp_path):
    monkeypatch.setattr(system.os, "geteuid", lambda: 0)
    machine("apt-get", f'echo "$@" >> {tmp_path}/called')
    system.ensure(["chromium"])
    called = (tmp_path / "called").read_text().splitlines()
    assert called[-1] == "install -y --no-install-recommends chromium"


def test_a_library_and_a_browser_that_are_not_there_are_named(monkeypatch):
    monkeypatch.setattr(system, "_loads", lambda name: "pango" not in name)
    monkeypatch.setattr(system.shell, "find", lambda _name: None)
    found = system.missing(browser=True)
    assert {"libpango-1.0-0", "libpangoft2-1.0-0", "chromium"} <= set(found)
    assert "libfontconfig1" not in found
    assert "chromium" not in system.missing()

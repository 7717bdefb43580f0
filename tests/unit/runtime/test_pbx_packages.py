"""Asterisk as pinned while the mirror has that set, else resolved anew; a mirror is a folder."""

import hashlib
import io

import pytest

from runtime import apt, cache, pbx_packages, pbx_tree
from runtime.console import Console
from runtime.faults import Fault

PATHS = ("pool/main/a/asterisk/asterisk_22.9.1%2bdfsg-1_amd64.deb",
         "pool/main/g/glibc/libc6_2.43-7_amd64.deb",
         "pool/main/s/sip-tester/sip-tester_3.8.0-1_amd64.deb")  # fmt: skip
FILES = ["libc6_2.43-7_amd64.deb", "sip-tester_3.8.0-1_amd64.deb"]
TODAY = PATHS[0].replace("22.9.1", "22.10.2")


def put(mirror, path, content=""):
    """A file on the mirror; how a lock names it."""
    target = mirror / path
    target.parent.mkdir(parents=True, exist_ok=True)
    data = (content or path).encode()
    target.write_bytes(data)
    return pbx_packages.Package(hashlib.sha256(data).hexdigest(), len(data), path)


# As apt's own: brings each file there is, ends with 100 if one was not.
HELPER = """
shift
while [ $# -gt 0 ]; do cp "${1#file://}" "$2" 2>/dev/null || { echo "404 Not Found"; bad=1; }
shift 3; done
exit ${bad:+100}
"""


@pytest.fixture
def mirror(programme, monkeypatch, tmp_path):
    """A mirror that has the pinned set; its archive knows what is printed into "uris"."""
    folder = tmp_path / "mirror"
    lock = tmp_path / "asterisk.lock"
    lock.write_text(pbx_packages.render([put(folder, path) for path in PATHS]))
    monkeypatch.setattr(pbx_packages, "LOCK", lock)
    monkeypatch.setattr(apt, "KEYRING", lock)
    monkeypatch.setattr(apt, "HELPER", str(programme("apt-helper", HELPER)))
    monkeypatch.setenv("HOTLINE_DEBIAN_MIRROR", f"file://{folder}")
    programme("apt-config", "true")
    programme("apt-get", f"case $* in *print-uris*) cat {tmp_path}/uris;; esac")
    (tmp_path / "uris").touch()
    (tmp_path / "debs").mkdir()
    return folder


def archive(mirror, package):
    """What apt would print for a package that is on the mirror today."""
    line = f"'file://{mirror}/{package.path}' x.deb {package.size} SHA256:{package.sha256}\n"
    with (mirror.parent / "uris").open("a") as stream:
        stream.write(line)


def fetch(mirror):
    """Fetch; what came, and what was said."""
    said = io.StringIO()
    console = Console(stream=said)
    return pbx_packages.fetch(mirror.parent / "debs", console), said.getvalue()


def files(mirror):
    return sorted(path.name for path in (mirror.parent / "debs").iterdir())


def test_the_pinned_set_comes_while_the_mirror_has_it(mirror):
    found, said = fetch(mirror)
    assert [one.path for one in found] == list(PATHS)
    assert files(mirror) == ["asterisk_22.9.1+dfsg-1_amd64.deb", *FILES]
    assert said == ""
    assert pbx_packages.versions(found) == "Asterisk 22.9.1, sipp 3.8.0"


def test_what_was_fetched_once_needs_no_mirror(mirror, programme):
    fetch(mirror)
    for path in (mirror.parent / "debs").iterdir():
        path.unlink()
    programme("apt-helper", "exit 100")
    found, said = fetch(mirror)
    assert len(files(mirror)) == len(found) == 3
    assert said == ""


def test_a_set_that_has_left_the_mirror_is_resolved_anew_in_one_line(mirror):
    (mirror / PATHS[0]).unlink()
    archive(mirror, put(mirror, TODAY))
    for path in PATHS[1:]:
        archive(mirror, put(mirror, path))
    archive(mirror, put(mirror, "pool/main/p/perl/perl_5_amd64.deb"))
    found, said = fetch(mirror)
    assert len(said.splitlines()) == 1
    assert "resolving it anew" in said
    assert pbx_packages.versions(found) == "Asterisk 22.10.2, sipp 3.8.0"
    assert files(mirror) == ["asterisk_22.10.2+dfsg-1_amd64.deb", *FILES]


def test_a_file_that_is_not_what_was_pinned_is_not_taken(mirror):
    put(mirror, PATHS[0], "forged")
    with pytest.raises(Fault, match="has no Asterisk"):
        fetch(mirror)
    assert not any(cache.get(hashlib.sha256(b"forged").hexdigest(), mirror / "x") for _ in "x")


def test_without_a_network_the_set_of_the_last_resolution_does(mirror, programme):
    (mirror / PATHS[0]).unlink()
    for path in (TODAY, *PATHS[1:]):
        archive(mirror, put(mirror, path))
    fetch(mirror)
    for path in (mirror.parent / "debs").iterdir():
        path.unlink()
    programme("apt-get", "echo 'Could not resolve mirror'; exit 100")
    found, said = fetch(mirror)
    assert "from the cache" in said
    assert pbx_packages.versions(found).startswith("Asterisk 22.10.2")


def test_a_long_answer_of_apt_is_read_to_its_end(mirror):
    """Nobody's tail of a log: the first packages matter as the last ones do."""
    (mirror / PATHS[0]).unlink()
    for path in (TODAY, *PATHS[1:]):
        archive(mirror, put(mirror, path))
    for number in range(200):
        archive(mirror, put(mirror, f"pool/main/l/lib{number}/lib{number}_1_amd64.deb"))
    found, _said = fetch(mirror)
    assert len(found) == 203


def test_a_mirror_without_asterisk_is_one_fault(mirror):
    for path in PATHS:
        (mirror / path).unlink()
    with pytest.raises(Fault, match="Your Debian mirror has no Asterisk"):
        fetch(mirror)


def test_the_lock_of_the_repository_names_no_host():
    pinned = pbx_packages.read()
    assert {"asterisk", "sip-tester"} <= {one.name for one in pinned}
    assert all(one.path.startswith("pool/main/") for one in pinned)
    assert all(len(one.sha256) == 64 and one.size > 0 for one in pinned)
    assert pbx_packages.render(pinned) == pbx_packages.LOCK.read_text(encoding="utf-8")


def test_programmes_run_with_the_libraries_of_their_tree(tmp_path):
    tree = pbx_tree.Tree(tmp_path)
    command = tree.command("sipp", "-v")
    assert command[0] == str(tmp_path / "usr/lib64/ld-linux-x86-64.so.2")
    assert command[1:3] == ["--inhibit-cache", "--library-path"]
    assert command[3].split(":") == [str(tree.libraries), f"{tree.libraries}/pulseaudio"]
    assert command[-2:] == [str(tmp_path / "usr/bin/sipp"), "-v"]


def test_another_machine_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(pbx_tree.platform, "machine", lambda: "aarch64")
    with pytest.raises(Fault, match="this is aarch64"):
        pbx_tree.unpack(Console(stream=io.StringIO()))

"""The packages of the real PBX: those pinned, and those the machine's own mirror has today."""

import pytest

from runtime import paths, pbx_packages, pbx_tree
from runtime.faults import Fault


def test_the_solver_finds_a_whole_set_of_today(monkeypatch, tmp_path):
    """What happens when a pinned package has left the mirror; signatures are apt's to check."""
    monkeypatch.setattr(paths, "state", lambda: tmp_path)
    (tmp_path / "log").mkdir()
    try:
        found = pbx_packages.resolve(lambda _text: None)
    except Fault as fault:
        if "network" not in fault.what:
            raise
        pytest.skip("no network: what is pinned came out of the cache")
    pinned = {one.name for one in pbx_packages.read()}
    assert len(pinned & {one.name for one in found}) > len(pinned) * 0.8
    assert pbx_packages.versions(found).startswith("Asterisk 2")


def test_no_programme_uses_a_library_of_the_machine(asterisk: pbx_tree.Tree):
    """The tree is newer than the machine: what it lacks must be missed, not borrowed."""
    kept = {path.name for path in asterisk.modules.glob("*.so")}
    assert {"app_queue.so", "res_pjsip.so", "app_confbridge.so", "app_chanspy.so"} <= kept
    assert "res_snmp.so" not in kept
    assert (asterisk.data / "sounds/ru/vm-goodbye.gsm").exists()

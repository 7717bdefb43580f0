"""What a child of ours finds in its environment."""

from runtime import paths, shell


def test_bytecode_is_kept_away_from_the_sources_and_never_left_out(monkeypatch):
    """Else each start of Odoo compiles a thousand files, where the user wants none written."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    found = shell.environment()
    assert "PYTHONDONTWRITEBYTECODE" not in found
    assert found["PYTHONPYCACHEPREFIX"] == str(paths.state() / "bytecode")


def test_what_the_caller_says_comes_last(monkeypatch):
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert shell.environment()["LC_ALL"] == "C.UTF-8"
    assert shell.environment(LC_ALL="ru_RU.UTF-8")["LC_ALL"] == "ru_RU.UTF-8"

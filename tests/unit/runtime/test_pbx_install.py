"""asterisk/ written to where Debian's Asterisk reads it."""

import json
import os

import pytest

from runtime import pbx_install
from runtime.faults import Fault


@pytest.fixture(autouse=True)
def log(monkeypatch, tmp_path):
    """The machine's own folders stay as they are; the folder of logs is another."""
    monkeypatch.setattr(pbx_install.shutil, "which", lambda _name: None)
    found = tmp_path / "log"
    monkeypatch.setitem(pbx_install.DEBIAN, "LOG", str(found))
    return found


def test_an_administrator_gets_a_whole_configuration(tmp_path, capsys):
    folder = tmp_path / "etc"
    pbx_install.run([str(folder), "--address", "0.0.0.0", "--trunk", "192.0.2.1"])
    text = (folder / "pjsip.conf").read_text(encoding="utf-8")
    assert "bind = 0.0.0.0:5060" in text
    assert "contact = sip:192.0.2.1:5060" in text
    assert "bindaddr = 127.0.0.1" in (folder / "manager.conf").read_text(encoding="utf-8")
    assert "astmoddir => /usr/lib/" in (folder / "asterisk.conf").read_text(encoding="utf-8")
    told = capsys.readouterr().out
    assert "hotline-secrets.json" in told
    assert "install espeak-ng" in told
    dialplan = (folder / "extensions.conf").read_text(encoding="utf-8")
    assert "NOTICE = ${PROMPTS}/notice-recording\n" in dialplan
    assert "announce-frequency = 45\n" in (folder / "queues.conf").read_text(encoding="utf-8")


def test_the_menu_comes_with_the_voice(tmp_path):
    """Without somebody to ask, callers get to the queue at once."""
    folder, key = tmp_path / "etc", tmp_path / "key"
    key.write_text("a-key-that-odoo-has-made\n")
    pbx_install.run([str(folder)])
    assert "MENU = no\n" in (folder / "extensions.conf").read_text(encoding="utf-8")
    url = "https://hotline.example"
    pbx_install.run([str(folder), "--odoo", url, "--voice-key-file", str(key)])
    assert "MENU = yes\n" in (folder / "extensions.conf").read_text(encoding="utf-8")
    path = folder / "hotline-voice.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["odoo"] == {"url": url, "key": "a-key-that-odoo-has-made"}
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(Fault, match="needs --voice-key-file"):
        pbx_install.run([str(folder), "--odoo", url])


def test_the_voice_may_be_on_another_machine(tmp_path):
    """Its account is let in from there, with the secret that it was given."""
    folder, secret = tmp_path / "etc", tmp_path / "secret"
    secret.write_text("a-secret-of-the-voice\n")
    address = "192.0.2.30/255.255.255.255"
    pbx_install.run(
        [str(folder), "--voice-permit", address, "--voice-secret-file", str(secret), "--menu"]
    )
    voice = (folder / "manager.conf").read_text(encoding="utf-8").partition("[voice]")[2]
    assert f"permit = {address}\n" in voice
    assert "secret = a-secret-of-the-voice\n" in voice
    assert "MENU = yes\n" in (folder / "extensions.conf").read_text(encoding="utf-8")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root sets up the machine's folders")
def test_the_folders_of_the_books_are_made(tmp_path, log):
    """X8: Asterisk does not make them, and writes no ledger without them."""
    log.mkdir(mode=0o750)
    pbx_install.run([str(tmp_path / "etc")])
    assert {path.name for path in log.iterdir()} == {"cel-custom", "cdr-csv"}
    assert all(path.stat().st_mode & 0o777 == 0o750 for path in log.iterdir())


def test_passwords_stay_when_it_is_written_again(tmp_path):
    for _time in range(2):
        pbx_install.run([str(tmp_path / "etc")])
    first = (tmp_path / "etc/pjsip.conf").read_text(encoding="utf-8")
    pbx_install.run([str(tmp_path / "etc"), "--caller-id", "78435550101"])
    assert (tmp_path / "etc/pjsip.conf").read_text(encoding="utf-8") == first


@pytest.mark.parametrize(
    "secret", ["short", "two words that are long enough", "a;comment-that-is-long"]
)
def test_a_secret_that_cannot_work_is_refused(tmp_path, secret):
    path = tmp_path / "secret"
    path.write_text(secret)
    with pytest.raises(Fault, match="holds no secret"):
        pbx_install.run([str(tmp_path / "etc"), "--secret-file", str(path)])


def test_a_provider_without_a_port_that_is_one(tmp_path):
    with pytest.raises(Fault, match="is not HOST:PORT"):
        pbx_install.run([str(tmp_path / "etc"), "--trunk", "host:sip"])

"""``python3 -m runtime.pbx_install FOLDER``: the files of asterisk/ for a PBX of the body's own.

Debian's folders, new passwords at the first time, the places filled. Whoever runs Asterisk may read
the files, nobody else. Any Python from 3.11 on does: the PBX may be on a newer Debian than Odoo.
"""

import argparse
import json
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

from voice import prompts

from . import pbx_conf
from .faults import Fault
from .pbx_conf import LOCAL
from .steps import write_atomic

EVERYWHERE = "0.0.0.0"  # noqa: S104  # what is told, not what is bound
USER = "asterisk"  # as Debian's package calls it
DEBIAN = {
    "STATE": "/var/lib/asterisk", "CACHE": "/var/cache/asterisk", "SPOOL": "/var/spool/asterisk",
    "RUN": "/var/run/asterisk", "LOG": "/var/log/asterisk", "DATA": "/usr/share/asterisk",
    "MODULES": "/usr/lib/x86_64-linux-gnu/asterisk/modules",
    "PROMPTS": "/var/lib/asterisk/hotline-prompts",
}  # fmt: skip
TOLD = """\
Written to {folder}; what you edit there is lost at the next time: keep your changes in asterisk/.
In Odoo (Горячая линия → Настройка → АТС): port {port}, account odoo, the secret "AMI" of
{secrets}; the passwords of the telephones are there, too."""


def run(arguments: list) -> int:
    """Write the configuration and tell what goes into Odoo."""
    options = _parser().parse_args(arguments)
    secrets = options.folder / "hotline-secrets.json"
    words = pbx_conf.passwords(secrets)
    if options.secret_file:
        words |= {"AMI": _secret(options.secret_file)}
    if options.voice_secret_file:
        words |= {"VOICE": _secret(options.voice_secret_file)}
    places = {**DEBIAN, "ETC": options.folder, "PROMPTS": options.prompts}
    pbx_conf.write(options.folder, {**places, **_site(options).values()}, words)
    if options.odoo:
        _write_voice(options, words["VOICE"])
    _hand_over(options.folder)
    _make_books(Path(DEBIAN["LOG"]))
    _speak(options.prompts)
    print(TOLD.format(folder=options.folder, port=options.ami_port, secrets=secrets))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m runtime.pbx_install")
    add = parser.add_argument
    add("folder", type=Path, help="usually /etc/asterisk")
    add("--address", default=pbx_conf.LOCAL, help="where telephones find it; 0.0.0.0 is everywhere")
    add("--ami-address", default=pbx_conf.LOCAL, help="where the connector finds it")
    add("--permit", default="127.0.0.1/255.255.255.255", help="who may log in to AMI")
    add("--voice-permit", default="127.0.0.1/255.255.255.255", help="who may as the voice")
    add("--ami-port", type=int, default=5038)
    add("--trunk", default="127.0.0.2:5080", help="the provider of the line, HOST:PORT")
    add("--caller-id", default="1100", help="what citizens see when an operator calls")
    add("--odoo", default="", help="where the voice finds Odoo: https://…; puts the menu on")
    add("--menu", action="store_true", help="put the menu on for a voice set up by itself")
    add("--voice-key-file", type=Path, help="the key of the voice that Odoo has made")
    add(
        "--certificate", type=Path, help="PEM, with its chain: browsers telephone by wss, port 8089"
    )
    add(
        "--certificate-key", type=Path, help="its key, PEM; Asterisk's user must be able to read it"
    )
    add("--model", default="", help="a folder with a model of faster-whisper, for spoken digits")
    add("--prompts", type=Path, default=Path(DEBIAN["PROMPTS"]), help="where the prompts are put")
    add("--secret-file", type=Path, help="the AMI secret, if it is not to be made")
    add("--voice-secret-file", type=Path, help="that of the account voice, if not to be made")
    return parser


def _site(options: argparse.Namespace) -> pbx_conf.Site:
    host, _, port = options.trunk.partition(":")
    if not (port or "5060").isdigit():
        raise Fault(f"--trunk {options.trunk} is not HOST:PORT", "Name it as 192.0.2.1:5060")
    ports = pbx_conf.Ports(ami=options.ami_port, trunk=int(port or 5060))
    return pbx_conf.Site(
        ports=ports, address=options.address, ami_address=options.ami_address, trunk=host,
        permit=options.permit, voice_permit=options.voice_permit, caller_id=options.caller_id,
        qualify=60, notice=True, announce=pbx_conf.ANNOUNCE,
        menu=options.menu or bool(options.odoo), certificate=_certificate(options),
    )  # fmt: skip


def _certificate(options: argparse.Namespace) -> "tuple[Path, Path] | None":
    """Certificate and key as Asterisk will find them; a file that is not there is told now."""
    files = (options.certificate, options.certificate_key)
    if not any(files):
        return None
    if not all(files):
        raise Fault("--certificate and --certificate-key go together", "Name both files, or none")
    if missing := [str(file) for file in files if not file.is_file()]:
        raise Fault(f"There is no {' and no '.join(missing)}", "Name PEM files")
    return files[0].resolve(), files[1].resolve()


def _write_voice(options: argparse.Namespace, secret: str) -> None:
    """The options of the voice (python3 -m voice), which runs on the machine of the PBX."""
    if not options.voice_key_file:
        raise Fault("--odoo needs --voice-key-file", "Make the key in Odoo, at the PBX's card")
    host = LOCAL if options.ami_address == EVERYWHERE else options.ami_address
    told = {
        "ami": {"host": host, "port": options.ami_port, "login": "voice", "secret": secret},
        "odoo": {"url": options.odoo, "key": _secret(options.voice_key_file)},
        "sounds": f"{DEBIAN['SPOOL']}/hotline-said", "heard": f"{DEBIAN['SPOOL']}/hotline-voice",
        "model": options.model,
    }  # fmt: skip
    write_atomic(options.folder / "hotline-voice.json", json.dumps(told, indent=1), 0o600)


def _speak(folder: Path) -> None:
    """Make the prompts, where there is a voice; recorded ones stay."""
    speaker = prompts.Speaker()
    if not shutil.which(speaker.command[0]):
        print(
            f"No prompts are made in {folder}: install espeak-ng and do this again, or record them"
        )
        return
    try:
        made = prompts.make(folder, speaker)
    except (OSError, subprocess.SubprocessError) as error:
        raise Fault(f"The prompts cannot be made: {error}", "Try espeak-ng by hand") from error
    print(f"{made} prompts made in {folder}")
    _hand_over(folder)


def _secret(path: Path) -> str:
    word = path.read_text(encoding="utf-8").strip()
    if len(word) < 16 or any(sign.isspace() or sign in ";[]" for sign in word):
        raise Fault(f"{path} holds no secret of 16 signs", "Make one: openssl rand -hex 24")
    return word


def _hand_over(folder: Path) -> None:
    """As root the files are Asterisk's, where its user exists."""
    try:
        pwd.getpwnam(USER)
    except KeyError:
        return
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, USER, USER)


def _make_books(log: Path) -> None:
    """The folders of CEL and CDR, which Asterisk does not make; as root, where it is installed."""
    if os.geteuid() == 0 and log.is_dir():
        for folder in (log / "cel-custom", log / "cdr-csv"):
            folder.mkdir(exist_ok=True)
            shutil.copystat(log, folder)
            owner = log.stat()
            os.chown(folder, owner.st_uid, owner.st_gid)


if __name__ == "__main__":
    try:
        sys.exit(run(sys.argv[1:]))
    except Fault as fault:
        sys.exit(f"Error: {fault}")

"""What an administrator copies to /etc/asterisk: facts that the hotline and its safety rest on."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from runtime import pbx_conf
from runtime.faults import Fault
from voice import prompts

FOLDER = ROOT / "asterisk"
FILES = sorted(FOLDER.glob("*.conf"))


def sections(name: str) -> dict[str, list[tuple[str, str]]]:
    """{section: [(key, value)]} of a file, without comments; repeated keys and sections stay."""
    found: dict[str, list[tuple[str, str]]] = {}
    current: list[tuple[str, str]] = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        text = line.split(";")[0].strip()
        if match := re.match(r"\[([\w-]+)\]", text):
            current = found.setdefault(match[1], [])
        elif "=" in text:
            key, value = re.split(r"\s*=>?\s*", text, maxsplit=1)
            current.append((key, value))
    return found


def account() -> dict[str, str]:
    """The AMI account of the connector."""
    return dict(sections("manager.conf")["odoo"])


def test_the_account_of_the_connector_may_not_run_commands():
    """With "system" an Originate may run a shell on the PBX."""
    granted = set(account()["write"].split(","))
    assert granted == {"call", "originate", "agent", "reporting"}
    assert not granted & {"system", "command", "config", "all", "user"}


def test_the_account_hears_what_the_calls_need_and_no_more():
    heard = set(account()["read"].split(","))
    assert heard == {"call", "agent", "user", "cdr", "system"}
    filters = [key for key in account() if key.startswith("eventfilter(action(exclude)")]
    names = {re.search(r"name\((\w+)\)", key)[1] for key in filters}
    assert {"CEL", "NewConnectedLine", "NewCallerid", "MusicOnHoldStart"} <= names


def test_there_are_two_accounts_and_they_are_let_in_from_named_addresses_only():
    assert list(sections("manager.conf")) == ["general", "odoo", "voice"]
    assert account()["deny"] == "0.0.0.0/0.0.0.0"
    assert account()["permit"] == "@AMI_PERMIT@"
    assert pbx_conf.Site().values()["AMI_PERMIT"] == "127.0.0.1/255.255.255.255"


def test_the_voice_may_answer_into_a_channel_and_call_nobody():
    voice = dict(sections("manager.conf")["voice"])
    assert (voice["read"], voice["write"]) == ("user", "call")
    assert (voice["deny"], voice["permit"]) == ("0.0.0.0/0.0.0.0", "@VOICE_PERMIT@")
    assert pbx_conf.Site().values()["VOICE_PERMIT"] == "127.0.0.1/255.255.255.255"
    only = "eventfilter(action(include),name(UserEvent),header(UserEvent),method(exact))"
    assert voice[only] == "HotlineAsk"


def test_what_callers_key_in_is_not_told_to_the_connector():
    """A3: number and code of a case go to the voice alone."""
    hidden = "eventfilter(action(exclude),name(UserEvent),header(UserEvent),method(exact))"
    assert account()[hidden] == "HotlineAsk"


def test_a_number_of_a_caller_cannot_add_to_an_event():
    """UserEvent splits at commas: only digits of what the caller sent get there."""
    text = (FOLDER / "extensions.conf").read_text(encoding="utf-8")
    assert "Set(HOTLINE_PHONE=${FILTER(0-9+,${CALLERID(num)})})" in text
    events = re.findall(r"UserEvent\(.*", text)
    assert events
    assert not [line for line in events if "CALLERID" in line]


def test_each_prompt_of_the_dialplan_and_the_queue_has_a_text():
    texts = prompts.read(FOLDER / "prompts/ru.txt")
    for name in ("extensions.conf", "queues.conf"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        used = set(re.findall(r"(?:\$\{PROMPTS\}|@PROMPTS@)/([a-z-]+)", text)) - {"language"}
        assert used
        assert used <= texts.keys()


def test_a_menu_is_short():
    """Four items at most, and somebody alive is one of them."""
    menu = prompts.read(FOLDER / "prompts/ru.txt")["menu"]
    keys = re.findall(r"\b(ноль|один|два|три|четыре|пять|шесть|семь|восемь|девять)\b", menu)
    assert keys == ["один", "два", "три", "ноль"]


def test_nothing_leads_to_a_shell():
    options = dict(sections("asterisk.conf")["options"])
    assert options["live_dangerously"] == "no"
    left_out = [value for key, value in sections("modules.conf")["modules"] if key == "noload"]
    assert {"app_system.so", "func_shell.so", "res_agi.so", "app_externalivr.so"} <= set(left_out)
    assert "app_confbridge.so" not in left_out
    dialplan = (FOLDER / "extensions.conf").read_text(encoding="utf-8")
    assert not re.search(r"\b(System|TrySystem|AGI|SHELL)\(", dialplan)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_password_is_kept(path):
    pattern = r"^\s*(?:secret|password)\s*=\s*(\S+)"
    words = re.findall(pattern, path.read_text("utf-8"), re.MULTILINE)
    assert all(re.fullmatch(r"@SECRET_\w+@", word) for word in words)


def test_each_phone_has_a_password_of_its_own():
    text = (FOLDER / "pjsip.conf").read_text(encoding="utf-8")
    assert re.findall(r"@SECRET_(\d+)@", text) == list(pbx_conf.PHONES)


def test_each_place_is_filled(tmp_path):
    """No placeholder is left, and no file is without one who may read it but its owner."""
    from runtime.pbx_tree import Tree

    values = {**pbx_conf.folders(tmp_path, Tree(tmp_path)), **pbx_conf.Site().values()}
    pbx_conf.write(tmp_path / "etc", values, pbx_conf.passwords(tmp_path / "secrets.json"))
    for path in FILES:
        written = tmp_path / "etc" / path.name
        assert not re.search(r"@[A-Z_]+@", written.read_text(encoding="utf-8"))
        assert written.stat().st_mode & 0o077 == 0


def test_a_place_nobody_fills_is_a_fault():
    with pytest.raises(Fault, match="UNKNOWN"):
        pbx_conf.fill("port = @UNKNOWN@", {})


def test_passwords_are_made_once_and_differ(tmp_path):
    path = tmp_path / "pbx/secrets.json"
    first = pbx_conf.passwords(path)
    assert pbx_conf.passwords(path) == first
    assert len(set(first.values())) == len(first) == 3 + len(pbx_conf.PHONES)
    assert path.stat().st_mode & 0o077 == 0
    assert pbx_conf.passwords(tmp_path / "other.json")["AMI"] != first["AMI"]


def test_the_contexts_odoo_asks_for_are_there():
    named = {"from-trunk", "operators", "hotline-originate", "hotline-park", "hotline-conf"}
    assert {*named, "hotline-spy"} <= sections("extensions.conf").keys()
    ways = {value.split(",")[0] for key, value in sections("extensions.conf")["hotline-spy"]}
    assert {"listen", "whisper", "barge"} <= ways
    assert "hotline" in sections("queues.conf")


def test_the_citizen_may_not_transfer():
    """Queue and the calls to the city give the key for a transfer to the operator's side only."""
    text = (FOLDER / "extensions.conf").read_text(encoding="utf-8")
    assert re.search(r"Queue\(hotline,t,", text)
    assert re.search(r"Dial\(PJSIP/\$\{EXTEN\}@trunk,@DIAL_SECONDS@,T\)", text)


def test_no_number_abroad_and_no_paid_service_is_dialled():
    rows = [value for key, value in sections("extensions.conf")["hotline-city"] if key == "exten"]
    ways = dict(re.match(r"([^,]+),1,Goto\(([\w-]+)", row).groups() for row in rows)
    refused = {pattern for pattern, way in ways.items() if way == "hotline-refuse"}
    assert {"_8809XXXXXXX", "_7809XXXXXXX", "_+7809XXXXXXX", "_[+0-9]!"} == refused
    assert all("10" not in pattern[:4] for pattern in ways)


def test_the_city_is_not_told_which_operator_it_got():
    trunk = dict(sections("pjsip.conf")["trunk"])
    assert trunk["send_connected_line"] == "no"
    assert trunk["send_pai"] == "no"


def test_ports_of_a_second_pbx_are_others():
    one, two = pbx_conf.other_ports(), pbx_conf.other_ports()
    assert {one.ami, one.sip, one.http}.isdisjoint({5038, 5060, 8088})
    assert one.rtp % pbx_conf.RTP_PORTS == 0
    assert one != two

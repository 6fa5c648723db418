"""docker-compose.yml: a sound Compose file, in which nothing is secret, open or unwatched that need not be."""

import json
import re
import subprocess
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.support.checkout import ROOT

HERE = Path(__file__).parent
PUBLISHED = {"temporal-ui": ["127.0.0.1:8080:8080"]}
"""What the machine's own users may reach; nothing is published to anybody else."""
ENDING = {"temporal-schema", "temporal-namespace", "migrate"}
"""Services that do their work once."""


@cache
def composed() -> dict[str, Any]:
    """The Compose file."""
    content: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return content


SERVICES = sorted(composed()["services"])


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each service in turn."""
    content: dict[str, Any] = {"name": request.param, **composed()["services"][request.param]}
    return content


def test_the_file_follows_the_compose_specification() -> None:
    schema = json.loads((HERE / "compose-spec.json").read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(composed())] == []


def test_the_specification_would_find_a_misspelling() -> None:
    schema = json.loads((HERE / "compose-spec.json").read_text("utf-8"))
    wrong = {"services": {"worker": {"image": "trinvis:1", "healtcheck": {}}}}
    assert list(Draft202012Validator(schema).iter_errors(wrong))


def test_everything_that_is_promised_is_there() -> None:
    assert {"postgres", "temporal", "temporal-ui", "migrate", "worker"} <= set(SERVICES)
    assert composed()["services"]["postgres"]["image"].startswith("postgres:18.")


def test_every_image_is_pinned_by_its_version(service: dict[str, Any]) -> None:
    assert re.fullmatch(r"[a-z/-]+:\d+\.\d+[\w.-]*", service["image"])


def test_every_service_has_a_health_check(service: dict[str, Any]) -> None:
    check = service["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert {"interval", "timeout", "retries"} <= set(check)


def test_every_service_waits_for_what_it_needs_to_be_well(service: dict[str, Any]) -> None:
    for needed, how in service.get("depends_on", {}).items():
        wanted = "service_completed_successfully" if needed in ENDING else "service_healthy"
        assert how == {"condition": wanted}


def test_no_password_stands_in_the_file(service: dict[str, Any]) -> None:
    environment = service.get("environment", {})
    named = [name for name in environment if re.search(r"PASSWORD|PWD|SECRET|TOKEN", name)]
    assert [name for name in named if not name.endswith("_FILE")] == []
    assert all(environment[name].startswith("/run/secrets/") for name in named)
    assert not re.search(r"://[^/@\s]*:[^/@\s]*@", json.dumps(service)), "a password in a URL"


def test_every_secret_is_a_file_of_its_own_outside_git(service: dict[str, Any]) -> None:
    declared = composed()["secrets"]
    assert all(set(secret) == {"file"} for secret in declared.values())
    assert "deploy/secrets/" in (ROOT / ".gitignore").read_text().split()
    named = {Path(value).name for name, value in service.get("environment", {}).items() if name.endswith("_FILE")}
    assert named - {"keys.json"} <= set(service.get("secrets", [])) <= set(declared)


def test_the_script_that_makes_secrets_makes_each_of_them() -> None:
    made = (ROOT / "deploy" / "secrets.sh").read_text()
    assert [name for name in composed()["secrets"] if name not in made] == []


def test_nothing_is_published_but_what_people_look_at_on_this_machine(service: dict[str, Any]) -> None:
    assert service.get("ports", []) == PUBLISHED.get(service["name"], [])


def test_databases_and_temporal_live_on_networks_that_lead_nowhere_else() -> None:
    networks = composed()["networks"]
    inner = {name for name, network in networks.items() if network.get("internal")}
    for name in ("postgres", "temporal", "temporal-schema", "temporal-namespace", "migrate"):
        assert set(composed()["services"][name]["networks"]) <= inner


def test_every_container_is_read_only_and_may_gain_no_rights(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_our_image_and_postgresql_run_as_nobody_in_particular() -> None:
    instructions = (ROOT / "Dockerfile").read_text().splitlines()
    assert [line for line in instructions if line.startswith("USER ")][-1] == "USER 10001:10001"
    assert composed()["services"]["postgres"]["user"] == "postgres"


def test_the_key_file_lies_apart_from_the_facts() -> None:
    mounts = {name: composed()["services"][name].get("volumes", []) for name in SERVICES}
    assert "facts:/var/lib/postgresql" in mounts["postgres"]
    assert not any(mount.startswith("keys:") for mount in mounts["postgres"])
    assert "keys:/var/lib/trinvis/keys:ro" in mounts["worker"], "a worker only reads the keys"
    assert set(composed()["volumes"]) == {"facts", "keys", "outbox"}


def test_the_worker_hears_that_it_is_to_stop_and_has_time_to() -> None:
    worker = composed()["services"]["worker"]
    assert worker["command"] == ["python", "-P", "-m", "worker"], "a shell between would keep the signal"
    assert worker["stop_grace_period"] == "30s"
    assert worker["restart"] == "unless-stopped"


def test_temporal_has_what_can_never_be_changed_afterwards() -> None:
    environment = composed()["services"]["temporal"]["environment"]
    assert environment["NUM_HISTORY_SHARDS"] == "512"
    assert environment["DYNAMIC_CONFIG_FILE_PATH"].startswith("/etc/temporal/config/dynamicconfig/")


def test_every_file_that_is_mounted_from_the_checkout_exists() -> None:
    mounts = chain.from_iterable(service.get("volumes", []) for service in composed()["services"].values())
    ours = {mount.split(":")[0] for mount in mounts if mount.startswith("./")}
    assert ours
    assert [path for path in ours if not (ROOT / path).exists()] == []


def test_the_image_is_built_from_locks_with_hashes_and_from_nothing_else() -> None:
    instructions = (ROOT / "Dockerfile").read_text()
    installs = re.findall(r"pip install ([^\\&\n]*)", instructions)
    assert len(installs) == 3
    assert all("--require-hashes" in options or "--no-index" in options for options in installs)
    assert re.search(r"^ARG PYTHON=python:3\.\d+\.\d+-slim", instructions, re.MULTILINE)


def test_no_file_that_the_image_is_built_from_is_kept_out_of_it() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line.startswith("!")}
    lines = re.findall(r"^COPY (?!--)(.*) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    copied = {name for line in lines for name in line.split()} - {"."}
    assert copied <= let_in
    assert [name for name in let_in if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("script", sorted((ROOT / "deploy").rglob("*.sh")), ids=lambda path: path.name)
def test_every_script_can_be_read_by_a_plain_shell_and_stops_at_the_first_error(script: Path) -> None:
    subprocess.run(["sh", "-n", str(script)], check=True)  # noqa: S603, S607 - the shell of the path, our script
    assert re.search(r"^set -eu$", script.read_text(), re.MULTILINE)
    assert script.stat().st_mode & 0o111 == 0o111

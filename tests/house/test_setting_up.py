"""`make`: what it says on a machine that lacks something, and that it sets up once."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.checkout import ROOT

TOOLS = ("sh", "make", "awk", "touch", "rm")
"""All that a fresh machine has but for Python."""


class Machine:
    """A machine with a checkout, the tools, and the Pythons that a test gives it."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self._path = folder / "path"
        self.checkout.mkdir()
        self._path.mkdir()
        for name in ("Makefile", "requirements-dev.lock", "pyproject.toml"):
            shutil.copy(ROOT / name, self.checkout)
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found
            (self._path / tool).symlink_to(found)

    def give(self, name: str, *, new_enough: bool = True, venv: bool = True) -> None:
        """A Python of that name, which answers only what make asks it."""
        stub = self._path / name
        stub.write_text(
            "#!/bin/sh\n"
            'case "$2" in\n'
            f"*'version_info <'*) exit {0 if new_enough else 1} ;;\n"
            f"*ensurepip*) exit {0 if venv else 1} ;;\n"
            "*print*) echo python3.12-venv ;;\n"
            'esac\necho "$0 $*" >>asked\n'
        )
        stub.chmod(0o755)

    def make(self, *goals: str) -> "subprocess.CompletedProcess[str]":
        """What make says."""
        return subprocess.run(  # noqa: S603 - the make of this machine
            [str(self._path / "make"), "--no-print-directory", *goals],
            cwd=self.checkout,
            env={"PATH": str(self._path)},
            capture_output=True,
            check=False,
            text=True,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A fresh machine without Python."""
    return Machine(tmp_path)


def test_without_python_it_says_which_one_is_needed(machine: Machine) -> None:
    told = machine.make("up")
    assert told.returncode != 0
    assert "Python 3.11 or newer is needed, and none is on the path" in told.stdout


def test_a_python_that_is_too_old_counts_as_none(machine: Machine) -> None:
    machine.give("python3", new_enough=False)
    assert "none is on the path" in machine.make("test").stdout


def test_a_newer_python_beside_the_usual_one_is_found(machine: Machine) -> None:
    machine.give("python3", new_enough=False)
    machine.give("python3.12", venv=False)
    assert "python3.12 lacks venv or pip" in machine.make("up").stdout


def test_a_python_that_is_named_and_too_old_is_named_again(machine: Machine) -> None:
    machine.give("python3")
    machine.give("mine", new_enough=False)
    told = machine.make("up", "PYTHON=mine")
    assert told.returncode != 0
    assert "mine is older" in told.stdout


@pytest.mark.parametrize("goal", ["up", "test", "check", "bench"])
def test_where_venv_or_pip_is_missing_the_package_to_install_is_named(machine: Machine, goal: str) -> None:
    machine.give("python3", venv=False)
    told = machine.make(goal)
    assert told.returncode != 0
    assert "python3 lacks venv or pip" in told.stdout
    assert "apt install python3.12-venv" in told.stdout
    assert not (machine.checkout / ".venv").exists()


def test_a_python_that_has_everything_makes_the_environment(machine: Machine) -> None:
    machine.give("python3")
    told = machine.make("up")
    assert "Setting up the environment in .venv, once" in told.stdout
    assert "-m venv .venv" in (machine.checkout / "asked").read_text()


def test_hashes_are_checked_when_packages_are_installed() -> None:
    steps = planned(ROOT, "up", "--always-make")
    assert re.search(r"pip install .*--require-hashes --requirement requirements-dev.lock", steps)
    assert len(re.findall(r"pip install", steps)) == 2, "the lock, and the checkout itself"


def test_an_environment_that_is_ready_is_left_as_it_is(machine: Machine) -> None:
    ready = machine.checkout / ".venv" / "ready"
    ready.parent.mkdir()
    ready.touch()
    os.utime(ready, (time.time() + 60,) * 2)
    assert planned(machine.checkout, "up").strip() == ".venv/bin/trinvis up"


def test_another_lock_makes_the_environment_anew(machine: Machine) -> None:
    ready = machine.checkout / ".venv" / "ready"
    ready.parent.mkdir()
    ready.touch()
    os.utime(ready, (0, 0))
    assert "pip install" in planned(machine.checkout, "up")


def test_help_names_every_goal() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, check=True, text=True).stdout  # noqa: S607 - the make of the path
    goals = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert goals
    assert re.findall(r"^  make (\w+) ", told, re.MULTILINE) == goals[1].split()


def test_continuous_integration_calls_make_test_and_nothing_cleverer() -> None:
    lines = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if not line.startswith("#")]
    assert lines == ["set -eu", 'cd "$(dirname "$0")/.."', "exec make test"]


def planned(checkout: Path, *goals: str) -> str:
    """What make would do."""
    return subprocess.run(  # noqa: S603 - the make of the path
        ["make", "--no-print-directory", "--dry-run", *goals],  # noqa: S607 - the same
        cwd=checkout,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        check=True,
        text=True,
    ).stdout

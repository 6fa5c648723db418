"""What the how-to pages show as files: each is what the program takes."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from programmes.loader import load
from programmes.scenarios.reading import script
from programmes.scenarios.running import run
from simulation.assumptions import assumed
from tests.docs.reading import calls, lines, typed
from tests.support.checkout import ROOT

HOW_TO = ROOT / "docs" / "how-to"
CALLED = re.compile(r"`((?:domain|texts|console|tests|projections|engine|runtime|migrations)/[\w./]+)`")
WRITTEN = re.compile(r"`(\w+\.(?:csv|svg))`")


def shown(page: str, kind: str) -> str:
    """The blocks of a kind on a page, one after the other."""
    return "".join(f"{line.text}\n" for line in lines(HOW_TO / page) if line.block == kind)


def test_the_programme_that_is_written_step_by_step_can_be_published() -> None:
    programme = load(shown("add-a-programme.md", "yaml"), "mine/v1.yaml")
    assert programme.ref == "cykelholdet@1"


def test_the_scenario_that_is_written_step_by_step_passes() -> None:
    programme = load(shown("add-a-programme.md", "yaml"), "mine/v1.yaml")
    text = shown("test-a-programme.md", "yaml")
    ran = run(script(text, "mine/scenarios/first.yaml", {programme.ref: programme}.get))
    assert [(text.split("\n")[each.line - 1], each.unlike) for each in ran.failures] == []


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/how-to/add-a-kind-of-fact.md"])
def test_every_file_to_touch_is_there_but_for_the_new_one(page: str) -> None:
    named = {name for line in lines(ROOT / page) if line.block is None for name in CALLED.findall(line.text)}
    missing = {name for name in named if not (ROOT / name).exists()}
    assert named
    assert missing <= {"tests/domain/test_withdrawing_consent.py"}


def test_the_assumptions_that_are_shown_can_be_assumed() -> None:
    assert assumed(shown("simulate-a-programme.md", "yaml"), "assumptions.yaml").staff.in_time == 0.7


def test_the_simulations_that_are_shown_run_as_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "assumptions.yaml").write_text(shown("simulate-a-programme.md", "yaml"), encoding="utf-8")
    (tmp_path / "programmes").symlink_to(ROOT / "programmes")
    monkeypatch.chdir(tmp_path)
    runs = [call for line in typed(HOW_TO / "simulate-a-programme.md") for call in calls(line, "trinvis")]
    found = [CliRunner().invoke(app, shlex.split(call)[1:]) for call in runs]
    assert [result.exit_code for result in found] == [0, 0]
    table = {name for line in lines(HOW_TO / "simulate-a-programme.md") for name in WRITTEN.findall(line.text)}
    assert {file.name for file in (tmp_path / "simulated").iterdir()} == table

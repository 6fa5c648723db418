"""`trinvis simulate`: figures for people and programs, files, and what is wrong told with its mend."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from console.answers.checking import CheckedFiles
from console.answers.simulations import Simulated
from tests.console.terminal import Terminal, turned_down
from tests.simulation.small import CERTAIN, SMALL
from tests.support.checkout import ROOT

FEW = ("--citizens", "6", "--years", "1", "--from", "2026-01-05")


@pytest.fixture
def programme(tmp_path: Path) -> str:
    """The file of a small programme."""
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return str(file)


def simulated(programme: str, folder: Path, hash_seed: str, *words: str) -> dict[str, bytes]:
    """What a process of its own writes, by file."""
    command = [sys.executable, "-m", "cli", "simulate", programme, *FEW, "--out", str(folder), *words]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TRINVIS_LANGUAGE": "da"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)  # noqa: S603 - our own program
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes_in_any_process_and_another_seed_gives_others(
    programme: str, tmp_path: Path
) -> None:
    first = simulated(programme, tmp_path / "1", "1", "--seed", "7")
    assert len(first) == 11
    assert simulated(programme, tmp_path / "2", "2", "--seed", "7") == first
    assert simulated(programme, tmp_path / "3", "1", "--seed", "8")["citizens.csv"] != first["citizens.csv"]


async def test_it_answers_in_its_documented_shape(terminal: Terminal, programme: str, tmp_path: Path) -> None:
    certain = tmp_path / "certain.yaml"
    certain.write_text(CERTAIN, encoding="utf-8")
    said = await terminal("simulate", programme, *FEW, "--assumptions", str(certain), "--json")
    found = said.fits(Simulated)
    assert (said.code, found.programme, found.citizens, found.files) == (0, "small@1", 6, [])
    assert (found.waiting.ended, found.waiting.median_days) == (6, 0)
    assert [(each.stage, each.citizens) for each in found.standing] == [("underway", 6)]


async def test_numbers_of_fewer_than_five_people_are_null(terminal: Terminal, programme: str) -> None:
    said = await terminal("simulate", programme, "--citizens", "3", "--years", "1", "--json")
    found = said.fits(Simulated)
    assert (found.waiting.cases, found.hours_a_week) == (None, None)


async def test_it_says_how_far_it_has_come_beside_the_answer(terminal: Terminal, programme: str) -> None:
    said = await terminal("simulate", programme, *FEW, "--lang", "en")
    assert said.out.startswith("Small, version 1: 6 synthetic citizens, 5 January 2026 to 4 January 2027, seed 1\n")
    assert "Citizens: 6 of 6" in said.err


async def test_a_published_version_is_walked_by_its_name(terminal: Terminal) -> None:
    said = await terminal("simulate", "sundere-sammen@3", "--citizens", "2", "--years", "1", "--json")
    assert said.fits(Simulated).programme == "sundere-sammen@3"


async def test_what_is_wrong_with_the_assumptions_is_told_with_line_and_mend(
    terminal: Terminal, programme: str, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("sessions:\n  late: 2\n", encoding="utf-8")
    said = await terminal("simulate", programme, "--assumptions", str(wrong), "--lang", "en")
    assert (said.code, f"{wrong}:2: sessions.late: must be at most 1" in said.out) == (1, True)
    as_json = await terminal("simulate", programme, "--assumptions", str(wrong), "--json")
    assert [each.code for each in as_json.fits(CheckedFiles).findings] == ["less_than_equal"]


async def test_what_does_not_fit_is_turned_down(terminal: Terminal, programme: str) -> None:
    day = ("simulate", programme, "--from", "5/1")
    await turned_down(terminal, day, "date_parsing", "--from", "--from: is not a date")
    unknown = ("simulate", "sundere-sammen@99")
    await turned_down(terminal, unknown, "unknown_programme", "sundere-sammen@99", "sundere-sammen@99")
    taken = ("simulate", programme, *FEW, "--out", f"{programme}/below")
    await turned_down(terminal, taken, "no_folder", "vælg en anden mappe", "choose another folder")

"""The wheel: every room with its SQL, programmes and texts, and a command that runs from it alone."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.support.checkout import ROOT, pyproject, rooms

CARRIED = {".py", ".sql", ".yaml", ".json", ".jinja", ".txt"}
"""What a room may hold that the program reads when it runs."""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    place = folder / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


def run(unpacked: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """A command with the unpacked wheel before the checkout."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-P", *command],
        cwd=unpacked.parent,
        env={**os.environ, "PYTHONPATH": str(unpacked), "TRINVIS_STATE": str(unpacked.parent / "state")},
        capture_output=True,
        check=False,
        text=True,
    )


def test_every_file_of_every_room_is_in_the_wheel(unpacked: Path) -> None:
    ours = [path for room in rooms() for path in [ROOT / f"{room}.py", *(ROOT / room).rglob("*")]]
    wanted = [path.relative_to(ROOT) for path in ours if path.is_file() and path.suffix in CARRIED]
    assert {".py", ".sql", ".yaml"} <= {path.suffix for path in wanted}
    assert [str(path) for path in wanted if not (unpacked / path).is_file()] == []
    assert [str(path) for path in wanted if (unpacked / path).read_bytes() != (ROOT / path).read_bytes()] == []


def test_nothing_else_is_in_the_wheel(unpacked: Path) -> None:
    shipped = {path.stem for path in unpacked.iterdir() if not path.name.endswith(".dist-info")}
    assert shipped == set(rooms())
    assert not list(unpacked.rglob("tests"))


def test_the_wheel_brings_the_command_and_the_licence(unpacked: Path) -> None:
    [info] = unpacked.glob("*.dist-info")
    assert "trinvis = cli:main" in (info / "entry_points.txt").read_text()
    assert pyproject()["project"]["scripts"] == {"trinvis": "cli:main"}
    assert (info / "licenses" / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()


def test_the_command_runs_from_the_wheel(unpacked: Path) -> None:
    told = run(unpacked, "-m", "cli", "--help")
    assert told.returncode == 0, told.stderr
    assert "up" in told.stdout
    assert "migrate" in told.stdout


def test_what_runs_is_the_wheel_and_not_the_checkout(unpacked: Path) -> None:
    asked = "import cli, worker, migrations.apply as m, programmes; print(cli.__file__, len(m.migrations()))"
    told = run(unpacked, "-c", asked)
    assert told.stdout.split() == [str(unpacked / "cli.py"), str(len(list((ROOT / "migrations").glob("0*.sql"))))]


def test_a_programme_in_the_wheel_finds_what_it_names(unpacked: Path) -> None:
    files = [str(path) for path in sorted(unpacked.glob("programmes/*/v*.yaml"))]
    asked = "import sys; from programmes.loader import load; [load(open(f).read(), f) for f in sys.argv[1:]]"
    told = run(unpacked, "-c", asked, *files)
    assert (told.returncode, len(files) > 1) == (0, True), told.stdout + told.stderr

"""The map of rooms in the README: every room is on it, and everything on it is a room."""

import re

from tests.docs.reading import lines
from tests.support.checkout import ROOT, rooms

HOME = {"tests", "docs", "bench", "deploy"}
"""Folders that do not ship."""


def on_the_map() -> list[str]:
    """The names in the first column of the table of rooms."""
    rows = [line.text for line in lines(ROOT / "README.md") if line.block is None and line.text.startswith("| `")]
    cells = [row.split("|")[1] for row in rows]
    return [name.rstrip("/").removesuffix(".py") for cell in cells for name in re.findall(r"`([a-z.]+/?)`", cell)]


def test_every_room_is_on_the_map() -> None:
    assert set(rooms()) - set(on_the_map()) == set()


def test_everything_on_the_map_is_a_room() -> None:
    assert set(on_the_map()) == set(rooms()) | HOME
    assert [name for name in on_the_map() if not (ROOT / name).exists() and not (ROOT / f"{name}.py").exists()] == []


def test_the_map_says_each_room_once() -> None:
    assert len(on_the_map()) == len(set(on_the_map()))

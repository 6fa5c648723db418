"""Each founding fact holds because of a line: without it the programme is not published, or the row's test fails."""

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from domain.programme.shape import Programme
from programmes.loader import Unpublishable, load
from programmes.slips import SLIPS
from tests.programmes import (
    test_founding_facts_of_furesoe as furesoe,
)
from tests.programmes import (
    test_founding_facts_of_vordingborg as vordingborg,
)
from tests.programmes import (
    test_founding_facts_of_what_programmes_say as says,
)
from tests.programmes.rows import OF_THE_ENGINE, ROWS, WAITING, Row
from tests.support import cast
from tests.support.altering import altered_text
from tests.support.checkout import ROOT

MODULES = (furesoe, vordingborg, says)
Test = Callable[..., None]
UNREADABLE = {"not_yaml", *(code for _, code in SLIPS), "missing", "extra_forbidden"}
"""What is found where more than the row's own words were taken out."""


def named_after(row: str) -> list[Test]:
    """The tests that are named after a row, but for those that need a database."""
    named = (test for module in MODULES for name, test in vars(module).items() if name.startswith(f"test_{row}_"))
    return [test for test in named if not inspect.iscoroutinefunction(test)]


def cases(test: Test) -> list[dict[str, Any]]:
    """The arguments with which a test is run, one after the other."""
    found: list[dict[str, Any]] = [{}]
    for mark in getattr(test, "pytestmark", ()):
        names = mark.args[0].split(", ") if isinstance(mark.args[0], str) else list(mark.args[0])
        values = [each if isinstance(each, tuple) and len(names) > 1 else (each,) for each in mark.args[1]]
        found = [{**known, **dict(zip(names, value, strict=True))} for known in found for value in values]
    return found


def holds(test: Test) -> bool:
    """Whether a test passes with each of its cases."""
    try:
        for case in cases(test):
            test(**case)
    except (Exception, pytest.fail.Exception):  # noqa: BLE001 - however it fails, it fails
        return False
    return True


@contextmanager
def instead(ref: str, other: Programme) -> Iterator[None]:
    """Every programme of that version that the tests hold says what *other* says, for as long as it lasts."""
    held = {id(each): each for module in (cast, *MODULES) for each in vars(module).values()}
    same = [each for each in held.values() if isinstance(each, Programme) and each.ref == ref]
    before = [dict(vars(each)) for each in same]
    for each in same:
        vars(each).clear()
        vars(each).update(vars(other))
    try:
        yield
    finally:
        for each, known in zip(same, before, strict=True):
            vars(each).clear()
            vars(each).update(known)


def published(text: str, row: Row) -> Programme | None:
    """What is left of a programme without the row's words, or None where that is not published.

    Raises: ValueError when more than the row's own words were taken out.
    """
    try:
        return load(text, row.ref)
    except Unpublishable as unpublishable:
        if any(each.code in UNREADABLE for each in unpublishable.findings):
            raise ValueError(unpublishable.findings) from unpublishable
        return None


@pytest.mark.parametrize("row", ROWS, ids=lambda each: each.row)
def test_a_row_no_longer_holds_without_its_line(row: Row) -> None:
    named = named_after(row.row)
    assert named, f"no test is named test_{row.row}_…"
    text = altered_text(row.ref, (row.words, row.instead))
    other = published(text, row)
    if other is None:
        return
    with instead(row.ref, other):
        assert not all(holds(test) for test in named), f"{row.row} holds without: {row.words}"
    assert all(holds(test) for test in named), "and it holds again"


def test_every_row_of_the_first_and_the_second_priority_has_its_place() -> None:
    page = (ROOT / "docs" / "domain.md").read_text("utf-8")
    said = {row.lower(): priority for row, priority in re.findall(r"^\| ([FV]\d+) .*\| (\d) \|$", page, re.MULTILINE)}
    combined = {row.lower() for row in re.findall(r"^\| (X\d+) ", page, re.MULTILINE)}
    placed = {*(each.row for each in ROWS), *OF_THE_ENGINE, *WAITING}
    assert ({row for row, priority in said.items() if priority in "12"} | combined) - placed == set()
    for row in OF_THE_ENGINE.keys() - {"x3"}:
        assert named_after(row), row

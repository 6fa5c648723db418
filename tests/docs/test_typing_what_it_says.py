"""What the documentation has people type: `trinvis` understands each line, and make has each target."""

import re
import shlex
from pathlib import Path

import pytest

from tests.console.parsing import commands, misunderstood
from tests.docs.reading import calls, inline, lines, pages, typed
from tests.support.checkout import ROOT

LONGEST = 120
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def is_named(call: str) -> bool:
    """Whether a call only names a command, as prose does."""
    return " ".join(shlex.split(call)[1:]) in {*commands(), ""}


@pytest.mark.parametrize("file", pages(), ids=named)
def test_every_line_that_one_types_is_understood(file: Path) -> None:
    found = [call for line in typed(file) for call in calls(line, "trinvis")]
    assert [f"{call}: {wrong}" for call in found if (wrong := misunderstood(call))] == []


@pytest.mark.parametrize("file", pages(), ids=named)
def test_every_line_that_prose_names_is_understood(file: Path) -> None:
    found = [call for text in inline(file) if text.startswith("trinvis ") for call in calls(text, "trinvis")]
    wrong = [call for call in found if not is_named(call) and misunderstood(call)]
    assert wrong == []


@pytest.mark.parametrize("file", pages(), ids=named)
def test_every_target_of_make_is_there(file: Path) -> None:
    said = [*typed(file), *(text for text in inline(file) if text.startswith("make "))]
    found = [call for text in said for call in calls(text, "make")]
    targets = {word for call in found for word in shlex.split(call)[1:] if "=" not in word}
    assert targets <= TARGETS


@pytest.mark.parametrize("file", pages(), ids=named)
def test_prose_is_wrapped(file: Path) -> None:
    prose = [line for line in lines(file) if line.block is None and not line.text.startswith("|")]
    assert [str(line) for line in prose if len(line.text) > LONGEST] == []


def test_the_readme_has_people_type_what_it_is_about() -> None:
    found = [call for line in typed(ROOT / "README.md") for call in calls(line, "trinvis")]
    first = {shlex.split(call)[1] for call in found}
    assert {"refer", "tell", "pathway", "history", "worklist", "verify", "erase", "rebuild", "access-log"} <= first


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ("echo '{}' | trinvis refer x --by a:b", "trinvis refer x --by a:b"),
        ("TRINVIS_LANGUAGE=en .venv/bin/trinvis verify > found.txt", ".venv/bin/trinvis verify"),
        ("docker compose run --rm trinvis sweep", "trinvis sweep"),
        ("make up && trinvis settings", "trinvis settings"),
    ],
)
def test_a_call_within_a_line_is_found(line: str, call: str) -> None:
    assert list(calls(line, "trinvis")) == [call]


def test_a_line_that_is_wrong_would_be_found() -> None:
    assert misunderstood("trinvis verfy")
    assert misunderstood("trinvis history PATHWAY")

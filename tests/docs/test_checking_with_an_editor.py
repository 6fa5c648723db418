"""The JSON Schema: editors take every programme that ships, and see what is wrong with one that is not."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from programmes.source import read
from tests.docs.language import examples, language
from tests.docs.reference import FOLDER
from tests.docs.schema import words
from tests.support.altering import altered_text
from tests.support.cast import PROGRAMMES

SCHEMA: dict[str, Any] = json.loads((FOLDER / "programme.schema.json").read_text("utf-8"))
SICK = "sygedagpenge-driftstilbud@2"
FILES = sorted(PROGRAMMES.glob("*/v*.yaml"))


def complaints(text: str) -> list[str]:
    """Where an editor underlines something."""
    found = Draft202012Validator(SCHEMA).iter_errors(read(text).data)
    return [".".join(str(part) for part in each.absolute_path) for each in found]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_programme_that_ships_fits(file: Path) -> None:
    assert complaints(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("stage: operation", "stage: dormant", "stage"),
        ("contact_person: required", "contact_persons: required", ""),
        ("weekly_hours: {norm: 10}", "weekly_hours: {norm: many}", "weekly_hours"),
        ("  who5: {by: citizen}", "  who5: {by: nobody}", "measures.who5"),
        ("title: {da: Naturen, en: Nature}", "title: {da: Naturen}", "sites.nature.title"),
        ("how: proposal", "how: by_magic", "phases.health_first.advance"),
    ],
)
def test_what_does_not_fit_is_underlined(old: str, new: str, where: str) -> None:
    assert any(each.startswith(where) for each in complaints(altered_text(SICK, (old, new))))


def test_a_word_that_may_stand_alone_may_also_stand_in_a_list() -> None:
    several = altered_text(SICK, ("  who5: {by: citizen}", "  who5: {by: [citizen, worker], every: P3M}"))
    assert complaints(several) == []


def test_every_word_says_what_it_means() -> None:
    assert [each for each in words(SCHEMA) if not each.get("description") and "const" not in each] == []


def test_the_page_has_a_source_and_an_example_for_what_ships() -> None:
    [line] = [line for line in language() if line.startswith("| `weekly_hours`")]
    assert line.endswith("| Hours a week | V27, A2 | `{norm: 10.0}` |")
    assert len(examples()) > 120

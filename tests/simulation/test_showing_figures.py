"""Tables and pictures: well-formed, the same words as the programme, and running is never an outcome."""

import csv
from xml.etree import ElementTree as ET

import pytest

from domain.text import holds_cpr
from domain.words import LANGUAGES, Language
from simulation.figures import figures
from simulation.pictures import pictures
from simulation.running import setting_of
from simulation.summary import summary
from simulation.tables import tables
from tests.simulation.small import ROLLING, SOON_OVER, asked, walks
from texts.catalogue import Wording

ASKED = asked(ROLLING, SOON_OVER, citizens=60)
SETTING, WALKS = setting_of(ASKED), walks(ASKED)
FOUND = figures(SETTING, WALKS)
TABLES = tables(FOUND, WALKS)
SVG = "{http://www.w3.org/2000/svg}"


def rows(name: str) -> list[dict[str, str]]:
    """A table as a spreadsheet reads it."""
    return list(csv.DictReader(TABLES[name].splitlines()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_whole_and_says_what_it_shows(language: Language) -> None:
    wording = Wording(language, SETTING.programme)
    for name, svg in pictures(FOUND, SETTING.programme, wording).items():
        key = name.removesuffix(".svg")
        drawn = ET.fromstring(svg)  # noqa: S314 - it was made here
        words = [each.text for each in drawn.iter(f"{SVG}text")]
        assert wording.say("simulation", key, "title") in words
        assert wording.say("simulation", key, "note") in words


def test_who_has_no_outcome_yet_is_hatched() -> None:
    drawn = ET.fromstring(pictures(FOUND, SETTING.programme, Wording("en"))["outcomes.svg"])  # noqa: S314 - the same
    bars = [each.get("class") for each in drawn.iter(f"{SVG}rect") if each.get("class") != "paper"]
    assert bars.count("open") == len(FOUND.open) > 0
    assert len([each for each in drawn.iter(f"{SVG}rect") if each.get("fill", "").startswith("#2")]) == len(
        FOUND.outcomes
    )


def test_a_citizen_who_is_not_closed_has_no_outcome_in_the_table() -> None:
    assert {row["stage"]: row["outcome"] for row in rows("citizens.csv")} == {"closed": "job", "waiting": ""}


def test_the_weeks_of_the_table_add_up_to_the_citizens() -> None:
    hours = sum(float(row["hours"]) for row in rows("weeks.csv"))
    assert hours == pytest.approx(sum(float(row["hours"]) for row in rows("citizens.csv")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_says_how_running_cases_count(language: Language) -> None:
    wording = Wording(language, SETTING.programme)
    told = list(summary(FOUND, SETTING, wording))
    assert told[-1] == wording.say("simulation", "honest")
    assert wording.naming.called("stage", "waiting") in "\n".join(told)


def test_nothing_that_is_written_holds_a_cpr_number() -> None:
    assert not any(holds_cpr(line) for text in TABLES.values() for line in text.splitlines())

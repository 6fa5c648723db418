"""Two days of a pathway side by side, as people read them: in words, with only what differs marked."""

import re
from uuid import UUID

import pytest

from console.glimpses import Side, Sides, show_glimpses, side_by_side
from console.output import Out
from domain.actor import Role
from domain.explaining.travelling import Recorded, known_on
from domain.pathway.commands.course import AgreePlan, MovePathway
from domain.pathway.commands.obligations import CreateObligation
from domain.words import LANGUAGES, Language
from tests.domain.beginnings import ENROLLED, HOUR, together
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, TOGETHER, WIDENED
from tests.support.spec import Story

CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|@\d")


def shown(story: Story, capsys: pytest.CaptureFixture[str], language: Language) -> str:
    """What is said of the day on which it began and of three days later."""
    told = [Recorded(event, event.at) for event in story.history]
    versions = {each.ref: each for each in (TOGETHER, WIDENED, story.programme)}
    sides = [
        Side(title, known_on(told, story.programme.ref, versions, at))
        for title, at in (("known_on", ENROLLED), ("present", ENROLLED + 3 * DAY))
    ]
    out = Out(language, as_json=False)
    out.programme = story.programme
    show_glimpses(out, Sides(UUID(int=1), Role.CASEWORKER, *sides))
    return capsys.readouterr().out


def test_what_both_days_have_stands_in_one_row() -> None:
    assert side_by_side(["a", "b", "c"], ["a", "c"]) == [("a", "a"), ("b", ""), ("c", "c")]
    assert side_by_side(["a"], ["b", "c"]) == [("a", "b"), ("", "c")]
    assert side_by_side([], []) == []


def test_one_more_thing_on_one_day_marks_only_itself(capsys: pytest.CaptureFixture[str]) -> None:
    story = together().tell(
        CreateObligation(
            by=CONTACT,
            at=ENROLLED + DAY,
            obligation="a_call",
            owner=Role.CONTACT_PERSON,
            due=MONDAY + 5 * DAY,
            note="ringe",
        )
    )
    marked = [line for line in shown(story, capsys, "en").splitlines() if line.startswith("≠")]
    assert len(marked) == 1, marked
    assert "a_call" in marked[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_day_is_told_in_the_words_of_the_version_that_was_followed(
    capsys: pytest.CaptureFixture[str], language: Language
) -> None:
    story = together(WIDENED).tell(AgreePlan(by=CASEWORKER, at=ENROLLED + HOUR, goals="en ven"))
    story.tell(MovePathway(by=CASEWORKER, at=ENROLLED + DAY, version=2, reason="tilbage"), target=TOGETHER)
    said = shown(story, capsys, language)
    assert "version 3" in said
    assert "version 2" in said
    assert not CODE.search(said), said

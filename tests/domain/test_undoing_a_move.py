"""Taking a move back: until somebody has decided something under the new version, and not after."""

from datetime import datetime

import pytest

from domain.pathway.command import Command
from domain.pathway.commands.children import RecordChildBegun
from domain.pathway.commands.course import EraseFact, MovePathway, PausePathway, RecordEvent, RecordMeasurement
from domain.pathway.commands.phases import HoldReview
from domain.pathway.commands.sessions import HoldTalk
from domain.pathway.facts.course import PathwayMoved
from domain.refusal import DecidedSince, NoSuchFact
from tests.domain.beginnings import ACCEPTED, together
from tests.support.altering import altered
from tests.support.asking import attend, book
from tests.support.broad import BROAD, CHILD, call, exists, placeable
from tests.support.cast import (
    CASEWORKER,
    CONTACT,
    DAY,
    HEALTH,
    MONDAY,
    RECORDS,
    SIX_WEEKS,
    TOGETHER,
    WEEK,
    WIDENED,
    shipped,
)
from tests.support.family_ideas import SYSTEM
from tests.support.spec import Story

MOVED = ACCEPTED + DAY
TUESDAY = MONDAY + DAY
LATER = MOVED + WEEK
RENAMED = altered("sundere-sammen@3", ("  together:\n", "  side_by_side:\n"))


def move(at: datetime, version: int, **others: object) -> MovePathway:
    return MovePathway.model_validate(
        {"by": CASEWORKER, "at": at, "version": version, "reason": "ny ordning", **others}
    )


def moved() -> Story:
    return together(SIX_WEEKS).tell(move(MOVED, 2), target=TOGETHER)


def undo(story: Story, at: datetime = LATER + DAY) -> MovePathway:
    return move(at, 1, undoes=story.version(PathwayMoved))


def test_a_move_is_taken_back_with_its_clocks() -> None:
    before, story = together(SIX_WEEKS).pathway, moved()
    back = story.when(undo(story), SIX_WEEKS).then_kinds("pathway_moved")
    assert (back.pathway.ends, back.pathway.phase) == (before.ends, before.phase)


@pytest.mark.parametrize(
    "told",
    [
        HoldTalk(by=CONTACT, at=LATER, element="consultant_talk"),
        RecordEvent(by=CASEWORKER, at=LATER, event="stand_by_begun"),
        RecordMeasurement(by=HEALTH, at=LATER, instrument="who5", answers=(3, 3, 3, 3, 3)),
        HoldReview(by=CONTACT, at=LATER),
    ],
    ids=lambda each: each.kind,
)
def test_what_is_only_told_does_not_stand_in_the_way(told: Command) -> None:
    story = moved().tell(told)
    assert "pathway_moved" in {fact.kind for fact in story.when(undo(story), SIX_WEEKS).facts}


def test_what_another_pathway_told_does_not_stand_in_the_way() -> None:
    """A child that was called for before the move begins after it: that was decided then, and not here."""
    story = placeable().tell(call(TUESDAY))
    story.tell(move(TUESDAY + DAY, 3), target=shipped("sygedagpenge-driftstilbud@3"))
    version = story.version(PathwayMoved)
    begun = RecordChildBegun(by=SYSTEM, at=TUESDAY + 2 * DAY, element="work_placement", child=CHILD)
    story.tell(exists(TUESDAY).model_copy(update={"at": TUESDAY + DAY}), begun)
    taken_back = move(TUESDAY + 3 * DAY, 2, undoes=version)
    assert "pathway_moved" in {fact.kind for fact in story.when(taken_back, BROAD).facts}


def test_what_time_brought_does_not_stand_in_the_way() -> None:
    story = moved().settle(MOVED + 30 * WEEK)
    assert story.when(undo(story, MOVED + 30 * WEEK), SIX_WEEKS).facts


@pytest.mark.parametrize(
    "decided",
    [
        PausePathway(by=CASEWORKER, at=LATER, reason="syg"),
        book(LATER, LATER + DAY, "training"),
        move(LATER, 3),
    ],
    ids=lambda each: each.kind,
)
def test_after_the_first_decision_the_move_stands(decided: Command) -> None:
    moving = isinstance(decided, MovePathway)
    story, version = moved(), moved().version(PathwayMoved)
    story.tell(decided, target=WIDENED if moving else None)
    refusal = story.when(move(LATER + DAY, 1, undoes=version), SIX_WEEKS).then_refused(DecidedSince)
    assert refusal.values["kind"] in {"pathway_paused", "session_booked", "pathway_moved"}
    assert story.kinds[int(str(refusal.values["version"])) - 1] == refusal.values["kind"]


def test_a_session_that_was_booked_before_and_is_registered_after_is_told() -> None:
    booked = together(SIX_WEEKS).tell(book(ACCEPTED, MOVED + DAY, "training"))
    story = booked.tell(move(MOVED, 2), target=TOGETHER).tell(attend(LATER))
    assert story.when(undo(story), SIX_WEEKS).facts


def test_a_phase_that_had_another_name_is_found_again() -> None:
    story = together(TOGETHER).tell(move(MOVED, 3, phases={"together": "side_by_side"}), target=RENAMED)
    assert story.pathway.phase == "side_by_side"
    back = story.tell(move(LATER, 2, undoes=story.version(PathwayMoved)), target=TOGETHER)
    assert back.pathway.phase == "together"


def test_only_a_move_from_that_version_is_taken_back() -> None:
    story = moved()
    story.when(move(LATER, 3, undoes=story.version(PathwayMoved)), WIDENED).then_invalid("undoes", "not_such_a_move")
    story.when(move(LATER, 1, undoes=1), SIX_WEEKS).then_invalid("undoes", "not_such_a_move")
    story.when(move(LATER, 1, undoes=99), SIX_WEEKS).then_refused(NoSuchFact)


def test_a_move_whose_words_were_erased_can_still_be_taken_back() -> None:
    story = moved()
    version = story.version(PathwayMoved)
    story.tell(EraseFact(by=RECORDS, at=LATER, erases=version, decision="2026-17"))
    assert story.when(move(LATER + DAY, 1, undoes=version), SIX_WEEKS).facts

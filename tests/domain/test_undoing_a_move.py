"""Taking a move back: until somebody has decided something under the new version, and not after."""

from datetime import datetime

import pytest

from domain.calendar import MORNING, end_of_day, local, local_date
from domain.pathway.command import Command
from domain.pathway.commands.children import RecordChildBegun
from domain.pathway.commands.course import (
    EraseFact,
    MovePathway,
    PausePathway,
    RecordEvent,
    RecordMeasurement,
    ResumePathway,
)
from domain.pathway.commands.obligations import SetDeadline
from domain.pathway.commands.phases import HoldReview, ProposeTransition, RejectTransition
from domain.pathway.commands.referrals import MoveIntake
from domain.pathway.commands.sessions import HoldTalk
from domain.pathway.facts.course import PathwayMoved
from domain.programme.shape import Programme
from domain.refusal import DecidedSince, NoSuchFact
from tests.domain.beginnings import ACCEPTED, ENROLLED, HOUR, on_sick_leave, together
from tests.support.altering import altered, bare
from tests.support.asking import accept, attend, book, refer
from tests.support.broad import BROAD, CHILD, call, exists, placeable
from tests.support.cast import (
    CASEWORKER,
    CONTACT,
    DAY,
    HEALTH,
    MONDAY,
    RECORDS,
    SICK,
    SIX_WEEKS,
    TOGETHER,
    WEEK,
    WIDENED,
    shipped,
)
from tests.support.family_ideas import SYSTEM
from tests.support.spec import Story, given

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


BARE = bare(SICK)
"""The offer for people on sick leave, with nothing in it that anybody owes, no review and no time limit."""


def away(story: Story, at: datetime, target: Programme = BARE) -> Story:
    """Somebody who follows a version that calls for nothing, for a while."""
    return story.tell(move(at, target.version), target=target)


def back(story: Story, at: datetime, source: Programme = SICK) -> Story:
    return story.tell(move(at, source.version, undoes=story.version(PathwayMoved)), target=source).settle(at)


def test_what_the_new_version_did_not_call_for_is_owed_again_by_the_deadline_that_it_had() -> None:
    before = on_sick_leave().pathway.obligations
    story = away(on_sick_leave(), TUESDAY)
    assert story.pathway.obligations == {}
    assert back(story, TUESDAY + 3 * DAY).pathway.obligations == before


def test_what_was_overdue_is_overdue_again_and_nobody_is_told_a_second_time() -> None:
    at = ENROLLED + 12 * WEEK
    late = on_sick_leave().settle(at)
    told, owed = late.kinds.count("obligation_overdue"), late.pathway.obligations
    assert any(each.overdue for each in owed.values())
    again = back(away(late, at), at + HOUR)
    assert (again.pathway.obligations, again.kinds.count("obligation_overdue")) == (owed, told)


def test_a_deadline_that_passed_meanwhile_is_overdue_at_once() -> None:
    """It holds as it was set: the mistake was the version, not the deadline."""
    again = back(away(on_sick_leave(), TUESDAY), ENROLLED + 20 * WEEK)
    never = on_sick_leave().settle(ENROLLED + 20 * WEEK)
    rule = "first_talk.after.referral_accepted"
    assert again.pathway.obligations[rule] == never.pathway.obligations[rule]
    assert again.pathway.obligations[rule].overdue


def test_a_deadline_that_somebody_set_holds_again() -> None:
    asking = shipped("sygedagpenge-driftstilbud@4")
    story = on_sick_leave(asking).tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation"))
    story.tell(ResumePathway(by=CASEWORKER, at=TUESDAY + WEEK))
    rule = next(rule for rule, each in story.pathway.obligations.items() if each.question)
    later = TUESDAY + 20 * WEEK
    story.tell(SetDeadline(by=CONTACT, at=TUESDAY + WEEK + DAY, obligation=rule, due=later, reason="aftalt"))
    before = story.pathway.obligations
    assert before[rule].chosen
    again = back(away(story, TUESDAY + 2 * WEEK, bare(asking)), TUESDAY + 2 * WEEK + DAY, asking)
    assert again.pathway.obligations == before


def test_a_step_that_the_new_version_put_aside_counts_again_without_its_clocks_starting_afresh() -> None:
    aside = altered(
        "sygedagpenge-driftstilbud@2",
        ("version: 2\n", "version: 9\n"),
        ("{exclude: follow_up_talk, after: stand_by_begun}", "{exclude: follow_up_talk, after: enrolled}"),
    )
    before = on_sick_leave().pathway
    story = away(on_sick_leave(), TUESDAY, aside)
    assert story.pathway.excluded == {"follow_up_talk"}
    again = back(story, TUESDAY + 3 * DAY).pathway
    assert (again.obligations, again.excluded, again.included) == (before.obligations, frozenset(), before.included)


def test_a_review_that_a_pause_had_moved_comes_when_it_would_have_come() -> None:
    story = on_sick_leave().tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation"))
    story.tell(ResumePathway(by=CASEWORKER, at=TUESDAY + WEEK))
    before = story.pathway
    again = back(away(story, TUESDAY + WEEK + HOUR), TUESDAY + WEEK + 2 * HOUR).pathway
    assert (again.review_due, again.week_counted) == (before.review_due, before.week_counted)
    assert before.review_due == local(local_date(ENROLLED + 5 * WEEK), MORNING)


def test_a_review_that_fell_into_the_time_under_the_other_version_comes_the_next_time_that_it_would_have() -> None:
    again = back(away(on_sick_leave(), TUESDAY), ENROLLED + 6 * WEEK).pathway
    never = on_sick_leave().settle(ENROLLED + 6 * WEEK).pathway
    assert (again.review_due, again.week_counted) == (never.review_due, never.week_counted)


def test_a_time_that_was_up_is_up_and_the_question_what_now_stands_as_it_did() -> None:
    up = together(SIX_WEEKS).settle(ACCEPTED + 7 * WEEK)
    before = up.pathway
    assert before.time_up
    again = back(away(up, ACCEPTED + 7 * WEEK, TOGETHER), ACCEPTED + 7 * WEEK + HOUR, SIX_WEEKS)
    assert again.pathway.time_up
    assert (again.pathway.ends, again.pathway.obligations) == (before.ends, before.obligations)
    assert again.kinds.count("time_up") == 1


def test_a_time_that_ran_out_under_the_other_version_is_up_at_the_end_of_the_day() -> None:
    """Nobody could have decided by then what now, so nobody is late with it."""
    at = ACCEPTED + 8 * WEEK
    again = back(away(together(SIX_WEEKS), ACCEPTED + DAY, TOGETHER), at, SIX_WEEKS)
    assert again.pathway.ends == end_of_day(local_date(at))


def test_whoever_waited_for_a_day_that_was_agreed_waits_for_that_day() -> None:
    waiting = given(SICK, refer(), accept(ACCEPTED))
    agreed = waiting.pathway.begins
    assert agreed is not None
    story = waiting.tell(MoveIntake(by=CASEWORKER, at=ACCEPTED + HOUR, begins=agreed + DAY, reason="ferie"))
    sooner = altered(
        "sygedagpenge-driftstilbud@2", ("version: 2\n", "version: 9\n"), ("first: 2010-03-01", "first: 2010-03-08")
    )
    moved = away(story, ACCEPTED + 2 * HOUR, sooner)
    assert moved.pathway.begins != agreed + DAY
    assert back(moved, ACCEPTED + 3 * HOUR).pathway.begins == agreed + DAY


def test_a_step_that_awaited_its_answer_in_a_phase_of_another_name_awaits_it_again() -> None:
    renamed = altered(
        "sygedagpenge-driftstilbud@2",
        ("version: 2\n", "version: 9\n"),
        ("  health_first:\n", "  well_first:\n"),
    )
    proposed = ProposeTransition(by=CONTACT, at=TUESDAY, reason="kommer hver gang")
    story = on_sick_leave().tell(proposed)
    before = story.pathway
    moving = move(TUESDAY + HOUR, 9, phases={"health_first": "well_first"})
    moved = story.tell(moving, target=renamed)
    assert moved.pathway.proposal is None
    again = back(moved, TUESDAY + 2 * HOUR).pathway
    assert (again.proposal, again.obligations) == (before.proposal, before.obligations)


def test_a_step_that_was_turned_down_is_not_proposed_again_by_the_rule() -> None:
    eager = altered("sygedagpenge-driftstilbud@2", ("attended('P4W') >= 6", "weeks_in_phase() >= 1"))
    at = ENROLLED + 9 * DAY
    story = on_sick_leave(eager).tell(RejectTransition(by=CASEWORKER, at=at, reason="ikke endnu"))
    assert story.pathway.rejected
    again = back(away(story, at + HOUR, bare(eager)), at + 2 * HOUR, eager)
    assert (again.pathway.rejected, again.pathway.proposal) == (True, None)


def test_a_talk_that_was_held_meanwhile_is_not_owed_again() -> None:
    story = away(on_sick_leave(), TUESDAY)
    story.tell(HoldTalk(by=CONTACT, at=TUESDAY + DAY, element="first_talk"))
    again = back(story, TUESDAY + 2 * DAY)
    assert "first_talk.after.referral_accepted" not in again.pathway.obligations

"""Phases and their reviews: health first shifts weight, and staff look at how it goes in a steady rhythm."""

from datetime import datetime, timedelta
from typing import Any

from domain.calendar import MORNING, end_of_day, local, local_date
from domain.pathway.commands.course import CorrectFact, PausePathway
from domain.pathway.commands.phases import EnterPhase, HoldReview
from domain.pathway.facts.obligations import Cause, ObligationCreated, ObligationNotRequired, ObligationOverdue
from domain.pathway.facts.phases import PhaseEntered, ReviewCameDue, ReviewHeld
from domain.refusal import IsOver, IsPaused, NotOpenYet, NotUnderway, RoleMayNot
from domain.why import Why
from tests.domain.beginnings import ACCEPTED, ENROLLED, HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import accept, close, refer
from tests.support.cast import CASEWORKER, CONTACT, DAY, INSTRUCTOR, MONDAY, SICK, WEEK
from tests.support.spec import given, passing

TUESDAY = MONDAY + DAY
FIRST_REVIEW = local(local_date(MONDAY) + timedelta(weeks=4), MORNING)


def enter(at: datetime, phase: str = "labour_market", **others: Any) -> EnterPhase:  # noqa: ANN401 - fields
    return EnterPhase(at=at, phase=phase, **{"by": CASEWORKER, "reason": "er klar til mere", **others})


def review(at: datetime, **others: Any) -> HoldReview:  # noqa: ANN401 - fields
    return HoldReview(at=at, **{"by": CONTACT, **others})


def test_the_first_phase_is_the_first_in_the_programme() -> None:
    entered = on_sick_leave().the(PhaseEntered)
    assert (entered.phase, entered.previous, entered.at) == ("health_first", None, ENROLLED)
    assert entered.review_due == FIRST_REVIEW


def test_a_caseworker_may_decide_that_another_phase_begins() -> None:
    story = on_sick_leave().when(enter(TUESDAY)).then_kinds("phase_entered")
    assert story.the(PhaseEntered) == PhaseEntered(
        at=TUESDAY,
        phase="labour_market",
        previous="health_first",
        review_due=local(local_date(TUESDAY) + timedelta(weeks=4), MORNING),
        reason="er klar til mere",
        why=None,
    )


def test_health_first_is_no_gate_and_the_way_leads_back_as_well() -> None:
    story = on_sick_leave().tell(enter(TUESDAY)).when(enter(TUESDAY + WEEK, "health_first"))
    assert story.then_kinds("phase_entered").pathway.phase == "health_first"


def test_only_a_phase_of_the_programme_can_be_entered() -> None:
    on_sick_leave().when(enter(TUESDAY, "retirement")).then_invalid("phase", "unknown_code")
    on_sick_leave().when(enter(TUESDAY, "health_first")).then_nothing()


def test_phases_are_the_authoritys_to_decide_and_reviews_staffs_to_hold() -> None:
    on_sick_leave().when(enter(TUESDAY, by=CONTACT)).then_refused(RoleMayNot)
    on_sick_leave().when(review(TUESDAY, by=INSTRUCTOR)).then_refused(RoleMayNot)


def test_a_phase_may_wait_for_something_else_to_happen() -> None:
    waiting = altered("sygedagpenge-driftstilbud@2", ("for: work_placement}", "for: labour_market}"))
    on_sick_leave(waiting).when(enter(TUESDAY)).then_refused(NotOpenYet, missing="plan_agreed")


def test_phases_and_reviews_belong_to_those_who_take_part() -> None:
    waiting = given(SICK, refer(), accept(MONDAY + HOUR))
    for command in (enter(TUESDAY + HOUR), review(TUESDAY + HOUR)):
        waiting.when(command).then_refused(NotUnderway)
        on_sick_leave().tell(close(TUESDAY)).when(command).then_refused(IsOver)


def test_a_pause_lets_reviews_be_held_and_no_phase_be_entered() -> None:
    paused = on_sick_leave().tell(PausePathway(by=CASEWORKER, at=TUESDAY, reason="operation"))
    paused.when(enter(TUESDAY + HOUR)).then_refused(IsPaused)
    paused.when(review(TUESDAY + HOUR)).then_kinds("review_held")


def test_a_review_comes_due_in_the_rhythm_of_the_phase_and_is_owed_from_then() -> None:
    story = on_sick_leave().when(passing(FIRST_REVIEW)).then_kinds("review_came_due", "obligation_created")
    came, owed = story.the(ReviewCameDue), story.the(ObligationCreated)
    assert came.next_review == local(local_date(FIRST_REVIEW) + timedelta(weeks=4), MORNING)
    assert came.why == Why(rule="health_first.review_every", programme=SICK.ref, inputs={"every": "P4W"})
    assert (owed.name, owed.owner) == ("health_first.reviewed", "contact_person")
    assert owed.due == end_of_day(local_date(FIRST_REVIEW + WEEK))


def test_a_review_that_is_held_ends_what_was_owed() -> None:
    story = on_sick_leave().settle(FIRST_REVIEW).when(review(FIRST_REVIEW + DAY, note="går fint"))
    assert story.then_kinds("review_held", "obligation_met").the(ReviewHeld) == ReviewHeld(
        at=FIRST_REVIEW + DAY, phase="health_first", note="går fint"
    )


def test_a_review_held_at_the_very_moment_it_came_due_is_held() -> None:
    on_sick_leave().settle(FIRST_REVIEW).when(review(FIRST_REVIEW)).then_kinds("review_held", "obligation_met")


def test_a_review_held_before_it_came_due_does_not_count_for_it() -> None:
    early = on_sick_leave().tell(review(FIRST_REVIEW - HOUR))
    early.when(passing(FIRST_REVIEW)).then_kinds("review_came_due", "obligation_created")


def test_reviews_that_nobody_holds_are_one_overdue_duty_and_the_rhythm_goes_on() -> None:
    story = on_sick_leave().settle(FIRST_REVIEW + 40 * WEEK + DAY)
    assert len(story.every(ReviewCameDue)) == 11
    assert [fact.name for fact in story.every(ObligationOverdue)].count("health_first.reviewed") == 1


def test_a_new_phase_lets_go_what_the_old_one_called_for_and_has_a_rhythm_of_its_own() -> None:
    story = on_sick_leave().settle(FIRST_REVIEW)
    moved = story.when(enter(FIRST_REVIEW + DAY)).then_kinds("phase_entered", "obligation_not_required")
    assert moved.the(ObligationNotRequired).cause is Cause.ENDED
    assert moved.pathway.review_due == local(local_date(FIRST_REVIEW + DAY) + timedelta(weeks=4), MORNING)


def test_a_phase_entered_again_does_not_bring_back_what_it_called_for_the_first_time() -> None:
    story = on_sick_leave().settle(FIRST_REVIEW).tell(enter(FIRST_REVIEW + DAY))
    story.tell(enter(FIRST_REVIEW + 30 * WEEK, "health_first"))
    assert not [rule for rule in story.pathway.obligations if rule.startswith("health_first")]


def test_a_review_belongs_to_the_phase_that_stood_when_it_was_held_whenever_it_is_told() -> None:
    story = on_sick_leave().settle(FIRST_REVIEW).tell(enter(FIRST_REVIEW + DAY))
    late = story.when(review(FIRST_REVIEW + 5 * WEEK, happened=FIRST_REVIEW + HOUR)).then_kinds("review_held")
    assert late.the(ReviewHeld).phase == "health_first"
    assert "labour_market.reviewed" in {owed.name for owed in late.pathway.obligations.values()}, (
        "that one is owed still"
    )
    story.when(review(FIRST_REVIEW + WEEK, happened=ACCEPTED)).then_refused(NotOpenYet, missing="health_first.entered")


def test_a_review_put_right_in_its_day_goes_to_the_phase_of_that_day() -> None:
    story = on_sick_leave().tell(enter(TUESDAY), review(TUESDAY + DAY))
    earlier = {"at": (TUESDAY - HOUR).isoformat()}
    told = CorrectFact(
        by=CONTACT, at=TUESDAY + WEEK, corrects=story.version(ReviewHeld), changes=earlier, reason="forkert dag"
    )
    assert story.tell(told).pathway.last("health_first.reviewed") == TUESDAY - HOUR
    assert story.pathway.last("labour_market.reviewed") is None


def test_a_phase_without_a_rhythm_has_no_reviews() -> None:
    silent = altered("sundere-sammen@2", ("    review_every: P4W\n", ""))
    assert together(silent).settle(ENROLLED + 52 * WEEK).every(ReviewCameDue) == []


def test_the_morning_of_a_review_is_seven_o_clock_on_both_sides_of_summer_time() -> None:
    mornings = [fact.at for fact in on_sick_leave().settle(ENROLLED + 52 * WEEK).every(ReviewCameDue)]
    assert all(at == local(local_date(at), MORNING) for at in mornings)
    assert {at.hour for at in mornings} == {5, 6}, "in UTC"

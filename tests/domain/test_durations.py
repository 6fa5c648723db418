"""How long a programme lasts: open, a length, or until a date; when time is up somebody decides what now."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.calendar import end_of_day, local_date
from domain.pathway.commands.course import MovePathway
from domain.pathway.commands.phases import ExtendDuration, HoldReview
from domain.pathway.facts.obligations import ObligationCreated, ObligationEscalated, ObligationMet, ObligationOverdue
from domain.pathway.facts.phases import DurationExtended, TimeUp
from domain.pathway.facts.referrals import CitizenEnrolled
from domain.programme.shape import Programme
from domain.refusal import IsOver, NoTimeLimit, NotUnderway, RoleMayNot
from domain.why import Why
from tests.domain.beginnings import ACCEPTED, HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import accept, close, refer
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, SICK, SIX_WEEKS, TOGETHER, WEEK
from tests.support.spec import given, passing

ENDS = end_of_day(local_date(ACCEPTED) + timedelta(weeks=6))
LIMITED = "duration: {length: P6W, at_end: review}"
UNTIL_JUNE = altered("sundere-sammen@1", (LIMITED, "duration: {until: 2026-06-30, at_end: decide}"))
DECIDED = altered("sundere-sammen@1", (LIMITED, "duration: {length: P6W, at_end: decide}"))
LAST_OF_JUNE = datetime(2026, 6, 30, 22, tzinfo=UTC)


def extend(at: datetime, until: datetime | None = None, **others: Any) -> ExtendDuration:  # noqa: ANN401 - fields
    return ExtendDuration(at=at, until=until, **{"by": CASEWORKER, "reason": "har brug for mere tid", **others})


def test_six_weeks_run_to_the_end_of_their_last_day() -> None:
    assert together(SIX_WEEKS).the(CitizenEnrolled).ends == ENDS
    assert together(TOGETHER).the(CitizenEnrolled).ends is None, "open-ended"


@pytest.mark.parametrize(("programme", "answer"), [(SIX_WEEKS, "end_reviewed"), (DECIDED, "end_decided")])
def test_when_time_is_up_somebody_is_asked_and_nothing_ends_by_itself(programme: Programme, answer: str) -> None:
    story = together(programme).when(passing(ENDS)).then_kinds("time_up", "obligation_created")
    assert story.the(TimeUp) == TimeUp(
        at=ENDS, why=Why(rule="duration", programme=programme.ref, inputs={"ends": str(ENDS)})
    )
    owed = story.the(ObligationCreated)
    assert (owed.name, owed.owner) == (answer, "caseworker")
    assert owed.due == end_of_day(local_date(ENDS) + timedelta(weeks=2))
    assert story.settle(ENDS + 52 * WEEK).pathway.stage == "underway"
    assert len(story.every(TimeUp)) == 1
    assert [fact.name for fact in story.every(ObligationOverdue) if fact.name.startswith("end_")] == [answer]


def test_a_decision_that_nobody_makes_when_time_is_up_is_passed_on_step_by_step() -> None:
    story = together(DECIDED).settle(ENDS + 52 * WEEK)
    [passed_on] = [each for each in story.every(ObligationEscalated) if each.name == "end_decided"]
    assert (passed_on.level, passed_on.to) == (1, "coordinating_caseworker")
    assert local_date(passed_on.at) == local_date(ENDS) + timedelta(weeks=3), "a week after the two to decide in"
    assert story.pathway.stage == "underway", "and still nothing ends by itself"


@pytest.mark.parametrize(
    ("duration", "ladder"),
    [
        ("duration: {length: P6W, at_end: decide, escalate: []}", []),
        ("duration: {length: P6W, at_end: review, escalate: [{after: P3D, to: health_coordinator}]}", ["P3D"]),
        (LIMITED, []),
    ],
)
def test_a_programme_says_itself_to_whom_what_is_owed_at_the_end_is_passed_on(duration: str, ladder: list[str]) -> None:
    known = altered("sundere-sammen@1", (LIMITED, duration)).fixed_duration
    assert known is not None
    assert [each.after for each in known.ladder] == ladder


def test_a_review_at_the_end_is_held_and_the_pathway_goes_on() -> None:
    reviewed = HoldReview(by=CONTACT, at=ENDS + DAY, note="fortsætter på holdet")
    story = together(SIX_WEEKS).settle(ENDS).tell(reviewed).settle(ENDS + 52 * WEEK)
    assert "end_reviewed" in [fact.name for fact in story.every(ObligationMet)]
    assert (story.pathway.stage, story.pathway.ends) == ("underway", ENDS)
    assert len(story.every(TimeUp)) == 1, "it is not asked again"


def test_a_decision_at_the_end_is_owed_whatever_is_looked_at() -> None:
    reviewed = HoldReview(by=CONTACT, at=ENDS + DAY, note="fortsætter på holdet")
    story = together(DECIDED).settle(ENDS).tell(reviewed)
    assert "end_decided" in {each.name for each in story.pathway.obligations.values()}
    assert together(UNTIL_JUNE).settle(LAST_OF_JUNE).the(ObligationCreated).name == "end_decided"


@pytest.mark.parametrize("programme", [SIX_WEEKS, DECIDED])
def test_each_way_of_deciding_ends_what_the_end_asked(programme: Programme) -> None:
    at = ENDS + DAY
    story = together(programme).settle(ENDS)
    story.when(extend(at, at + WEEK)).then_kinds("duration_extended", "obligation_met")
    assert "obligation_met" in [fact.kind for fact in story.when(close(at, "job")).facts]
    moving = MovePathway(by=CASEWORKER, at=at, version=2, reason="uden udløb")
    story.when(moving, TOGETHER).then_kinds("pathway_moved", "obligation_not_required")


def test_a_longer_time_ends_in_its_turn() -> None:
    until = end_of_day(local_date(ENDS + 4 * WEEK))
    story = together(SIX_WEEKS).settle(ENDS).tell(extend(ENDS + DAY, until))
    story.when(passing(until)).then_kinds("time_up", "obligation_created")


def test_a_pathway_may_go_on_until_it_is_closed() -> None:
    story = together(SIX_WEEKS).when(extend(ACCEPTED + DAY)).then_kinds("duration_extended")
    assert story.the(DurationExtended).ends is None
    assert story.settle(ENDS + 52 * WEEK).every(TimeUp) == []


def test_an_extension_that_changes_nothing_is_no_extension() -> None:
    together(SIX_WEEKS).when(extend(ACCEPTED + DAY, ENDS)).then_nothing()
    together(SIX_WEEKS).when(extend(ACCEPTED + DAY, ACCEPTED)).then_invalid("until", "not_later")


def test_only_what_has_an_end_can_be_extended_and_only_by_the_authority() -> None:
    together(TOGETHER).when(extend(ACCEPTED + DAY)).then_refused(NoTimeLimit, programme="sundere-sammen@2")
    together(SIX_WEEKS).when(extend(ACCEPTED + DAY, by=CONTACT)).then_refused(RoleMayNot)
    given(SICK, refer(), accept(MONDAY + HOUR)).when(extend(ACCEPTED + DAY)).then_refused(NotUnderway)
    on_sick_leave().tell(close(ACCEPTED + DAY)).when(extend(ACCEPTED + WEEK)).then_refused(IsOver)


def test_a_project_ends_for_everybody_on_the_same_day() -> None:
    for enrolled in (ACCEPTED, ACCEPTED + 9 * WEEK):
        assert together(UNTIL_JUNE, enrolled).the(CitizenEnrolled).ends == LAST_OF_JUNE
    story = together(UNTIL_JUNE).when(passing(LAST_OF_JUNE)).then_kinds("time_up", "obligation_created")
    assert story.pathway.time_up


def test_somebody_who_begins_after_the_end_of_the_project_is_asked_about_the_same_day() -> None:
    late = LAST_OF_JUNE + 3 * DAY + HOUR
    story = together(UNTIL_JUNE, late)
    assert story.pathway.ends == end_of_day(local_date(late))
    story.when(passing(end_of_day(local_date(late)))).then_kinds("time_up", "obligation_created")

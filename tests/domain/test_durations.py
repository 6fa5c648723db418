"""How long a programme lasts: open, a length, or until a date; when time is up somebody decides what now."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.calendar import end_of_day, local_date
from domain.pathway.commands.course import MovePathway
from domain.pathway.commands.phases import ExtendDuration
from domain.pathway.facts.obligations import ObligationCreated
from domain.pathway.facts.phases import DurationExtended, TimeUp
from domain.pathway.facts.referrals import CitizenEnrolled
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
LAST_OF_JUNE = datetime(2026, 6, 30, 22, tzinfo=UTC)


def extend(at: datetime, until: datetime | None = None, **others: Any) -> ExtendDuration:  # noqa: ANN401 - fields
    return ExtendDuration(at=at, until=until, **{"by": CASEWORKER, "reason": "har brug for mere tid", **others})


def test_six_weeks_run_to_the_end_of_their_last_day() -> None:
    assert together(SIX_WEEKS).the(CitizenEnrolled).ends == ENDS
    assert together(TOGETHER).the(CitizenEnrolled).ends is None, "open-ended"


def test_when_time_is_up_somebody_must_decide_what_now_and_nothing_ends_by_itself() -> None:
    story = together(SIX_WEEKS).when(passing(ENDS)).then_kinds("time_up", "obligation_created")
    assert story.the(TimeUp) == TimeUp(
        at=ENDS, why=Why(rule="duration", programme=SIX_WEEKS.ref, inputs={"ends": str(ENDS)})
    )
    owed = story.the(ObligationCreated)
    assert (owed.name, owed.owner) == ("end_decided", "caseworker")
    assert owed.due == end_of_day(local_date(ENDS) + timedelta(weeks=2))
    assert story.settle(ENDS + 52 * WEEK).pathway.stage == "underway"
    assert len(story.every(TimeUp)) == 1


def test_each_way_of_deciding_ends_what_the_end_asked() -> None:
    at = ENDS + DAY
    story = together(SIX_WEEKS).settle(ENDS)
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

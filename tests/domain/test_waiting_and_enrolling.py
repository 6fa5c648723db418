"""Rolling intake about every four weeks, and beginning: by itself, earlier, or on an agreed day."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from domain.calendar import MORNING, local, local_date
from domain.pathway.commands.referrals import EnrolCitizen, MoveIntake, WithdrawReferral
from domain.pathway.facts.phases import PhaseEntered
from domain.pathway.facts.referrals import CitizenEnrolled, IntakeMoved, PlacedOnWaitingList
from domain.refusal import IntakeOutsideTolerance, IsOver, NotWaiting, RoleMayNot
from domain.why import Why
from tests.domain.beginnings import HOUR, on_sick_leave
from tests.support.altering import altered
from tests.support.asking import accept, refer
from tests.support.cast import CASEWORKER, CONTACT, DAY, INSTRUCTOR, MONDAY, SICK, TOGETHER, WEEK
from tests.support.spec import Story, given, passing

TUESDAY = MONDAY + DAY
INTAKE = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
"""The first intake of the offer after Monday 2 March 2026: they come every four weeks since 1 March 2010."""


def waiting(**accepting: Any) -> Story:  # noqa: ANN401 - fields
    return given(SICK, refer(), accept(MONDAY + HOUR, **accepting))


def move(at: datetime, begins: datetime, **others: Any) -> MoveIntake:  # noqa: ANN401 - fields
    return MoveIntake(at=at, begins=begins, **{"by": CONTACT, "reason": "lokalet er optaget", **others})


def enrol(at: datetime, **others: Any) -> EnrolCitizen:  # noqa: ANN401 - fields
    return EnrolCitizen(at=at, **{"by": CONTACT, **others})


def test_somebody_who_is_taken_in_waits_for_the_next_intake_and_knows_when_it_is() -> None:
    story = (
        given(SICK, refer())
        .when(accept(MONDAY + HOUR))
        .then_kinds(
            "referral_accepted",
            "responsible_assigned",
            "placed_on_waiting_list",
            "obligation_met",
            "obligation_created",
            due=INTAKE,
        )
    )
    assert story.the(PlacedOnWaitingList) == PlacedOnWaitingList(
        at=MONDAY + HOUR,
        begins=INTAKE,
        why=Why(rule="intake", programme=SICK.ref, inputs={"every": "P4W"}),
    )


def test_intakes_come_every_four_weeks_from_the_first_at_seven_in_the_morning() -> None:
    days = [
        given(SICK, refer(at), accept(at)).the(PlacedOnWaitingList).begins
        for at in (MONDAY + number * 4 * WEEK for number in range(14))
    ]
    assert [local_date(day).isoformat() for day in days[:3]] == ["2026-03-09", "2026-04-06", "2026-05-04"]
    assert all(local(local_date(day), MORNING) == day for day in days)
    assert {(local_date(later) - local_date(day)).days for day, later in pairwise(days)} == {28}


def test_an_intake_that_begins_at_this_moment_has_begun_without_those_taken_in_now() -> None:
    for at, begins in ((INTAKE - timedelta(microseconds=1), INTAKE), (INTAKE, INTAKE + 4 * WEEK - HOUR)):
        assert given(SICK, refer(at), accept(at)).the(PlacedOnWaitingList).begins == begins


def test_a_holiday_moves_no_intake_yet() -> None:
    easter_monday = datetime(2026, 4, 5, 12, tzinfo=UTC)
    placed = given(SICK, refer(easter_monday), accept(easter_monday)).the(PlacedOnWaitingList)
    assert local_date(placed.begins).isoformat() == "2026-04-06"


def test_a_monthly_intake_keeps_its_day_of_the_month() -> None:
    monthly = altered("sygedagpenge-driftstilbud@2", ("every: P4W, first: 2010-03-01", "every: P1M, first: 2010-01-31"))
    days = [
        given(monthly, refer(at), accept(at)).the(PlacedOnWaitingList).begins
        for at in (MONDAY, MONDAY + 5 * WEEK, MONDAY + 52 * WEEK - 2 * DAY)
    ]
    assert [local_date(day).isoformat() for day in days] == ["2026-03-31", "2026-04-30", "2027-02-28"]


def test_when_the_intake_comes_the_citizen_begins_by_itself_and_it_says_why() -> None:
    story = waiting().when(passing(INTAKE)).then_kinds("citizen_enrolled", "phase_entered", "obligation_created")
    enrolled = story.the(CitizenEnrolled)
    assert enrolled == CitizenEnrolled(
        at=INTAKE,
        ends=None,
        week_counted=local(local_date(INTAKE) + timedelta(days=9), MORNING),
        why=Why(rule="intake", programme=SICK.ref, inputs={"begins": str(INTAKE)}),
    )
    assert story.the(PhaseEntered).why == enrolled.why


def test_somebody_may_begin_before_the_intake() -> None:
    story = waiting().when(enrol(TUESDAY, reason="plads i dag"))
    begun = story.then_kinds("citizen_enrolled", "phase_entered", "obligation_created")
    assert (begun.the(CitizenEnrolled).why, begun.the(PhaseEntered).reason) == (None, "plads i dag")
    assert begun.pathway.begins is None


def test_where_intake_is_continuous_those_taken_in_have_begun() -> None:
    given(TOGETHER, refer(benefit="ressourceforloeb")).when(accept(MONDAY + HOUR)).then_kinds(
        "referral_accepted",
        "responsible_assigned",
        "citizen_enrolled",
        "phase_entered",
        "obligation_met",
        "obligation_created",
        "obligation_created",
    )


def test_a_later_first_day_may_be_agreed_when_the_citizen_is_taken_in() -> None:
    agreed = MONDAY + 11 * DAY
    assert waiting(begins=agreed).pathway.begins == agreed
    later = given(TOGETHER, refer(benefit="ressourceforloeb"), accept(MONDAY + HOUR, begins=agreed))
    later.when(passing(agreed)).then_kinds(
        "citizen_enrolled", "phase_entered", "obligation_created", "obligation_created"
    )
    given(SICK, refer()).when(accept(TUESDAY, begins=MONDAY)).then_invalid("begins", "not_later")


def test_an_intake_is_moved_within_its_tolerance_of_a_week_and_no_further() -> None:
    for days in (-7, 7):
        begins = local(local_date(INTAKE) + timedelta(days=days), time(12))
        at = min(TUESDAY, begins - HOUR)
        waiting().when(move(at, begins)).then_kinds("intake_moved", due=begins)
    eighth = local(local_date(INTAKE) + timedelta(days=8), time(0))
    waiting().when(move(TUESDAY, eighth)).then_refused(IntakeOutsideTolerance, usual="2026-03-09", tolerance="P1W")


def test_an_intake_that_was_moved_may_be_moved_again_from_its_usual_day() -> None:
    story = waiting().tell(move(TUESDAY, INTAKE + 5 * DAY))
    late = INTAKE + 4 * DAY
    story.when(move(late, INTAKE + 7 * DAY)).then_kinds("intake_moved")
    story.when(move(late, INTAKE + 8 * DAY)).then_refused(IntakeOutsideTolerance, usual="2026-03-09")


def test_somebody_who_waits_for_a_later_intake_is_moved_around_that_one() -> None:
    later = INTAKE + 4 * WEEK - HOUR
    story = waiting(begins=later)
    moved = story.when(move(TUESDAY, later + 3 * DAY)).then_kinds("intake_moved")
    assert moved.the(IntakeMoved) == IntakeMoved(at=TUESDAY, begins=later + 3 * DAY, reason="lokalet er optaget")
    story.when(move(TUESDAY, INTAKE)).then_refused(IntakeOutsideTolerance, usual="2026-04-06")


def test_an_intake_without_tolerance_stays_where_it_is() -> None:
    strict = altered("sygedagpenge-driftstilbud@2", (", tolerance: P1W}", "}"))
    story = given(strict, refer(), accept(MONDAY + HOUR))
    story.when(move(TUESDAY, INTAKE + HOUR)).then_refused(IntakeOutsideTolerance, tolerance="P0D")


def test_an_agreed_day_without_intakes_may_be_moved_to_any_later_day() -> None:
    story = given(TOGETHER, refer(benefit="ressourceforloeb"), accept(MONDAY + HOUR, begins=MONDAY + WEEK))
    story.when(move(TUESDAY, MONDAY + 20 * WEEK)).then_kinds("intake_moved")
    story.when(move(TUESDAY, TUESDAY)).then_invalid("begins", "not_later")


def test_only_those_who_wait_are_moved_or_let_in() -> None:
    given(SICK, refer()).when(enrol(TUESDAY)).then_refused(NotWaiting, stage="referred")
    given(SICK, refer()).when(move(TUESDAY, INTAKE)).then_refused(NotWaiting)
    on_sick_leave().when(enrol(TUESDAY)).then_nothing()
    on_sick_leave().when(move(TUESDAY, INTAKE)).then_refused(NotWaiting, stage="underway")
    over = waiting().tell(WithdrawReferral(by=CASEWORKER, at=TUESDAY, reason="job"))
    over.when(enrol(TUESDAY + DAY)).then_refused(IsOver)
    over.when(move(TUESDAY + DAY, INTAKE)).then_refused(IsOver)


def test_those_who_deliver_let_in_and_instructors_do_not() -> None:
    waiting().when(enrol(TUESDAY, by=INSTRUCTOR)).then_refused(RoleMayNot)
    waiting().when(move(TUESDAY, INTAKE + DAY, by=INSTRUCTOR)).then_refused(RoleMayNot)

"""The weekly count: hours and sessions of an ISO week in Denmark, a norm without consequence."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest

from domain.actor import Role
from domain.calendar import MORNING, local, local_date
from domain.pathway.commands.course import CorrectFact, GiveNotice, PausePathway, ReopenPathway, ResumePathway
from domain.pathway.commands.sessions import ExcuseAbsence, HoldTalk
from domain.pathway.facts.phases import WeekCounted
from domain.pathway.facts.sessions import Attendance
from tests.domain.beginnings import ENROLLED, HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import attend, book, close
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, SICK, WEEK
from tests.support.spec import Story, passing

NEXT_MONDAY = MONDAY + WEEK
LATE = NEXT_MONDAY + 12 * DAY


def takes_part(
    story: Story,
    day: datetime,
    attendance: Attendance = Attendance.PRESENT,
    element: str = "diet_exercise",
    **others: object,
) -> Story:
    session = UUID(int=int(day.timestamp()))
    site = None if element in {"nature", "training"} else "matrikel_a"
    return story.tell(
        book(day - HOUR, day, element, session=session, site=site),
        attend(day + HOUR, attendance, session=session, **others),
    )


def counted(story: Story, week: str) -> WeekCounted:
    [fact] = [fact for fact in story.settle(ENROLLED + 60 * WEEK).every(WeekCounted) if fact.week == week]
    return fact


def test_a_week_is_counted_on_the_wednesday_morning_after_it() -> None:
    story = on_sick_leave()
    wednesday = local(local_date(MONDAY) + timedelta(days=9), MORNING)
    assert story.when(passing(wednesday)).the(WeekCounted) == WeekCounted(
        at=wednesday,
        week="2026-W10",
        planned_minutes=0,
        attended_minutes=0,
        excused_minutes=0,
        expected_minutes=600,
        sessions={},
        below=False,
        next_count=local(local_date(MONDAY) + timedelta(days=16), MORNING),
        why=story.binding.why("weekly_count", week="2026-W10"),
    )


def test_ten_hours_are_the_norm_and_less_asks_for_attention() -> None:
    enough = takes_part(takes_part(on_sick_leave(), NEXT_MONDAY), NEXT_MONDAY + DAY)
    fact = counted(enough, "2026-W11")
    assert (fact.attended_minutes, fact.expected_minutes, fact.below) == (600, 600, False)
    short = counted(takes_part(on_sick_leave(), NEXT_MONDAY, minutes=299), "2026-W11")
    assert (short.attended_minutes, short.below) == (299, True)


def test_valid_absence_fills_the_norm_and_other_absence_does_not() -> None:
    def week(attendance: Attendance) -> WeekCounted:
        story = takes_part(on_sick_leave(), NEXT_MONDAY)
        return counted(takes_part(story, NEXT_MONDAY + DAY, attendance), "2026-W11")

    excused, absent = week(Attendance.EXCUSED), week(Attendance.ABSENT)
    assert (excused.attended_minutes, excused.excused_minutes, excused.below) == (300, 300, False)
    assert (absent.attended_minutes, absent.excused_minutes, absent.below) == (300, 0, True)
    assert excused.planned_minutes == absent.planned_minutes == 600


def test_a_cancelled_session_was_not_planned_after_all() -> None:
    story = takes_part(on_sick_leave(), NEXT_MONDAY, Attendance.CANCELLED_BY_WEATHER, "nature")
    assert counted(story, "2026-W11").planned_minutes == 0


def test_a_booking_that_nobody_registered_counts_as_planned() -> None:
    story = on_sick_leave().tell(book(NEXT_MONDAY, NEXT_MONDAY + HOUR, "nature"))
    fact = counted(story, "2026-W11")
    assert (fact.planned_minutes, fact.attended_minutes) == (300, 0)


def test_two_trainings_a_week_are_expected_where_the_programme_says_so() -> None:
    once = takes_part(together(), NEXT_MONDAY, element="training")
    assert (counted(once, "2026-W11").sessions, counted(once, "2026-W11").below) == ({"training": 1}, True)
    twice = takes_part(takes_part(together(), NEXT_MONDAY, element="training"), NEXT_MONDAY + DAY, element="training")
    assert (counted(twice, "2026-W11").sessions, counted(twice, "2026-W11").below) == ({"training": 2}, False)
    excused = takes_part(
        takes_part(together(), NEXT_MONDAY, element="training"), NEXT_MONDAY + DAY, Attendance.EXCUSED, "training"
    )
    assert (counted(excused, "2026-W11").sessions, counted(excused, "2026-W11").below) == ({"training": 1}, False)


def test_a_low_week_has_no_consequence_but_attention() -> None:
    story = on_sick_leave()
    wednesday = local(local_date(MONDAY) + timedelta(days=16), MORNING)
    story.when(passing(wednesday)).then_kinds("week_counted")


def test_talks_count_as_hours_too() -> None:
    story = on_sick_leave().tell(HoldTalk(by=CONTACT, at=NEXT_MONDAY, element="first_talk"))
    assert counted(story, "2026-W11").attended_minutes == 60


@pytest.mark.parametrize(
    ("day", "clock", "week"),
    [
        ((2026, 3, 29), time(23, 59), "2026-W13"),
        ((2026, 3, 30), time(0, 0), "2026-W14"),
        ((2026, 10, 25), time(2, 30), "2026-W43"),
        ((2026, 10, 26), time(0, 0), "2026-W44"),
        ((2027, 1, 3), time(23, 0), "2026-W53"),
        ((2027, 1, 4), time(0, 0), "2027-W01"),
    ],
)
def test_a_session_belongs_to_the_danish_week_in_which_it_begins(
    day: tuple[int, int, int], clock: time, week: str
) -> None:
    starts = local(datetime(*day, tzinfo=UTC).date(), clock)
    story = takes_part(on_sick_leave(), starts)
    assert counted(story, week).attended_minutes == 300
    assert sum(fact.attended_minutes for fact in story.every(WeekCounted)) == 300


def test_every_week_is_counted_once_over_both_changes_of_the_clock_and_the_new_year() -> None:
    facts = on_sick_leave().settle(ENROLLED + 60 * WEEK).every(WeekCounted)
    weeks = [fact.week for fact in facts]
    assert weeks[0] == "2026-W10"
    assert len(weeks) == len(set(weeks)) == 59
    assert {"2026-W13", "2026-W43", "2026-W53", "2027-W01"} <= set(weeks)
    assert all(fact.at == local(local_date(fact.at), MORNING) for fact in facts), "always at seven in the morning"


def test_a_broken_week_is_counted_but_nothing_is_expected_of_it() -> None:
    reason = "indlæggelse"
    paused = on_sick_leave().tell(
        PausePathway(by=CASEWORKER, at=NEXT_MONDAY, reason=reason), ResumePathway(by=CASEWORKER, at=NEXT_MONDAY + DAY)
    )
    assert not counted(paused, "2026-W11").below
    assert counted(paused, "2026-W12").below
    back = on_sick_leave().tell(close(NEXT_MONDAY), ReopenPathway(by=CASEWORKER, at=NEXT_MONDAY + DAY, reason=reason))
    assert not counted(back, "2026-W11").below


def test_a_programme_without_norm_and_rhythm_counts_no_weeks() -> None:
    silent = altered("sygedagpenge-driftstilbud@2", ("weekly_hours: {norm: 10}\n", ""))
    assert on_sick_leave(silent).settle(ENROLLED + 20 * WEEK).every(WeekCounted) == []
    assert SICK.counts_weeks
    assert not silent.counts_weeks


def counts(story: Story, week: str = "2026-W11") -> list[tuple[int, bool]]:
    """The hours of every count of a week, and whether it lay below what is expected."""
    return [(fact.attended_minutes // 60, fact.below) for fact in story.every(WeekCounted) if fact.week == week]


def unregistered(*days: datetime) -> Story:
    """Sessions of which nothing is registered when their week is counted."""
    story = on_sick_leave()
    for number, day in enumerate(days):
        story.tell(book(NEXT_MONDAY, day, "nature", session=UUID(int=number)))
    return story.settle(NEXT_MONDAY + 10 * DAY)


def test_what_is_registered_after_the_count_has_its_week_counted_anew() -> None:
    story = unregistered(NEXT_MONDAY, NEXT_MONDAY + DAY)
    next_count = story.pathway.week_counted
    for number in range(2):
        story.when(attend(LATE, session=UUID(int=number))).then_kinds("attendance_recorded", "week_counted")
        story.tell(attend(LATE, session=UUID(int=number)))
    assert counts(story) == [(0, True), (5, True), (10, False)]
    assert story.pathway.week_counted == next_count, "the next count comes as it would have"


def test_a_week_that_holds_what_it_held_is_not_counted_anew() -> None:
    story = unregistered(NEXT_MONDAY)
    story.when(attend(LATE, Attendance.ABSENT, session=UUID(int=0))).then_kinds("attendance_recorded")
    not_yet = on_sick_leave().tell(book(NEXT_MONDAY, NEXT_MONDAY, "nature"))
    not_yet.when(attend(NEXT_MONDAY + DAY)).then_kinds("attendance_recorded")


def test_a_correction_and_an_excuse_have_the_week_counted_anew_as_well() -> None:
    story = unregistered(NEXT_MONDAY, NEXT_MONDAY + DAY)
    story.tell(attend(LATE, session=UUID(int=0)), attend(LATE, Attendance.ABSENT, session=UUID(int=1)))
    shorter = CorrectFact(by=CONTACT, at=LATE, corrects=first(story), changes={"minutes": 60}, reason="gik før tid")
    story.when(shorter).then_kinds("fact_corrected", "week_counted")
    assert counts(story.tell(shorter))[-1] == (1, True)
    excuse = ExcuseAbsence(by=CONTACT, at=LATE, session=UUID(int=1), reason="feber")
    assert story.when(excuse).the(WeekCounted).excused_minutes == 300


def test_what_was_held_before_the_end_is_counted_after_it_and_no_other_week_is() -> None:
    closed = unregistered(NEXT_MONDAY, NEXT_MONDAY + DAY).tell(close(LATE))
    story = closed.when(attend(LATE + DAY, session=UUID(int=0))).then_kinds("attendance_recorded", "week_counted")
    assert (counts(story)[-1], story.pathway.week_counted) == ((5, True), None)


def test_weeks_of_which_not_everything_is_remembered_stay_as_they_were_counted() -> None:
    story = unregistered(NEXT_MONDAY)
    years_later = attend(NEXT_MONDAY + 27 * WEEK, session=UUID(int=0))
    story.when(years_later).then_kinds("attendance_recorded")
    assert len(story.pathway.counted) == 26


def test_the_notice_of_a_low_week_goes_when_the_week_was_not() -> None:
    story = unregistered(NEXT_MONDAY, NEXT_MONDAY + DAY)
    told = {"by": "system:follow_up", "at": LATE, "notice": "week_below", "owner": Role.CONTACT_PERSON}
    story.tell(*(GiveNotice(**told, about=UUID(int=n), subject=f"2026-W1{n}") for n in (1, 2)))
    story.tell(attend(LATE, session=UUID(int=0)), attend(LATE, session=UUID(int=1)))
    assert [notice.subject for notice in story.pathway.notices.values()] == ["2026-W12"]


def first(story: Story) -> int:
    """The version of the first attendance."""
    return story.kinds.index("attendance_recorded") + 1

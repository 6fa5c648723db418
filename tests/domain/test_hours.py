"""The weekly count: hours and sessions of an ISO week in Denmark, a norm without consequence."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest

from domain.calendar import MORNING, local, local_date
from domain.pathway.commands.course import PausePathway, ReopenPathway, ResumePathway
from domain.pathway.commands.sessions import HoldTalk
from domain.pathway.facts.phases import WeekCounted
from domain.pathway.facts.sessions import Attendance
from tests.domain.beginnings import ENROLLED, HOUR, on_sick_leave, together
from tests.support.altering import altered
from tests.support.asking import attend, book, close
from tests.support.cast import CASEWORKER, CONTACT, DAY, MONDAY, SICK, WEEK
from tests.support.spec import Story, passing

NEXT_MONDAY = MONDAY + WEEK


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


def test_what_is_registered_after_the_count_changes_no_count() -> None:
    story = on_sick_leave().tell(book(NEXT_MONDAY, NEXT_MONDAY, "nature")).settle(NEXT_MONDAY + 10 * DAY)
    story.tell(attend(NEXT_MONDAY + 12 * DAY))
    assert counted(story, "2026-W11").attended_minutes == 0

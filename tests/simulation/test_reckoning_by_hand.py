"""With nothing left to chance, a small programme takes what one reckons by hand."""

from domain.actor import Role
from domain.pathway.state import Stage
from simulation.figures import Figures
from simulation.records import What
from tests.simulation.small import asked, shown

CITIZENS = 5
YEAR = shown(asked(citizens=CITIZENS))
"""Five citizens who are referred on Monday 5 January 2026, taken in at once, and seen for a year."""


def by_week(found: Figures, role: Role, what: What) -> dict[int, int]:
    """The weeks in which a role had that work, and how much."""
    return {
        week: count
        for work in found.work
        if (work.role, work.what) == (role, what)
        for week, count in enumerate(work.by_week)
        if count
    }


def test_two_rides_of_two_hours_are_attended_each_week_from_the_second_one_on() -> None:
    assert (YEAR.weeks[0].sessions, YEAR.weeks[0].minutes) == (CITIZENS, CITIZENS * 60), "the talk only"
    assert {(week.sessions, week.minutes) for week in YEAR.weeks[1:52]} == {(CITIZENS * 2, CITIZENS * 2 * 120)}


def test_nobody_waits_and_nobody_has_finished() -> None:
    assert YEAR.waiting.steps == ((0, 0.0),)
    assert YEAR.waiting.median == 0
    together = YEAR.phases["together"]
    assert (together.cases, together.ended, together.median) == (CITIZENS, 0, None)
    assert (YEAR.open, YEAR.outcomes) == ({Stage.UNDERWAY: CITIZENS}, {})


def test_each_citizen_is_answered_once_and_talked_with_once() -> None:
    assert by_week(YEAR, Role.CASEWORKER, What.DECISIONS) == {0: CITIZENS}
    assert by_week(YEAR, Role.CONTACT_PERSON, What.TALKS) == {0: CITIZENS}


def test_there_is_a_review_every_fourth_week() -> None:
    assert by_week(YEAR, Role.CONTACT_PERSON, What.REVIEWS) == dict.fromkeys(range(4, 53, 4), CITIZENS)


def test_staff_who_are_always_in_time_leave_nothing_overdue() -> None:
    assert {work.what for work in YEAR.work} == {What.TALKS, What.SESSIONS, What.DECISIONS, What.REVIEWS, What.DUTIES}


def test_citizen_years_are_those_that_were_seen() -> None:
    assert round(YEAR.citizen_years, 1) == CITIZENS


def test_staff_who_are_never_in_time_leave_everything_overdue_first() -> None:
    late = shown(asked(assumptions="staff: {in_time: 0, late_days: 0}\narriving: {over_weeks: 0}\n", citizens=3))
    assert by_week(late, Role.CASEWORKER, What.OVERDUE) == {2: 3}, "the answer was due in two weeks"

"""What each question counts: whole Danish days back, only what was registered, and nothing that lies ahead."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.conditions.questions import window_start
from domain.pathway.facts.sessions import TOOK_PART, Attendance
from domain.pathway.state import Attended, Pathway
from domain.period import Period
from tests.conditions.pathways import ask, seen
from tests.support.cast import DAY, MONDAY, WEEK

HOUR = timedelta(hours=1)


def after(*attended: Attended) -> Pathway:
    """Somebody for whom those sessions were registered."""
    return Pathway(attendance=attended)


def answer(question: str, pathway: Pathway, at: datetime = MONDAY) -> object:
    """What the question answers."""
    [value] = ask(f"{question} == {question}", pathway, at).inputs.values()
    return value


@pytest.mark.parametrize("attendance", sorted(Attendance))
def test_those_who_came_attended_late_or_not(attendance: Attendance) -> None:
    pathway = after(seen(MONDAY - DAY, attendance))
    assert answer("attended('P1W')", pathway) == (attendance in TOOK_PART)
    assert answer("hours('P1W')", pathway) == (attendance in TOOK_PART)


@pytest.mark.parametrize("attendance", sorted(Attendance))
def test_only_an_absence_without_reason_from_something_mandatory_is_missed(attendance: Attendance) -> None:
    mandatory, voluntary = (seen(MONDAY - DAY, attendance, mandatory=each) for each in (True, False))
    assert answer("missed('P1W')", after(mandatory)) == (attendance is Attendance.ABSENT)
    assert answer("missed('P1W')", after(voluntary)) == 0


def test_attendance_may_be_counted_by_element() -> None:
    pathway = after(seen(MONDAY - DAY), seen(MONDAY - DAY, element="nature"), seen(MONDAY - 2 * DAY))
    assert answer("attended('P1W')", pathway) == 3
    assert answer("attended('training', 'P1W')", pathway) == 2
    assert answer("attended('nature', 'P1W')", pathway) == 1


def test_hours_are_those_in_which_somebody_took_part() -> None:
    pathway = after(seen(MONDAY - DAY, minutes=90), seen(MONDAY - 2 * DAY, Attendance.LATE, minutes=30))
    assert answer("hours('P1W')", pathway) == 2.0


@pytest.mark.parametrize(
    ("window", "began"),
    [
        ("P1D", datetime(2026, 2, 28, 23, 0, tzinfo=UTC)),
        ("P4W", datetime(2026, 2, 1, 23, 0, tzinfo=UTC)),
        ("P1M", datetime(2026, 2, 1, 23, 0, tzinfo=UTC)),
        ("P6M", datetime(2025, 9, 1, 22, 0, tzinfo=UTC)),
        ("PT48H", datetime(2026, 2, 27, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_window_begins_with_a_whole_danish_day(window: str, began: datetime) -> None:
    assert window_start(MONDAY, Period(window)) == began
    inside, before = after(seen(began)), after(seen(began - timedelta(microseconds=1)))
    assert [answer(f"attended('{window}')", each) for each in (inside, before)] == [1, 0]


def test_what_lies_ahead_of_the_asking_does_not_count_yet() -> None:
    pathway = after(seen(MONDAY), seen(MONDAY + HOUR))
    assert answer("attended('P1W')", pathway) == 1
    assert answer("attended('P1W')", pathway, MONDAY + HOUR) == 2


def test_weeks_in_a_phase_are_whole_weeks_since_it_began() -> None:
    pathway = Pathway(phase="together", phase_since=MONDAY)
    ahead = (timedelta(), 7 * DAY - HOUR, WEEK, 3 * WEEK + DAY)
    assert [answer("weeks_in_phase()", pathway, MONDAY + each) for each in ahead] == [0, 0, 1, 3]
    assert answer("weeks_in_phase()", Pathway()) == 0


def test_a_step_has_happened_from_the_instant_at_which_it_did() -> None:
    pathway = Pathway(happened={"plan_agreed": (MONDAY,)})
    assert answer("happened('plan_agreed')", pathway) is True
    assert answer("happened('plan_agreed')", pathway, MONDAY - HOUR) is False
    assert answer("happened('enrolled')", pathway) is False


def test_an_outcome_is_one_that_was_recorded_on_the_way() -> None:
    pathway = Pathway(outcomes=("partly_fit",))
    assert [answer(f"outcome('{each}')", pathway) for each in ("partly_fit", "education")] == [True, False]

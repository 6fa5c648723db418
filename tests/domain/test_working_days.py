"""Working days: Danish holidays and closing days are none, whatever year Easter falls in."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import deadline, end_of_day, last_day, local, morning_after, morning_before
from domain.pathway.clocks import due_after
from domain.pathway.state import Stop
from domain.period import Period
from domain.programme.closing import WorkingCalendar
from domain.working_days import WEEKENDS, Closings
from programmes.closed_days import closed_days
from tests.domain.laws.lives import law

WRITTEN = WorkingCalendar(
    holidays="denmark", closing_days=("12-24", "12-31", "06-05", "day_after_ascension", "2026-10-16", "02-29")
)
CLOSED = closed_days(WRITTEN, 2020)
CLOSINGS, MOVING = Closings(CLOSED), Closings(CLOSED, moves=True)

days = st.dates(date(2020, 1, 1), date(2070, 12, 31))
numbers = st.integers(1, 300)


@pytest.mark.parametrize(
    ("year", "easter", "ascension"),
    [(2022, (4, 17), (5, 26)), (2024, (3, 31), (5, 9)), (2025, (4, 20), (5, 29)), (2026, (4, 5), (5, 14))],
)
def test_the_days_that_follow_easter_are_closed(year: int, easter: tuple[int, int], ascension: tuple[int, int]) -> None:
    sunday, thursday = date(year, *easter), date(year, *ascension)
    whit_monday = sunday + timedelta(days=50)
    for day in (sunday - timedelta(days=3), sunday - timedelta(days=2), sunday + timedelta(days=1), whit_monday):
        assert not CLOSINGS.is_open(day)
    assert not CLOSINGS.is_open(thursday)
    assert not CLOSINGS.is_open(thursday + timedelta(days=1)), "the administration is closed on the Friday after"


def test_the_great_prayer_day_was_a_holiday_until_2023() -> None:
    assert date(2023, 5, 5) in CLOSED
    assert CLOSINGS.is_open(date(2024, 4, 26))


def test_closing_days_are_of_every_year_or_of_one() -> None:
    for year in (2021, 2026, 2035):
        assert {date(year, 12, 24), date(year, 12, 31), date(year, 6, 5)} <= CLOSED
    assert date(2026, 10, 16) in CLOSED
    assert CLOSINGS.is_open(date(2027, 10, 18))
    assert date(2028, 2, 29) in CLOSED
    assert CLOSINGS.is_open(date(2027, 3, 1))


def test_nothing_but_weekends_is_closed_where_no_calendar_is_written() -> None:
    assert WEEKENDS.after(date(2026, 12, 23), 3) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("since", "within", "last"),
    [
        ((2026, 3, 31), "P5B", (2026, 4, 10)),  # over Easter
        ((2026, 5, 12), "P2B", (2026, 5, 18)),  # over Ascension Day and the Friday after
        ((2026, 12, 22), "P5B", (2027, 1, 4)),  # over Christmas and New Year
        ((2026, 3, 7), "P1B", (2026, 3, 9)),  # from a Saturday
    ],
)
def test_working_days_are_counted_over_what_is_closed(
    since: tuple[int, int, int], within: str, last: tuple[int, int, int]
) -> None:
    asked = datetime(*since, 9, tzinfo=UTC)
    assert deadline(asked, Period(within), CLOSINGS) == end_of_day(date(*last))


@pytest.mark.parametrize(
    ("since", "within", "stays", "moves"),
    [
        ((2026, 4, 19), "P2W", (2026, 5, 3), (2026, 5, 4)),  # a Sunday
        ((2026, 3, 19), "P2W", (2026, 4, 2), (2026, 4, 7)),  # Maundy Thursday
        ((2026, 11, 24), "P1M", (2026, 12, 24), (2026, 12, 28)),  # Christmas Eve, which is a closing day
        ((2026, 1, 31), "P1M", (2026, 2, 28), (2026, 3, 2)),  # clipped to a Saturday
        ((2026, 4, 1), "P1W", (2026, 4, 8), (2026, 4, 8)),  # a working day
    ],
)
def test_a_deadline_on_a_closed_day_moves_only_where_the_programme_says_so(
    since: tuple[int, int, int], within: str, stays: tuple[int, int, int], moves: tuple[int, int, int]
) -> None:
    called = datetime(*since, 9, tzinfo=UTC)
    assert deadline(called, Period(within), CLOSINGS) == end_of_day(date(*stays))
    assert deadline(called, Period(within), MOVING) == end_of_day(date(*moves))


def test_hours_are_exact_whatever_is_closed() -> None:
    called = datetime(2026, 12, 24, 12, tzinfo=UTC)
    assert deadline(called, Period("PT2H"), MOVING) == called + timedelta(hours=2)


@pytest.mark.parametrize("night", [date(2026, 10, 25), date(2027, 3, 28)])
def test_a_working_day_ends_at_midnight_also_when_the_clocks_changed(night: date) -> None:
    """Clocks change on a Sunday; the deadline before, the one after and the morning are those of Danish clocks."""
    friday, monday = night - timedelta(days=2), night + timedelta(days=1)
    called = local(friday, datetime(2000, 1, 1, 9).time())  # noqa: DTZ001 - a clock time
    due = deadline(called, Period("P1B"), CLOSINGS if CLOSINGS.is_open(monday) else WEEKENDS)
    assert last_day(due) == monday
    assert due == end_of_day(monday)
    assert morning_after(called, Period("P1B")) == local(monday, datetime(2000, 1, 1, 7).time())  # noqa: DTZ001 - the same


def test_a_reminder_of_working_days_comes_on_a_working_day() -> None:
    due = end_of_day(date(2026, 4, 8))
    assert last_day(morning_before(due, Period("P2B"), CLOSINGS)) == date(2026, 4, 1)


@law
@given(days, numbers, numbers)
def test_working_days_add_up_and_never_end_on_a_closed_day(day: date, one: int, other: int) -> None:
    assert CLOSINGS.is_open(CLOSINGS.after(day, one))
    assert CLOSINGS.after(CLOSINGS.after(day, one), other) == CLOSINGS.after(day, one + other)
    assert CLOSINGS.between(day, CLOSINGS.after(day, one)) == one


@law
@given(days, days, numbers)
def test_who_begins_later_is_never_done_earlier(one: date, other: date, number: int) -> None:
    first, second = sorted((one, other))
    assert CLOSINGS.after(first, number) <= CLOSINGS.after(second, number)
    assert CLOSINGS.after(first, number) < CLOSINGS.after(first, number + 1)


@law
@given(days, numbers)
def test_going_back_the_same_working_days_leads_to_where_one_was(day: date, number: int) -> None:
    began = CLOSINGS.open_from(day)
    assert CLOSINGS.before(CLOSINGS.after(began, number), number) == began


@law
@given(days, st.integers(0, 90), st.integers(0, 40), st.sampled_from(["P5B", "P40B", "P6W", "P3M", "P9D"]))
def test_as_much_is_left_after_a_stop_as_was_left_before_it(day: date, waited: int, stood: int, within: str) -> None:
    """In working days where the period is of working days, otherwise in days; whatever is closed meanwhile."""
    period, since = Period(within), local(day, datetime(2000, 1, 1, 9).time())  # noqa: DTZ001 - a clock time
    began, ended = since + timedelta(days=waited), since + timedelta(days=waited + stood)
    due = due_after(since, period, CLOSINGS, ())
    later = due_after(since, period, CLOSINGS, [Stop(began, ended)])
    if began >= due:
        assert later == due, "what was overdue stays so"
    elif period.working_days:
        left = CLOSINGS.between(last_day(began + timedelta(hours=1)), last_day(due))
        assert CLOSINGS.between(last_day(ended + timedelta(hours=1)), last_day(later)) == left
    else:
        assert last_day(later) - last_day(due) == timedelta(days=stood)

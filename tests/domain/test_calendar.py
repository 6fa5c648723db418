"""Danish days: deadlines at midnight, mornings, months and weeks, in the nights in which clocks change as well."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    COPENHAGEN,
    MORNING,
    Week,
    day_after,
    day_before,
    days_later,
    deadline,
    end_of_day,
    is_in_gap,
    last_day,
    local,
    local_date,
    monday_after,
    morning_after,
    morning_before,
    week_of,
)
from domain.period import Period
from tests.domain.laws.lives import law

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""The days on which Danish clocks go forward, and back."""
HOUR = timedelta(hours=1)

days = st.dates(date(1980, 1, 1), date(2150, 12, 31))
instants = st.datetimes(datetime(1980, 1, 1), datetime(2150, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
periods_of_days = st.one_of(
    st.builds("P{}D".format, st.integers(1, 400)),
    st.builds("P{}W".format, st.integers(1, 60)),
    st.builds("P{}M".format, st.integers(1, 60)),
    st.builds("P{}Y{}M{}D".format, st.integers(0, 5), st.integers(0, 11), st.integers(1, 30)),
).map(Period)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]  # year, month, day and clock


def test_the_date_is_the_one_in_denmark() -> None:
    assert local_date(utc(2026, 3, 2, 22, 59)) == date(2026, 3, 2)
    assert local_date(utc(2026, 3, 2, 23, 0)) == date(2026, 3, 3)
    assert local_date(utc(2026, 7, 2, 22, 0)) == date(2026, 7, 3)
    assert local_date(utc(2026, 12, 31, 23, 0)) == date(2027, 1, 1)


def test_a_clock_time_is_an_hour_earlier_in_summer() -> None:
    assert local(date(2026, 1, 15), MORNING) == utc(2026, 1, 15, 6)
    assert local(date(2026, 7, 15), MORNING) == utc(2026, 7, 15, 5)


def test_a_time_that_spring_leaves_out_falls_an_hour_later_on_the_clock() -> None:
    skipped = local(SPRING, time(2, 30))
    assert skipped == utc(2026, 3, 29, 1, 30)
    assert skipped.astimezone(COPENHAGEN).time() == time(3, 30)


def test_a_time_that_autumn_has_twice_is_the_first_of_the_two() -> None:
    assert local(AUTUMN, time(2, 30)) == utc(2026, 10, 25, 0, 30)
    assert local(AUTUMN, time(3, 0)) == utc(2026, 10, 25, 2, 0)


@pytest.mark.parametrize(
    ("clock", "is_left_out"),
    [(time(1, 59, 59), False), (time(2, 0), True), (time(2, 59, 59), True), (time(3, 0), False)],
)
def test_the_hour_that_spring_leaves_out_is_known(clock: time, is_left_out: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_in_gap(datetime.combine(SPRING, clock)) is is_left_out


@law
@given(instants)
def test_what_a_danish_clock_shows_is_never_in_the_gap(instant: datetime) -> None:
    assert not is_in_gap(instant.astimezone(COPENHAGEN).replace(tzinfo=None))


def test_a_day_is_over_at_midnight_in_denmark() -> None:
    assert end_of_day(date(2026, 3, 2)) == utc(2026, 3, 2, 23)
    assert end_of_day(date(2026, 7, 2)) == utc(2026, 7, 2, 22)
    assert end_of_day(date(2026, 12, 31)) == utc(2026, 12, 31, 23)


def test_the_days_on_which_clocks_change_have_twenty_three_and_twenty_five_hours() -> None:
    assert end_of_day(SPRING) - end_of_day(SPRING - timedelta(days=1)) == 23 * HOUR
    assert end_of_day(AUTUMN) - end_of_day(AUTUMN - timedelta(days=1)) == 25 * HOUR


@law
@given(days)
def test_what_is_due_at_the_end_of_a_day_has_that_day_as_its_last(day: date) -> None:
    due = end_of_day(day)
    assert last_day(due) == day
    assert local_date(due) == day + timedelta(days=1)
    assert due.astimezone(COPENHAGEN).time() == time()


@pytest.mark.parametrize(
    ("day", "period", "after"),
    [
        (date(2026, 1, 31), "P1M", date(2026, 2, 28)),
        (date(2028, 1, 31), "P1M", date(2028, 2, 29)),
        (date(2028, 2, 29), "P1Y", date(2029, 2, 28)),
        (date(2026, 8, 31), "P6M", date(2027, 2, 28)),
        (date(2026, 11, 30), "P3M", date(2027, 2, 28)),
        (date(2026, 12, 15), "P1M", date(2027, 1, 15)),
        (date(2026, 3, 2), "P8W", date(2026, 4, 27)),
        (date(2026, 1, 31), "P1M1D", date(2026, 3, 1)),
    ],
)
def test_months_keep_the_day_of_the_month_or_take_the_last_one(day: date, period: str, after: date) -> None:
    """DOMAIN 2.7, "Months"."""
    assert day_after(day, Period(period)) == after


@pytest.mark.parametrize(
    ("day", "period", "before"),
    [
        (date(2026, 3, 31), "P1M", date(2026, 2, 28)),
        (date(2026, 1, 15), "P1M", date(2025, 12, 15)),
        (date(2028, 2, 29), "P1Y", date(2027, 2, 28)),
        (date(2026, 3, 9), "P1W", date(2026, 3, 2)),
    ],
)
def test_months_are_counted_back_in_the_same_way(day: date, period: str, before: date) -> None:
    assert day_before(day, Period(period)) == before


@law
@given(days, periods_of_days)
def test_a_period_later_is_later_and_a_period_earlier_earlier(day: date, period: Period) -> None:
    assert day_before(day, period) < day < day_after(day, period)


@law
@given(days, days, periods_of_days)
def test_whoever_begins_earlier_is_never_due_later(one: date, other: date, period: Period) -> None:
    first, second = sorted((one, other))
    assert day_after(first, period) <= day_after(second, period)


@law
@given(instants, periods_of_days)
def test_a_deadline_of_days_runs_to_the_end_of_its_last_day(since: datetime, within: Period) -> None:
    due = deadline(since, within)
    assert due == end_of_day(day_after(local_date(since), within))
    assert due > since


def test_a_deadline_of_hours_is_exact_even_when_clocks_change() -> None:
    saturday = local(SPRING - timedelta(days=1), time(20))
    assert deadline(saturday, Period("PT24H")) - saturday == 24 * HOUR
    assert deadline(saturday, Period("PT90M")) - saturday == timedelta(minutes=90)


def test_a_deadline_of_days_and_hours_counts_days_on_the_clock_and_then_hours() -> None:
    saturday = local(SPRING - timedelta(days=1), time(20))
    assert deadline(saturday, Period("P1DT2H")) == local(SPRING, time(22))


@law
@given(instants, periods_of_days)
def test_mornings_are_at_seven_in_denmark(instant: datetime, period: Period) -> None:
    later, earlier = morning_after(instant, period), morning_before(instant, period)
    assert later.astimezone(COPENHAGEN).time() == earlier.astimezone(COPENHAGEN).time() == MORNING
    assert local_date(later) == day_after(local_date(instant), period)


def test_a_week_before_a_deadline_is_a_week_before_its_last_day() -> None:
    assert morning_before(end_of_day(date(2026, 3, 16)), Period("P1W")) == local(date(2026, 3, 9), MORNING)


@law
@given(instants, st.integers(-400, 400))
def test_days_later_the_clock_shows_the_same_time_unless_spring_leaves_it_out(instant: datetime, number: int) -> None:
    there, later = instant.astimezone(COPENHAGEN), days_later(instant, number).astimezone(COPENHAGEN)
    day = there.date() + timedelta(days=number)
    shown = datetime.combine(day, there.time())
    moved = HOUR if is_in_gap(shown) else timedelta()
    assert later.replace(tzinfo=None) == shown + moved


@pytest.mark.parametrize(
    ("instant", "week"),
    [
        (utc(2026, 3, 1, 22, 59), "2026-W09"),
        (utc(2026, 3, 1, 23, 0), "2026-W10"),
        (utc(2026, 12, 31, 12), "2026-W53"),
        (utc(2027, 1, 3, 12), "2026-W53"),
        (utc(2027, 1, 3, 23), "2027-W01"),
        (utc(2024, 12, 30, 12), "2025-W01"),
    ],
)
def test_a_week_is_the_iso_week_in_denmark(instant: datetime, week: str) -> None:
    assert str(week_of(instant)) == week


def test_weeks_are_in_order_over_the_end_of_the_year() -> None:
    assert Week(2026, 53) < Week(2027, 1)


@law
@given(instants)
def test_the_monday_after_is_the_first_day_of_the_next_week(instant: datetime) -> None:
    monday = monday_after(instant)
    assert monday.weekday() == 0
    assert local_date(instant) < monday <= local_date(instant) + timedelta(days=7)
    assert week_of(local(monday, MORNING)) == week_of(instant + timedelta(days=7))

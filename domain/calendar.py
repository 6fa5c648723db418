"""Danish days: local dates, deadlines at the end of a day, mornings, ISO weeks, over daylight saving."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.period import Period
from domain.working_days import WEEKENDS, Closings

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
FIRST_DAY = date(2024, 1, 1)
SUNDAY = 7
MOST_INSTANTS = 1 << 14
"""For how many instants it is remembered on which date they fall."""
MORNING = time(7)
"""When what the calendar brings (reviews, reminders, intakes) arrives, local time: before the first meeting."""


class Week(NamedTuple):
    """An ISO week, Monday to Sunday."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @property
    def ends(self) -> datetime:
        """The instant at which its Sunday is over in Denmark."""
        return end_of_day(date.fromisocalendar(self.year, self.number, SUNDAY))


@lru_cache(MOST_INSTANTS)
def local_date(instant: datetime) -> date:
    """The date in Denmark at *instant*; the rules ask it of the same few instants again and again."""
    return instant.astimezone(COPENHAGEN).date()


def local(day: date, clock: time) -> datetime:
    """The instant at which Danish clocks show *clock* on *day*.

    A time that the spring gap leaves out is read with the winter offset, so it falls an hour later on the clock;
    a time that autumn has twice is the first of the two.
    """
    return datetime.combine(day, clock, COPENHAGEN).astimezone(UTC)


def is_in_gap(wall: datetime) -> bool:
    """Whether *wall*, a naive Danish clock time, is left out by the change to summer time."""
    there = wall.replace(tzinfo=COPENHAGEN).astimezone(UTC).astimezone(COPENHAGEN)
    return there.replace(tzinfo=None) != wall


def day_after(day: date, period: Period, closings: Closings = WEEKENDS) -> date:
    """The date *period* after *day*; months keep the day of the month, clipped to the month's end.

    Working days are counted over *closings*.
    Source: DOMAIN 2.7, "Months".
    """
    if period.working_days:
        return closings.after(day, period.working_days)
    return _months_later(day, period.months) + timedelta(days=period.days)


def day_before(day: date, period: Period, closings: Closings = WEEKENDS) -> date:
    """The date *period* before *day*, months clipped and working days counted as in `day_after`."""
    if period.working_days:
        return closings.before(day, period.working_days)
    return _months_later(day, -period.months) - timedelta(days=period.days)


def _months_later(day: date, many: int) -> date:
    if not many:
        return day
    months = day.month - 1 + many
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def length(period: Period) -> timedelta:
    """How long *period* lasts, for comparing it with others: from the first day of a leap year."""
    return day_after(FIRST_DAY, period) - FIRST_DAY


def end_of_day(day: date) -> datetime:
    """The instant at which *day* is over in Denmark; what is due on *day* is overdue from then on.

    Source: DOMAIN 2.7: in time is whatever is received by 23:59 on the last day.
    """
    return local(day + timedelta(days=1), time())


def last_day(due: datetime) -> date:
    """The last date on which something due at *due* is in time."""
    return local_date(due - timedelta(microseconds=1))


def deadline(since: datetime, within: Period, closings: Closings = WEEKENDS) -> datetime:
    """The instant by which something must have happened that is owed *within* a period from *since*.

    Periods of days, weeks and months run to the end of their last day in Denmark, or of the next working day where
    *closings* says so; hours and minutes are exact.
    """
    if within.is_of_days:
        return end_of_day(closings.ending(day_after(local_date(since), within, closings)))
    if not (within.months or within.days):
        return since + timedelta(minutes=within.minutes)
    return local(day_after(local_date(since), within), since.astimezone(COPENHAGEN).time()) + timedelta(
        minutes=within.minutes
    )


def morning_after(since: datetime, period: Period, closings: Closings = WEEKENDS) -> datetime:
    """The morning of the day *period* after *since*."""
    return local(day_after(local_date(since), period, closings), MORNING)


def morning_before(due: datetime, period: Period, closings: Closings = WEEKENDS) -> datetime:
    """The morning of the day *period* before the last day of *due*."""
    return local(day_before(last_day(due), period, closings), MORNING)


def days_later(instant: datetime, days: int) -> datetime:
    """The instant *days* later at which Danish clocks show the same time."""
    there = instant.astimezone(COPENHAGEN)
    return local(there.date() + timedelta(days=days), there.time())


def week_of(instant: datetime) -> Week:
    """The ISO week of *instant* in Denmark."""
    year, number, _ = local_date(instant).isocalendar()
    return Week(year, number)


def week_named(text: str) -> Week:
    """The ISO week that *text* names, such as `2026-W09`. Raises: ValueError when it names none."""
    year, _, number = text.partition("-W")
    week = Week(int(year), int(number))
    date.fromisocalendar(week.year, week.number, 1)
    if str(week) != text:
        raise ValueError(f"not an ISO week such as 2026-W09: {text!r}")
    return week


def monday_after(instant: datetime) -> date:
    """The first Monday after the date of *instant*."""
    day = local_date(instant)
    return day + timedelta(days=7 - day.weekday())

"""Seeded chance: the one place from which anything random comes, a generator of its own for each citizen."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import TypeVar

from domain.calendar import COPENHAGEN, local, local_date

T = TypeVar("T")
DAY = timedelta(days=1)
OPENS, CLOSES = time(9), time(16)
OFFICE_HOURS = timedelta(hours=CLOSES.hour - OPENS.hour)
SATURDAY = 5
MONDAY_MORNING = time(8)


class Dice:
    """One citizen's chances: the same for the same seed and number, whatever becomes of others."""

    def __init__(self, seed: int, number: int) -> None:
        self._random = Random(f"{seed} {number}")  # noqa: S311 - repeatable chance is the point

    def happens(self, chance: float) -> bool:
        """Whether something of that chance happens."""
        return self._random.random() < chance

    def share(self) -> float:
        """A number from 0 up to 1."""
        return self._random.random()

    def days(self, mean: float) -> timedelta:
        """A stretch of whole days, at least one, of about that mean."""
        return DAY * (1 + int(self._random.expovariate(1 / mean) if mean else 0))

    def day_within(self, days: float) -> timedelta:
        """A day from now up to so many days ahead."""
        return DAY * int(self._random.random() * (days + 1))

    def workday_within(self, weeks: int, first_day: datetime) -> datetime:
        """An instant in office hours on any working day of so many weeks, or the first day where there are none."""
        if not weeks:
            return first_day
        monday = monday_from(first_day)
        day = local_date(monday) + DAY * (7 * int(weeks * self.share()) + int(SATURDAY * self.share()))
        return local(day, OPENS) + (OFFICE_HOURS * self.share())

    def one_of(self, several: Sequence[T]) -> T:
        """Any of several, each as likely."""
        return self._random.choice(several)

    def weighed(self, several: Sequence[T], weights: Sequence[float]) -> T:
        """One of several, each as likely as it weighs."""
        return self._random.choices(several, weights)[0]

    def several_of(self, sequence: Sequence[T], many: int) -> list[T]:
        """So many different ones, in their order."""
        return sorted(self._random.sample(sequence, many), key=sequence.index)


def in_office_hours(at: datetime) -> datetime:
    """The instant itself where offices are open, or when they open next; closing days are not looked at."""
    day, clock = local_date(at), local_clock(at)
    if day.weekday() < SATURDAY and OPENS <= clock < CLOSES:
        return at
    if clock >= CLOSES:
        day += DAY
    while day.weekday() >= SATURDAY:
        day += DAY
    return max(at, local(day, OPENS))


def local_clock(at: datetime) -> time:
    """What Danish clocks show."""
    return at.astimezone(COPENHAGEN).time()


def monday_from(at: datetime) -> datetime:
    """The first Monday morning at or after *at*."""
    day = local_date(at)
    monday = local(day - DAY * day.weekday(), MONDAY_MORNING)
    return monday if monday >= at else local(day - DAY * day.weekday() + DAY * 7, MONDAY_MORNING)

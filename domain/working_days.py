"""Counting in working days: the days that are neither weekend nor closed."""

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Closings:
    """The days on which nobody works besides weekends, and what that means for a deadline."""

    dates: frozenset[date] = frozenset()
    """Public holidays and closing days."""
    moves: bool = False
    """Whether a deadline that ends on a closed day moves to the next working day."""

    def is_open(self, day: date) -> bool:
        """Whether *day* is a working day."""
        return day.weekday() < SATURDAY and day not in self.dates

    def open_from(self, day: date) -> date:
        """The first working day from *day* on, which may be *day* itself."""
        while not self.is_open(day):
            day += _DAY
        return day

    def after(self, day: date, days: int) -> date:
        """The date *days* working days after *day*, which itself never counts; always a working day.

        Range: 0 <= days; no day at all is the first working day from *day* on.
        """
        if not days:
            return self.open_from(day)
        while days:
            day += _DAY
            days -= self.is_open(day)
        return day

    def before(self, day: date, days: int) -> date:
        """The date *days* working days before *day*, which itself never counts. Range: 0 <= days."""
        while days:
            day -= _DAY
            days -= self.is_open(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days come after *first*, up to and with *last*; 0 where *last* is not later."""
        return sum(self.is_open(first + timedelta(days=number)) for number in range(1, (last - first).days + 1))

    def ending(self, day: date) -> date:
        """The last day of a deadline that is counted to *day*: that day, or the next working day where it moves."""
        return self.open_from(day) if self.moves else day


WEEKENDS = Closings()
"""Nothing is closed but weekends, and no deadline moves."""

"""Instants as a scenario says them: a day of the story, so much later, or a date."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Self

from pydantic import AfterValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from domain.calendar import COPENHAGEN, day_after, is_in_gap, last_day, local, local_date
from domain.day import in_sensible_years
from domain.period import Period

OPENING = time(9)
"""When something is done of which only the day is said."""
_CLOCK = r"(?: (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d))?"
_WRITTEN = (
    re.compile(rf"day (?P<day>\d{{1,5}}){_CLOCK}", re.ASCII),
    re.compile(rf"\+(?P<many>\d{{1,4}})(?P<unit>[MWD]){_CLOCK}", re.ASCII),
    re.compile(r"\+(?P<hours>\d{1,4})H", re.ASCII),
    re.compile(rf"(?P<date>\d{{4}}-\d{{2}}-\d{{2}}){_CLOCK}", re.ASCII),
)


class When(str):
    """`day 3`, `day 3 10:30`, `+2W`, `+1D 10:30`, `+2H` or `2026-03-04 10:30`; Danish clocks."""

    __slots__ = ("parts",)

    parts: dict[str, str]

    def __new__(cls, text: str) -> Self:
        """Raises: ValueError when *text* says no instant."""
        match = next((found for each in _WRITTEN if (found := each.fullmatch(text))), None)
        if match is None:
            raise ValueError(f"no instant: {text!r}")
        when = super().__new__(cls, text)
        when.parts = {name: value for name, value in match.groupdict().items() if value is not None}
        if "date" in when.parts:
            in_sensible_years(date.fromisoformat(when.parts["date"]))
        return when

    @property
    def clock(self) -> time | None:
        """The time of day, where one is said."""
        return time(int(self.parts["hour"]), int(self.parts["minute"])) if "hour" in self.parts else None

    def at(self, begins: date, now: datetime) -> datetime:
        """The instant, in a story that began on that day and has come to *now*.

        A day without a time of day means the morning of it, or at once where that day has begun; so much later, the
        same time of day.
        """
        if "hours" in self.parts:
            return now + timedelta(hours=int(self.parts["hours"]))
        day = self._day(begins, now)
        if self.clock:
            return local(day, self.clock)
        if "many" in self.parts:
            return local(day, now.astimezone(COPENHAGEN).time())
        opening = local(day, OPENING)
        return max(opening, now) if local_date(now) == day else opening

    def is_said_of(self, found: datetime, begins: date, now: datetime) -> bool:
        """Whether *found* is what is meant: that very instant, or any on that day where only a day is said.

        What is due at the end of a day is due on that day.
        """
        if self.clock or "hours" in self.parts:
            return found == self.at(begins, now)
        return last_day(found) == self._day(begins, now)

    def _day(self, begins: date, now: datetime) -> date:
        if "date" in self.parts:
            return date.fromisoformat(self.parts["date"])
        if "day" in self.parts:
            return begins + timedelta(days=int(self.parts["day"]))
        return day_after(local_date(now), Period(f"P{self.parts['many']}{self.parts['unit']}"))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        del source, handler
        return core_schema.no_info_after_validator_function(cls._checked, core_schema.str_schema(max_length=40))

    @classmethod
    def _checked(cls, text: str) -> "When":
        try:
            return cls(text)
        except PydanticCustomError:
            raise
        except ValueError:
            raise PydanticCustomError(
                "no_instant_of_a_story", "is no instant; write day 3, day 3 10:30, +2W, +2H or 2026-03-04 10:30"
            ) from None


def _of_this_world(when: When) -> When:
    if "date" in when.parts and when.clock:
        wall = datetime.combine(date.fromisoformat(when.parts["date"]), when.clock)
        if is_in_gap(wall):
            raise PydanticCustomError("datetime_gap", "does not exist", {"day": str(wall.date())})
    return when


StoryInstant = Annotated[When, AfterValidator(_of_this_world)]

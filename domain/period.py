"""Lengths of time as people set them: six weeks, three months, two hours."""

import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_PERIOD = re.compile(
    r"P(?:(?P<working>\d{1,5})B|(?!$)(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,6})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?!$)(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,7})M)?)?)",
    re.ASCII,
)

LONGEST_YEARS = 100
WORKING_DAYS_A_YEAR = 261
LONGEST_SESSION = 24 * 60
"""Unit: minutes."""


class Period(str):
    """A calendar period in ISO 8601, such as `P6W`, `P3M` or `PT2H`; months are months, never thirty days.

    Working days are written `P5B`, alone: which days those are says the programme's calendar.
    """

    __slots__ = ("days", "minutes", "months", "working_days")

    months: int
    days: int
    minutes: int
    working_days: int

    def __new__(cls, text: str) -> Self:
        """Raises: ValueError when *text* is not such a period."""
        match = _PERIOD.fullmatch(text)
        if match is None:
            raise ValueError(f"not a period such as P6W, P3M, P10D, P5B or PT2H: {text!r}")
        part = {name: int(value or 0) for name, value in match.groupdict().items()}
        period = super().__new__(cls, text)
        period.months = part["years"] * 12 + part["months"]
        period.days = part["weeks"] * 7 + part["days"]
        period.minutes = part["hours"] * 60 + part["minutes"]
        period.working_days = part["working"]
        return period

    @property
    def is_empty(self) -> bool:
        """Whether the period has no length."""
        return not (self.months or self.days or self.minutes or self.working_days)

    @property
    def is_of_days(self) -> bool:
        """Whether the period is counted in whole days, working days, weeks or months."""
        return not self.minutes

    @property
    def is_beyond_a_life(self) -> bool:
        """Whether the period is longer than anything a pathway waits for."""
        days = LONGEST_YEARS * 366
        too_many = self.months > LONGEST_YEARS * 12 or self.days > days or self.minutes > days * 24 * 60
        return too_many or self.working_days > LONGEST_YEARS * WORKING_DAYS_A_YEAR

    def times(self, number: int) -> "Period":
        """The period *number* times in a row, months as months."""
        if self.working_days:
            return Period(f"P{self.working_days * number}B")
        return Period(f"P{self.months * number}M{self.days * number}DT{self.minutes * number}M")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        del source, handler
        return core_schema.no_info_after_validator_function(cls._checked, core_schema.str_schema(max_length=40))

    @classmethod
    def _checked(cls, text: str) -> "Period":
        try:
            period = cls(text)
        except ValueError:
            raise PydanticCustomError(
                "not_a_period", "is not a period; write for example P6W, P3M, P10D, P5B or PT2H"
            ) from None
        if period.is_empty:
            raise PydanticCustomError("empty_period", "has no length; write at least PT1M")
        if period.is_beyond_a_life:
            raise PydanticCustomError("period_too_long", "is longer than {most} years", {"most": LONGEST_YEARS})
        return period


def _of_days(period: Period) -> Period:
    if not period.is_of_days:
        raise PydanticCustomError(
            "period_not_of_days", "must be whole days, working days, weeks or months, such as P4W or P5B"
        )
    return period


def _of_calendar_days(period: Period) -> Period:
    if period.working_days:
        raise PydanticCustomError("period_of_working_days", "must be days, weeks or months, such as P4W")
    return _of_days(period)


def _within_a_day(period: Period) -> Period:
    if period.months or period.days or period.working_days or period.minutes > LONGEST_SESSION:
        raise PydanticCustomError("period_not_of_hours", "must be hours and minutes of one day, such as PT2H")
    return period


DaysPeriod = Annotated[Period, AfterValidator(_of_days)]
"""Whole days, weeks or months: the rhythm of what the calendar brings, which comes on a morning."""
CalendarPeriod = Annotated[Period, AfterValidator(_of_calendar_days)]
"""Days, weeks or months, but no working days: a rhythm that goes on whatever is closed."""
SessionPeriod = Annotated[Period, AfterValidator(_within_a_day)]
"""Hours and minutes: how long a session takes. Range: at most a day."""

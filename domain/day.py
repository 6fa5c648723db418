"""Calendar days as people set them, such as 2026-03-02."""

import re
from datetime import date, datetime
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

D = TypeVar("D", bound=date)
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Nobody alive today was born before, and no pathway lasts for longer; a year outside is a slip of the finger."""
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _as_written(given: object) -> object:
    """The day as it stands there; a number says no day, though it could be read as seconds since 1970."""
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    try:
        return date.fromisoformat(given if isinstance(given, str) and _WRITTEN.fullmatch(given) else "")
    except ValueError:
        raise PydanticCustomError("date_parsing", "is not a date; write for example 2026-03-02") from None


def in_sensible_years(day: D) -> D:
    """The day or instant itself. Raises: PydanticCustomError when nobody can mean that year."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        values = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise PydanticCustomError("instant_out_of_range", "lies outside the years {first} to {last}", values)
    return day


Day = Annotated[date, BeforeValidator(_as_written), AfterValidator(in_sensible_years)]
"""A day of the calendar, in Denmark. Range: the years in which pathways live."""

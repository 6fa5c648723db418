"""The calendar of a programme: which days are closed, and where a deadline goes that ends on one."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from domain.value import Value

AFTER_ASCENSION = "day_after_ascension"
_YEARLY = re.compile(r"\d{2}-\d{2}", re.ASCII)
LEAP_YEAR = 2000


def _closing_day(written: str) -> str:
    try:
        if written != AFTER_ASCENSION:
            date.fromisoformat(f"{LEAP_YEAR}-{written}" if _YEARLY.fullmatch(written) else written)
    except ValueError:
        raise PydanticCustomError(
            "not_a_closing_day", "is not a closing day; write 12-24, 2026-05-15 or day_after_ascension"
        ) from None
    return written


ClosingDay = Annotated[str, AfterValidator(_closing_day)]
"""A day on which the administration is closed: `12-24` every year, `2026-05-15` once, or `day_after_ascension`."""


class WhenClosed(StrEnum):
    """What becomes of a deadline that ends on a closed day."""

    STAY = "stay"
    NEXT_WORKING_DAY = "next_working_day"


class WorkingCalendar(Value):
    """What is closed besides weekends. Source: DOMAIN 2.7."""

    holidays: Literal["denmark"]
    """Whose public holidays; they are resolved when the version is published, and stay as they were then."""
    closing_days: tuple[ClosingDay, ...] = ()
    when_closed: WhenClosed = WhenClosed.STAY

"""Which days a calendar closes: Danish public holidays, as the `holidays` package knows them, and closing days."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

from domain.programme.closing import AFTER_ASCENSION, WorkingCalendar

ASCENSION = "Kristi himmelfartsdag"
AHEAD = 60
"""So many years from a version's beginning its calendar reaches; later, weekends alone are closed."""
YEARLY = len("12-24")


@lru_cache(maxsize=64)
def closed_days(calendar: WorkingCalendar, from_year: int) -> frozenset[date]:
    """Every day that *calendar* closes, from the year before *from_year* on."""
    years = range(from_year - 1, from_year + AHEAD + 1)
    public = country_holidays("DK", years=years, language="da")
    ascensions = [day for day, name in public.items() if name == ASCENSION]
    closing = {day for written in calendar.closing_days for day in _days(written, years, ascensions)}
    return frozenset(closing.union(public))


def _days(written: str, years: range, ascensions: list[date]) -> Iterator[date]:
    if written == AFTER_ASCENSION:
        yield from (day + timedelta(days=1) for day in ascensions)
    elif len(written) == YEARLY:
        month, day = map(int, written.split("-"))
        yield from (date(year, month, day) for year in years if _exists(year, month, day))
    else:
        yield date.fromisoformat(written)


def _exists(year: int, month: int, day: int) -> bool:
    """Whether that day is in that year, which 29 February mostly is not."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True

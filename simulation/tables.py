"""The figures of a simulation as tables that any spreadsheet opens; what lasts still is said to, and never as zero."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO

from domain.calendar import local_date
from simulation.figures import Figures
from simulation.records import Walk
from simulation.survival import FEWEST, Curve

Cell = str | int | float | None
Rows = Iterator[Sequence[Cell]]


def tables(found: Figures, walks: Sequence[Walk]) -> dict[str, str]:
    """By file name, each table."""
    return {
        "citizens.csv": _table(_citizens(walks)),
        "phases.csv": _table(_phases(walks)),
        "medians.csv": _table(_medians(found)),
        "weeks.csv": _table(_weeks(found)),
        "load.csv": _table(_load(found)),
        "outcomes.csv": _table(_outcomes(found)),
    }


def told(count: int) -> int | str:
    """A number of people as it is told: small ones are not."""
    return count if count == 0 or count >= FEWEST else f"<{FEWEST}"


def _table(rows: Iterable[Sequence[Cell]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _day(at: datetime | None) -> str | None:
    return local_date(at).isoformat() if at else None


def _citizens(walks: Sequence[Walk]) -> Rows:
    yield "citizen", "referred", "begun", "first_closed", "stage", "outcome", "reopened", "sessions", "hours"
    for walk in walks:
        sessions = sum(week.sessions for week in walk.weeks.values())
        minutes = sum(week.minutes for week in walk.weeks.values())
        ways = (_day(walk.referred), _day(walk.begun), _day(walk.closed))
        yield walk.number, *ways, walk.stage, walk.outcome, walk.reopened, sessions, _hours(minutes)


def _phases(walks: Sequence[Walk]) -> Rows:
    yield "citizen", "phase", "entered", "left", "still_in_it"
    for walk in walks:
        for stay in walk.stays:
            yield walk.number, stay.phase, _day(stay.entered), _day(stay.left), "no" if stay.left else "yes"


def _medians(found: Figures) -> Rows:
    yield "what", "cases", "ended", "still_open", "median_days"
    curves: dict[str, Curve] = {
        "waiting": found.waiting,
        **{f"phase.{name}": each for name, each in found.phases.items()},
    }
    for name, each in curves.items():
        yield name, told(each.cases), told(each.ended), told(each.open), each.median


def _weeks(found: Figures) -> Rows:
    yield "week_from", "citizens_in_a_phase", "sessions_attended", "hours", "hours_per_citizen"
    for week in found.weeks:
        each = _hours(week.minutes / week.running) if week.running >= FEWEST else None
        yield week.first_day.isoformat(), told(week.running), week.sessions, _hours(week.minutes), each


def _load(found: Figures) -> Rows:
    yield "week_from", "role", "what", "count"
    for work in found.work:
        for week, count in zip(found.weeks, work.by_week, strict=True):
            yield week.first_day.isoformat(), work.role, work.what, count


def _outcomes(found: Figures) -> Rows:
    yield "stands", "outcome", "citizens"
    for stage, count in found.open.items():
        yield stage, None, told(count)
    for outcome, count in found.outcomes.items():
        yield "closed", outcome, told(count)


def _hours(minutes: float) -> float:
    return round(minutes / 60, 2)

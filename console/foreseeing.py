"""Forecasts as people read them: the chain of one pathway with what would stop it, and what lies ahead on all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from console.answers.forecasts import Forecasted, ForeseenFact, ForeseenRhythm, WeeklyLoad, WorkAhead
from console.output import Out
from console.showing import clock
from domain.calendar import Week
from domain.explaining.forecasting import Forecast, Rhythm, foreseen
from domain.explaining.workload import Cell, Load
from domain.pathway.catalogue import PathwayFact
from texts.sentences import of_event

WIDTH = 18
BAR = 40
"""How many characters the longest bar has."""


@dataclass(frozen=True)
class Foreseen:
    """A forecast as somebody may see it."""

    pathway: UUID
    forecast: Forecast
    shown: Sequence[tuple[datetime, PathwayFact]]
    """What of the chain they may see."""


def show_forecast(out: Out, seen: Foreseen) -> None:
    """The chain that happens by itself, then what recurs."""
    found = seen.forecast
    if out.as_json:
        facts = [_fact(out, at, fact) for at, fact in seen.shown]
        rhythms = [_rhythm(out, each) for each in found.rhythms]
        out.data(Forecasted(seen.pathway, facts, found.is_stable, rhythms))
        return
    before = ""
    for at, fact in seen.shown:
        when = clock(at)
        out.line(f"{when if when != before else '':<{WIDTH}}{of_event(out.wording, fact)}")
        stop = _stop(out, fact)
        if stop:
            out.line(f"{'':<{WIDTH}}  {stop}")
        before = when
    if not seen.shown and not found.rhythms:
        out.line(out.wording.say("forecast", "nothing"))
        if found.is_stable:
            return
    for rhythm in found.rhythms:
        out.line(f"{'…':<{WIDTH}}{_goes_on(out, rhythm)}")
    out.line(out.wording.say("forecast", "stable" if found.is_stable else "not_stable"))


def forecast_shown(forecast: Forecast) -> list[tuple[datetime, PathwayFact]]:
    """Every fact of the chain with its instant."""
    return list(foreseen(forecast.chain))


def _stop(out: Out, fact: PathwayFact) -> str | None:
    """What would stop it, where somebody can."""
    if not out.wording.has("forecast", "stop", fact.kind):
        return None
    return out.wording.say("forecast", "stop", fact.kind, step=getattr(fact, "name", None))


def _goes_on(out: Out, rhythm: Rhythm) -> str:
    kind = out.wording.naming.called("fact", rhythm.fact.kind)
    return out.wording.say("forecast", "rhythm", what=kind, days=rhythm.every_days, first=rhythm.fact.at)


def _fact(out: Out, at: datetime, fact: PathwayFact) -> ForeseenFact:
    return ForeseenFact(at, fact.kind, of_event(out.wording, fact), _stop(out, fact))


def _rhythm(out: Out, rhythm: Rhythm) -> ForeseenRhythm:
    return ForeseenRhythm(rhythm.fact.kind, rhythm.fact.at, rhythm.every_days, _goes_on(out, rhythm))


def show_workload(out: Out, found: Counter[Cell]) -> None:
    """What lies ahead, week by week and role by role, with a bar for each week."""
    if out.as_json:
        rows = sorted(found.items())
        out.data(WorkAhead([WeeklyLoad(str(cell.week), cell.role, cell.load, count) for cell, count in rows]))
        return
    if not found:
        out.line(out.wording.say("forecast", "nothing"))
        return
    names = [out.wording.say("forecast", "load", load) for load in Load]
    out.line(f"{'':<34}" + "".join(f"{name:>13}" for name in names))
    most = max(sum(count for cell, count in found.items() if cell.week == week) for week in _weeks(found))
    for week in _weeks(found):
        _show_week(out, week, {cell: count for cell, count in found.items() if cell.week == week}, most)


def _weeks(found: Mapping[Cell, int]) -> list[Week]:
    return sorted({cell.week for cell in found})


def _show_week(out: Out, week: Week, cells: Mapping[Cell, int], most: int) -> None:
    total = sum(cells.values())
    out.line(f"{out.wording.naming.week_name(str(week)):<20}{'█' * max(1, round(total / most * BAR))} {total}")
    for role in sorted({cell.role for cell in cells}):
        counts = [sum(n for cell, n in cells.items() if (cell.role, cell.load) == (role, load)) for load in Load]
        shown = "".join(f"{count or '·':>13}" for count in counts)
        out.line(f"  {out.wording.naming.called('role', role):<32}{shown}")

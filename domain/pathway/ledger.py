"""Why something is due when it is: its period, what called for it, and when its clock stood still."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.calendar import local_date
from domain.pathway.clocks import FOR_EVER, case_of, stops_of, stretches, waits
from domain.pathway.facts.obligations import StoppedBy
from domain.pathway.owed import response_of
from domain.pathway.state import Obligation, Pathway, Stop
from domain.programme.relations import Response
from domain.programme.rules import Reckoned
from domain.programme.shape import Programme
from domain.words import Words


@dataclass(frozen=True)
class Stood:
    """A stretch in which a clock stood still."""

    began: datetime
    ended: datetime | None
    """None while it still does."""
    days: int
    """The whole days that it had gone on by its end; 0 while it goes on."""
    because: Words | None
    """What was waited for, in the programme's words, or None for a pause."""
    at_rest: bool = False
    """Whether the pathway was closed meanwhile, rather than paused."""


@dataclass(frozen=True)
class Ledger:
    """How a deadline is reckoned."""

    since: datetime
    due: datetime
    reckoned: Reckoned
    chosen: bool
    """Whether somebody set the day, in place of the one that is reckoned."""
    days: int
    """For how many days its clock has stood still, each day once."""
    stops: tuple[Stood, ...]


def ledger(programme: Programme, pathway: Pathway, rule: str) -> Ledger | None:
    """How the deadline of what is owed under *rule* is reckoned, or None where staff promised it by hand."""
    obligation, response = pathway.obligations.get(rule), response_of(programme, pathway, rule)
    if obligation is None or response is None or obligation.by_hand:
        return None
    counted = stops_of(pathway, obligation.in_pause, obligation.stopped_by)
    return Ledger(
        since=obligation.since,
        due=obligation.due,
        reckoned=programme.reckoned(response.within, local_date(obligation.since), case_of(pathway)),
        chosen=obligation.chosen is not None,
        days=sum(_days(stop, obligation.since) for stop in counted if _counts(stop, obligation)),
        stops=tuple(_stood(pathway, obligation, response)),
    )


def _stood(pathway: Pathway, obligation: Obligation, response: Response) -> Iterator[Stood]:
    pauses = [(stop, None) for stop in stretches(pathway, obligation.in_pause, ())]
    awaited = [
        (stop, each.because)
        for each in response.stops
        for stop in waits(pathway, StoppedBy(since=each.since, until=each.until))
    ]
    for stop, because in sorted([*pauses, *awaited], key=lambda each: each[0].began):
        if _counts(stop, obligation):
            ended = None if stop.ended == FOR_EVER else stop.ended
            days = _days(stop, obligation.since) if ended else 0
            yield Stood(max(stop.began, obligation.since), ended, days, because, stop.at_rest)


def _counts(stop: Stop, obligation: Obligation) -> bool:
    """Whether the clock was running when the stretch began, or would have been."""
    return stop.ended > obligation.since and stop.began < obligation.due


def _days(stop: Stop, since: datetime) -> int:
    return (local_date(stop.ended) - local_date(max(stop.began, since))).days

"""When something next happens by itself on a pathway."""

from collections.abc import Iterator
from datetime import datetime

from domain.calendar import week_of
from domain.pathway.entering import counted_at
from domain.pathway.state import Obligation, Pathway, Stage
from domain.programme.relations import InPause


def next_due(pathway: Pathway) -> datetime | None:
    """The next instant at which time alone causes something, or None. The only interface to timers."""
    return None if pathway.is_over else min(_instants(pathway), default=None)


def _instants(pathway: Pathway) -> Iterator[datetime]:
    for obligation in pathway.obligations.values():
        if runs(pathway, obligation):
            yield from _of_obligation(obligation)
    if pathway.week_counted and counts(pathway):
        yield pathway.week_counted
    if pathway.paused_since:
        if pathway.resume_due:
            yield pathway.resume_due
        return
    if pathway.stage is Stage.WAITING and pathway.begins:
        yield pathway.begins
    if pathway.ends and not pathway.time_up:
        yield pathway.ends
    if pathway.review_due:
        yield pathway.review_due


def runs(pathway: Pathway, obligation: Obligation) -> bool:
    """Whether the clock of *obligation* runs now: a pause stops it unless the programme lets it run."""
    return pathway.paused_since is None or obligation.in_pause is InPause.RUN


def counts(pathway: Pathway) -> bool:
    """Whether weeks are counted now: a pause lets the week in which it began be counted, and none after it."""
    if pathway.paused_since is None or pathway.week_counted is None:
        return pathway.week_counted is not None
    return counted_at(pathway.week_counted) <= week_of(pathway.paused_since)


def _of_obligation(obligation: Obligation) -> Iterator[datetime]:
    if obligation.overdue:
        return
    if obligation.remind_at and not obligation.reminded:
        yield min(obligation.remind_at, obligation.due)
    yield obligation.due

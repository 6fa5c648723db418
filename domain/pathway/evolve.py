"""Where a pathway stands after a fact. Total: history is never refused."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime
from functools import reduce

from domain.pathway.folding import (
    Folding,
    children,
    course,
    decisions,
    intensities,
    obligations,
    orders,
    phases,
    proceedings,
    referrals,
    sessions,
)
from domain.pathway.folding.erased import BY_HEADER
from domain.pathway.history import Erased, Event
from domain.pathway.state import REMEMBERED, Pathway
from domain.pathway.steps import steps_of

FOLDING: Folding = {
    **referrals.FOLDING,
    **phases.FOLDING,
    **sessions.FOLDING,
    **obligations.FOLDING,
    **children.FOLDING,
    **orders.FOLDING,
    **intensities.FOLDING,
    **course.FOLDING,
    **decisions.FOLDING,
    **proceedings.FOLDING,
}


def evolve(pathway: Pathway, event: Event) -> Pathway:
    """The pathway after *event*."""
    if isinstance(event, Erased):
        by_header = BY_HEADER.get(event.kind)
        changed = by_header(pathway, event.at) if by_header else pathway
    else:
        changed = FOLDING[type(event)](pathway, event)
    steps = steps_of(event)
    return changed.but(happened=_marked(changed, steps, event.at)) if steps else changed


def fold(events: Iterable[Event], pathway: Pathway | None = None) -> Pathway:
    """The pathway after *events*, from *pathway* or from the beginning."""
    return reduce(evolve, events, pathway or Pathway())


def _marked(pathway: Pathway, steps: tuple[str, ...], at: datetime) -> dict[str, tuple[datetime, ...]]:
    marked = dict(pathway.happened)
    for step in steps:
        occurrences = marked.get(step, ())
        if not occurrences or at > occurrences[-1]:
            marked[step] = _remembered(pathway, step, (*occurrences, at))
        elif at not in occurrences:
            marked[step] = _remembered(pathway, step, tuple(sorted((*occurrences, at))))
    return marked


def _remembered(pathway: Pathway, step: str, occurrences: tuple[datetime, ...]) -> tuple[datetime, ...]:
    """The latest occurrences, and each earlier one from which something that is still owed counts or stood still."""
    if len(occurrences) <= REMEMBERED:
        return occurrences
    earlier, latest = occurrences[:-REMEMBERED], occurrences[-REMEMBERED:]
    needed: set[datetime] = set()
    for owed in pathway.obligations.values():
        if owed.stopped_by and any(step in {pair.since, pair.until} for pair in owed.stopped_by):
            needed.update(earlier[max(bisect_right(earlier, owed.since) - 1, 0) :])
        elif earlier[0] <= owed.since < latest[0]:
            needed.add(earlier[bisect_right(earlier, owed.since) - 1])
    return (*sorted(needed), *latest)

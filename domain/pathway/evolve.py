"""Where a pathway stands after a fact. Total: history is never refused."""

from bisect import insort
from datetime import datetime

from domain.pathway.folding import Folding, course, obligations, phases, referrals, sessions
from domain.pathway.folding.erased import BY_HEADER
from domain.pathway.history import Erased, Event
from domain.pathway.state import REMEMBERED, Pathway
from domain.pathway.steps import steps_of

FOLDING: Folding = {
    **referrals.FOLDING,
    **phases.FOLDING,
    **sessions.FOLDING,
    **obligations.FOLDING,
    **course.FOLDING,
}


def evolve(pathway: Pathway, event: Event) -> Pathway:
    """The pathway after *event*."""
    changed = _folded(pathway, event)
    steps = steps_of(event)
    return changed.but(happened=_marked(changed, steps, event.at)) if steps else changed


def _folded(pathway: Pathway, event: Event) -> Pathway:
    if isinstance(event, Erased):
        by_header = BY_HEADER.get(event.kind)
        return by_header(pathway, event.at) if by_header else pathway
    return FOLDING[type(event)](pathway, event)


def _marked(pathway: Pathway, steps: tuple[str, ...], at: datetime) -> dict[str, tuple[datetime, ...]]:
    marked = dict(pathway.happened)
    for step in steps:
        occurrences = list(marked.get(step, ()))
        if at not in occurrences:
            insort(occurrences, at)
            marked[step] = _remembered(pathway, occurrences)
    return marked


def _remembered(pathway: Pathway, occurrences: list[datetime]) -> tuple[datetime, ...]:
    """The latest occurrences, and each earlier one from which something that is still owed counts."""
    older, latest = occurrences[:-REMEMBERED], occurrences[-REMEMBERED:]
    counted_from = {
        max(at for at in occurrences if at <= owed.since)
        for owed in (pathway.obligations.values() if older else ())
        if occurrences[0] <= owed.since
    }
    return (*(at for at in older if at in counted_from), *latest)

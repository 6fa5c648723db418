"""How a pathway was on a day: what was true then, and what was known then."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.explaining.ways import settled_to
from domain.pathway.binding import Binding
from domain.pathway.consequences import consequences
from domain.pathway.evolve import fold
from domain.pathway.facts.course import PathwayMoved
from domain.pathway.history import Event, as_corrected
from domain.pathway.options import Option, options
from domain.pathway.state import Pathway
from domain.programme.shape import Programme

Versions = Mapping[str, Programme]
"""Every version that the pathway has ever followed, by its reference."""


@dataclass(frozen=True)
class Recorded:
    """A fact, and when it was learnt."""

    event: Event
    recorded_at: datetime


@dataclass(frozen=True)
class Glimpse:
    """Where a pathway stood at an instant."""

    at: datetime
    programme: Programme
    pathway: Pathway

    @property
    def options(self) -> list[Option]:
        """What could be decided then."""
        return options(Binding(self.programme), self.pathway)


def as_of(record: Sequence[Recorded], present: str, versions: Versions, at: datetime) -> Glimpse:
    """What was true at that instant, as we know it today: told late or put right since, it counts as it was.

    What such a fact would have made owed or put aside then is reckoned with it.
    """
    events = [each.event for each in record]
    programme = versions[followed([event for event in events if event.at <= at], events, present)]
    binding = Binding(programme)
    pathway = fold(event for event in as_corrected(events) if event.at <= at)
    pathway = fold(consequences(binding, pathway, at, onward=False), pathway)
    return Glimpse(at, programme, settled_to(binding, pathway, at))


def known_on(record: Sequence[Recorded], present: str, versions: Versions, at: datetime) -> Glimpse:
    """What was known at that instant: the facts that had been recorded, with the corrections that had been.

    What has been erased since cannot be known any more.
    """
    known = [each.event for each in record if each.recorded_at <= at]
    programme = versions[followed(known, [each.event for each in record], present)]
    pathway = settled_to(Binding(programme), fold(as_corrected(known)), at)
    return Glimpse(at, programme, pathway)


def followed(then: Sequence[Event], ever: Sequence[Event], present: str) -> str:
    """The version that was followed by the facts of *then*, found from the moves among them or from the next one."""
    before = [event for event in then if isinstance(event, PathwayMoved)]
    if before:
        return before[-1].programme
    ahead = (event.previous for event in ever if isinstance(event, PathwayMoved) and event not in before)
    return next(ahead, present)


def versions_of(record: Sequence[Recorded], present: str) -> set[str]:
    """The versions that the pathway has ever followed, as far as can still be read."""
    moves = [each.event for each in record if isinstance(each.event, PathwayMoved)]
    return {present, *(ref for move in moves for ref in (move.programme, move.previous))}


def differences(one: Glimpse, other: Glimpse) -> list[str]:
    """In what two glimpses differ: the names of what is shown of a pathway."""
    return [name for name, look in SHOWN.items() if look(one) != look(other)]


SHOWN: Mapping[str, Callable[[Glimpse], object]] = {
    "programme": lambda glimpse: glimpse.programme.ref,
    "stage": lambda glimpse: glimpse.pathway.stage,
    "phase": lambda glimpse: glimpse.pathway.phase,
    "paused_since": lambda glimpse: glimpse.pathway.paused_since,
    "proposal": lambda glimpse: glimpse.pathway.proposal,
    "responsible": lambda glimpse: glimpse.pathway.responsible,
    "owed": lambda glimpse: {
        rule: (each.name, each.due, each.overdue) for rule, each in glimpse.pathway.obligations.items()
    },
    "bookings": lambda glimpse: glimpse.pathway.bookings,
    "outcomes": lambda glimpse: (glimpse.pathway.outcomes, glimpse.pathway.outcome),
    "options": lambda glimpse: {
        (each.command, each.step, each.closed_by and each.closed_by.code) for each in glimpse.options
    },
}
"""What is shown of a pathway side by side."""

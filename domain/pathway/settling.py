"""Letting time pass on a pathway, one due instant after the other, as settling and forecasts do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from domain.actor import TIMER
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.commands.course import PassTime
from domain.pathway.decide import decide
from domain.pathway.due import next_due
from domain.pathway.evolve import evolve
from domain.pathway.state import Pathway


@dataclass(frozen=True)
class Passed:
    """One instant that time alone made something of."""

    due: datetime
    facts: Sequence[PathwayFact]
    pathway: Pathway
    """Where the pathway stands afterwards."""


def settled(binding: Binding, pathway: Pathway, until: datetime) -> Iterator[Passed]:
    """What falls due up to and at *until*, in order."""
    while (due := next_due(pathway)) is not None and due <= until:
        facts = decide(binding, pathway, PassTime(by=TIMER, at=due))
        pathway = reduce(evolve, facts, pathway)
        yield Passed(due, facts, pathway)

"""Letting time pass on a pathway, one due instant after the other, as settling and forecasts do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.actor import TIMER
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.commands.course import PassTime
from domain.pathway.decide import pathway_decider
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
    rules = pathway_decider(binding)
    while (due := rules.next_due(pathway)) is not None and due <= until:
        facts = rules.decide(pathway, PassTime(by=TIMER, at=due))
        pathway = rules.evolve(pathway, facts)
        yield Passed(due, facts, pathway)

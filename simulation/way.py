"""One pathway under the real rules, with an agenda: deeds and what falls due by itself come in their order in time."""

import heapq
from collections.abc import Callable, Sequence
from datetime import datetime

from domain.actor import TIMER
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands.course import PassTime
from domain.pathway.decide import pathway_decider
from domain.programme.shape import Programme
from domain.refusal import Invalid, Refused
from simulation.records import Walk

Deed = Callable[[datetime], None]
"""Something that somebody does at an instant."""
Reaction = Callable[[datetime, Sequence[PathwayFact]], None]
"""What people make of what has happened."""


class Way:
    """A pathway from its beginning up to the end of the simulation."""

    def __init__(self, programme: Programme, walk: Walk, react: Reaction) -> None:
        self.binding = Binding(programme)
        self.history: list[PathwayFact] = []
        self.walk = walk
        self._rules = pathway_decider(self.binding)
        self.pathway = self._rules.initial
        self._react = react
        self._agenda: list[tuple[datetime, int, Deed]] = []
        self._planned = 0

    def plan(self, at: datetime, deed: Deed) -> None:
        """Puts a deed on the agenda."""
        self._planned += 1
        heapq.heappush(self._agenda, (at, self._planned, deed))

    def tell(self, command: Command) -> bool:
        """Gives a command; whether it was taken. A refusal is part of life."""
        try:
            facts = self._rules.decide(self.pathway, command)
        except (Refused, Invalid):
            return False
        self.pathway = self._rules.evolve(self.pathway, facts)
        self.history += facts
        self.walk.note(self.binding.programme, command, facts)
        self._react(command.at, facts)
        return True

    def go(self, until: datetime) -> None:
        """Everything that happens up to and at *until*."""
        while True:
            due = self._rules.next_due(self.pathway)
            planned = self._agenda[0][0] if self._agenda else None
            if due is not None and due <= until and (planned is None or due <= planned):
                self.tell(PassTime(by=TIMER, at=due))
            elif planned is not None and planned <= until:
                at, _, deed = heapq.heappop(self._agenda)
                deed(at)
            else:
                self.walk.stage = self.pathway.stage
                return

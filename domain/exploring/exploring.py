"""Every state that a citizen can come to in a programme, breadth first, as far as a bound reaches."""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import NAMESPACE_OID, uuid5

from domain.actor import Actor
from domain.calendar import local
from domain.exploring.abstraction import Abstraction
from domain.exploring.moves import Move, Standing, moves
from domain.pathway.acts import SOMEBODY, TEXT
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands.referrals import ReferCitizen
from domain.pathway.decide import after, decide
from domain.pathway.facts import obligations
from domain.pathway.state import Pathway
from domain.pathway.steps import steps_of
from domain.programme.elements import Duty
from domain.programme.shape import Programme

OPENING = time(9)
OF_RULES = {
    obligations.ObligationCreated: "called",
    obligations.ObligationMet: "met",
    obligations.ObligationOverdue: "overdue",
}
Sight = tuple[str, str]
"""That a step happened, or what became of a rule: `("happened", "training")`, `("met", "talk.after.enrolled")`."""


@dataclass
class State:
    """A state that was come to."""

    number: int
    pathway: Pathway
    at: datetime
    depth: int
    before: int | None = None
    """The state from which it was come to first."""
    by: tuple[Command, ...] = ()
    """What was done there."""
    leads_to: set[int] = field(default_factory=set)
    explored: bool = False


@dataclass
class Explored:
    """What was found."""

    programme: Programme
    states: list[State] = field(default_factory=list)
    sights: set[Sight] = field(default_factory=set)
    """Everything that was seen to happen."""
    running_away: list[tuple[int, tuple[Command, ...]]] = field(default_factory=list)
    """States in which the rules call each other without end, with what was done there."""

    @property
    def whole(self) -> bool:
        """Whether every state was explored: then what was not seen cannot be, as far as states are told apart."""
        return all(state.explored for state in self.states)

    @property
    def deepest(self) -> int:
        """How many moves the farthest state lies from the beginning."""
        return max((state.depth for state in self.states), default=0)

    def way_to(self, number: int) -> tuple[Command, ...]:
        """Everything that is done on the way to a state."""
        way: tuple[Command, ...] = ()
        state: State | None = self.states[number]
        while state is not None:
            way = (*state.by, *way)
            state = self.states[state.before] if state.before is not None else None
        return way


def explore(told_apart: Abstraction, most_states: int, wanted: frozenset[Sight] | None = None) -> Explored:
    """The states of a programme, until all are explored, the bound is reached, or everything *wanted* was seen."""
    programme = told_apart.programme
    binding, explored = Binding(programme), Explored(programme)
    known: dict[Hashable, int] = {}
    waiting: deque[State] = deque()

    def come(move: Move, before: State | None) -> None:
        new = _see(explored, move.facts)
        key = told_apart.key(move.pathway, move.at)
        number = known.get(key)
        if number is None or new:
            number = len(explored.states)
            known.setdefault(key, number)
            depth, came_from = (before.depth + 1, before.number) if before else (0, None)
            waiting.append(State(number, move.pathway, move.at, depth, came_from, move.commands))
            explored.states.append(waiting[-1])
        if before:
            before.leads_to.add(number)

    come(beginning(binding), None)
    while waiting and waiting[0].number < most_states:
        if wanted is not None and wanted <= explored.sights:
            break
        state = waiting.popleft()
        for move in (
            ()
            if state.pathway.is_over and "reopened" not in told_apart.named
            else moves(binding, Standing(state.pathway, state.at), told_apart)
        ):
            if move.runs_away:
                explored.running_away.append((state.number, move.commands))
            else:
                come(move, state)
        state.explored = True
    return explored


def beginning(binding: Binding) -> Move:
    """Somebody is referred, to take part in whatever a referral may demand."""
    programme = binding.programme
    at = local(programme.effective_from, OPENING)
    refer = ReferCitizen(
        by=Actor.of(programme.referral.by[0], SOMEBODY),
        at=at,
        citizen=uuid5(NAMESPACE_OID, SOMEBODY),
        reason=TEXT,
        basis=TEXT,
        consent=True,
        mandatory=tuple(name for name, each in programme.elements.items() if each.obligation is Duty.PER_REFERRAL),
    )
    facts = decide(binding, Pathway(), refer)
    return Move((refer,), facts, after(binding, Pathway(), facts), at)


def _see(explored: Explored, facts: Iterable[PathwayFact]) -> bool:
    """Notes what has just happened; whether any of it was not seen before."""
    seen = {sight for fact in facts for sight in _sights(fact)}
    new = not seen <= explored.sights
    explored.sights |= seen
    return new


def _sights(fact: PathwayFact) -> Iterator[Sight]:
    yield from (("happened", step) for step in steps_of(fact))
    if what := OF_RULES.get(type(fact)):
        yield what, getattr(fact, "obligation", "")

"""Every state that a citizen can come to in a programme, breadth first, as far as a bound reaches."""

from collections import deque
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import NAMESPACE_OID, uuid5

from domain.actor import Actor
from domain.calendar import local
from domain.exploring.abstraction import Abstraction
from domain.exploring.moves import Move, Standing, moves
from domain.exploring.sights import Sight, sights_of
from domain.pathway.acts import SOMEBODY, TEXT
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands.referrals import ReferCitizen
from domain.pathway.decide import after, decide
from domain.pathway.state import Pathway
from domain.programme.elements import Duty
from domain.programme.shape import Programme

OPENING = time(9)


@dataclass
class State:
    """A state that was come to."""

    number: int
    pathway: Pathway
    at: datetime
    left: frozenset[str]
    """The rules under which something is owed there that keeps nothing closed."""
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
    way = _Way(told_apart, Binding(told_apart.programme), Explored(told_apart.programme))
    way.come(beginning(way.binding), None)
    for _ in range(most_states):
        state = way.next_state()
        if state is None or (wanted is not None and wanted <= way.explored.sights):
            break
        way.go_on_from(state)
    return way.explored


@dataclass(frozen=True)
class _Way:
    """How far an exploration has come."""

    told_apart: Abstraction
    binding: Binding
    explored: Explored
    known: dict[Hashable, list[State]] = field(default_factory=dict)
    waiting: deque[State] = field(default_factory=deque)

    def come(self, move: Move, before: State | None) -> None:
        """Notes where a move leads; a state is new unless one is known that is like it and to which no more is left."""
        new = _see(self.explored, move.facts)
        alike = self.known.setdefault(self.told_apart.key(move.pathway, move.at), [])
        left = self.told_apart.left(move.pathway)
        state = next((each for each in alike if each.left <= left), None)
        if state is None or new:
            depth, came_from = (before.depth + 1, before.number) if before else (0, None)
            state = State(len(self.explored.states), move.pathway, move.at, left, depth, came_from, move.commands)
            alike.append(state)
            self.waiting.append(state)
            self.explored.states.append(state)
        if before:
            before.leads_to.add(state.number)

    def next_state(self) -> State | None:
        """The next state to go on from; for one to which more is left than to another, that other stands."""
        while self.waiting:
            state = self.waiting.popleft()
            alike = self.known[self.told_apart.key(state.pathway, state.at)]
            less = next((each for each in alike if each.left < state.left), None)
            if less is None:
                return state
            state.leads_to.add(less.number)
            state.explored = True
        return None

    def go_on_from(self, state: State) -> None:
        """Everything that can happen there."""
        state.explored = True
        if state.pathway.is_over and "reopened" not in self.told_apart.named:
            return
        for move in moves(self.binding, Standing(state.pathway, state.at), self.told_apart, self.explored.sights):
            if move.runs_away:
                self.explored.running_away.append((state.number, move.commands))
            else:
                self.come(move, state)


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
    seen = {sight for fact in facts for sight in sights_of(fact)}
    new = not seen <= explored.sights
    explored.sights |= seen
    return new

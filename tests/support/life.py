"""One pathway's whole life under the bare rules, step by step, with everything that was so before and after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands.course import MovePathway, looks_back
from domain.pathway.decide import after, decide
from domain.pathway.facts.course import CitizenErased, FactErased, PathwayMoved
from domain.pathway.history import Erased, Event
from domain.pathway.places import Occupied
from domain.pathway.settling import Passed, settled
from domain.pathway.state import Pathway
from domain.programme.shape import Programme
from domain.refusal import Invalid, Refused

Library = Mapping[str, Programme]
"""Every version that a pathway may be moved to, by its reference."""


@dataclass(frozen=True)
class Step:
    """One command of a life, with what time caused before it."""

    number: int
    binding: Binding
    """The rules that it was answered by, with the history that those look at."""
    command: Command
    passed: tuple[Passed, ...]
    """What had fallen due until then."""
    before: Pathway
    """Where the pathway stood, settled."""
    facts: tuple[PathwayFact, ...]
    """The answer; none where it was turned down or asked for what is already so."""
    refusal: Refused | Invalid | None
    after: Pathway
    history: tuple[Event, ...]
    """Everything until and with this step; what was erased by then cannot be read any more."""

    @property
    def programme(self) -> Programme:
        """The version that is followed after it."""
        moved = any(isinstance(fact, PathwayMoved) for fact in self.facts)
        return self.binding.target if moved and self.binding.target else self.binding.programme

    def __repr__(self) -> str:
        answer = self.refusal or [fact.kind for fact in self.facts] or "nothing"
        return f"step {self.number}: {self.command!r} under {self.binding.programme.ref} → {answer}"


class Life:
    """A pathway that is lived step by step, as the engine would carry it out."""

    def __init__(self, programme: Programme, library: Library, full_until: datetime | None = None) -> None:
        self.programme = programme
        self.pathway = Pathway()
        self.history: list[Event] = []
        self.steps: list[Step] = []
        self._library = library
        self._full_until = full_until

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds of everything that has happened, in order."""
        return [event.kind for event in self.history]

    def tell(self, command: Command, occupied: Occupied | None = None) -> Step:
        """One step: what is due first, then the command, with so many places taken where that is given."""
        passed = tuple(self._passed(command.at))
        for each in passed:
            self.history += each.facts
        before = passed[-1].pathway if passed else self.pathway
        binding = self.binding_for(command, occupied)
        facts, refusal = _answer(binding, before, command)
        self.pathway = after(binding, before, facts)
        self.history += facts
        self._shred(facts)
        history = tuple(self.history)
        step = Step(len(self.steps), binding, command, passed, before, tuple(facts), refusal, self.pathway, history)
        self.programme = step.programme
        self.steps.append(step)
        return step

    def binding_for(self, command: Command, occupied: Occupied | None = None) -> Binding:
        """The rules, with what moving, correcting and erasing look at besides."""
        target = None
        if isinstance(command, MovePathway):
            target = self._library.get(f"{self.programme.programme}@{command.version}")
        history = tuple(self.history) if looks_back(command) else ()
        return Binding(self.programme, target, history, occupied or self._occupied(command.at))

    def _occupied(self, at: datetime) -> Occupied | None:
        """Every place is taken until an instant, and one is free from then on."""
        places = self.programme.places
        if places is None or self._full_until is None:
            return None
        return Occupied(places, places, 0) if at < self._full_until else Occupied(places, places - 1, 1)

    def _passed(self, until: datetime) -> Iterator[Passed]:
        for each in settled(Binding(self.programme), self.pathway, until):
            assert each.facts, f"time stands still at {each.due}"
            yield each

    def _shred(self, facts: Sequence[PathwayFact]) -> None:
        """Destroys the keys of what is to be forgotten."""
        for fact in facts:
            if isinstance(fact, FactErased):
                self.history[fact.erases - 1] = unreadable(self.history[fact.erases - 1])
            if isinstance(fact, CitizenErased):
                self.history = [unreadable(event) for event in self.history]


def unreadable(event: Event) -> Erased:
    """What is left of a fact whose key is gone."""
    return Erased(event.kind, event.at)


def _answer(
    binding: Binding, pathway: Pathway, command: Command
) -> tuple[Sequence[PathwayFact], Refused | Invalid | None]:
    try:
        return decide(binding, pathway, command), None
    except (Refused, Invalid) as refusal:
        return (), refusal

"""Specifications of a pathway: given facts, when a command, then facts, and silence when it is given again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

import pytest

from domain.actor import TIMER
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands.course import PassTime
from domain.pathway.decide import after, decide
from domain.pathway.due import next_due
from domain.pathway.evolve import fold
from domain.pathway.fact import Fact
from domain.pathway.history import Event, as_corrected
from domain.pathway.places import Occupied
from domain.pathway.settling import settled
from domain.pathway.state import Pathway
from domain.programme.shape import Programme
from domain.refusal import Invalid, Refused

MOMENT = timedelta(microseconds=1)
F = TypeVar("F", bound=Fact)


class Story:
    """A pathway under a programme, told command by command; time passes by itself in between."""

    def __init__(self, programme: Programme, history: Iterable[Event] = ()) -> None:
        self.programme = programme
        self.history: list[Event] = list(history)
        self.occupied: Occupied | None = None

    @property
    def pathway(self) -> Pathway:
        """Where it stands, folded from its whole history."""
        return fold(as_corrected(self.history))

    @property
    def binding(self) -> Binding:
        """The rules it follows, with its history."""
        return Binding(self.programme, history=tuple(self.history), occupied=self.occupied)

    def among(self, taken: int, waiting: int = 0, places: int | None = None) -> "Story":
        """So many have a place from now on, and so many wait for one; of *places*, or as many as the version says."""
        self.occupied = Occupied(places or self.programme.places, taken, waiting)
        return self

    def settle(self, until: datetime) -> "Story":
        """Lets time pass up to and at *until*."""
        for passed in settled(Binding(self.programme), self.pathway, until):
            self.history += passed.facts
        return self

    def tell(self, *commands: Command, target: Programme | None = None) -> "Story":
        """Carries commands out as the engine does: what is due first, then the command."""
        for command in commands:
            self.settle(command.at)
            binding = replace(self.binding, target=target)
            self.history += decide(binding, self.pathway, command)
            self.programme = target or self.programme
        return self

    def when(self, command: Command, target: Programme | None = None) -> "Answer":
        """What a command causes, time having passed first; before time itself, what was due earlier."""
        self.settle(command.at - MOMENT if isinstance(command, PassTime) else command.at)
        return Answer(self, command, replace(self.binding, target=target))

    def every(self, kind: type[F]) -> list[F]:
        """Every fact of a kind that has happened."""
        return [fact for fact in self.history if isinstance(fact, kind)]

    def the(self, kind: type[F]) -> F:
        """The latest fact of a kind."""
        return self.every(kind)[-1]

    def version(self, kind: type[Fact]) -> int:
        """The place in the stream of the latest fact of a kind, by which it is corrected or erased."""
        return max(place for place, event in enumerate(self.history, start=1) if isinstance(event, kind))

    @property
    def kinds(self) -> list[str]:
        """The kinds of everything that has happened, in order."""
        return [event.kind for event in self.history]


@dataclass
class Answer:
    """What a command is about to cause."""

    story: Story
    command: Command
    binding: Binding

    @property
    def facts(self) -> list[PathwayFact]:
        """The facts."""
        return decide(self.binding, self.story.pathway, self.command)

    def the(self, kind: type[F]) -> F:
        """The only one of them that is of a kind."""
        [fact] = [fact for fact in self.facts if isinstance(fact, kind)]
        return fact

    def then(self, *expected: Fact, due: datetime | None = None) -> Story:
        """The facts are these; given again, the command is met with silence; next due is *due* where it is named."""
        facts = self.facts
        assert facts == list(expected)
        return self._goes_on(facts, due)

    def then_kinds(self, *kinds: str, due: datetime | None = None) -> Story:
        """The facts are of these kinds, in this order; otherwise as `then`."""
        facts = self.facts
        assert [fact.kind for fact in facts] == list(kinds)
        return self._goes_on(facts, due)

    def then_nothing(self) -> Story:
        """It asks for what is already so."""
        assert self.facts == []
        return self.story

    def then_refused(self, refusal: type[Refused], **values: object) -> Refused:
        """It makes sense, but not now."""
        with pytest.raises(refusal) as caught:
            _ = self.facts
        for name, value in values.items():
            assert caught.value.values[name] == value
        return caught.value

    def then_invalid(self, field: str, code: str) -> Invalid:
        """It cannot be understood, and *field* is named."""
        with pytest.raises(Invalid) as caught:
            _ = self.facts
        assert (caught.value.field, caught.value.code) == (field, code)
        return caught.value

    def _goes_on(self, facts: Sequence[PathwayFact], due: datetime | None) -> Story:
        story = Story(self.binding.target or self.story.programme, [*self.story.history, *facts])
        story.occupied = self.story.occupied
        assert story.pathway == after(self.binding, self.story.pathway, facts), "folding differs from going on"
        if due is not None:
            assert next_due(story.pathway) == due
        if not isinstance(self.command, PassTime):
            again = Answer(story, self.command, story.binding)
            assert again.facts == [], "the same command again is not met with silence"
        return story


def passing(at: datetime) -> PassTime:
    """The command that lets time pass."""
    return PassTime(by=TIMER, at=at)


def given(programme: Programme, *commands: Command) -> Story:
    """A pathway after *commands*."""
    return Story(programme).tell(*commands)

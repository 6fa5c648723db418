"""A life as the store keeps it, command by command, and as the rules would answer it with a fact put right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.actor import SETTLING
from domain.explaining.correcting import Otherwise, Past, otherwise
from domain.explaining.replaying import Turn
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands.course import CorrectFact, EraseCitizen, EraseFact, MovePathway
from domain.pathway.consequences import consequences
from domain.pathway.decide import ANSWERS, after, decide
from domain.pathway.deciding.correcting import CORRECTABLE
from domain.pathway.evolve import fold
from domain.pathway.fact import Fact
from domain.pathway.facts.course import FactCorrected, PathwayMoved
from domain.pathway.history import Event, read
from domain.pathway.settling import settled
from domain.pathway.state import Pathway
from domain.pathway.steps import steps_of
from domain.programme.shape import Programme
from domain.refusal import Invalid, Refused
from tests.support.cast import CASEWORKER
from tests.support.life import Life, Step

PUTTING_RIGHT = (CorrectFact, EraseFact, EraseCitizen)
DAY = timedelta(days=1)
OTHERWISE: Mapping[str, tuple[dict[str, Any], ...]] = {
    "attendance_recorded": ({"attendance": "absent"}, {"attendance": "present"}),
    "circumstance_recorded": (),
}
"""By kind, what it may be changed to; what is not named is told of another day."""


def turns_of(steps: Iterable[Step]) -> list[Turn]:
    """What was written in a life, command by command."""
    turns: list[Turn] = []
    first = 1
    for step in steps:
        written = [(each.facts, SETTLING, each.due) for each in step.passed]
        written += [(step.facts, step.command.by, step.command.at)] if step.facts else []
        for facts, by, at in written:
            turns.append(Turn(first, facts, by, at))
            first += len(facts)
    return turns


def plain(steps: Sequence[Step]) -> list[Step]:
    """A life until history is put right, or a move taken back, for the first time."""
    found: list[Step] = []
    for step in steps:
        undone = isinstance(step.command, MovePathway) and step.command.undoes
        if step.facts and (undone or isinstance(step.command, PUTTING_RIGHT)):
            break
        found.append(step)
    return found


class Wrong:
    """A life in which something turns out to be wrong."""

    def __init__(self, steps: Sequence[Step], corrects: int, fields: Mapping[str, Any]) -> None:
        last = steps[-1]
        self.steps = steps
        self.corrects = corrects
        self.fields = fields
        self.turns = turns_of(steps)
        pathway = last.after
        for each in settled(Binding(last.programme), pathway, self.at):
            self.turns.append(Turn(len(self.events) + 1, each.facts, SETTLING, each.due))
            pathway = each.pathway
        command = CorrectFact(by=CASEWORKER, at=self.at, corrects=corrects, reason="forkert", **dict(fields))
        self.facts = self._answer(Binding(last.programme, history=self.events), pathway, command)
        """What the correction causes; nothing where it cannot be put right so, or is so already."""

    def _answer(self, binding: Binding, pathway: Pathway, command: CorrectFact) -> list[PathwayFact]:
        try:
            return decide(binding, pathway, command)
        except (Refused, Invalid):
            return []

    @property
    def at(self) -> datetime:
        """When it is put right."""
        return self.steps[-1].command.at + DAY

    @property
    def events(self) -> list[Event]:
        """Everything that happened until then."""
        return [fact for turn in self.turns for fact in turn.facts]

    def told(self, ids: Mapping[UUID, int] | None = None) -> list[Otherwise]:
        """What the preview says would have been otherwise."""
        versions = {each.ref: each for step in self.steps for each in (step.programme, step.binding.programme)}
        return otherwise(Past(self.turns, self.steps[-1].programme.ref, versions), self.facts, self.at, ids)

    def first(self, version: int | None) -> int:
        """The version of the first fact that was written with another."""
        return next(turn.first for turn in self.turns if turn.first <= (version or 0) < turn.first + len(turn.facts))


def told(programme: Programme, *commands: Command) -> list[Step]:
    """A life of just these commands."""
    life = Life(programme, {})
    return [life.tell(command) for command in commands]


def withdrawn(steps: Sequence[Step], kind: type[Fact]) -> Wrong:
    """A life of which the latest fact of a kind turns out never to have happened."""
    facts = [fact for turn in turns_of(steps) for fact in turn.facts]
    version = max(version for version, fact in enumerate(facts, start=1) if isinstance(fact, kind))
    return Wrong(steps, version, {"withdraw": True})


def wrongs(steps: Sequence[Step]) -> Iterator[Wrong]:
    """Every way in which something that was reported in a life may turn out to be wrong."""
    until = plain(steps)
    for version, fact in enumerate((fact for turn in turns_of(until) for fact in turn.facts), start=1):
        if type(fact) in CORRECTABLE:
            another_day = ({"at": str(fact.at - 9 * DAY)},)
            for changes in OTHERWISE.get(fact.kind, another_day):
                yield Wrong(until, version, {"changes": changes})
            yield Wrong(until, version, {"withdraw": True})


@dataclass
class Again:
    """A life told again to the rules, command by command as it was told, with what is put right told right."""

    programme: Programme
    right: Mapping[int, FactCorrected]
    pathway: Pathway = field(default_factory=Pathway)
    turned_down: list[tuple[int, str]] = field(default_factory=list)
    """By the first fact that they caused, the commands that are turned down now, with why."""
    another: list[int] = field(default_factory=list)
    """Those that count as something else now."""

    def tell(self, step: Step, first: int) -> None:
        """Gives a command again of which the first fact had that version."""
        for passed in settled(Binding(self.programme), self.pathway, step.command.at):
            self.pathway = passed.pathway
        binding = replace(step.binding, programme=self.programme)
        right = {place: self.right.get(first + place) for place in range(len(step.facts))}
        try:
            facts = decide(binding, self.pathway, step.command)
        except (Refused, Invalid) as refusal:
            self.turned_down.append((first, refusal.code))
            return
        if any(right.values()):
            facts = self._put_right(ANSWERS[type(step.command)](binding, self.pathway, step.command), right, step)
        elif _counts_as(facts) != _counts_as(step.facts):
            self.another.append(first)
        self.pathway = after(binding, self.pathway, facts)
        if binding.target and any(isinstance(fact, PathwayMoved) for fact in facts):
            self.programme = binding.target

    def _put_right(
        self, told: Sequence[PathwayFact], right: Mapping[int, FactCorrected | None], step: Step
    ) -> list[PathwayFact]:
        """What was told, put right, and what follows from it."""
        facts: list[PathwayFact] = []
        for place, fact in enumerate(told):
            known = right.get(place)
            if known is None:
                facts.append(fact)
            elif known.body is not None:
                facts.append(read(fact.kind, known.body))
        return [*facts, *consequences(Binding(self.programme), fold(facts, self.pathway), step.command.at)]


def again(wrong: Wrong) -> Again:
    """The oracle: nothing is read back from facts, the very commands are given again."""
    right = {fact.corrects: fact for fact in wrong.facts if isinstance(fact, FactCorrected)}
    told, first = Again(wrong.steps[0].binding.programme, right), 1
    for step in wrong.steps:
        first += sum(len(each.facts) for each in step.passed)
        if step.facts:
            told.tell(step, first)
        first += len(step.facts)
    return told


def _counts_as(facts: Iterable[Event]) -> set[str]:
    """The steps that what people told counts as."""
    return {step for fact in facts if getattr(fact, "why", None) is None for step in steps_of(fact)}

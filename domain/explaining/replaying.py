"""A history told anew: what would have happened, had what is put right been told right from the start.

What people asked for is read back from the facts that it caused, and asked again where the pathway would have stood
then. What the facts do not say enough about, or what the rules answered otherwise then, stands as it was.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.actor import SETTLING, TIMER, Actor
from domain.explaining.retelling import Answered, retold
from domain.explaining.travelling import Versions, followed
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands.course import ClosePathway
from domain.pathway.consequences import consequences
from domain.pathway.decide import decide
from domain.pathway.evolve import fold
from domain.pathway.fact import Fact
from domain.pathway.facts.course import FactCorrected, FactErased, PathwayMoved
from domain.pathway.facts.obligations import ObligationCreated, ObligationMet
from domain.pathway.facts.referrals import PlacedOnWaitingList
from domain.pathway.history import Erased, Event, as_corrected, read
from domain.pathway.places import Occupied
from domain.pathway.settling import settled
from domain.pathway.state import Pathway
from domain.programme.shape import Programme
from domain.refusal import Invalid, NotOpenYet, Refused
from domain.text import STORED

TIME = frozenset({TIMER, SETTLING})
"""Those who let time pass."""


@dataclass(frozen=True)
class Turn:
    """What one command caused, or an instant that passed."""

    first: int
    """The version of its first fact."""
    facts: Sequence[Event]
    by: Actor
    at: datetime
    """When it was asked."""

    @property
    def numbered(self) -> list[tuple[int, Event]]:
        """Its facts with their versions."""
        return list(enumerate(self.facts, start=self.first))


@dataclass(frozen=True)
class Anew:
    """What became of a turn when it was told anew."""

    turn: Turn
    facts: Sequence[Event]
    """What it would have caused."""
    turned_down: Refused | Invalid | None = None
    is_put_right: bool = False
    """Whether it is what was put right."""


@dataclass(frozen=True)
class Replay:
    """A history told anew from the first fact that was put right."""

    turns: Sequence[Anew]
    passed: Sequence[PathwayFact]
    """What time would have brought meanwhile."""
    pathway: Pathway
    """Where the pathway would stand."""


@dataclass
class _World:
    """Where a pathway stands, with the version that it follows."""

    programme: Programme
    pathway: Pathway = field(default_factory=Pathway)

    def answer(self, command: Command, turn: Turn, versions: Versions) -> list[PathwayFact]:
        """What *command* causes here. Raises: Refused, Invalid."""
        target = None
        moved = next((fact for fact in turn.facts if isinstance(fact, PathwayMoved)), None)
        if moved:
            target = versions.get(moved.programme)
        return decide(Binding(self.programme, target, occupied=_occupied(self.programme, turn)), self.pathway, command)

    def take(self, facts: Sequence[Event], versions: Versions) -> None:
        """Goes on after *facts*."""
        self.pathway = fold(facts, self.pathway)
        for fact in facts:
            if isinstance(fact, PathwayMoved):
                self.programme = versions.get(fact.programme, self.programme)

    def settle(self, until: datetime) -> Iterator[PathwayFact]:
        """Lets time pass, and says what it brings."""
        for passed in settled(Binding(self.programme), self.pathway, until):
            self.pathway = passed.pathway
            yield from passed.facts


def _occupied(programme: Programme, turn: Turn) -> Occupied | None:
    """How full it was, as far as what happened shows: who was left without a first day waited for a place."""
    waits = any(isinstance(fact, PlacedOnWaitingList) and fact.begins is None for fact in turn.facts)
    return Occupied(programme.places, programme.places, 0) if waits and programme.places else None


def replayed(
    turns: Sequence[Turn], present: str, versions: Versions, corrected: Mapping[int, FactCorrected], until: datetime
) -> Replay:
    """The history of *turns* told anew with *corrected*, by the version that each puts right, until an instant.

    *present* is the version of the programme that is followed now.
    """
    begins = next((place for place, turn in enumerate(turns) if _holds(turn, corrected)), len(turns))
    events = [fact for turn in turns for fact in turn.facts]
    earlier = [fact for turn in turns[:begins] for fact in turn.facts]
    really = _World(versions[followed(earlier, events, present)], fold(as_corrected(earlier)))
    anew = replace(really)
    told: list[Anew] = []
    passed: list[PathwayFact] = []
    for turn in turns[begins:]:
        if turn.by in TIME:
            really.take(turn.facts, versions)
            continue
        passed += anew.settle(turn.at)
        command = _asked(really, turn, versions)
        told.append(_told(anew, turn, command, corrected, versions))
        really.take(turn.facts, versions)
        if any(isinstance(fact, (FactCorrected, FactErased)) for fact in turn.facts):
            really.pathway = fold(as_corrected(events[: turn.first + len(turn.facts) - 1]))
    passed += anew.settle(until)
    return Replay(told, passed, anew.pathway)


def _holds(turn: Turn, versions: Collection[int]) -> bool:
    return any(version in versions for version, _ in turn.numbered)


def _asked(really: _World, turn: Turn, versions: Versions) -> Command | None:
    """What was asked for, where the rules answer it as they did, or None."""
    facts = [fact for fact in turn.facts if not isinstance(fact, Erased)]
    if len(facts) < len(turn.facts):
        return None
    command = retold(Answered(facts, turn.by, turn.at, really.pathway, really.programme))
    while command is not None:
        try:
            answer = really.answer(command, turn, versions)
        except NotOpenYet as refusal:
            command = _despite(command, str(refusal.values["missing"]))
        except (Refused, Invalid):
            return None
        else:
            return command if [_said(fact) for fact in answer] == [_said(fact) for fact in facts] else None
    return None


def _despite(command: Command, missing: str) -> Command | None:
    """The same with a milestone set aside, which the end of a pathway does not keep in its fact."""
    if not isinstance(command, ClosePathway) or missing in command.despite:
        return None
    return command.model_copy(update={"despite": (*command.despite, missing)})


def _said(fact: Fact) -> tuple[str, dict[str, object]]:
    """What a fact says, but for what the rule looked at."""
    return fact.kind, fact.model_dump(exclude={"why"})


def _told(
    anew: _World, turn: Turn, command: Command | None, corrected: Mapping[int, FactCorrected], versions: Versions
) -> Anew:
    if _holds(turn, corrected):
        return Anew(turn, _went_on(anew, list(_put_right(turn, corrected)), turn, versions), is_put_right=True)
    if any(isinstance(fact, FactCorrected) for fact in turn.facts):
        by_hand = [fact for fact in turn.facts if isinstance(fact, ObligationCreated) and fact.why is None]
        return Anew(turn, _went_on(anew, by_hand, turn, versions))
    if command is None:
        return Anew(turn, _went_on(anew, turn.facts, turn, versions))
    try:
        facts = anew.answer(command, turn, versions)
    except (Refused, Invalid) as refusal:
        return Anew(turn, (), refusal)
    anew.take(facts, versions)
    return Anew(turn, facts)


def _put_right(turn: Turn, corrected: Mapping[int, FactCorrected]) -> Iterator[Event]:
    """What was told, as it is put right; what never happened is left out, and what followed by itself follows again."""
    for version, fact in turn.numbered:
        right = corrected.get(version)
        if right and right.body is not None:
            yield read(fact.kind, right.body, STORED)
        elif right is None and getattr(fact, "why", None) is None and not isinstance(fact, ObligationMet):
            yield fact


def _went_on(anew: _World, facts: Sequence[Event], turn: Turn, versions: Versions) -> list[Event]:
    """Goes on after *facts* as they were, with what the rules bring with them now."""
    anew.take(facts, versions)
    brought = consequences(Binding(anew.programme), anew.pathway, turn.at)
    anew.take(brought, versions)
    return [*facts, *brought]

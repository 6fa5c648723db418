"""A pathway's history: facts in their order, what was corrected laid over, what was erased left as a header."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from domain.pathway.catalogue import FACTS, PathwayFact
from domain.pathway.fact import Fact
from domain.pathway.facts.course import FactCorrected, FactErased


@dataclass(frozen=True)
class Erased:
    """A fact whose body cannot be read any more; its header stays."""

    kind: str
    at: datetime


Event = PathwayFact | Erased


@dataclass(frozen=True)
class Recorded:
    """A fact in its place in the stream."""

    version: int
    """Its number within the stream, from 1."""
    recorded_at: datetime
    """When it was learnt."""
    event: Event


def content(fact: Fact) -> dict[str, JsonValue]:
    """The fact's body as JSON values, as it is stored and as a correction carries it."""
    return fact.model_dump(mode="json")


def in_places(events: Sequence[Event], after: int = 0) -> list[Recorded]:
    """*events* in their places behind a version, learnt when they were true."""
    return [
        Recorded(version=version, recorded_at=event.at, event=event)
        for version, event in enumerate(events, start=after + 1)
    ]


def corrections(history: Iterable[Recorded]) -> dict[int, FactCorrected]:
    """The latest correction of each corrected fact, by the version that it corrects."""
    return {entry.event.corrects: entry.event for entry in history if isinstance(entry.event, FactCorrected)}


def erasures(history: Iterable[Recorded]) -> frozenset[int]:
    """The versions whose content is to be forgotten."""
    return frozenset(entry.event.erases for entry in history if isinstance(entry.event, FactErased))


def as_corrected(history: Iterable[Recorded]) -> Iterator[Event]:
    """The events in order: corrected bodies in place, withdrawn facts left out, erased ones as headers."""
    entries = list(history)
    erased = erasures(entries)
    corrected = corrections(entry for entry in entries if entry.version not in erased)
    for entry in entries:
        correction = corrected.get(entry.version)
        if entry.version in erased:
            yield Erased(entry.event.kind, entry.event.at)
        elif correction is None or isinstance(entry.event, Erased):
            yield entry.event
        elif correction.body is not None:
            yield read(entry.event.kind, correction.body)


def read(kind: str, body: Mapping[str, object]) -> PathwayFact:
    """The fact of *kind* with that body.

    Raises: pydantic.ValidationError when the body has not the fact's shape.
    """
    fact: PathwayFact = FACTS[kind].model_validate(body)  # type: ignore[assignment]  # the catalogue holds nothing else
    return fact

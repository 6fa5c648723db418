"""A pathway's history: facts in their order, what was corrected laid over, what was erased left as a header."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from domain.pathway.catalogue import FACTS, PathwayFact
from domain.pathway.fact import Fact
from domain.pathway.facts.course import FactCorrected


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


def corrections(history: Iterable[Recorded]) -> dict[int, FactCorrected]:
    """The latest correction of each corrected fact, by the version that it corrects."""
    return {entry.event.corrects: entry.event for entry in history if isinstance(entry.event, FactCorrected)}


def as_corrected(history: Iterable[Recorded]) -> Iterator[Event]:
    """The events in order, with corrected bodies in place and withdrawn facts left out."""
    entries = list(history)
    corrected = corrections(entries)
    for entry in entries:
        correction = corrected.get(entry.version)
        if correction is None or isinstance(entry.event, Erased):
            yield entry.event
        elif correction.body is not None:
            yield read(entry.event.kind, correction.body)


def read(kind: str, body: Mapping[str, object]) -> PathwayFact:
    """The fact of *kind* with that body.

    Raises: pydantic.ValidationError when the body has not the fact's shape.
    """
    fact: PathwayFact = FACTS[kind].model_validate(body)  # type: ignore[assignment]  # the catalogue holds nothing else
    return fact

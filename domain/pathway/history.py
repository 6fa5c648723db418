"""A pathway's history: facts in their order, what was corrected laid over, what was erased left as a header."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from domain.pathway.catalogue import FACTS, PathwayFact
from domain.pathway.fact import Fact
from domain.pathway.facts.course import FactCorrected, FactErased
from domain.text import STORED


@dataclass(frozen=True)
class Erased:
    """A fact whose body cannot be read any more; its header stays."""

    kind: str
    at: datetime


Event = PathwayFact | Erased


def content(fact: Fact) -> dict[str, JsonValue]:
    """The fact's body as JSON values, as it is stored and as a correction carries it."""
    return fact.model_dump(mode="json")


def corrections(history: Sequence[Event]) -> dict[int, FactCorrected]:
    """The latest correction of each corrected fact, by the version that it corrects; an erased one corrects nothing."""
    erased = erasures(history)
    return {
        event.corrects: event
        for version, event in enumerate(history, start=1)
        if isinstance(event, FactCorrected) and version not in erased
    }


def erasures(history: Iterable[Event]) -> frozenset[int]:
    """The versions whose content is to be forgotten."""
    return frozenset(event.erases for event in history if isinstance(event, FactErased))


def as_corrected(history: Sequence[Event]) -> Iterator[Event]:
    """The events in order: corrected bodies in place, withdrawn facts left out, erased ones as headers."""
    return (event for _, event in numbered(history))


def numbered(history: Sequence[Event]) -> Iterator[tuple[int, Event]]:
    """The events as `as_corrected` gives them, each with its version."""
    erased, corrected = erasures(history), corrections(history)
    for version, event in enumerate(history, start=1):
        correction = corrected.get(version)
        if version in erased:
            yield version, Erased(event.kind, event.at)
        elif correction is None or isinstance(event, Erased):
            yield version, event
        elif correction.body is not None:
            yield version, read(event.kind, correction.body, STORED)


def read(kind: str, body: Mapping[str, object], context: str | None = None) -> PathwayFact:
    """The fact of *kind* with that body, which is new unless the context says that it is stored.

    Raises: pydantic.ValidationError when the body has not the fact's shape.
    """
    fact: PathwayFact = FACTS[kind].model_validate(body, context=context)  # type: ignore[assignment]  # the catalogue holds nothing else
    return fact

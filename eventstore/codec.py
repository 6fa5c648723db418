"""How facts become bytes and back, for one kind of stream."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from domain.pathway.catalogue import FACTS, PathwayFact
from domain.pathway.history import Erased, Event
from domain.text import STORED

Kept = TypeVar("Kept")


class UnknownShape(Exception):  # noqa: N818 - says what was found
    """A stored fact has a kind or a schema number that this release does not know."""


@dataclass(frozen=True)
class Encoded:
    """A fact as the store takes it."""

    kind: str
    schema: int
    occurred_at: datetime
    body: bytes


@dataclass(frozen=True)
class Codec(Generic[Kept]):
    """The two ways, for one kind of stream."""

    kind: str
    """The kind of stream, such as `pathway`."""
    encode: Callable[[Kept], Encoded]
    decode: Callable[[str, int, bytes], Kept]
    """From kind, schema and body."""
    erased: Callable[[str, datetime], Kept]
    """From kind and instant, where the body cannot be read any more."""


_READERS = {kind: shape.__pydantic_validator__.validate_json for kind, shape in FACTS.items()}
_SCHEMAS = {kind: shape.schema_number for kind, shape in FACTS.items()}


def _encode(event: Event) -> Encoded:
    if isinstance(event, Erased):
        raise UnknownShape(f"an erased fact is never written again: {event.kind}")
    return Encoded(event.kind, event.schema_number, event.at, event.model_dump_json().encode())


def _decode(kind: str, schema: int, body: bytes) -> Event:
    if _SCHEMAS.get(kind) != schema:
        raise UnknownShape(f"fact {kind} of schema {schema}; this release knows {_SCHEMAS.get(kind)}")
    fact: PathwayFact = _READERS[kind](body, context=STORED)
    return fact


PATHWAY: Codec[Event] = Codec("pathway", _encode, _decode, Erased)

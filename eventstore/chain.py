"""The hash chain of a stream, reckoned outside the database exactly as `append` reckons it inside."""

import struct
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

FORMAT = b"\x01"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# Every part is preceded by its length, in four bytes.
_LENGTH = struct.Struct(">i").pack
_COMMAND = struct.Struct(">ci16si16si").pack
_INSTANTS = struct.Struct(">iqiq").pack
_VERSION = struct.Struct(">ii").pack
_SCHEMA = struct.Struct(">ih").pack
_INSTANT_AND_LENGTH = struct.Struct(">iqi").pack


def part(content: bytes) -> bytes:
    """*content* preceded by its length."""
    return _LENGTH(len(content)) + content


def micros(at: datetime) -> int:
    """Microseconds since 2000, as PostgreSQL keeps instants."""
    return (at - _EPOCH) // _MICROSECOND


class CommitHeader(NamedTuple):
    """Who, when, which command."""

    stream: UUID
    command_id: UUID
    digest: bytes
    actor: str
    at: datetime
    recorded_at: datetime

    def encoded(self) -> bytes:
        """The bytes that each of the commit's facts is chained with."""
        named = _COMMAND(FORMAT, 16, self.stream.bytes, 16, self.command_id.bytes, len(self.digest))
        instants = _INSTANTS(8, micros(self.at), 8, micros(self.recorded_at))
        return b"".join((named, self.digest, part(self.actor.encode()), instants))


def first_head(stream: UUID, kind: str, subject: UUID) -> bytes:
    """The head of a stream without facts."""
    return sha256(part(stream.bytes) + part(kind.encode()) + part(subject.bytes)).digest()


def next_head(  # noqa: PLR0913, PLR0917 - a row of the database, in its order
    header: bytes, head: bytes, version: int, kind: str, schema: int, occurred_at: datetime, body: bytes
) -> bytes:
    """The head after a fact."""
    return sha256(
        b"".join(
            (
                header,
                _LENGTH(len(head)),
                head,
                _VERSION(4, version),
                _shape(kind, schema),
                _INSTANT_AND_LENGTH(8, micros(occurred_at), len(body)),
                body,
            )
        )
    ).digest()


@lru_cache(maxsize=1024)
def _shape(kind: str, schema: int) -> bytes:
    return part(kind.encode()) + _SCHEMA(2, schema)

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
_EIGHT_BYTES = _LENGTH(8)
_COMMAND = struct.Struct(">ci16si16si").pack
_INSTANT = struct.Struct(">q").pack
_VERSION = struct.Struct(">ii").pack
_SCHEMA = struct.Struct(">ih").pack


def part(content: bytes) -> bytes:
    """*content* preceded by its length."""
    return _LENGTH(len(content)) + content


def instant(at: datetime) -> bytes:
    """An instant as PostgreSQL sends it: microseconds since 2000, in eight bytes."""
    return _INSTANT((at - _EPOCH) // _MICROSECOND)


def instant_of(sent: bytes) -> datetime:
    """The instant that PostgreSQL sent as those bytes."""
    return _EPOCH + int.from_bytes(sent, "big", signed=True) * _MICROSECOND


class CommitHeader(NamedTuple):
    """Who, when, which command; ids and instants in bytes, as PostgreSQL sends them."""

    stream: bytes
    command_id: bytes
    digest: bytes
    actor: str
    at: bytes
    recorded_at: bytes

    def encoded(self) -> bytes:
        """The bytes that each of the commit's facts is chained with."""
        named = _COMMAND(FORMAT, 16, self.stream, 16, self.command_id, len(self.digest))
        actor = part(self.actor.encode())
        return b"".join((named, self.digest, actor, _EIGHT_BYTES, self.at, _EIGHT_BYTES, self.recorded_at))


def first_head(stream: UUID, kind: str, subject: UUID) -> bytes:
    """The head of a stream without facts."""
    return sha256(part(stream.bytes) + part(kind.encode()) + part(subject.bytes)).digest()


def next_head(  # noqa: PLR0913, PLR0917 - a row of the database, in its order
    header: bytes, head: bytes, version: int, kind: str, schema: int, occurred_at: bytes, body: bytes
) -> bytes:
    """The head after a fact; its instant in bytes, as PostgreSQL sends it."""
    return sha256(
        b"".join(
            (
                header,
                _LENGTH(len(head)),
                head,
                _VERSION(4, version),
                _shape(kind, schema),
                _EIGHT_BYTES,
                occurred_at,
                _LENGTH(len(body)),
                body,
            )
        )
    ).digest()


@lru_cache(maxsize=1024)
def _shape(kind: str, schema: int) -> bytes:
    return part(kind.encode()) + _SCHEMA(2, schema)

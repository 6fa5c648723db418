"""The hash chain of a stream, reckoned outside the database exactly as `append` reckons it inside."""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

FORMAT = b"\x01"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


_LENGTH = struct.Struct(">i").pack
_VERSION = struct.Struct(">ii").pack
_SCHEMA = struct.Struct(">ih").pack
_INSTANT = struct.Struct(">iq").pack


def part(content: bytes) -> bytes:
    """*content* preceded by its length."""
    return _LENGTH(len(content)) + content


def micros(at: datetime) -> int:
    """Microseconds since 2000, as PostgreSQL keeps instants."""
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


@dataclass(frozen=True)
class CommitHeader:
    """Who, when, which command."""

    stream: UUID
    command_id: UUID
    digest: bytes
    actor: str
    at: datetime
    recorded_at: datetime

    def encoded(self) -> bytes:
        """The bytes that each of the commit's facts is chained with."""
        named = (self.stream.bytes, self.command_id.bytes, self.digest, self.actor.encode())
        instants = (_INSTANT(8, micros(each)) for each in (self.at, self.recorded_at))
        return b"".join((FORMAT, *(part(each) for each in named), *instants))


def first_head(stream: UUID, kind: str, subject: UUID) -> bytes:
    """The head of a stream without facts."""
    return sha256(part(stream.bytes) + part(kind.encode()) + part(subject.bytes)).digest()


def next_head(  # noqa: PLR0913, PLR0917 - a row of the database, in its order
    header: bytes, head: bytes, version: int, kind: str, schema: int, occurred_at: datetime, body: bytes
) -> bytes:
    """The head after a fact."""
    name = kind.encode()
    return sha256(
        b"".join(
            (
                header,
                _LENGTH(len(head)),
                head,
                _VERSION(4, version),
                _LENGTH(len(name)),
                name,
                _SCHEMA(2, schema),
                _INSTANT(8, micros(occurred_at)),
                _LENGTH(len(body)),
                body,
            )
        )
    ).digest()

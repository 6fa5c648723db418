"""The hash chain of a stream, reckoned outside the database exactly as `append` reckons it inside."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

FORMAT = b"\x01"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def part(content: bytes) -> bytes:
    """*content* preceded by its length."""
    return struct.pack(">i", len(content)) + content


def instant(at: datetime) -> bytes:
    """Microseconds since 2000, as PostgreSQL sends them."""
    since = at - _EPOCH
    return struct.pack(">q", (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


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
        return FORMAT + b"".join(
            part(each)
            for each in (
                self.stream.bytes,
                self.command_id.bytes,
                self.digest,
                self.actor.encode(),
                instant(self.at),
                instant(self.recorded_at),
            )
        )


def first_head(stream: UUID, kind: str, subject: UUID) -> bytes:
    """The head of a stream without facts."""
    return sha256(part(stream.bytes) + part(kind.encode()) + part(subject.bytes)).digest()


def next_head(header: bytes, head: bytes, fact: Sequence[object]) -> bytes:
    """The head after a fact, given as version, kind, schema, occurred_at and sealed body."""
    version, kind, schema, occurred_at, body = fact
    return sha256(
        header
        + part(head)
        + part(struct.pack(">i", version))
        + part(kind.encode())  # type: ignore[attr-defined]  # a row of the database, in its order
        + part(struct.pack(">h", schema))
        + part(instant(occurred_at))  # type: ignore[arg-type]  # the same
        + part(body)  # type: ignore[arg-type]  # the same
    ).digest()

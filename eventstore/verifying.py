"""Checking histories: that nothing was changed, removed, put in between, cut off, or made unreadable by no erasure."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from eventstore.chain import CommitHeader, first_head, next_head
from eventstore.database import Connection, Database, Progress
from eventstore.errors import NoSuchStream
from eventstore.stretches import FIRST, LAST

MOST_STREAMS = 500
MOST_FACTS = 20_000
"""How much is checked together; it is held in memory meanwhile."""
ANY_TIME = 600
"""How long one batch may take. Unit: seconds."""


@dataclass(frozen=True)
class Fault:
    """The first fact of a stream that is not as it was written."""

    stream: UUID
    version: int
    code: str
    """`changed`, `missing`, `without_commit`, `cut_off`, `without_key` or `without_stream`."""


@dataclass(frozen=True)
class Verified:
    """What a check gave."""

    streams: int
    facts: int
    faults: list[Fault]


async def verify(
    database: Database,
    told: Progress = lambda _done, _of: None,
    stream: UUID | None = None,
    after: UUID = FIRST,
    until: UUID = LAST,
) -> Verified:
    """Reckons every chain anew, or one stream's, or those whose ids lie between two, while others write.

    Raises: NoSuchStream when the one stream has left no trace at all.
    """
    streams = facts = 0
    faults: list[Fault] = []
    async with database.connection(seconds=None) as connection:
        total = 1 if stream else await connection.fetchval(_COUNT, after, until)
        async for batch in _batches(connection, stream, after, until):
            found = await _checked(connection, batch)
            faults += found.faults
            facts += found.facts
            streams += found.streams
            told(streams, max(streams, total))
        faults += await _without_stream(connection, stream, after, until)
    if stream and not streams and not faults:
        raise NoSuchStream(f"no pathway {stream}")
    return Verified(streams, facts, faults)


_COUNT = "SELECT count(*) FROM stream WHERE id > $1 AND id <= $2"
_STREAMS = "SELECT id, kind, subject, version, head FROM stream WHERE id = ANY($1::uuid[]) ORDER BY id"
_FACTS = (
    "SELECT stream, version, kind, schema, timestamptz_send(occurred_at), body, hash FROM fact"
    " WHERE stream = ANY($1::uuid[]) ORDER BY stream, version"
)
_COMMITS = (
    "SELECT stream, first, last, uuid_send(command_id), digest, actor, timestamptz_send(at),"
    " timestamptz_send(recorded_at) FROM commit WHERE stream = ANY($1::uuid[]) AND last >= first ORDER BY stream, first"
)
_WITHOUT_KEY = """
    SELECT f.stream, f.version
    FROM fact f JOIN stream s ON s.id = f.stream
    LEFT JOIN fact_key k ON k.stream = f.stream AND k.version = f.version
    LEFT JOIN citizen_key c ON c.id = k.key AND c.subject = s.subject
    WHERE f.stream = ANY($1::uuid[]) AND c.id IS NULL AND NOT EXISTS (
        SELECT FROM erasure e
        WHERE e.subject = s.subject AND (e.stream IS NULL OR (e.stream = f.stream AND e.version = f.version))
    )
    ORDER BY f.stream, f.version
"""
_WITHOUT_STREAM = (
    "SELECT DISTINCT stream FROM fact f WHERE ($1::uuid IS NULL OR stream = $1)"
    " AND stream BETWEEN $2 AND $3"
    " AND NOT EXISTS (SELECT FROM stream s WHERE s.id = f.stream) ORDER BY stream"
)


async def _batches(connection: Connection, stream: UUID | None, after: UUID, until: UUID) -> AsyncIterator[list[UUID]]:
    """Streams in the order of their ids, as many together as have not too many facts."""
    if stream is not None:
        yield [stream]
        return
    while rows := await connection.fetch(
        "SELECT id, version FROM stream WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3", after, until, MOST_STREAMS
    ):
        batch, facts = [], 0
        for row in rows:
            batch.append(row["id"])
            facts += row["version"]
            if facts >= MOST_FACTS:
                yield batch
                batch, facts = [], 0
        yield batch
        after = rows[-1]["id"]


async def _checked(connection: Connection, batch: list[UUID]) -> Verified:
    """What the chains of *batch* give, all read as they were at one instant, so that no writer looks like a forger."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        streams = await connection.fetch(_STREAMS, batch)
        commits = await _grouped(connection, _COMMITS, batch)
        facts = await _grouped(connection, _FACTS, batch)
        unreadable = await _grouped(connection, _WITHOUT_KEY, batch)
    found = (
        _fault(row, commits.get(row["id"], []), facts.get(row["id"], [])) or _lost(unreadable.get(row["id"], []))
        for row in streams
    )
    return Verified(len(streams), sum(map(len, facts.values())), [fault for fault in found if fault])


async def _grouped(connection: Connection, query: str, ids: list[UUID]) -> dict[UUID, list[asyncpg.Record]]:
    grouped: dict[UUID, list[asyncpg.Record]] = {}
    for row in await connection.fetch(query, ids, timeout=ANY_TIME):
        grouped.setdefault(row[0], []).append(row)
    return grouped


async def _without_stream(connection: Connection, stream: UUID | None, after: UUID, until: UUID) -> list[Fault]:
    """Facts whose stream's row is gone, which no chain leads to any more."""
    rows = await connection.fetch(_WITHOUT_STREAM, stream, after, until, timeout=ANY_TIME)
    return [Fault(row["stream"], 1, "without_stream") for row in rows]


def _fault(stream: asyncpg.Record, commits: list[asyncpg.Record], facts: list[asyncpg.Record]) -> Fault | None:
    """The first fact that does not fit, if there is one."""
    own: UUID = stream["id"]
    head = first_head(own, stream["kind"], stream["subject"])
    remaining = iter(commits)
    header, last = b"", 0
    for expected, (_, version, kind, schema, occurred_at, body, known) in enumerate(facts, start=1):
        if version != expected:
            return Fault(own, expected, "missing")
        if version > last:
            commit = next(remaining, None)
            if commit is None or commit["first"] != version:
                return Fault(own, version, "without_commit")
            last = commit["last"]
            header = CommitHeader(own.bytes, *commit[3:8]).encoded()
        head = next_head(header, head, version, kind, schema, occurred_at, body)
        if head != known:
            return Fault(own, version, "changed")
    if len(facts) != stream["version"] or head != stream["head"] or next(remaining, None):
        return Fault(own, len(facts) + 1, "cut_off")
    return None


def _lost(unreadable: list[asyncpg.Record]) -> Fault | None:
    """The first fact whose key is gone without an erasure, if there is one."""
    return Fault(unreadable[0]["stream"], unreadable[0]["version"], "without_key") if unreadable else None

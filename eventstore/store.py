"""The event store: load a stream, append to it, read its history; nothing is ever changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic
from uuid import UUID

import asyncpg
import structlog
from cryptography.exceptions import InvalidTag

from domain.actor import Actor
from eventstore.access import Look
from eventstore.appending import KEY_GONE, Appended, Beside, Commit, answer_to, reused, statement_with
from eventstore.codec import Codec, Kept
from eventstore.database import Connection, Database
from eventstore.errors import NoSuchStream
from eventstore.facts import COLUMNS, TABLES, FactRow, open_rows, seal, with_keys
from eventstore.keys import KeyProvider
from eventstore.ring import CitizenKey, KeyRing
from eventstore.sealing import opened_by, sealed_by

log = structlog.get_logger()


@dataclass(frozen=True)
class Loaded:
    """What is needed to decide: the head of the stream and, where there is one, the state folded before."""

    subject: UUID
    programme: str
    version: int
    at: datetime
    """The latest instant at which something was asked of the stream."""
    state: bytes | None
    """A folded state of the wanted revision, opened, or None."""
    state_version: int
    answer: Appended | None
    """The answer that the command got, when it has been given before."""


@dataclass(frozen=True)
class Entry(Generic[Kept]):
    """A fact with everything that its header and its commit say."""

    version: int
    event: Kept
    kind: str
    occurred_at: datetime
    recorded_at: datetime
    actor: Actor
    first: int
    """The version of the first fact that the same command caused."""
    asked_at: datetime
    """When the command was asked."""


_LOAD = """
    SELECT s.subject, s.programme, s.version, s.at, c.version AS state_version, c.key, c.sealed,
        k.digest, k.first, k.last
    FROM stream s
    LEFT JOIN state_cache c ON c.stream = s.id AND c.revision = $2
    LEFT JOIN commit k ON k.stream = s.id AND k.command_id = $3
    WHERE s.id = $1
"""
_HISTORY = f"""
    WITH logged AS (
        INSERT INTO access_log (at, actor, ground, subject, what)
        SELECT $2, $3, $4, s.subject, $5 || ' ' || s.id FROM stream s WHERE s.id = $1
    )
    SELECT {COLUMNS}, f.occurred_at, c.recorded_at, c.actor, c.first, c.at AS asked_at
    FROM {TABLES} JOIN commit c ON c.stream = f.stream AND f.version BETWEEN c.first AND c.last
    WHERE f.stream = $1 ORDER BY f.version
"""  # noqa: S608 - constants


class EventStore(Generic[Kept]):
    """The streams of one kind in one database."""

    def __init__(self, database: Database, keys: KeyProvider, codec: Codec[Kept], revision: int) -> None:
        self.database = database
        self.keys = keys
        self.ring = KeyRing(keys)
        self.codec = codec
        self._revision = revision

    async def load(
        self, connection: Connection, stream: UUID, command_id: UUID | None = None, digest: bytes = b""
    ) -> Loaded | None:
        """What is needed to decide on *stream*, or None when it does not exist; with the answer that a command got.

        Raises: CommandReused when the command id has been used with other content.
        """
        row = await connection.fetchrow(_LOAD, stream, self._revision, command_id)
        if row is None:
            return None
        if row["digest"] is not None and row["digest"] != digest:
            raise reused()
        state = await self._opened_state(connection, stream, row)
        return Loaded(
            subject=row["subject"],
            programme=row["programme"],
            version=row["version"],
            at=row["at"],
            state=state,
            state_version=row["state_version"] if state is not None else 0,
            answer=None if row["digest"] is None else Appended(duplicate=True, first=row["first"], last=row["last"]),
        )

    async def _opened_state(self, connection: Connection, stream: UUID, row: asyncpg.Record) -> bytes | None:
        if row["key"] is None:
            return None
        key = (await self.ring.by_ids(connection, {row["key"]})).get(row["key"])
        if key is None:
            return None
        try:
            return opened_by(key.cipher, row["sealed"], self._state_context(stream, row["state_version"]))
        except InvalidTag:
            log.warning("state_not_as_kept", stream=str(stream), version=row["state_version"])
            return None  # whatever was kept can be folded anew from the facts

    async def programme(self, connection: Connection, stream: UUID) -> str:
        """The programme version that *stream* follows, which is known also when what says so has been erased.

        Raises: NoSuchStream.
        """
        programme: str | None = await connection.fetchval("SELECT programme FROM stream WHERE id = $1", stream)
        if programme is None:
            raise NoSuchStream(f"no pathway {stream}")
        return programme

    async def kinds(self, connection: Connection, stream: UUID, first: int, last: int) -> list[str]:
        """The kinds of the facts from one version to another."""
        rows = await connection.fetch(
            "SELECT kind FROM fact WHERE stream = $1 AND version BETWEEN $2 AND $3 ORDER BY version",
            stream,
            first,
            last,
        )
        return [row["kind"] for row in rows]

    async def facts(self, connection: Connection, stream: UUID, after: int = 0, most: int | None = None) -> list[Kept]:
        """The facts of *stream* after a version, opened, erased ones as headers. Not a read by a person."""
        rows = await connection.fetch(
            f"SELECT {COLUMNS} FROM {TABLES} WHERE f.stream = $1 AND f.version > $2 ORDER BY f.version LIMIT $3",  # noqa: S608 - constants
            stream,
            after,
            most,
        )
        return await self._opened(connection, stream, [tuple(row) for row in rows])

    async def _opened(self, connection: Connection, stream: UUID, rows: Sequence[FactRow]) -> list[Kept]:
        found, keys = await with_keys(connection, rows, stream, self.ring)
        return list(open_rows(found, stream, keys, self.codec))

    async def append(self, connection: Connection, commit: Commit[Kept], beside: Sequence[Beside] = ()) -> Appended:
        """Appends the facts of a command, with what is to be written beside them, in one statement.

        A repetition of the command is answered as it was the first time.

        Raises: StreamConflict when the version is not the expected one, CommandReused when the id has been used with
            other content, NoSuchCitizen.
        """
        key = await self.ring.current(connection, commit.subject)
        statement, values = statement_with(beside)
        try:
            row = await connection.fetchrow(statement, *self._values(commit, key), *values)
        except asyncpg.PostgresError as error:
            if error.sqlstate == KEY_GONE:
                self.ring.forget(commit.subject)
            raise answer_to(error) from error
        return Appended(row["duplicate"], row["first"], row["last"])  # type: ignore[index]  # append gives one row

    def _values(self, commit: Commit[Kept], key: CitizenKey) -> tuple[object, ...]:
        facts = seal(map(self.codec.encode, commit.facts), commit.stream, commit.expected, key)
        return (
            commit.stream,
            self.codec.kind,
            commit.subject,
            commit.programme,
            commit.expected,
            commit.command_id,
            commit.digest,
            str(commit.actor),
            commit.at,
            commit.recorded_at,
            key.id,
            [fact.kind for fact in facts],
            [fact.schema for fact in facts],
            [fact.occurred_at for fact in facts],
            [fact.body for fact in facts],
            [fact.wrapped for fact in facts],
            commit.next_due,
            commit.over,
            commit.calls,
        )

    async def cache(self, connection: Connection, stream: UUID, subject: UUID, version: int, state: bytes) -> Beside:
        """The statement that keeps a folded state beside the facts, sealed."""
        key = await self.ring.current(connection, subject)
        return Beside(
            "INSERT INTO state_cache (stream, version, revision, key, sealed)"
            " SELECT $1, {0}, {1}, {2}, {3} FROM a WHERE NOT a.duplicate"
            " ON CONFLICT (stream) DO UPDATE SET version = excluded.version, revision = excluded.revision,"
            " key = excluded.key, sealed = excluded.sealed",
            (version, self._revision, key.id, sealed_by(key.cipher, state, self._state_context(stream, version))),
        )

    def _state_context(self, stream: UUID, version: int) -> bytes:
        """What a kept state is bound to: its place, and the code that folded it."""
        return b"state" + stream.bytes + version.to_bytes(4, "big") + self._revision.to_bytes(4, "big")

    async def history(self, stream: UUID, look: Look, what: str = "history") -> list[Entry[Kept]]:
        """Everything that happened on *stream*, opened; the look is logged as *what* is shown, in the same statement.

        Raises: NoSuchStream.
        """
        async with self.database.connection() as connection:
            rows = await connection.fetch(_HISTORY, stream, look.at, str(look.by), look.ground, what)
            if not rows:
                raise NoSuchStream(f"no pathway {stream}")
            events = await self._opened(connection, stream, [tuple(row)[:7] for row in rows])
            return [
                Entry(
                    version=row["version"],
                    event=event,
                    kind=row["kind"],
                    occurred_at=row["occurred_at"],
                    recorded_at=row["recorded_at"],
                    actor=Actor(row["actor"]),
                    first=row["first"],
                    asked_at=row["asked_at"],
                )
                for row, event in zip(rows, events, strict=True)
            ]

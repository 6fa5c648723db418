"""Appending as one statement: the facts of a command, and what is written in the same breath."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Generic
from uuid import UUID

import asyncpg

from domain.actor import Actor
from eventstore.codec import Kept
from eventstore.database import Connection
from eventstore.errors import CommandReused, StreamConflict

REUSED = "TV001"
CONFLICT = "TV002"
KEY_GONE = "TV004"


@dataclass(frozen=True)
class Appended:
    """The answer to a command: the first and the last version that it wrote, the last before the first for none."""

    duplicate: bool
    first: int
    last: int


@dataclass(frozen=True)
class Commit(Generic[Kept]):
    """The facts of one command, ready to be appended."""

    stream: UUID
    subject: UUID
    programme: str
    expected: int
    """The version that the stream must have; 0 for a stream that must not exist."""
    command_id: UUID
    digest: bytes
    actor: Actor
    at: datetime
    recorded_at: datetime
    facts: Sequence[Kept]
    next_due: datetime | None
    over: bool
    calls: bool
    """Whether the facts call for follow-ups."""


@dataclass(frozen=True)
class Beside:
    """A statement that is carried out in the same breath as the append, unless the command is a repetition.

    The SQL may read from `a`, the append's answer, and numbers its own parameters {0}, {1} and on.
    """

    sql: str
    values: tuple[object, ...]


_APPEND = """
    SELECT * FROM append(
        $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
        $12::text[], $13::smallint[], $14::timestamptz[], $15::bytea[], $16::bytea[], $17, $18, $19
    )
"""
_PARAMETERS = 19


def statement_with(beside: Sequence[Beside]) -> tuple[str, list[object]]:
    """The append with what is written beside it, and the values of that."""
    statement = _combined(tuple((each.sql, len(each.values)) for each in beside))
    return statement, [value for each in beside for value in each.values]


@lru_cache(maxsize=64)
def _combined(beside: tuple[tuple[str, int], ...]) -> str:
    """The append with the statements beside it as one; the same text for the same parts, so that it stays prepared."""
    if not beside:
        return _APPEND
    parts, first = [f"a AS MATERIALIZED ({_APPEND})"], _PARAMETERS + 1
    for number, (sql, values) in enumerate(beside):
        parts.append(f"b{number} AS ({sql.format(*(f'${first + index}' for index in range(values)))})")
        first += values
    return f"WITH {', '.join(parts)} SELECT * FROM a"  # noqa: S608 - statements of ours, values apart


async def reckon(connection: Connection, stream: UUID, version: int, next_due: datetime | None) -> None:
    """Keeps what is due next on *stream* as reckoned at a version; nothing, when it has another one by now."""
    await connection.execute("SELECT reckon($1, $2, $3)", stream, version, next_due)


async def is_answered(connection: Connection, stream: UUID, command_id: UUID) -> bool:
    """Whether a command of that id has been carried out on *stream*."""
    found: bool = await connection.fetchval(
        "SELECT EXISTS (SELECT 1 FROM commit WHERE stream = $1 AND command_id = $2)", stream, command_id
    )
    return found


async def written_by(connection: Connection, stream: UUID, command_id: UUID) -> int | None:
    """The first version that a command of that id wrote on *stream*, or None where it wrote nothing."""
    first: int | None = await connection.fetchval(
        "SELECT first FROM commit WHERE stream = $1 AND command_id = $2 AND first <= last", stream, command_id
    )
    return first


def answer_to(error: asyncpg.PostgresError) -> Exception:
    """What an append that was turned down means."""
    if error.sqlstate == REUSED:
        return reused()
    if error.sqlstate in {CONFLICT, KEY_GONE} or isinstance(error, asyncpg.UniqueViolationError):
        return StreamConflict("another command came first")
    return error


def reused() -> CommandReused:
    """The answer to a command whose id stands for another one."""
    return CommandReused("this command id has been used with other content; give a new command a new id")

"""Destroying keys: what was sealed under them can never be read again, and the hash chain stays whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.actor import Actor
from eventstore.citizens import forget_states, hold
from eventstore.database import Connection
from eventstore.errors import NoSuchCitizen, NoSuchStream, StreamConflict


@dataclass(frozen=True)
class Ruling:
    """By whose decision something is erased."""

    at: datetime
    by: Actor
    decision: str
    """The reference of the decision, such as a journal number."""


async def streams_of(connection: Connection, citizen: UUID) -> list[UUID]:
    """The citizen's streams in the order of their ids, the citizen held until the transaction ends.

    Raises: NoSuchCitizen when unknown or erased already.
    """
    await hold(connection, citizen)
    if not await connection.fetchval("SELECT true FROM citizen WHERE id = $1 AND erased_at IS NULL", citizen):
        raise NoSuchCitizen(f"no citizen {citizen}")
    return await _streams(connection, citizen)


async def _streams(connection: Connection, citizen: UUID) -> list[UUID]:
    rows = await connection.fetch("SELECT id FROM stream WHERE subject = $1 ORDER BY id", citizen)
    return [row["id"] for row in rows]


async def traces_of(connection: Connection, citizen: UUID) -> list[tuple[UUID, int]]:
    """Stream and version of every fact about an erased citizen, which stay when what they say is gone.

    Raises: NoSuchCitizen when the citizen is not erased.
    """
    if not await connection.fetchval("SELECT true FROM citizen WHERE id = $1 AND erased_at IS NOT NULL", citizen):
        raise NoSuchCitizen(f"no citizen {citizen}")
    rows = await connection.fetch("SELECT id, version FROM stream WHERE subject = $1", citizen)
    return [(row["id"], version) for row in rows for version in range(1, row["version"] + 1)]


async def hold_subject(connection: Connection, stream: UUID) -> None:
    """Until the transaction ends, nobody else rotates or erases the keys of the stream's citizen.

    Raises: NoSuchStream.
    """
    citizen = await connection.fetchval("SELECT subject FROM stream WHERE id = $1", stream)
    if citizen is None:
        raise NoSuchStream(f"no pathway {stream}")
    await hold(connection, citizen)


async def note(
    connection: Connection, ruling: Ruling, citizen: UUID, stream: UUID | None, versions: Sequence[int | None]
) -> None:
    """Keeps what is erased, when, by whom and by which decision."""
    await connection.executemany(
        "INSERT INTO erasure (at, actor, decision, subject, stream, version) VALUES ($1, $2, $3, $4, $5, $6)",
        [(ruling.at, str(ruling.by), ruling.decision, citizen, stream, version) for version in versions],
    )


async def destroy_fact_keys(connection: Connection, stream: UUID, versions: Sequence[int]) -> None:
    """Destroys the keys of those facts, and the folded state that knew what they said."""
    await connection.execute(
        "DELETE FROM fact_key WHERE stream = $1 AND version = ANY($2::integer[])", stream, list(versions)
    )
    await connection.execute("DELETE FROM state_cache WHERE stream = $1", stream)


async def destroy_citizen(
    connection: Connection, citizen: UUID, ended: Sequence[UUID], ruling: Ruling
) -> list[tuple[UUID, int]]:
    """Destroys every key of a citizen and the identity; stream and version of each fact that went.

    Raises: StreamConflict when another stream than those *ended* has begun meanwhile.
    """
    await note(connection, ruling, citizen, None, [None])
    await forget_states(connection, citizen)
    rows = await connection.fetch(
        "DELETE FROM fact_key k USING stream s WHERE s.id = k.stream AND s.subject = $1 RETURNING k.stream, k.version",
        citizen,
    )
    await connection.execute(
        "UPDATE citizen SET sealed = NULL, cpr_index = NULL, key = NULL, erased_at = $2 WHERE id = $1",
        citizen,
        ruling.at,
    )
    await connection.execute("DELETE FROM citizen_key WHERE subject = $1", citizen)
    # Whoever was writing under a key has been waited for just now; nobody can begin anything after this.
    if await _streams(connection, citizen) != list(ended):
        raise StreamConflict("another pathway of the citizen has begun meanwhile")
    return [(row["stream"], row["version"]) for row in rows]

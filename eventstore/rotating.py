"""New keys for old: wrapped keys are wrapped anew, and no fact is touched."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from eventstore.citizens import forget_states, hold, reseal
from eventstore.database import Connection, Database, Progress
from eventstore.keys import FileKeys
from eventstore.ring import WRAPPING, CitizenKey, KeyRing, context, unwrapped_by, wrapped_by

BATCH = 500
ANY_TIME = 600
"""How long to wait for others who hold these locks. Unit: seconds."""


async def rotate_kek(database: Database, keys: FileKeys, told: Progress = lambda _done, _of: None) -> int:
    """A new key-encryption key: every citizen's key is wrapped by it, and the old ones go; how many keys there were.

    Citizens may be registered meanwhile. A rotation that was cut off is finished by the next one.
    """
    async with database.connection(seconds=None) as connection, _alone(connection, "every citizen's key"):
        keys.add()
        await _wrapped_by_an_older_one(connection)
        done = await _wrap_all(connection, keys, told)
        kept = {row["kek"] for row in await connection.fetch("SELECT DISTINCT kek FROM citizen_key")}
        keys.drop(kept)
    return done


@asynccontextmanager
async def _alone(connection: Connection, whose: str) -> AsyncIterator[None]:
    """Keeps two replacements of the same keys apart: one would wrap by a key that the other takes away."""
    lock = f"rotating {whose}"
    await connection.execute("SELECT pg_advisory_lock(hashtextextended($1, 0))", lock, timeout=ANY_TIME)
    try:
        yield
    finally:
        await connection.execute("SELECT pg_advisory_unlock(hashtextextended($1, 0))", lock)


async def _wrapped_by_an_older_one(connection: Connection) -> None:
    """Waits until every new citizen's key that was wrapped before the new key-encryption key came is committed."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", WRAPPING, timeout=ANY_TIME)


async def _wrap_all(connection: Connection, keys: FileKeys, told: Progress) -> int:
    done = 0
    total = await connection.fetchval("SELECT count(*) FROM citizen_key WHERE kek <> $1", keys.current)
    while rows := await connection.fetch(
        "SELECT id, subject, kek, wrapped FROM citizen_key WHERE kek <> $1 LIMIT $2", keys.current, BATCH
    ):
        await connection.executemany(
            "UPDATE citizen_key SET kek = $2, wrapped = $3 WHERE id = $1", [_wrapped_anew(keys, row) for row in rows]
        )
        done += len(rows)
        told(done, max(done, total))
    return done


def _wrapped_anew(keys: FileKeys, row: asyncpg.Record) -> tuple[UUID, str, bytes]:
    bound = context(row["id"], row["subject"])
    kek, wrapped = keys.wrap(keys.unwrap(row["kek"], row["wrapped"], bound), bound)
    return row["id"], kek, wrapped


async def rotate_citizen(
    database: Database, ring: KeyRing, citizen: UUID, told: Progress = lambda _done, _of: None
) -> int:
    """A new key for a citizen: every fact's key is wrapped by it, and the old ones go; how many facts there were.

    Facts may be written meanwhile. A rotation that was cut off is finished by the next one.

    Raises: NoSuchCitizen.
    """
    done = 0
    async with database.connection(seconds=None) as connection, _alone(connection, str(citizen)):
        ring.forget(citizen)
        async with connection.transaction():
            await hold(connection, citizen)
            old = await ring.current(connection, citizen)
            await connection.execute("UPDATE citizen_key SET retired = true WHERE id = $1", old.id)
            await reseal(connection, citizen, ring, await ring.make(connection, citizen))
        ring.forget(citizen)
        new = await ring.current(connection, citizen)
        rows = await connection.fetch("SELECT id FROM citizen_key WHERE subject = $1 AND retired", citizen)
        for retired in (await ring.by_ids(connection, {row["id"] for row in rows})).values():
            done += await _replaced(connection, ring, retired, new, told)
    ring.forget(citizen)
    return done


async def _replaced(connection: Connection, ring: KeyRing, old: CitizenKey, new: CitizenKey, told: Progress) -> int:
    """Wraps anew while others write; then once more with the old key locked, when nobody can write under it."""
    done = 0
    total = await connection.fetchval(f"SELECT count(*) {_UNDER}", old.subject, old.id)
    while again := await _wrap_batch(connection, old, new):
        done += again
        told(done, max(done, total))
    async with connection.transaction():
        await hold(connection, old.subject)
        await connection.execute("SELECT 1 FROM citizen_key WHERE id = $1 FOR UPDATE", old.id)
        while again := await _wrap_batch(connection, old, new):
            done += again
        await reseal(connection, old.subject, ring, new)
        await forget_states(connection, old.subject)
        await connection.execute("DELETE FROM citizen_key WHERE id = $1", old.id)
    told(done, done)
    return done


_UNDER = "FROM fact_key k JOIN stream s ON s.id = k.stream WHERE s.subject = $1 AND k.key = $2"


async def _wrap_batch(connection: Connection, old: CitizenKey, new: CitizenKey) -> int:
    """Wraps some of the facts' keys anew; how many. Erasing waits meanwhile, so that neither trips over the other."""
    async with connection.transaction():
        await hold(connection, old.subject)
        rows = await connection.fetch(
            f"SELECT k.stream, k.version, k.wrapped {_UNDER} LIMIT $3", old.subject, old.id, BATCH
        )
        await connection.executemany(
            "UPDATE fact_key SET key = $3, wrapped = $4 WHERE stream = $1 AND version = $2",
            [(row["stream"], row["version"], new.id, _again(row, old, new)) for row in rows],
        )
    return len(rows)


def _again(row: asyncpg.Record, old: CitizenKey, new: CitizenKey) -> bytes:
    stream, version = row["stream"].bytes, row["version"]
    return wrapped_by(new, unwrapped_by(old, row["wrapped"], stream, version), stream, version)
